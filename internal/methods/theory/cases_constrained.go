//go:build !playground

package theory

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/methods/instances"
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/problems"
)

func (s *suite) onSets() {
	s.quadratics(8, func(name string, q *instances.Quadratic, _ []float64) {
		for _, set := range []constraint.Set{&constraint.Simplex{Radius: 1}, &constraint.Ball{Radius: 0.5, Norm: "l1"}, &constraint.Ball{Radius: 0.5, Norm: "l2"}} {
			p := wrappers.Constrain(shifted{q, s.normal(8, 1)}, set)
			if err := p.Build(problems.Env{}); err != nil {
				panic(fmt.Sprintf("theory: %s on %T: %v", name, set, err))
			}
			x0 := make([]float64, 8)
			x0[0] = 1
			p.Prox(x0, x0, 1)
			on := fmt.Sprintf("%s, on %T", name, set)
			s.upper("proximal gradient, convex", "projected-gradient", on, p, x0, 100)
			s.upper("proximal gradient, strongly convex", "{name: projected-gradient, step: 2/(L+mu)}", on, p, x0, 100)
			for _, step := range []string{"open-loop", "short", "line-search"} {
				s.upper("Frank–Wolfe", "{name: frank-wolfe, step: "+step+"}", on, p, x0, 100)
			}
		}
	})
}

// shifted is a quadratic around another point, so that its minimizer lies outside of small sets.
type shifted struct {
	of *instances.Quadratic
	by []float64
}

// Dim is the number of variables.
func (s shifted) Dim() int { return len(s.by) }

// Evaluate is f(x − by).
func (s shifted) Evaluate(x, g []float64) float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = v - s.by[i]
	}
	return s.of.Evaluate(y, g)
}

// Facts are those of the quadratic, without its minimizer, which is another one here.
func (s shifted) Facts() *problems.Facts {
	f := *s.of.Facts()
	f.Minimum, f.Critical = nil, nil
	return &f
}

// Quadratic is true.
func (shifted) Quadratic() bool { return true }

// HessianProduct is Av.
func (s shifted) HessianProduct(_, v, hv []float64) {
	for i := range hv {
		hv[i] = 0
		for j, at := range v {
			hv[i] += float64(s.of.A.At(i, j) * at)
		}
	}
}
