// Package suite is the language in which a benchmark is written: a YAML file that names
// problems, methods and the grid over their settings.
//
// Load reads a file into a Suite whose entries are expanded: every axis is multiplied
// out, every value parsed and in range, every name known. Cells then enumerates the grid
// problem by problem, method by method, repeat by repeat. Nothing is computed here; a
// suite that loads can still ask for what a problem lacks, which the runner answers with
// a skipped cell.
package suite

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// Suite is a benchmark, ready to run.
type Suite struct {
	Header
	Problems []*Problem
	Methods  []*Method
	Expect   []*Claim
	Look     []*Look
	Accept   []*Acceptance
	Styles   []results.Style // of methods, in figures

	File      string   // for messages
	Dir       string   // folder that relative paths of data start from
	Text      string   // of the file
	Overrides []string // from the command line
	Filter    []string // the texts of Only
	Untuned   []string // problems that Only leaves out of the tuning of others

	hubs hubs // those that have been started

	tuner *tuner // nil: nothing is tuned

	index   index
	exclude []selection
	only    selection

	budget, stop string // texts of both, once no default is missing
	watched      string // text of what is looked at: targets, trace, diagnostics, jitter, timing
}

// Header holds everything of a suite but its grid.
type Header struct {
	Name        string   `param:"suite" doc:"name of the suite and of its folder of results"`
	About       string   `param:"about" default:"none" doc:"the question that the suite asks"`
	Reference   string   `param:"reference" default:"none" doc:"name or label of the method that reports compare the others with (default: the first)"`
	Seed        uint64   `param:"seed" default:"1" doc:"seed of all random numbers" list:"a suite has one seed, and repeats: 3 runs each random cell with 3 streams of it"`
	Repeats     int      `param:"repeats" default:"1" range:"[1,1000000]" doc:"number of runs of each cell that is random; other cells run once"`
	Jitter      int      `param:"jitter" default:"none" range:"[1,1000]" doc:"number of further runs of each deterministic cell from starts moved by a few ulp; a gate tolerates their spread"`
	Budget      Budget   `param:"budget" default:"{}" doc:"limits on the cost of a run"`
	Stop        Stop     `param:"stop" default:"{}" doc:"when a run ends before its budget"`
	Targets     Targets  `param:"targets" default:"[1e-2, 1e-4, 1e-6, 1e-8]" doc:"accuracies whose cost is recorded: relative gaps, or a map by kind"`
	Trace       Trace    `param:"trace" default:"{}" doc:"which iterations are recorded"`
	Gate        Gate     `param:"gate" default:"{}" doc:"what a gate tolerates, and which loss it must be able to find"`
	Timing      string   `param:"timing" default:"indicative" oneof:"indicative exclusive" doc:"exclusive: cells run one at a time, and seconds are measured unobserved, repeated, and with nothing else running"`
	Diagnostics []string `param:"diagnostics" default:"none" doc:"further numbers to record at trace points, not timed"`
}

// Budget limits a run; zero is no limit. It may be exceeded by one iteration.
type Budget struct {
	Iterations  int     `param:"iterations" default:"none" range:"[1,)" doc:"steps of the method; 1000 where no budget is given" list:"a suite has one budget: the trace and the targets show what a smaller one gives, and --set budget.iterations=NUMBER runs the suite with another"`
	Evaluations int64   `param:"evaluations" default:"none" range:"[1,)" doc:"calls of the oracle" list:"a suite has one budget: the trace and the targets show what a smaller one gives, and --set budget.evaluations=NUMBER runs the suite with another"`
	Gradients   int64   `param:"gradients" default:"none" range:"[1,)" doc:"gradients" list:"a suite has one budget: the trace and the targets show what a smaller one gives, and --set budget.gradients=NUMBER runs the suite with another"`
	Epochs      float64 `param:"epochs" default:"none" range:"(0,1e9]" doc:"passes over the data, for sums over samples only; where nothing else limits the others, they get 1000 iterations" list:"a suite has one budget: the trace and the targets show what a smaller one gives, and --set budget.epochs=NUMBER runs the suite with another"`
	Seconds     float64 `param:"seconds" default:"none" range:"(0,1e9]" doc:"wall time; results may then differ from run to run" list:"a suite has one budget: the trace and the targets show what a smaller one gives, and --set budget.seconds=NUMBER runs the suite with another"`
}

// fill gives a budget that limits nothing its default.
func (b *Budget) fill() {
	if *b == (Budget{}) {
		b.Iterations = 1000
	}
}

// For is the budget on a problem that is a sum over so many samples, 0 where it is none. No
// pass over the data exists there: epochs do not limit the run, and it gets the default
// budget where the suite has nothing else that limits it.
func (b Budget) For(samples int) Budget {
	if samples == 0 {
		b.Epochs = 0
		b.fill()
	}
	return b
}

// Samples are those of the epochs, on a sum over so many; 0: epochs limit nothing.
func (b Budget) Samples(samples int64) int64 {
	const rounding = 1 + 1e-12 // 0.29 of 100 samples are 29
	return int64(float64(b.Epochs*float64(samples)) * rounding)
}

// Horizon is the number of iterations that the budget allows a first-order method with batches of
// a size (0: full) on a sum over so many samples (0: no sum), where each step takes so many
// gradients; 0 where only time limits them.
func (b Budget) Horizon(samples, batch, gradients int) int {
	b = b.For(samples)
	least := b.Iterations
	limit := func(steps int64) {
		if steps = max(1, steps); least == 0 || steps < int64(least) {
			least = int(min(steps, math.MaxInt32))
		}
	}
	if b.Gradients > 0 {
		limit(b.Gradients / int64(gradients))
	}
	if b.Evaluations > 0 {
		limit(b.Evaluations / int64(gradients))
	}
	if b.Epochs > 0 {
		if batch == 0 || batch > samples {
			batch = samples
		}
		all, size := int64(samples), int64(batch)
		seen := b.Samples(all) / int64(gradients)
		whole := seen / all // the last batch of an epoch is partial
		limit(whole*((all+size-1)/size) + seen%all/size)
	}
	return least
}

// Trace chooses the iterations that are recorded: log-spaced points, or every so many.
type Trace struct {
	Points int  `param:"points" default:"100" range:"[0,1000000]" doc:"number of iterations to record, spaced logarithmically; 0: no trace"`
	Every  int  `param:"every" default:"none" range:"[1,)" doc:"record every n-th iteration instead"`
	Path   bool `param:"path" default:"false" doc:"keep x as well (always in one and two variables)"`
}

// Default is the header of a suite that says nothing but its name.
func Default(name string) (Header, error) {
	var h Header
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}
	err := param.Source(name).DecodeStruct(param.Map(node, "suite", node), &h)
	h.Budget.fill()
	return h, err
}

// Check refuses settings of a descent that a suite could not have: a header that was put
// together in code.
func (h *Header) Check() error {
	for _, part := range []struct {
		name     string
		settings any
	}{{"budget", &h.Budget}, {"stop", &h.Stop}, {"targets", &h.Targets}, {"trace", &h.Trace}} {
		if err := param.Check(part.settings); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

// Exclusive reports whether cells are timed alone on the machine.
func (s *Suite) Exclusive() bool { return s.Timing == "exclusive" }

// Load reads a suite file, with values replaced by overrides such as
// "budget.iterations=100".
func Load(path string, overrides []string) (*Suite, error) {
	file, err := limit.Open(path, "a suite")
	if err != nil {
		return nil, fmt.Errorf("suite: %w", err)
	}
	defer file.Close()
	return Read(path, filepath.Dir(path), file, overrides)
}

// Read reads a suite from r; name is for messages, dir is where relative paths of data
// start. The processes that the suite declares are started, and end with Close.
func Read(name, dir string, r io.Reader, overrides []string) (*Suite, error) {
	var text strings.Builder
	source := param.Source(name)
	root, err := param.Load(source, io.TeeReader(r, &text))
	if err != nil {
		return nil, err
	}
	for _, o := range overrides {
		if err := param.Override(root, o); err != nil {
			return nil, err
		}
	}
	s := &Suite{File: name, Dir: dir, Text: text.String(), Overrides: overrides}
	if err := source.DecodeStruct(root, &s.Header, "processes", "problems", "methods", "exclude", "tune", "expect", "look", "accept", "style"); err != nil {
		return nil, err
	}
	if err := s.check(source, root); err != nil {
		return nil, err
	}
	giveBack, err := s.openProcesses(source, root)
	if err != nil {
		return nil, err
	}
	defer giveBack()
	if err := s.readGrid(source, root); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// check refuses mistakes that involve several keys.
func (s *Suite) check(source param.Source, root *yaml.Node) error {
	s.Budget.fill()
	s.budget, s.stop = param.StructText(s.Budget), param.StructText(s.Stop)
	s.watch()
	if !validName(s.Name) {
		return source.Errorf(param.Get(root, "suite"), "suite: %q is not a valid name for a folder; expected letters, digits, dots, dashes and underscores", s.Name)
	}
	return s.checkSizes(source, root)
}

// watch notes what is looked at in every run.
func (s *Suite) watch() {
	s.watched = fmt.Sprintf("%s %s %q %d %s", param.StructText(s.Targets), param.StructText(s.Trace), s.Diagnostics, s.Jitter, s.Timing)
}

// checkSizes refuses targets and traces that are too large for a record.
func (s *Suite) checkSizes(source param.Source, root *yaml.Node) error {
	if n := param.Get(root, "targets"); n != nil {
		s.Targets.place(source, n)
	}
	if n := len(s.Targets.List()); int64(n) > limit.Targets.Max() {
		return source.Errorf(param.Get(root, "targets"), "targets: %d are too many: %s", n, limit.Targets.Exceeded())
	}
	if points := s.TracePoints(); points > s.MostTracePoints(0) {
		return source.Errorf(param.Get(root, "trace"), "trace: %d points of %d numbers each are too many; record fewer (`points`, or a larger `every`): %s",
			points, results.TraceColumns, limit.Trace.Exceeded())
	}
	return nil
}

// TracePoints is how many iterations the trace of a run records at most: as far as is known
// beforehand, which it is not where every so many are recorded and their number has no
// budget.
func (s *Suite) TracePoints() int64 {
	points := s.Trace.Points
	switch horizon := s.Budget.Iterations; {
	case s.Trace.Every > 0:
		points = horizon / s.Trace.Every
	case horizon > 0:
		points = min(points, horizon)
	}
	return int64(points)
}

// TraceWidth is how many numbers there are of every point of a trace in n variables.
func (s *Suite) TraceWidth(n int) int64 {
	width := results.TraceColumns + int64(len(s.Diagnostics))
	if s.KeepsPath(n) {
		width += int64(n)
	}
	return width
}

// MostTracePoints is how many points a trace in n variables may have.
func (s *Suite) MostTracePoints(n int) int64 { return limit.Trace.Max() / s.TraceWidth(n) }

// KeepsPath reports whether traces in n variables hold the points themselves.
func (s *Suite) KeepsPath(n int) bool { return s.Trace.Path || n <= 2 }

func validName(name string) bool {
	return name != "" && name[0] != '.' && len(name) <= 100 && !strings.ContainsFunc(name, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", r)
	})
}

func (s *Suite) readGrid(source param.Source, root *yaml.Node) error {
	for _, key := range []string{"problems", "methods"} {
		list := param.Get(root, key)
		if list == nil {
			return source.Errorf(root, "missing key %q: the list of what to run", key)
		}
		if list.Kind != yaml.SequenceNode || len(list.Content) == 0 {
			return source.Errorf(list, "%s: expected a list of at least one %s", key, strings.TrimSuffix(key, "s"))
		}
		read := s.readProblem
		if key == "methods" {
			read = s.readMethod
		}
		for _, entry := range list.Content {
			if err := read(source, entry); err != nil {
				return err
			}
		}
	}
	s.index = index{suite: s}
	if err := s.checkOn(); err != nil {
		return err
	}
	if err := s.checkConstants(); err != nil {
		return err
	}
	if err := s.checkHorizons(); err != nil {
		return err
	}
	if err := s.checkStop(source, param.Get(root, "stop")); err != nil {
		return err
	}
	if pairs := int64(len(s.Problems)) * int64(len(s.Methods)); pairs > limit.Cells.Max() {
		return source.Errorf(root, "%d problems × %d methods are too many: %s", len(s.Problems), len(s.Methods), limit.Cells.Exceeded())
	}
	if err := s.readExclude(source, param.Get(root, "exclude")); err != nil {
		return err
	}
	if n := s.Count(); int64(n) > limit.Cells.Max() {
		return source.Errorf(root, "the grid has too many cells (%d): %s", n, limit.Cells.Exceeded())
	}
	if err := s.checkDuplicates(); err != nil {
		return err
	}
	if err := s.checkRestarts(); err != nil {
		return err
	}
	if err := s.checkReference(source, root); err != nil {
		return err
	}
	if err := s.readTune(source, root); err != nil {
		return err
	}
	if err := s.readStyles(source, param.Get(root, "style")); err != nil {
		return err
	}
	if err := s.readExpect(source, param.Get(root, "expect")); err != nil {
		return err
	}
	if err := s.readLook(source, param.Get(root, "look")); err != nil {
		return err
	}
	return s.readAccept(source, param.Get(root, "accept"))
}

// Hash identifies the suite: its text with its overrides.
func (s *Suite) Hash() string { return hash(s.Text, strings.Join(s.Overrides, "\n")) }

func hash(parts ...string) string {
	var room [1024]byte
	text := room[:0]
	for _, p := range parts {
		text = strconv.AppendInt(text, int64(len(p)), 10)
		text = append(append(text, ':'), p...)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
