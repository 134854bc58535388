package suite

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/results/tuning"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// Tune is how the methods of a suite are tuned.
type Tune struct {
	Trials    int    `param:"trials" default:"25" range:"[1,10000]" doc:"number of settings to try in each study"`
	Studies   int    `param:"studies" default:"20" range:"[1,1000]" doc:"number of independent searches; their spread is that of tuning"`
	Scope     string `param:"scope" default:"problem" oneof:"problem suite leave-one-out" doc:"what one setting is chosen for: each problem, all of them, or each by the others"`
	Sampler   string `param:"sampler" default:"halton" oneof:"halton random" doc:"how settings are drawn: by a scrambled Halton sequence, or independently"`
	After     []int  `param:"after" default:"none" range:"[1,10000]" doc:"numbers of trials after which settings are chosen and run (default: 1, 5, 15, 25 as far as there are so many, and all)"`
	ByProblem bool   `param:"by-problem" default:"false" doc:"allow one method to have different spaces on different problems"`

	Score TuneScore // read apart
}

// TuneScore is what the best of several trials is.
type TuneScore struct {
	Targets []float64 `param:"targets" default:"none" range:"(0,1)" doc:"relative gaps whose costs are averaged (default: those of the suite)"`
	Cost    string    `param:"cost" default:"passes" oneof:"passes evaluations gradients iterations samples" doc:"what is counted; passes: evaluations, on sums as many samples as there are, with second derivatives at their price"`
}

var _ param.Rewriter = (*TuneScore)(nil)

// Rewrite reads a target or a generator alone as a list.
func (*TuneScore) Rewrite(n *yaml.Node) *yaml.Node { return listed(n, "targets") }

// tuner is the tuning of a suite, ready to run.
type tuner struct {
	Tune
	methods []*tunedMethod
	of      map[*Method]*tunedMethod
	groups  []*group
	groupOf map[*Problem]*group
	tried   map[*tunedMethod]map[*group]bool // pairs that trials are made for
}

// tunedMethod is a method with the settings that are tried.
type tunedMethod struct {
	base   *Method
	space  space
	source string // of the space
	random bool   // some of the settings are
	trials [][]*Method
}

// group is a problem with all its instances: one setting is chosen for all of them.
type group struct {
	at      int
	label   string
	heldOut bool
	finals  []*Problem
	trials  []*Problem // by study
}

// readTune reads the key tune, once the grid is known.
func (s *Suite) readTune(source param.Source, root *yaml.Node) error {
	n := param.Get(root, "tune")
	if n == nil {
		return s.refuseHeldOut()
	}
	if n.Kind == yaml.ScalarNode {
		if n.Value != "default" {
			return source.Errorf(n, "tune: found %q; expected `default`, or a map such as {trials: 25, space: {adam: {lr: {loguniform: [1e-5, 1]}}}}", n.Value)
		}
		n = param.Map(n, "space", n)
	}
	t := &tuner{of: map[*Method]*tunedMethod{}, groupOf: map[*Problem]*group{}}
	if err := source.DecodeStruct(n, &t.Tune, "space", "score"); err != nil {
		return err
	}
	score := param.Get(n, "score")
	if score == nil {
		score = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	}
	if err := source.DecodeStruct(score, &t.Score); err != nil {
		return err
	}
	if err := t.plan(source, n); err != nil {
		return err
	}
	s.ladder(t)
	if err := s.readSpaces(source, n, t); err != nil {
		return err
	}
	if err := s.groupProblems(source, n, t); err != nil {
		return err
	}
	s.tuner = t
	s.findTried()
	if total := int64(s.Count()); total > limit.Cells.Max() {
		return source.Errorf(n, "tune: %s of %s and the runs with what they choose make %d cells; try fewer settings: %s",
			english.Count(t.Studies, "study"), english.Count(t.Trials, "trial"), total, limit.Cells.Exceeded())
	}
	return t.draw(s, source)
}

// plan fills in after how many trials settings are chosen.
func (t *tuner) plan(source param.Source, n *yaml.Node) error {
	if len(t.After) == 0 {
		t.After = []int{1, 5, 15, 25}
		t.After = slices.DeleteFunc(t.After, func(k int) bool { return k > t.Trials })
	}
	for _, k := range t.After {
		if k > t.Trials {
			return source.Errorf(param.Get(n, "after"), "after: settings cannot be chosen from %s of %d", english.Count(k, "trial"), t.Trials)
		}
	}
	t.After = append(t.After, t.Trials)
	slices.Sort(t.After)
	t.After = slices.Compact(t.After)
	return nil
}

// ladder makes the targets of the score targets of the suite: what is not recorded cannot be
// scored.
func (s *Suite) ladder(t *tuner) {
	if len(t.Score.Targets) == 0 {
		t.Score.Targets = slices.Clone(s.Targets.Relative)
	}
	for _, target := range t.Score.Targets {
		if !slices.Contains(s.Targets.Relative, target) {
			s.Targets.Relative = append(s.Targets.Relative, target)
		}
	}
	slices.Sort(t.Score.Targets)
	slices.Reverse(t.Score.Targets)
	s.watch()
}

// readSpaces finds the space of every method that has one.
func (s *Suite) readSpaces(source param.Source, n *yaml.Node, t *tuner) error {
	spaces := param.Get(n, "space")
	if spaces == nil {
		return source.Errorf(n, "tune: missing key \"space\": where the settings are drawn from, by method, or `default`")
	}
	if spaces.Kind == yaml.ScalarNode && spaces.Value == "default" {
		for _, m := range s.Methods {
			found, err := defaultSpace(m.Spec.Entry, source.At(spaces))
			if err != nil {
				return err
			}
			if found != nil {
				t.add(m, found, defaultSource)
			}
		}
		if len(t.methods) == 0 {
			return source.Errorf(spaces, "space: no method of the suite has a default space; `gdbench list methods` shows which have")
		}
	} else if err := s.readSpaceByMethod(source, spaces, t); err != nil {
		return err
	}
	return t.checkAlike(source, spaces)
}

// defaultSource is the source of the spaces in the tags of parameters.
const defaultSource = "the default space of the method"

func (s *Suite) readSpaceByMethod(source param.Source, n *yaml.Node, t *tuner) error {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return source.Errorf(n, "space: expected a map of methods, such as {adam: {lr: {loguniform: [1e-5, 1]}}}, or `default`")
	}
	taken := map[*Method]int{} // how closely the key of its space names a method
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		found := false
		for _, m := range s.Methods {
			close := m.named(key.Value)
			found = found || close > 0
			if close <= taken[m] {
				continue
			}
			sp, from, err := spaceOf(source, value, m)
			if err != nil {
				return err
			}
			taken[m] = close
			t.add(m, sp, from)
		}
		if !found {
			return source.Errorf(key, "space: the suite has no method or family of methods %q%s", key.Value, text.Suggest(key.Value, s.methodNames()))
		}
	}
	return nil
}

// named is how closely a text names a method: by its label, its name, or its family; 0: not.
func (m *Method) named(name string) int {
	switch {
	case name == m.Label || name == m.Keys.Label && name != "":
		return 3
	case slices.Contains(m.called(), name):
		return 2
	case name == m.Spec.Entry.FamilyOrName():
		return 1
	}
	return 0
}

func (s *Suite) methodNames() []string {
	known := map[string]bool{}
	for _, m := range s.Methods {
		known[m.Spec.Entry.FamilyOrName()] = true
		for _, name := range m.called() {
			known[name] = true
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// spaceOf is the space that a key of a suite gives to a method.
func spaceOf(source param.Source, n *yaml.Node, m *Method) (found space, from string, err error) {
	if n.Kind == yaml.ScalarNode && n.Value == "default" {
		found, err = defaultSpace(m.Spec.Entry, source.At(n))
		if err == nil && found == nil {
			err = source.Errorf(n, "space: %s has no default space; write one, %s", m.Label, spaceExample)
		}
		return found, defaultSource, err
	}
	found, err = readSpace(source, n)
	return found, "the suite", err
}

// add gives a method a space, in the place of one that a less close name gave it.
func (t *tuner) add(m *Method, sp space, source string) {
	if known := t.of[m]; known != nil {
		known.space, known.source = sp, source
		return
	}
	tm := &tunedMethod{base: m, space: sp, source: source}
	t.of[m] = tm
	t.methods = append(t.methods, tm)
	slices.SortFunc(t.methods, func(a, b *tunedMethod) int { return a.base.at - b.base.at })
}

// checkAlike refuses spaces that cannot be drawn from, and spaces of one method that differ by
// problem: a prior belongs to a method.
func (t *tuner) checkAlike(source param.Source, n *yaml.Node) error {
	for i, tm := range t.methods {
		if len(tm.space) > tuning.MostParameters {
			return source.Errorf(n, "space: %s has %d parameters; at most %d can be tuned", tm.base.Label, len(tm.space), tuning.MostParameters)
		}
		for _, c := range tm.space {
			head, _, _ := strings.Cut(c.path.Value, ".")
			for _, a := range slices.Concat(tm.base.Spec.Args, tm.base.Spec.Extra) {
				if a.Axis && a.Field.Name == head {
					return source.Errorf(c.path, "%s: %s has a list of values for it, and they would all be tuned to the same; write one value, or leave it out of the space", c.path.Value, tm.base.Spec.Entry.Name)
				}
			}
		}
		for _, other := range t.methods[:i] {
			same := other.base.Spec.Entry == tm.base.Spec.Entry && other.space.text() != tm.space.text()
			apart := len(tm.base.Keys.On) > 0 && len(other.base.Keys.On) > 0 && !intersects(tm.base.Keys.On, other.base.Keys.On)
			if same && apart && !t.ByProblem {
				return source.Errorf(tm.space[0].path, "space: %s and %s are one method on different problems, with different spaces: a space belongs to a method, not to a problem; write one space for both, or `by-problem: true`, which reports say", other.base.Label, tm.base.Label)
			}
		}
	}
	return nil
}

// draw makes the methods with the settings of every trial.
func (t *tuner) draw(s *Suite, source param.Source) error {
	for _, tm := range t.methods {
		tm.trials = make([][]*Method, t.Studies)
		for study := range tm.trials {
			points := tuning.NewSequence(t.Sampler, len(tm.space), s.Seed, "tuning", s.Name, tm.base.Text, study)
			for k := range t.Trials {
				m, err := tm.at(source, points.Point(k))
				if err != nil {
					return err
				}
				tm.trials[study] = append(tm.trials[study], m)
				tm.random = tm.random || m.random
			}
		}
	}
	return nil
}

// at is the method with the settings at a point of its space.
func (tm *tunedMethod) at(source param.Source, point []float64) (*Method, error) {
	spec, err := param.Of[methods.Method]().With(source, tm.base.Spec, tm.space.draw(point), &MethodKeys{}, methodKeys...)
	if err != nil {
		return nil, err
	}
	m, err := newMethod(spec, nil)
	if err != nil {
		return nil, fmt.Errorf("space: %w", err)
	}
	m.at = tm.base.at
	return m, nil
}

// Tuning is what the manifest keeps of it; nil where nothing is tuned.
func (s *Suite) Tuning() *results.Tuning {
	t := s.tuner
	if t == nil {
		return nil
	}
	out := &results.Tuning{Trials: t.Trials, Studies: t.Studies, Sampler: t.Sampler, Scope: t.Scope, After: t.After, Cost: t.Score.Cost}
	for _, target := range t.Score.Targets {
		out.Targets = append(out.Targets, results.Number(target))
	}
	for _, tm := range t.methods {
		out.Methods = append(out.Methods, results.TunedMethod{Method: tm.base.Label, Name: tm.base.Spec.Entry.Name, Source: tm.source, Space: tm.space.record()})
	}
	for _, g := range t.groups {
		keys := g.finals[0].Keys
		out.Problems = append(out.Problems, results.TunedProblem{Problem: g.label, HeldOut: g.heldOut, InSample: !g.heldOut && t.Scope != leaveOneOut && g.same(), SameData: !g.heldOut && g.sameData(), OtherSplit: !g.heldOut && g.finals[0].divided != "",
			Mode: keys.Mode, Dose: results.Number(keys.Dose), Base: keys.Base})
	}
	return out
}

// same reports whether a trial of a method that is not random has the very problem and start of
// a final run.
func (g *group) same() bool { return g.sameData() && !g.finals[0].random }

func (g *group) sameData() bool { return slices.Contains(g.trials, g.finals[0]) }
