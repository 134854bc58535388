package suite

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// leaveOneOut is the scope in which the settings for a problem are chosen by the others.
const leaveOneOut = "leave-one-out"

// Place is the place of a cell in the tuning of its method.
type Place struct {
	Base  *Method // as the suite writes it
	Group int     // of the problem
	Study int     // from 1
	Trial int     // from 1; of a final run 0 until its settings are chosen
	After int     // trials that the settings are chosen from; 0: a trial
}

// IsTrial reports whether the cell is a trial.
func (c *Cell) IsTrial() bool { return c.Place != nil && c.Place.After == 0 }

// IsFinal reports whether the settings of the cell are chosen by trials.
func (c *Cell) IsFinal() bool { return c.Place != nil && c.Place.After > 0 }

// groupProblems joins the instances of a problem, and gives every study its problem to try
// settings on: another instance where there are instances, another division of the data where a part is held out,
// and otherwise the problem itself.
func (s *Suite) groupProblems(source param.Source, n *yaml.Node, t *tuner) error {
	byText := map[string]*group{}
	for _, p := range s.Problems {
		key := p.base.Text(problemKeys...) + p.Keys.Label
		g := byText[key]
		if g == nil {
			g = &group{at: len(t.groups), label: label(p.base, p.Keys.Label, problemKeys...), heldOut: p.Keys.HeldOut}
			byText[key] = g
			t.groups = append(t.groups, g)
		}
		g.finals = append(g.finals, p)
		t.groupOf[p] = g
	}
	if err := t.checkHeldOut(); err != nil {
		return err
	}
	if err := t.checkModes(); err != nil {
		return err
	}
	if !slices.ContainsFunc(t.groups, func(g *group) bool { return !g.heldOut }) {
		return source.Errorf(n, "tune: every problem is held out, so that there is none to tune on")
	}
	division := 0
	for _, p := range s.Problems {
		division = max(division, p.division)
	}
	for _, g := range t.groups {
		if err := g.setTrials(source, t.Studies, division+1); err != nil {
			return err
		}
	}
	return nil
}

// setTrials finds the problem of every study. Divisions of data from the given one on are not in the suite.
func (g *group) setTrials(source param.Source, studies, division int) error {
	first := g.finals[0]
	for study := range studies {
		spec, err := first.base, error(nil)
		if first.divided != "" {
			if spec, err = first.divide(source, division+study); err != nil {
				return err
			}
		}
		if first.base != first.Spec {
			if spec, err = instance(spec, len(g.finals)+study, true); err != nil {
				return err
			}
		}
		if spec == first.Spec {
			g.trials = append(g.trials, first)
			continue
		}
		p, err := newProblem(spec)
		if err != nil {
			return err
		}
		p.base, p.at = first.base, -1
		g.trials = append(g.trials, p)
	}
	return nil
}

// divide is what a problem is an instance of, with other samples held out.
func (p *Problem) divide(source param.Source, number int) (*param.Spec, error) {
	path := p.divided
	if p.base != p.Spec { // the path is that of an instance, within a rotation and a shift
		path = strings.TrimPrefix(path, "of.of.")
	}
	key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: path}
	value := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(number)}
	kept := append([]string{"label"}, problemKeys...)
	return param.Of[problems.Problem]().With(source, p.base, []param.Setting{{Path: key, Value: value}}, &ProblemKeys{}, kept...)
}

// checkHeldOut refuses a held-out problem for which no setting could be chosen, or that is one
// of those that methods are tuned on.
func (t *tuner) checkHeldOut() error {
	for _, g := range t.groups {
		if !g.heldOut {
			continue
		}
		at := g.finals[0].Spec.Position
		if t.Scope == "problem" {
			return &param.Error{Position: at, Message: "held-out: with `scope: problem` each problem has settings of its own, and there are none for one that is held out; use `scope: suite` or leave-one-out"}
		}
		for _, other := range t.groups {
			if !other.heldOut && other.finals[0].base.Text() == g.finals[0].base.Text() {
				return &param.Error{Position: at, Message: fmt.Sprintf("held-out: %s is the problem %s, which methods are tuned on (%s); hold out other data, another dimension or other settings", g.label, other.label, other.finals[0].Spec.Position)}
			}
		}
	}
	return nil
}

// checkModes refuses a mode without a dose or a base, and a base that the suite does not have.
func (t *tuner) checkModes() error {
	var bases []string
	for _, g := range t.groups {
		if g.finals[0].Keys.Mode == "" {
			bases = append(bases, g.label)
		}
	}
	for _, g := range t.groups {
		keys := g.finals[0].Keys
		at := g.finals[0].Spec.Position
		switch given := keys.Mode != "" || keys.Dose != 0 || keys.Base != ""; {
		case !given:
		case keys.Mode == "" || keys.Dose == 0 || keys.Base == "":
			return &param.Error{Position: at, Message: "mode, dose and base belong together, such as {mode: rotation, dose: 10, base: bowl}"}
		case !slices.Contains(bases, keys.Base):
			return &param.Error{Position: at, Message: fmt.Sprintf("base: the suite has no problem with the label %q and without a mode%s", keys.Base, text.Suggest(keys.Base, bases))}
		}
	}
	return nil
}

// refuseHeldOut refuses problems whose keys are about tuning where nothing is tuned.
func (s *Suite) refuseHeldOut() error {
	for _, p := range s.Problems {
		if p.Keys.Mode != "" || p.Keys.Dose != 0 || p.Keys.Base != "" {
			return &param.Error{Position: p.Spec.Position, Message: "mode, dose, base: methods are compared across problems after tuning, and nothing is tuned in this suite; add `tune: default`, or remove the keys"}
		}
		if p.Keys.HeldOut {
			return &param.Error{Position: p.Spec.Position, Message: "held-out: nothing is tuned in this suite; add `tune: default`, or remove the key"}
		}
	}
	return nil
}

// AllProblems are those of the grid and those that only trials run on.
func (s *Suite) AllProblems() []*Problem {
	all := slices.Clone(s.Problems)
	if s.tuner != nil {
		for _, g := range s.tuner.groups {
			for _, p := range g.trials {
				if p.at < 0 && !g.heldOut {
					all = append(all, p)
				}
			}
		}
	}
	return all
}

// findTried finds the pairs of a method and a problem that trials are made for: where the method
// runs on an instance of the problem.
func (s *Suite) findTried() {
	if s.tuner == nil {
		return
	}
	out := map[*tunedMethod]map[*group]bool{}
	for p, m := range s.Pairs() {
		if tm, g := s.tuner.of[m], s.tuner.groupOf[p]; tm != nil && !g.heldOut {
			if out[tm] == nil {
				out[tm] = map[*group]bool{}
			}
			out[tm][g] = true
		}
	}
	s.tuner.tried = out
}

// trials enumerates the trials: problem by problem, method by method, study by study.
func (s *Suite) trials() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		if s.tuner == nil {
			return
		}
		for _, g := range s.tuner.groups {
			for _, tm := range s.tuner.methods {
				if !s.tuner.tried[tm][g] {
					continue
				}
				for study := range s.tuner.Studies {
					for k := range s.tuner.Trials {
						if !yield(s.trial(tm, g, study, k)) {
							return
						}
					}
				}
			}
		}
	}
}

// finals enumerates the runs of a pair with the settings that trials choose.
func (s *Suite) finals(p *Problem, m *Method) iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		t, repeats := s.tuner, s.finalRepeats(p, m)
		if repeats == 0 {
			return
		}
		for _, after := range t.After {
			for study := range t.Studies {
				for repeat := range repeats {
					c := Cell{Problem: p, Method: m, Repeat: repeat, Place: &Place{Base: m, Group: t.groupOf[p].at, Study: study + 1, After: after}}
					if !yield(c) {
						return
					}
				}
			}
		}
	}
}

// finalRepeats is how often a pair runs with the settings that a study has chosen; 0: nothing is
// chosen for it.
func (s *Suite) finalRepeats(p *Problem, m *Method) int {
	t := s.tuner
	if t == nil || t.of[m] == nil || len(t.sources(t.groupOf[p].at, t.of[m])) == 0 {
		return 0
	}
	if t.of[m].random {
		return s.Repeats
	}
	return s.repeats(p, m)
}

// sources are the groups by whose trials the settings of a method for a group are chosen.
func (t *tuner) sources(at int, tm *tunedMethod) []int {
	var out []int
	for _, g := range t.groups {
		own := g.at == at
		if t.tried[tm][g] && (t.Scope == "suite" || t.Scope == "problem" && own || t.Scope == leaveOneOut && !own) {
			out = append(out, g.at)
		}
	}
	return out
}

// Sources finds the groups of problems by whose trials the settings of a final run are chosen.
func (s *Suite) Sources(c *Cell) []int {
	return s.tuner.sources(c.Place.Group, s.tuner.of[c.Place.Base])
}

// TrialsOf enumerates the trials by which the settings of a final run are chosen.
func (s *Suite) TrialsOf(c *Cell) iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		tm, study := s.tuner.of[c.Place.Base], c.Place.Study
		for _, group := range s.Sources(c) {
			for k := range c.Place.After {
				if !yield(s.trial(tm, s.tuner.groups[group], study-1, k)) {
					return
				}
			}
		}
	}
}

// trial is the k-th trial of a study, both from 0.
func (s *Suite) trial(tm *tunedMethod, g *group, study, k int) Cell {
	return Cell{Problem: g.trials[study], Method: tm.trials[study][k],
		Place: &Place{Base: tm.base, Group: g.at, Study: study + 1, Trial: k + 1}}
}

// HasCurve reports whether a run is worth a curve: trials and what the first of them choose are
// reported by their outcome alone.
func (s *Suite) HasCurve(c *Cell) bool { return c.Place == nil || c.Place.After == s.tuner.Trials }

// WithSettings is a final run with the settings of a trial, from 1.
func (s *Suite) WithSettings(c Cell, trial int) Cell {
	place := *c.Place
	place.Trial = trial
	chosen := *s.tuner.of[place.Base].trials[place.Study-1][trial-1]
	c.Method, c.Place = &chosen, &place
	return c
}

// Unit names the cells that have to run in one process: a search with what is chosen by it.
// It is empty for a cell that depends on no other.
func (s *Suite) Unit(c *Cell) string {
	if c.Place == nil {
		return ""
	}
	unit := strconv.Itoa(c.Place.Base.at) + " " + strconv.Itoa(c.Place.Study)
	if s.tuner.Scope == "problem" {
		unit += " " + strconv.Itoa(c.Place.Group)
	}
	return unit
}

// Number is the number of the run among those that have its problem and label.
func (c *Cell) Number(s *Suite) int {
	if !c.IsFinal() {
		return c.Repeat
	}
	return (c.Place.Study-1)*s.finalRepeats(c.Problem, c.Place.Base) + c.Repeat
}

// Stream is the named axis of the random numbers of a cell: trials have others than final runs.
func (c *Cell) Stream() (problem string, repeat int) {
	if c.IsTrial() {
		return "tuning " + c.Problem.Text, c.Place.Study
	}
	return c.Problem.Text, c.Repeat
}

// Tuned is the place of a cell as its record has it, on a problem that is a sum over so many
// samples; nil for a method that is not tuned.
func (s *Suite) Tuned(c *Cell, samples int) *results.Tuned {
	if s.tuner == nil {
		return nil
	}
	out := &results.Tuned{Method: c.Method.Label}
	switch {
	case c.Place != nil:
		out.Method, out.Problem = c.Place.Base.Label, s.tuner.groups[c.Place.Group].label
		out.Study, out.Trial, out.After = c.Place.Study, c.Place.Trial, c.Place.After
	case s.tuner.groupOf[c.Problem] != nil:
		out.Problem = s.tuner.groupOf[c.Problem].label
	}
	out.Budget = results.Number(s.missed(samples, c.Method.Keys.Batch.Size))
	return out
}

// missed is what a missed target costs: the budget, in the cost of the score; 0 where it is in
// seconds only.
func (s *Suite) missed(samples, batch int) float64 {
	b := s.Budget.For(samples)
	perStep, whole := 1.0, 1.0
	if samples > 0 {
		perStep, whole = float64(samples), float64(samples)
		if batch > 0 {
			perStep = float64(min(batch, samples))
		}
	}
	steps := math.Inf(1)
	for _, limit := range []float64{float64(b.Iterations), float64(b.Evaluations), float64(b.Gradients), b.Epochs * whole / perStep} {
		if limit > 0 {
			steps = min(steps, limit)
		}
	}
	switch {
	case math.IsInf(steps, 1):
		return 0
	case s.tuner.Score.Cost == "samples":
		return steps * perStep
	case s.tuner.Score.Cost == "passes":
		return steps * perStep / whole
	}
	return steps
}

// tunedLabel is the label of a final run.
func (c *Cell) tunedLabel() string {
	return c.Place.Base.Label + " after " + english.Count(c.Place.After, "trial")
}

// finalLabel is the label of a method after all trials.
func (s *Suite) finalLabel(m *Method) string {
	c := Cell{Place: &Place{Base: m, After: s.tuner.Trials}}
	return c.tunedLabel()
}

// choice is the text of all that decides the settings of a final run, for its definition.
func (s *Suite) choice(c *Cell) string {
	t := s.tuner
	tm := t.of[c.Place.Base]
	all := fmt.Sprintf("%s %s %d %d %s %s\n%s", t.Sampler, t.Scope, c.Place.Study, c.Place.After, param.Text(t.Score.Targets), t.Score.Cost, tm.space.text())
	for _, at := range t.sources(c.Place.Group, tm) {
		p := t.groups[at].trials[c.Place.Study-1]
		problem := p.whole()
		all += problem.component + p.Data + problem.extra + p.Text
	}
	return all
}
