package descend

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// goals are the targets of a run, with what has to be looked at for those that are still open.
type goals struct {
	targets    []results.Target
	thresholds []float64 // of each: a gap, gradient norm, value or diagnostic; NaN: not measurable
	watched    []int     // of each: its diagnostic, as a place among the values; −1: none
	met        [][2]int  // of each that was met: the iteration, and the look before

	nextGap   float64 // largest threshold of an open gap target
	nextGrad  float64
	nextValue float64
	watching  bool // a target of a diagnostic is open

	source problems.Diagnostics // nil where no target is one of its own
	values []float64            // of its diagnostics; the sharpness after them
	sharp  bool                 // a target is the sharpness
}

// setTargets lists the targets, with the reason where one cannot be measured on this problem:
// what is not measurable is not missed.
func (o *observer) setTargets(s *suite.Suite) {
	o.targets, o.thresholds, o.watched = s.Targets.Append(o.targets[:0]), o.thresholds[:0], o.watched[:0]
	o.source, o.sharp, o.met = nil, false, nil
	for i := range o.targets {
		threshold, diagnostic := o.threshold(&o.targets[i])
		if o.targets[i].Message != "" {
			threshold = math.NaN()
		}
		o.thresholds, o.watched = append(o.thresholds, threshold), append(o.watched, diagnostic)
	}
	o.openTargets()
}

// threshold is the number that meets a target, and the place of the diagnostic that it is of,
// −1 where it is of none. A target that cannot be measured gets its message.
func (o *observer) threshold(t *results.Target) (threshold float64, diagnostic int) {
	threshold = float64(t.Target)
	switch t.Kind {
	case results.RelativeTarget:
		threshold *= o.startGap
		t.Message = o.refuse(threshold)
		if o.facts.Minimum != nil && o.startGap < o.floor() {
			t.Message = "not measurable: the run starts at a minimum"
		}
	case results.AbsoluteTarget:
		t.Message = o.refuse(threshold)
	case results.ValueTarget:
		if m := o.facts.Minimum; m != nil && threshold < m.Value {
			t.Message = fmt.Sprintf("not measurable: it is below the minimum f* = %.6g", m.Value)
		} else if m != nil {
			t.Message = o.refuse(threshold - m.Value)
		}
	case results.GradientTarget:
		threshold *= o.gradNorm
	case results.AbsoluteGradientTarget:
	default:
		return threshold, o.watch(t)
	}
	return threshold, -1
}

// refuse says why a gap is too small to be distinguished from zero; "" where it is not.
func (o *observer) refuse(threshold float64) string {
	if o.facts.Minimum == nil {
		return "not measurable: f* is unknown"
	}
	if floor := o.floor(); threshold < floor {
		return fmt.Sprintf("not measurable: too fine: the accuracy of f* and rounding allow gaps from %.1e", floor)
	}
	return ""
}

// watch finds the diagnostic of a target among those of the problem.
func (o *observer) watch(t *results.Target) (diagnostic int) {
	source, names, rising := diagnosticsOf(o.problem)
	name, _ := diagnosticNamed(t.Kind, names)
	diagnostic = slices.Index(names, name)
	if diagnostic < 0 {
		t.Message = fmt.Sprintf("not measurable: the problem has no diagnostic %q", t.Kind)
		return -1
	}
	t.AtLeast = slices.Contains(rising, name)
	if name == suite.Sharpness {
		o.sharp = true
	} else {
		o.source = source
	}
	if len(o.values) != len(names) {
		o.values = make([]float64, len(names))
	}
	return diagnostic
}

// diagnosticsOf lists the diagnostics of a problem, the sharpness last, and those of which more
// is better; source is nil where it has none of its own.
func diagnosticsOf(p problems.Problem) (source problems.Diagnostics, names, rising []string) {
	if own, ok := problems.As[problems.Diagnostics](p); ok {
		source, names = own, slices.Clone(own.DiagnosticNames())
	}
	if r, ok := problems.As[problems.Rising](p); ok {
		rising = r.RisingDiagnostics()
	}
	return source, append(names, suite.Sharpness), rising
}

// diagnosticNamed is the diagnostic that the key of a target means: the one of that name, or
// its loss ("validation" is "validation loss"), or the only one whose name contains the key.
// Where several do, it is none of them, and they are returned.
func diagnosticNamed(key string, names []string) (name string, several []string) {
	for _, exact := range []string{key, key + " loss"} {
		if slices.Contains(names, exact) {
			return exact, nil
		}
	}
	for _, n := range names {
		if n != suite.Sharpness && strings.Contains(n, key) {
			several = append(several, n)
		}
	}
	if len(several) == 1 {
		return several[0], nil
	}
	return "", several
}

// open reports whether a target that can be measured is not yet met.
func (o *observer) open() bool {
	return o.nextGap >= 0 || o.nextGrad >= 0 || o.nextValue > math.Inf(-1) || o.watching
}

// openTargets finds the thresholds to wait for.
func (o *observer) openTargets() {
	o.nextGap, o.nextGrad, o.nextValue, o.watching = math.Inf(-1), math.Inf(-1), math.Inf(-1), false
	for i := range o.targets {
		t, threshold := &o.targets[i], o.thresholds[i]
		if t.Hit() || math.IsNaN(threshold) {
			continue
		}
		switch t.Kind {
		case results.RelativeTarget, results.AbsoluteTarget:
			o.nextGap = max(o.nextGap, threshold)
		case results.GradientTarget, results.AbsoluteGradientTarget:
			o.nextGrad = max(o.nextGrad, threshold)
		case results.ValueTarget:
			o.nextValue = max(o.nextValue, threshold)
		default:
			o.watching = true
		}
	}
	o.setNeeds()
}

// due reports whether a target may be met now.
func (o *observer) due() bool {
	return o.gap() <= o.nextGap || o.gradNorm <= o.nextGrad || o.value <= o.nextValue || o.watching
}

// hit records the targets that are met at x now.
func (o *observer) hit(x []float64) {
	if o.watching {
		o.evaluateDiagnostics(x)
	}
	c := o.oracle.Counts()
	open := len(o.targets)
	for i := range o.targets {
		t := &o.targets[i]
		if !t.Hit() && o.meets(i) {
			if o.met == nil {
				o.met = make([][2]int, len(o.targets))
			}
			o.met[i] = [2]int{o.iteration, o.since}
			t.Iteration, t.Since = &o.met[i][0], &o.met[i][1]
			t.Counts = *c
			open--
		}
	}
	if open < len(o.targets) {
		o.openTargets()
	}
}

// meets reports whether the last look meets a target.
func (o *observer) meets(i int) bool {
	t := &o.targets[i]
	switch {
	case o.watched[i] >= 0 && t.AtLeast:
		return o.values[o.watched[i]] >= o.thresholds[i]
	case o.watched[i] >= 0:
		return o.values[o.watched[i]] <= o.thresholds[i]
	case t.Kind == results.GradientTarget, t.Kind == results.AbsoluteGradientTarget:
		return o.gradNorm <= o.thresholds[i]
	case t.Kind == results.ValueTarget:
		return o.value <= o.thresholds[i]
	}
	return o.gap() <= o.thresholds[i]
}

// evaluateDiagnostics evaluates those that targets are about.
func (o *observer) evaluateDiagnostics(x []float64) {
	if o.source != nil {
		o.source.Diagnostics(x, o.values[:len(o.values)-1])
	}
	if o.sharp {
		o.values[len(o.values)-1] = critical.Curvature(o.problem, x).Highest
	}
}
