package theory

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// seen is the state of a problem at a point.
func seen(p problems.Problem, x ...float64) State {
	var s State
	newObserver(p, problems.FactsOf(p)).look(&s, 0, &methods.Iterate{Point: methods.Point{X: x}})
	return s
}

// What rounding does to a gap is in the units of f, also where L is unknown: f is then known to be
// Lipschitz, or has a Hessian which self-concordance keeps from changing within a rounding error.
func TestFloorOfGap(t *testing.T) {
	const c = 0x1p30
	one, other := seen(&instances.MaxType{M: 3, R: 1, N: 3}, 1, 2, 3), seen(&instances.MaxType{M: 3 * c, R: 1, N: 3}, 1, 2, 3)
	if !(one.gapFloor > 0 && other.gapFloor == c*one.gapFloor && other.Gap == c*one.Gap) {
		t.Errorf("the floor is %g for f and %g for 2³⁰·f, whose gaps are %g and %g", one.gapFloor, other.gapFloor, one.Gap, other.Gap)
	}
	s := seen(&instances.Logarithm{C: []float64{1, 20}}, 2, 0.5) // ∇²f = diag(cᵢ/xᵢ²)
	if d := s.distanceFloor; !(abs(s.gapFloor-s.GradientNorm*d-(1.0/4+20*4)*d*d) <= 1e-12*s.gapFloor) || !(s.Gap > 0) {
		t.Errorf("the floor of x − ln x is %g, its gap %g", s.gapFloor, s.Gap)
	}
}

// Where nothing tells how much the rounding of x changes f, the gap is not measured, and no
// theorem that bounds it applies.
func TestGapOfUnknownCurvature(t *testing.T) {
	p := &instances.Cubic{Mu: 2, M: 3, N: 2}
	if s := seen(p, 1, 2); !math.IsNaN(s.Gap) || !(s.Distance > 0) {
		t.Errorf("the gap is %g, the distance %g", s.Gap, s.Distance)
	}
	facts := problems.FactsOf(p)
	for _, method := range []string{"newton", "{name: fixed-step, lr: 0.1}", "{name: steepest, norm: l2, normalized: true, step: 0.1}", "{name: descent, direction: newton, step: exact}"} {
		b, err := newMethod(method, facts)
		if err != nil {
			t.Fatal(err)
		}
		c := NewChecker(For(Setting{Method: b.method(), Problem: p, Facts: facts}), p, facts)
		c.Observe(0, &methods.Iterate{Point: methods.Point{X: []float64{1, 2}}})
		c.Observe(1, &methods.Iterate{Point: methods.Point{X: []float64{0.5, 1}}, Length: 1, Slope: -1})
		for _, v := range c.Verdicts() {
			if v.Compared == 0 && v.Name != "pure Newton, near a minimizer" { // it is too far for that one
				t.Errorf("%s: %s applies and compares nothing", method, v.Name)
			}
		}
	}
}
