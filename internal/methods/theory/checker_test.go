package theory

import (
	"testing"

	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/methods"
)

// A bound on each step is compared with the step before, and promises the product of the
// factors from the start on. Gradient descent with h = ½ on x²/2 halves the distance.
func TestPromised(t *testing.T) {
	p := instances.Diagonal(1)
	facts := p.Facts()
	b, err := newMethod("{name: fixed-step, lr: 0.5}", facts)
	if err != nil {
		t.Fatal(err)
	}
	c := NewChecker(For(Setting{Method: b.method(), Problem: p, Facts: facts}), p, facts)
	for k, x := range []float64{8, 2, 1} { // the first step is better than promised
		c.Observe(k, &methods.Iterate{Point: methods.Point{X: []float64{x}}})
	}
	for i, v := range c.Verdicts() {
		if v.Name != "gradient descent, strongly convex: distance" {
			continue
		}
		got := c.Curve(i)
		if got.Bound[0] != 4 || got.Bound[1] != 1 || abs(got.Promised[0]-4) > 1e-12 || abs(got.Promised[1]-2) > 1e-12 || got.Ratio[0] != 0.5 || got.Ratio[1] != 1 {
			t.Errorf("found %+v", got)
		}
		return
	}
	t.Error("the theorem does not apply")
}
