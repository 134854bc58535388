package results

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"time"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/results/seal"
)

// Baseline is a run without its curves: small enough to commit, sorted, one line a cell,
// so that a diff shows which cells changed. The first line says where the run comes from.
// Every line ends with a checksum of itself, and the first counts the others: a line that
// was edited, lost or doubled by a merge is noticed.
type Baseline struct {
	BaselineHeader
	Summaries []Summary // sorted by problem, method and repeat
	Path      string    // of the file or run folder that it was read from

	folder bool // it was read from a run folder
}

// BaselineHeader is the first line.
type BaselineHeader struct {
	Baseline  int       `json:"baseline"` // schema
	Suite     string    `json:"suite"`
	Hash      string    `json:"hash"`
	Version   string    `json:"version"`
	Commit    string    `json:"commit"`
	Toolchain Toolchain `json:"toolchain"`
	Processor string    `json:"processor"`
	Workers   int       `json:"workers"`
	Started   time.Time `json:"started"`
	Exclusive bool      `json:"exclusive,omitempty"` // seconds were measured alone on the machine
	Inexact   string    `json:"inexact,omitempty"`

	Asked map[string]string `json:"asked,omitempty"` // what the suite asks of every run: seed, budget, stop
	Gate  *Gate             `json:"gate,omitempty"`  // how a gate judges the run; absent: by its defaults

	Targets []TargetName `json:"targets"`
	Cells   int          `json:"cells"` // lines that follow
	Grid    int          `json:"grid"`  // cells of the suite; more than Cells: the run was interrupted
}

// TargetName is a target without its outcome.
type TargetName struct {
	Target  Number `json:"target"`
	Kind    string `json:"kind,omitempty"`
	AtLeast bool   `json:"at_least,omitempty"` // met at or above
}

// Complete reports whether every cell of the grid is there.
func (b *Baseline) Complete() bool { return len(b.Summaries) == b.Grid }

// ReadBaseline reads a baseline file, or what a baseline would hold out of a run folder.
func ReadBaseline(path string) (*Baseline, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no such file or folder; expected a baseline or a run folder", cmp.Or(path, `""`))
	}
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return summarize(path)
	}
	file, err := limit.Open(path, "a baseline or a run folder")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return DecodeBaseline(path, file)
}

// summarize reads a run folder.
func summarize(folder string) (*Baseline, error) {
	run, err := Open(folder)
	if err != nil {
		return nil, err
	}
	m := run.Manifest
	b := &Baseline{Path: folder, folder: true, BaselineHeader: BaselineHeader{
		Baseline: min(m.Schema, BaselineSchema), Suite: m.Suite, Hash: m.Hash, Version: m.Version, Commit: m.Commit,
		Toolchain: m.Toolchain, Processor: m.Processor, Workers: m.Workers, Started: m.Started,
		Exclusive: m.Timing != nil, Inexact: m.Inexact, Asked: m.Asked, Gate: m.Gate, Grid: m.Cells, Targets: []TargetName{},
	}}
	for record, err := range run.RecordsWith(Columns{}) {
		if err != nil {
			return nil, err
		}
		if !m.IsResult(record) {
			b.Grid--
			continue
		}
		if err := b.nameTargets(record.Targets); err != nil {
			return nil, fmt.Errorf("%s: cell %s: %w", folder, record.ID, err)
		}
		b.Summaries = append(b.Summaries, summaryOf(record))
	}
	return b, b.sort(folder)
}

// nameTargets keeps the list of targets, which all cells of a suite share; a cell that
// did not begin has none.
func (b *Baseline) nameTargets(targets []Target) error {
	if len(b.Targets) == 0 {
		for _, t := range targets {
			b.Targets = append(b.Targets, TargetName{t.Target, t.Kind, t.AtLeast})
		}
	}
	for k := range min(len(targets), len(b.Targets)) { // unknown in a cell where it is not measurable
		b.Targets[k].AtLeast = b.Targets[k].AtLeast || targets[k].AtLeast
	}
	same := func(t Target, n TargetName) bool { return t.Target == n.Target && t.Kind == n.Kind }
	if len(targets) > 0 && !slices.EqualFunc(targets, b.Targets, same) {
		return errors.New("its targets are not those of the cells before it")
	}
	return nil
}

// sort puts the outcomes in order and refuses a cell that is there twice.
func (b *Baseline) sort(name string) error {
	slices.SortStableFunc(b.Summaries, func(x, y Summary) int {
		return cmp.Or(cmp.Compare(x.Labels.Problem, y.Labels.Problem),
			cmp.Compare(x.Labels.Method, y.Labels.Method), cmp.Compare(x.Repeat, y.Repeat))
	})
	seen := make(map[string]bool, len(b.Summaries))
	for _, o := range b.Summaries {
		if seen[o.ID] {
			return fmt.Errorf("%s: the cell %s (%s on %s, repeat %d) is there twice", name, o.ID, o.Labels.Method, o.Labels.Problem, o.Repeat)
		}
		seen[o.ID] = true
	}
	b.Cells = len(b.Summaries)
	return nil
}

// Encode writes the baseline file.
func (b *Baseline) Encode(w io.Writer) error {
	out := bufio.NewWriter(w)
	if err := writeSealed(out, headerPlan, &b.BaselineHeader); err != nil {
		return err
	}
	var before *Summary
	for i := range b.Summaries {
		if err := writeSealed(out, linePlan, lineOf(&b.Summaries[i], before)); err != nil {
			return err
		}
		before = &b.Summaries[i]
	}
	return out.Flush()
}

// Write puts the baseline into a file, whole or not at all. Folders on the way are made.
func (b *Baseline) Write(path string) error {
	var text bytes.Buffer
	if err := b.Encode(&text); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return atomicfile.Write(path, text.Bytes(), 0o644)
}

var (
	headerPlan = planOf[BaselineHeader]()
	linePlan   = planOf[baselineLine]()
)

// writeSealed writes what a pointer leads to as a line.
func writeSealed(out *bufio.Writer, p *plan, value any) error {
	var e encoder
	e.follow(p, reflect.ValueOf(value).Elem())
	if e.err != nil {
		return e.err
	}
	_, err := out.Write(append(seal.Append(e.b, 0), '\n'))
	return err
}

func readSealed(line []byte, p *plan, into any) error {
	sealed, err := seal.Check(line)
	if err != nil {
		return fmt.Errorf("%w; write the baseline anew with `gdbench baseline RUN`", err)
	}
	if !sealed {
		return errors.New("not a line of a baseline; a baseline is what `gdbench baseline RUN` writes")
	}
	return decode(line, p, into, nil)
}

// DecodeBaseline reads a baseline file; name is for messages.
func DecodeBaseline(name string, r io.Reader) (*Baseline, error) {
	lines := &Reader{name: name, in: bufio.NewReaderSize(r, 1<<20)}
	first, err := lines.readLine(nil)
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: the file is empty; expected a baseline, which `gdbench baseline RUN` writes", name)
	}
	if err != nil {
		return nil, err
	}
	b := &Baseline{Path: name}
	var before *Summary
	if err := b.readHeader(first); err != nil {
		return nil, fmt.Errorf("%s:1: %w", name, err)
	}
	for {
		text, err := lines.readLine(nil)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		var l baselineLine
		if err := readSealed(text, linePlan, &l); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, lines.line, err)
		}
		o, err := l.outcome(b.Targets, before)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, lines.line, err)
		}
		if b.Baseline == 1 {
			renameJittered(o.Jitter)
			for k := range o.Targets {
				o.Targets[k].Since = nil // files of schema 1 do not keep it
			}
		}
		b.Summaries, before = append(b.Summaries, o), &o
	}
	if expected := b.Cells; lines.Torn || len(b.Summaries) != expected {
		return nil, fmt.Errorf("%s: %d whole lines of cells; the first line promises %d", name, len(b.Summaries), expected)
	}
	return b, b.sort(name)
}

func (b *Baseline) readHeader(line []byte) error {
	var version struct {
		Baseline int `json:"baseline"`
	}
	if json.Unmarshal(line, &version) == nil && version.Baseline > BaselineSchema {
		return fmt.Errorf("a baseline of schema version %d; this gdbench reads versions 1 to %d", version.Baseline, BaselineSchema)
	}
	if err := readSealed(line, headerPlan, &b.BaselineHeader); err != nil {
		return err
	}
	if b.Baseline == 1 {
		for k := range b.Targets {
			renameKind(&b.Targets[k].Kind)
		}
	}
	if b.Baseline < 1 {
		return errors.New("not the first line of a baseline: the key \"baseline\" with its schema version is missing")
	}
	return nil
}
