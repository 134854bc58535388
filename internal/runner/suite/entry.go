package suite

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/methods/wrap"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/constraint"
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

	base     *param.Spec // what it is an instance of, or itself
	at       int         // position in the suite
	called   []string    // what it may be called in a suite
	random   bool        // its starts or its oracle are
	divided  string      // path of the parameter that numbers the divisions of its data; empty: nothing is held out
	division int
	drawn    bool // its starts are random
	full     *full
}

// StartPosition is where the start of a problem is written, and otherwise the problem.
func (p *Problem) StartPosition() param.Position {
	if start, ok := p.Spec.ExtraValue(&ProblemKeys{}, "start").(*param.Spec); ok && p.Spec.Writes("start") && start.Position != (param.Position{}) {
		return start.Position
	}
	return p.Spec.Position
}

// ProblemKeys are the keys of a problem's entry that are not the problem's own.
type ProblemKeys struct {
	Label     string             `param:"label" default:"none" doc:"name in figures and tables"`
	Instances int                `param:"instances" default:"none" range:"[0,1000]" doc:"number of random shifts and rotations that replace the problem, so that results do not depend on the origin or the axes"`
	HeldOut   bool               `param:"held-out" default:"false" doc:"the methods are not tuned on it, but run on it with the settings that were chosen by the others"`
	Mode      string             `param:"mode" default:"none" doc:"how the problem is harder than its base, in a map of what methods can do: rotation, noise, …"`
	Dose      float64            `param:"dose" default:"none" range:"(0,)" doc:"how much harder it is"`
	Base      string             `param:"base" default:"none" doc:"label of the problem that it is compared with"`
	Start     problems.StartRule `param:"start" default:"standard" doc:"where descents begin: a name, a vector, or a map such as {name: normal, scale: 1}"`

	Constraint constraint.Set `param:"constraint" default:"none" doc:"the set to which the variables are confined: a name, or a map such as {box: {lower: -1, upper: [1, 2]}}"`
}

// problemKeys are those of ProblemKeys that decide a run, beside those that make another problem.
var problemKeys = []string{"start", "constraint"}

// Decisive are the keys of the entry that decide a run, those that are rarely written only where
// they are.
func (p *Problem) Decisive() []string { return decisiveKeys(p.Spec) }

func decisiveKeys(spec *param.Spec) []string {
	return slices.DeleteFunc(slices.Clone(problemKeys), func(name string) bool { return name == "constraint" && !spec.Writes(name) })
}

// Definition is the text of the problem that is built, wherever descents on it begin.
func (p *Problem) Definition() string { return p.Spec.Text("constraint") }

// New makes the problem of the entry, to be built.
func (p *Problem) New() (problems.Problem, error) {
	component, err := p.Spec.New()
	if err != nil {
		return nil, err
	}
	var fresh ProblemKeys
	if err := p.Spec.FillExtra(&fresh); err != nil {
		return nil, err
	}
	if fresh.Constraint == nil {
		return component.(problems.Problem), nil
	}
	return constrain(component.(problems.Problem), fresh.Constraint)
}

// Method is one method of the grid, no axis left in it.
type Method struct {
	Spec  *param.Spec
	Keys  *MethodKeys // shared by the methods of an entry, unless they vary
	Label string
	Text  string // canonical, batch and sampling included

	at int // position in the suite

	expressions []param.Expression
	random      bool
	own         bool // see OwnMethods
	full        *full
}

// called is what the method may be called in a suite.
func (m *Method) called() []string { return entryNames(m.Spec, m.Keys.Label, m.Label) }

// MethodKeys are the keys of a method's entry that are the runner's.
type MethodKeys struct {
	Label      string   `param:"label" default:"none" doc:"name in figures and tables"`
	On         []string `param:"on" default:"none" doc:"names or labels of the problems that it runs on (default: all)"`
	Batch      Batch    `param:"batch" default:"full" range:"[1,)" doc:"number of samples in a step, or full"`
	Sampling   string   `param:"sampling" default:"shuffle" oneof:"shuffle replace" doc:"how batches are drawn: shuffled each epoch, or with replacement"`
	Multistart bool     `param:"multistart" default:"false" doc:"begin again from another random start where a descent ends with targets open and budget left"`

	Schedule wrap.Schedule  `param:"schedule" default:"none" doc:"factors of the learning rate over the run: a name, or a map such as {name: cosine, warmup: 0.05}"`
	Wrap     []wrap.Wrapper `param:"wrap" default:"none" doc:"what goes around the method: a list such as [clip: 1, average: 0.999]"`
}

// methodKeys are those of MethodKeys that decide a run.
var methodKeys = []string{"batch", "sampling", "multistart", "schedule", "wrap"}

// Decisive are the keys of the entry that decide a run, those that are rarely written only where
// they are.
func (m *Method) Decisive() []string {
	return slices.DeleteFunc(slices.Clone(methodKeys), func(name string) bool {
		return slices.Contains(rareKeys, name) && !m.Spec.Writes(name) || name == "multistart" && !m.Keys.Multistart
	})
}

// rareKeys are left out of definitions and records where they are not written, as in runs of versions
// that did not have them.
var rareKeys = []string{"multistart", "schedule", "wrap"}

// Around puts what the entry says around its method, new for each run.
func (m *Method) Around(component any) (any, error) {
	if m.Spec == nil || len(m.Spec.ExtraSpecs()) == 0 {
		return component, nil
	}
	var fresh MethodKeys
	err := m.Spec.FillExtra(&fresh)
	return wrap.Around(component, fresh.Schedule, fresh.Wrap), err
}

// Horizon is the number of iterations that the budget allows a method on a sum over so many
// samples, 0 where the problem is none; see Budget.Horizon.
func (h *Header) Horizon(m *Method, samples int) int {
	return h.Budget.Horizon(samples, m.Keys.Batch.Size, 1+wrap.ExtraGradients(m.Keys.Wrap))
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
	for _, base := range specs {
		specs, err := instances(base)
		if err != nil {
			return err
		}
		for _, spec := range specs {
			p, err := newProblem(spec)
			if err != nil {
				return err
			}
			p.at, p.base = len(s.Problems), base
			s.Problems = append(s.Problems, p)
		}
	}
	return nil
}

func newProblem(spec *param.Spec) (*Problem, error) {
	p := &Problem{Spec: spec, Text: spec.Text(problemKeys...), full: new(full)}
	if err := spec.FillExtra(&p.Keys); err != nil {
		return nil, err
	}
	p.Label = label(spec, p.Keys.Label, problemKeys...)
	p.called = entryNames(spec, p.Keys.Label, p.Label)
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	problem := component.(problems.Problem)
	if d, ok := problem.(problems.Divided); ok {
		p.divided, p.division = d.DividedBy()
	}
	p.drawn = isRandom(p.Keys.Start) || drawsStart(problem, p.Keys.Start)
	p.random = problems.NoiseOf(problem).Some() || isRandom(component) || p.drawn
	return p, nil
}

// DrawsStart reports whether the start is another one for each repeat.
func (p *Problem) DrawsStart() bool { return p.drawn }

// drawsStart reports whether a rule begins at or around a start that the problem draws.
func drawsStart(p problems.Problem, rule problems.StartRule) bool {
	drawn, draws := problems.As[problems.Drawn](p)
	own, begins := rule.(problems.OwnStart)
	return draws && begins && drawn.DrawsStart(own.OwnStart())
}

func (s *Suite) readMethod(source param.Source, n *yaml.Node) error {
	specs, err := param.Of[methods.Method]().Expand(source, n, &MethodKeys{})
	if err != nil {
		return err
	}
	s.Methods = slices.Grow(s.Methods, len(specs))
	var keys *MethodKeys
	for _, spec := range specs {
		m, err := newMethod(spec, keys)
		if err != nil {
			return err
		}
		if !spec.ExtraVaries() {
			keys = m.Keys
		}
		m.at = len(s.Methods)
		s.Methods = append(s.Methods, m)
	}
	return nil
}

// newMethod makes a method with the keys of its entry; nil: as the spec has them.
func newMethod(spec *param.Spec, keys *MethodKeys) (*Method, error) {
	if keys == nil {
		keys = new(MethodKeys)
		if err := spec.FillExtra(keys); err != nil {
			return nil, err
		}
	}
	m := &Method{Spec: spec, Keys: keys, Text: spec.Text(methodKeys...), full: new(full)}
	m.Label = label(spec, m.Keys.Label, methodKeys...)
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	if err := checkAround(spec, component); err != nil {
		return nil, err
	}
	m.expressions = param.ExpressionsIn(component)
	m.own = spec.Entry.Foreign() || isOwn(component)
	m.random = m.Keys.Batch.Size > 0 || m.Keys.Multistart || isRandom(component)
	if inner := methods.Unwrap(component); any(inner) != component {
		m.random = m.random || isRandom(inner)
	}
	return m, nil
}

// checkRestarts refuses restarts that would begin where the run has begun, and those whose times
// would be measured, which a replay does not repeat.
func (s *Suite) checkRestarts() error {
	if !slices.ContainsFunc(s.Methods, func(m *Method) bool { return m.Keys.Multistart }) {
		return nil
	}
	for p, m := range s.Pairs() {
		switch {
		case !m.Keys.Multistart:
		case !isRandom(p.Keys.Start):
			return &param.Error{Position: m.Spec.Position, Message: fmt.Sprintf("multistart: every descent of %s on %s would begin at the same start; give the problem a random one, such as start: {name: normal, scale: 1}", m.Label, p.Label)}
		case s.Exclusive():
			return &param.Error{Position: m.Spec.Position, Message: "multistart: runs with restarts cannot be timed (timing: exclusive); leave out one of the two"}
		}
	}
	return nil
}

// checkAround refuses a schedule or wrapper that does not suit the method, where it is written.
func checkAround(spec *param.Spec, component any) error {
	for _, part := range spec.ExtraSpecs() {
		built, err := part.New()
		if err != nil {
			return err
		}
		if spec.Entry.Origin != "" {
			err = errors.New("the method runs in another process, which takes neither schedules nor wrappers from here")
		} else {
			err = wrap.Suits(built, component)
		}
		if err != nil {
			return &param.Error{Position: part.Position, Message: fmt.Sprintf("%s %s around %s: %v", part.Entry.Kind, part.Entry.Name, spec.Entry.Name, err)}
		}
	}
	return nil
}

// checkHorizons refuses what spans a run whose length no budget gives.
func (s *Suite) checkHorizons() error {
	if s.Budget.Horizon(1, 1, 1) > 0 {
		return nil
	}
	for _, m := range s.Methods {
		for _, part := range m.Spec.ExtraSpecs() {
			built, err := part.New()
			if err != nil {
				return err
			}
			if w, ok := built.(wrap.Spanning); ok && w.Spans() {
				return &param.Error{Position: part.Position, Message: fmt.Sprintf("%s %s spans the whole run, whose iterations the budget does not limit; expected a budget of iterations, gradients, evaluations or epochs", part.Entry.Kind, part.Entry.Name)}
			}
		}
	}
	return nil
}

// label names a component for human eyes: by its own label and the axes it moves along,
// or by name and everything that was written.
func label(spec *param.Spec, own string, extra ...string) string {
	args := spec.Args
	for _, a := range spec.Extra {
		if slices.Contains(extra, a.Field.Name) {
			args = append(slices.Clip(args), a)
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
	for _, m := range s.Methods {
		for _, name := range m.Keys.On {
			problems, _ := s.index.key("problem")
			if len(problems.names[name]) == 0 {
				known := slices.Sorted(maps.Keys(problems.names))
				return &param.Error{Position: m.Spec.Position, Message: fmt.Sprintf("on: the suite has no problem %q%s", name, text.Suggest(name, known))}
			}
		}
	}
	return nil
}

// entryNames are what an entry may be called in a suite: its name, the label it was given,
// and the full label.
func entryNames(spec *param.Spec, own, full string) []string {
	out := []string{spec.Entry.Name, full}
	if own != "" {
		out = append(out, own)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func intersects(a, b []string) bool {
	return slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}

var errNoCells = errors.New("no cells to run: every pair of problem and method is excluded")
