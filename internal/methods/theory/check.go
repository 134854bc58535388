package theory

import (
	"errors"
	"fmt"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Case is one experiment of the built-in suite: a method meets an instance, and a theorem
// must apply, hold, and be attained where the instance is one that attains it.
type Case struct {
	Theorem  string // that must be among the guarantees
	Method   string // in the suite language
	Instance string // for human eyes, and the axis of the random numbers
	Problem  problems.Problem
	Start    []float64
	Steps    int
	Every    int  // observe every so many iterations; 0: each
	Attained bool // the worst ratio must be 1, to 1e-6 or within the interval of the mean

	Batch   int // with replacement
	Repeats int // 0: one run
}

// attainment is how near to 1 the ratio of an attained bound must come.
const attainment = 1e-6

// Options of the suite.
type Options struct {
	Seed uint64
}

// Finding is how one case went.
type Finding struct {
	Case
	theorem.Verdict
	Failure string // "" where the case went as it should
	Missing string // why it did not run: a method that is not registered
}

func (f Finding) String() string {
	return fmt.Sprintf("%s with %s on %s: %s%s", f.Case.Theorem, f.Method, f.Instance, f.Failure, f.Missing)
}

// Report is how all cases went.
type Report struct {
	Findings []Finding
}

// Check runs the built-in suite on the registered methods.
func Check(o Options) (*Report, error) {
	report := new(Report)
	for _, c := range Cases(o.Seed) {
		finding, err := c.run(o.Seed)
		if err != nil {
			return nil, fmt.Errorf("%s with %s on %s: %w", c.Theorem, c.Method, c.Instance, err)
		}
		report.Findings = append(report.Findings, finding)
	}
	return report, nil
}

// run makes the runs of a case and judges them. The method that is described, and whose
// theorem is claimed, is the one that runs.
func (c Case) run(seed uint64) (Finding, error) {
	built, err := newMethod(c.Method, problems.FactsOf(c.Problem))
	if err != nil {
		return Finding{Case: c, Missing: err.Error()}, nil
	}
	return c.compare(built, built, seed)
}

// compare holds runs of one method against the guarantees of another: with itself in the
// suite, with a mutated copy where it is tested that a mistake shows.
func (c Case) compare(claimed, running *built, seed uint64) (Finding, error) {
	facts := problems.FactsOf(c.Problem)
	gs := For(Setting{Method: claimed.method(), Problem: c.Problem, Facts: facts, Batch: c.Batch, Replacement: true, Horizon: c.Steps})
	var wanted []Guarantee
	for _, g := range gs {
		if g.Name == c.Theorem {
			wanted = append(wanted, g)
		}
	}
	f := Finding{Case: c, Verdict: theorem.Open(theorem.Theorem{Name: c.Theorem})}
	if len(wanted) != 1 {
		f.Failure = fmt.Sprintf("the theorem does not apply to %s here, though it should", c.Method)
		return f, nil
	}
	var checkers []*Checker
	for repeat := range max(1, c.Repeats) {
		checker := NewChecker(wanted, c.Problem, facts)
		if err := c.descend(running, checker, seed, repeat); err != nil {
			return f, err
		}
		checkers = append(checkers, checker)
	}
	if wanted[0].InExpectation {
		f.Verdict = Expect(checkers)[0]
	} else {
		f.Verdict = checkers[0].Verdicts()[0]
	}
	f.Failure = c.judge(f.Verdict)
	return f, nil
}

// descend runs the method once on the oracle, without the runner.
func (c Case) descend(b *built, checker *Checker, seed uint64, repeat int) error {
	component, err := b.fresh()
	if err != nil {
		return err
	}
	o, err := problems.NewOracle(c.Problem, problems.FactsOf(c.Problem), problems.OracleOptions{
		Batch: c.Batch, Replacement: true, Horizon: c.Steps,
		Seed: problems.Seed{Suite: seed, Problem: c.Instance, Repeat: repeat},
	})
	if err != nil {
		return err
	}
	m := methods.Unwrap(component)
	at := &methods.Iterate{Point: methods.Point{X: append([]float64(nil), c.Start...), Grad: make([]float64, len(c.Start))}}
	checker.Observe(0, at)
	if err := m.Init(o, at); err != nil {
		return err
	}
	for k := 1; k <= c.Steps; k++ {
		err := m.Step(at)
		if errors.Is(err, methods.ErrStalled) {
			return nil
		}
		if err != nil {
			return err
		}
		if c.Every == 0 || k%c.Every == 0 {
			checker.Observe(k, at)
		}
	}
	return nil
}

// judge says what is wrong with a verdict.
func (c Case) judge(v theorem.Verdict) string {
	switch {
	case v.Outcome == theorem.Violated || v.Outcome == theorem.Refuted:
		return v.Message
	case v.Compared == 0:
		return "nothing was compared"
	case c.Attained && !(v.Ratio+v.Interval >= 1-attainment):
		return fmt.Sprintf("the bound is not attained: the worst ratio is %.9g at iteration %d", v.Ratio, v.Iteration)
	}
	return ""
}

// built is a method with its parameters resolved, from which fresh copies are made.
type built struct {
	spec      *param.Spec
	facts     *problems.Facts
	component any // the first copy
}

// method is that behind the first copy.
func (b *built) method() methods.Method { return methods.Unwrap(b.component) }

// newMethod reads a method in the suite language.
func newMethod(text string, facts *problems.Facts) (*built, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		return nil, err
	}
	specs, err := param.Of[methods.Method]().Expand(param.Source("theory"), document.Content[0], nil)
	if err != nil {
		return nil, err
	}
	b := &built{spec: specs[0], facts: facts}
	b.component, err = b.fresh()
	return b, err
}

func (b *built) fresh() (any, error) {
	component, err := b.spec.New()
	if err != nil {
		return nil, err
	}
	return component, param.Resolve(component, b.facts.Global)
}

// Failures are the cases that did not go as they should.
func (r *Report) Failures() []Finding {
	var out []Finding
	for _, f := range r.Findings {
		if f.Failure != "" {
			out = append(out, f)
		}
	}
	return out
}

// Unrun are the cases whose method is not registered.
func (r *Report) Unrun() []Finding {
	var out []Finding
	for _, f := range r.Findings {
		if f.Missing != "" {
			out = append(out, f)
		}
	}
	return out
}
