package words

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// Strongest is the theorem that promises most for the end of a run of a quantity, which is a column of
// the trace; nil: none bounds it. A bound on the square of the distance is one on the distance. A name
// other than "" asks for that theorem.
func Strongest(theorems []results.Theorem, quantity, name string) *results.Theorem {
	var least *results.Theorem
	for i := range theorems {
		t := &theorems[i]
		if bounds(t, quantity) && (name == "" || t.Name == name) && (least == nil || atEnd(t) < atEnd(least)) {
			least = t
		}
	}
	return least
}

// bounds reports a theorem that bounds a quantity along a single run.
func bounds(t *results.Theorem, quantity string) bool {
	n := len(t.Iteration)
	same := t.Quantity == quantity || t.Quantity == results.SquaredDistance && quantity == distance
	return same && !t.InExpectation && !t.Lower && n > 0 && len(t.Bound) == n && len(t.Ratios) <= n // an edited file may hold anything
}

// atEnd is the last bound of a theorem on its quantity, not on the square of it.
func atEnd(t *results.Theorem) float64 {
	last := t.Bound[len(t.Bound)-1]
	if t.Quantity == results.SquaredDistance {
		return math.Sqrt(last)
	}
	return last
}

// Columns of the trace that theorems bound.
const (
	Gap          = "gap"
	distance     = "distance"
	gradientNorm = "gradient_norm"
)

// bounded are the quantities that a learner asks about, first what the descent is for.
var bounded = []struct {
	quantity, name string
	of             func(*results.Trace) results.Series
	start          func(*results.Start) results.Number
}{
	{Gap, "f − f*", func(t *results.Trace) results.Series { return t.Gap }, func(s *results.Start) results.Number { return s.Gap }},
	{distance, "the distance to the nearest minimum", func(t *results.Trace) results.Series { return t.Distance }, func(s *results.Start) results.Number { return s.Distance }},
	{gradientNorm, "the length of the slope", func(t *results.Trace) results.Series { return t.GradientNorm }, func(s *results.Start) results.Number { return s.GradientNorm }},
}

// Promised says for a learner what theory promises of a run, or why it promises nothing, and by which
// theorem, nil for none. It is empty for a run that did not begin.
func Promised(r *results.Record) (sentence string, by *results.Theorem) {
	if r.Trace == nil || r.Start == nil {
		return "", nil
	}
	if t := violated(r); t != nil {
		return violation(t), t
	}
	for _, b := range bounded {
		if t := Strongest(r.Theorems, b.quantity, ""); t != nil && (!unstable(r) || atEnd(t) < float64(b.start(r.Start))) {
			return "theory promises that " + b.name + promise(r, t, b.of(r.Trace)), t
		}
	}
	for i := range r.Theorems {
		switch t := &r.Theorems[i]; {
		case t.Condition || t.InExpectation || t.Lower || unstable(r):
		case t.Compared > 0:
			return "a theorem applies, and this run keeps it: " + t.Name, t
		default: // it speaks of what is unknown, as f*, of later steps, or of less than rounding
			return "a theorem applies, and nothing of this run could be compared with it: " + t.Name, t
		}
	}
	return nothingPromised(r), nil
}

// promise compares what a run measured at the last iteration of a bound with it.
func promise(r *results.Record, t *results.Theorem, measured results.Series) string {
	last := len(t.Iteration) - 1
	at, found := slices.BinarySearch(r.Trace.Iteration, t.Iteration[last])
	bound, is := atEnd(t), math.NaN()
	if found && at < len(measured) {
		is = measured[at]
	}
	const near, far = 1e-9, 0.1
	digits, equal := 4, is >= bound*(1-near)
	if !equal {
		digits = text.Apart(bound, is, digits)
	}
	said := fmt.Sprintf(" is at most %s after %s", text.Digits(bound, digits), english.Count(int(t.Iteration[last]), "step"))
	switch {
	case t.Quantity == Gap && r.Minimum != nil && bound < r.Minimum.Floor():
		return said + ", which is finer than f* is known and f is computed"
	case math.IsNaN(is):
		return said
	case t.Quantity == Gap && r.Minimum != nil && is < r.Minimum.Floor(): // and may be negative
		return said + "; it is zero, as far as f* is known and f is computed"
	case equal:
		return said + "; it is that, up to rounding"
	case is < float64(far*bound):
		return said + fmt.Sprintf("; it is %s, far less: the promise holds for the hardest functions of this kind, too", text.Digits(is, digits))
	}
	return said + fmt.Sprintf("; it is %s", text.Digits(is, digits))
}

// unstable reports a run that grew, or whose learning rate is not below its limit.
func unstable(r *results.Record) bool { return r.Status == results.Diverged || share(r) >= limit }

// limit is the share at the limit, which is a rounded quotient.
const limit = 1 - rounded

const rounded = 1e-12

// times is a share in words, with digits enough to see on which side of the limit it is.
func times(over float64) string {
	if math.Abs(over-1) <= rounded {
		return "1"
	}
	return text.Digits(over, text.Apart(over, 1, 3))
}

// nothingPromised is why theory promises no progress of a run.
func nothingPromised(r *results.Record) string {
	over, inExpectation := share(r), slices.IndexFunc(r.Theorems, func(t results.Theorem) bool { return t.InExpectation })
	switch {
	case over >= limit:
		return fmt.Sprintf("no theorem promises that it converges: %s is %s × the limit %s, and from that limit on there are functions with this L on which the method does not converge",
			r.LearningRate.Parameter, times(over), r.Stability.Formula)
	case inExpectation >= 0:
		return "a theorem bounds the mean over many such runs, and promises nothing of a single one: " + r.Theorems[inExpectation].Name
	case r.Stability != nil && r.LearningRate != nil && math.IsNaN(over): // without a rate there is no limit of it, whether L is known or not
		return "no theorem promises that it converges: no largest curvature L is known of this function, and so no learning rate that is safe everywhere"
	}
	return "gdbench knows no theorem that bounds the progress of this method with these settings on this function"
}

// violated is the first theorem that a run violates, nil for none.
func violated(r *results.Record) *results.Theorem {
	if i := slices.IndexFunc(r.Theorems, func(t results.Theorem) bool { return t.Outcome == string(theorem.Violated) }); i >= 0 {
		return &r.Theorems[i]
	}
	return nil
}

func violation(t *results.Theorem) string {
	return fmt.Sprintf("violates a theorem (%s): %s; the method or a fact about the problem is wrong", t.Name, t.Message)
}
