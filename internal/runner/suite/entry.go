package suite

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/gdbench/gdbench/internal/param"
	_ "github.com/gdbench/gdbench/internal/problems/starts" // the default of the key start
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gopkg.in/yaml.v3"
)

// Problem is one problem of the grid, no axis left in it.
type Problem struct {
	Spec  *param.Spec
	Keys  ProblemKeys
	Label string
	Text  string // canonical, start included: the named axis of its random numbers
	Data  string // digest of the files it reads, known once it is built; empty where it reads none

	random bool                    // its starts or its oracle are
	full   func() (string, string) // text with every default: of the problem, of its start

	origins func() string // see Spec.Origins
}

// ProblemKeys are the keys of a problem's entry that are not the problem's own.
type ProblemKeys struct {
	Label     string             `param:"label" default:"none" doc:"name in figures and tables"`
	Instances int                `param:"instances" default:"none" range:"[0,1000]" doc:"number of random shifts and rotations that replace the problem, so that results do not depend on the origin or the axes"`
	Start     problems.StartRule `param:"start" default:"standard" doc:"where descents begin: a name, a vector, or a map such as {name: normal, scale: 1}"`
}

// Method is one method of the grid, no axis left in it.
type Method struct {
	Spec  *param.Spec
	Keys  MethodKeys
	Label string
	Text  string // canonical, batch and sampling included

	random bool
	own    bool                    // see OwnMethods
	full   func() (string, string) // text with every default: of the method, of its batches

	origins func() string // see Spec.Origins
}

// MethodKeys are the keys of a method's entry that are the runner's.
type MethodKeys struct {
	Label    string   `param:"label" default:"none" doc:"name in figures and tables"`
	On       []string `param:"on" default:"none" doc:"names or labels of the problems that it runs on (default: all)"`
	Batch    Batch    `param:"batch" default:"full" range:"[1,)" doc:"number of samples in a step, or full"`
	Sampling string   `param:"sampling" default:"shuffle" oneof:"shuffle replace" doc:"how batches are drawn: shuffled each epoch, or with replacement"`
}

// Batch is a number of samples, or full.
type Batch struct{ Size int } // 0: full

// UnmarshalText reads a whole number or "full".
func (b *Batch) UnmarshalText(text []byte) error {
	if string(text) == "full" {
		b.Size = 0
		return nil
	}
	v, err := param.ParseNumber(string(text))
	if err != nil || v != float64(int(v)) || v > 1<<31-1 {
		return fmt.Errorf("found %q; expected %s", text, b.Expected())
	}
	b.Size = int(v)
	if b.Size < 1 {
		return fmt.Errorf("found %q; expected %s", text, b.Expected())
	}
	return nil
}

// Expected says what may be written.
func (Batch) Expected() string { return "a whole number of samples ≥ 1, or full" }

// MarshalText is the number, or "full".
func (b Batch) MarshalText() ([]byte, error) {
	if b.Size == 0 {
		return []byte("full"), nil
	}
	return fmt.Appendf(nil, "%d", b.Size), nil
}

// Literal is the number of samples.
func (b *Batch) Literal() (float64, bool) { return float64(b.Size), b.Size > 0 }

func (s *Suite) readProblem(source param.Source, n *yaml.Node) error {
	specs, err := param.Of[problems.Problem]().Expand(source, n, &ProblemKeys{})
	if err != nil {
		return err
	}
	if specs, err = instances(specs); err != nil {
		return err
	}
	for _, spec := range specs {
		p, err := newProblem(spec)
		if err != nil {
			return err
		}
		s.Problems = append(s.Problems, p)
	}
	return nil
}

func newProblem(spec *param.Spec) (*Problem, error) {
	p := &Problem{Spec: spec, Text: spec.Text("start"), full: fullText(spec, &ProblemKeys{}, "start"), origins: sync.OnceValue(spec.Origins)}
	if err := spec.FillExtra(&p.Keys); err != nil {
		return nil, err
	}
	p.Label = label(spec, p.Keys.Label, "start")
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	noisy := problems.NoiseOf(component.(problems.Problem)).Some()
	p.random = noisy || isRandom(component) || isRandom(p.Keys.Start)
	return p, nil
}

func (s *Suite) readMethod(source param.Source, n *yaml.Node) error {
	specs, err := param.Of[methods.Method]().Expand(source, n, &MethodKeys{})
	if err != nil {
		return err
	}
	for _, spec := range specs {
		m, err := newMethod(spec)
		if err != nil {
			return err
		}
		s.Methods = append(s.Methods, m)
	}
	return nil
}

func newMethod(spec *param.Spec) (*Method, error) {
	m := &Method{Spec: spec, Text: spec.Text("batch", "sampling"), full: fullText(spec, &MethodKeys{}, "batch", "sampling"), origins: sync.OnceValue(spec.Origins)}
	if err := spec.FillExtra(&m.Keys); err != nil {
		return nil, err
	}
	m.Label = label(spec, m.Keys.Label, "batch", "sampling")
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	m.own = spec.Entry.Foreign() || isOwn(component)
	m.random = m.Keys.Batch.Size > 0 || isRandom(component) || isRandom(methods.Unwrap(component))
	return m, nil
}

// label names a component for human eyes: by its own label and the axes it moves along,
// or by name and everything that was written.
func label(spec *param.Spec, own string, extra ...string) string {
	args := slices.Clone(spec.Args)
	for _, a := range spec.Extra {
		if slices.Contains(extra, a.Field.Name) {
			args = append(args, a)
		}
	}
	name := own
	if name == "" {
		name = spec.Entry.Name
	}
	return strings.TrimSpace(name + " " + param.ArgsLabel(args, own != ""))
}

// isRandom reports whether the component or any part of it is random.
func isRandom(component any) bool {
	random := false
	param.Visit(component, func(part any) {
		r, ok := part.(problems.Random)
		random = random || ok && r.Random()
	})
	return random
}

// checkOn refuses a restriction that names no problem of the suite.
func (s *Suite) checkOn() error {
	var known []string
	for _, p := range s.Problems {
		known = append(known, p.names()...)
	}
	slices.Sort(known)
	known = slices.Compact(known)
	for _, m := range s.Methods {
		for _, name := range m.Keys.On {
			if !slices.Contains(known, name) {
				return &param.Error{Position: m.Spec.Position, Message: fmt.Sprintf("on: the suite has no problem %q%s", name, text.Suggest(name, known))}
			}
		}
	}
	return nil
}

// names are what a problem may be called in a suite: its name, the label it was given,
// and the full label.
func (p *Problem) names() []string { return entryNames(p.Spec, p.Keys.Label, p.Label) }

func (m *Method) names() []string { return entryNames(m.Spec, m.Keys.Label, m.Label) }

func entryNames(spec *param.Spec, own, full string) []string {
	out := []string{spec.Entry.Name, full}
	if own != "" {
		out = append(out, own)
	}
	return out
}

func intersects(a, b []string) bool {
	return slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}

// checkDuplicates refuses duplicate cells, and labels that are used for two components.
func (s *Suite) checkDuplicates() error {
	seen := map[[2]int]*Method{} // by the numbers of the texts: there may be millions of pairs
	numbers := map[string]int{}
	number := func(text string) int {
		if _, ok := numbers[text]; !ok {
			numbers[text] = len(numbers)
		}
		return numbers[text]
	}
	labels := map[string]string{}
	for _, pair := range s.pairs() {
		p, m := pair.problem, pair.method
		id := [2]int{number(p.Text), number(m.Text)}
		if first, ok := seen[id]; ok {
			return &param.Error{Position: m.Spec.Position, Message: fmt.Sprintf("duplicate cell %s on %s (first defined at %s)%s", m.Label, p.Label, first.Spec.Position, overlapHint(m.Spec))}
		}
		seen[id] = m
		for _, entry := range [][3]string{{"problem", p.Label, p.Text}, {"method", m.Label, m.Text}} {
			key := entry[0] + entry[1]
			if text, ok := labels[key]; ok && text != entry[2] {
				return &param.Error{Position: m.Spec.Position, Message: fmt.Sprintf("the label %q is used for two %ss, %s and %s; give them different labels", entry[1], entry[0], text, entry[2])}
			}
			labels[key] = entry[2]
		}
	}
	if len(seen) == 0 {
		return &param.Error{Position: param.Position{File: s.File}, Message: errNoCells.Error()}
	}
	return nil
}

// overlapHint says how grids may overlap, where a duplicate cell comes from one.
func overlapHint(spec *param.Spec) string {
	for _, a := range spec.Args {
		if a.Axis {
			return fmt.Sprintf("; generators in one list may overlap, such as %s: [{log: [1e-3, 1, 4]}, {log: [0.1, 10, 3]}]", a.Field.Name)
		}
	}
	return ""
}

var errNoCells = errors.New("no cells to run: every pair of problem and method is excluded")
