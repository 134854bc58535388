// Package check holds problems against what they claim: derivatives against differences,
// batches against the full sum, facts against samples.
//
// A check is evidence in one direction. It fails only on proof that a claim is wrong:
// a difference that exceeds the estimated error of the differences, and does so again
// with other step lengths; an inequality that is broken beyond rounding. Where the
// evidence does not suffice it is not applicable, and says why. It passes when at least
// one comparison was decided and none went against the claim, and it counts the
// comparisons, so that a check that compared nothing cannot look like one that passed.
//
// From names to a report:
//
//  1. A name, or a component in the suite language, is built with its defaults, and
//     again with every other word of each closed choice and each switch turned
//     (variants.go).
//  2. Points are drawn: starts, minimizers, and normal variables around them
//     (subject.go).
//  3. Every check of the list below looks at the problem at those points.
package check

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/problems"
)

// Conclusion is how a check ended.
type Conclusion string

const (
	Passed        Conclusion = "passed"
	Failed        Conclusion = "failed"
	NotApplicable Conclusion = "not applicable"
)

// Result is one check of one problem.
type Result struct {
	Problem    string     `json:"problem"` // canonical text
	Check      string     `json:"check"`
	Conclusion Conclusion `json:"outcome"`
	Compared   int        `json:"compared"`          // comparisons decided
	Message    string     `json:"message,omitempty"` // what is wrong, or why the check does not apply
}

// Options say how hard to look. The zero value is a good start.
type Options struct {
	Seed   uint64
	Points int    // random points a problem; 0 means 4
	Dir    string // folder that relative paths of data start from
}

// checks are all checks, in the order of the report.
var checks = []struct {
	name  string
	run   func(s *subject, t *tally)
	exact bool // compares gradients to many digits
}{
	{"evaluation", evaluation, false},
	{"gradient", gradient, true},
	{"Hessian", hessian, true},
	{"Hessian product", hessianProduct, true},
	{"residuals", residuals, true},
	{"batches", batches, true},
	{"prox", prox, false},
	{"fork", fork, false},
	{"starts", starts, false},
	{"critical points", criticalPoints, true},
	{"convexity", convexity, true},
	{"constants", constants, true},
	{"minimum", minimum, true},
}

// Names lists the checks.
func Names() []string {
	names := make([]string, len(checks))
	for i, c := range checks {
		names[i] = c.name
	}
	return names
}

// Run checks the problems of these names, or components in the suite language such as
// "{name: quadratic, dim: 3}"; all registered ones if there are none. Its error is that
// of a name or text that means no problem; what is wrong with a problem is in the report.
func Run(names []string, o Options) (*Report, error) {
	if len(names) == 0 {
		names = param.Of[problems.Problem]().Names()
	}
	report := new(Report)
	for _, name := range names {
		list, err := variants(name)
		if err != nil {
			return nil, err
		}
		for _, v := range list {
			report.Results = append(report.Results, v.check(o)...)
		}
	}
	return report, nil
}

// Problem checks one built problem. The label names it in the report and is the
// axis of the random points.
func Problem(label string, p problems.Problem, o Options) []Result {
	if o.Points == 0 {
		o.Points = 4
	}
	rng := rand.New(random.NewSource(o.Seed, label, "check"))
	s, err := newSubject(p, o.Points, rng)
	if err != nil {
		return []Result{{Problem: label, Check: "evaluation", Conclusion: Failed, Message: err.Error()}}
	}
	a, ok := p.(problems.Approximate)
	approximate := ok && a.Approximate()
	results := make([]Result, 0, len(checks))
	for _, c := range checks {
		t := new(tally)
		if c.exact && approximate {
			t.skip("the gradient is approximate by design")
		} else {
			t.guard(func() { c.run(s, t) })
		}
		results = append(results, t.result(label, c.name))
	}
	return results
}

// tally collects what one check finds.
type tally struct {
	compared  int
	undecided int
	failure   string
	reason    string // why the check does not apply
}

func (t *tally) agree()     { t.compared++ }
func (t *tally) undecide()  { t.undecided++ }
func (t *tally) done() bool { return t.failure != "" }

// fail keeps the first failure.
func (t *tally) fail(format string, args ...any) {
	t.compared++
	if t.failure == "" {
		t.failure = fmt.Sprintf(format, args...)
	}
}

// demand is a comparison that must hold.
func (t *tally) demand(holds bool, format string, args ...any) {
	if holds {
		t.agree()
		return
	}
	t.fail(format, args...)
}

func (t *tally) skip(reason string) { t.reason = reason }

// guard turns a panic of the problem into a failure.
func (t *tally) guard(run func()) {
	err := guard.Run("in the problem", func() error {
		run()
		return nil
	})
	if err != nil {
		t.fail("%v", err)
	}
}

func (t *tally) result(label, check string) Result {
	r := Result{Problem: label, Check: check, Conclusion: Passed, Compared: t.compared, Message: t.reason}
	switch {
	case t.failure != "":
		r.Conclusion, r.Message = Failed, t.failure
	case t.compared == 0:
		r.Conclusion = NotApplicable
		if r.Message == "" && t.undecided > 0 {
			r.Message = fmt.Sprintf("undecided at all %d points: finite differences are too inaccurate there", t.undecided)
		}
	}
	return r
}

var errNoPoint = errors.New("no start and no random point has a finite value and gradient")
