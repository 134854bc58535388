package classics

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "expfit",
		Info: problem("EXPFIT", "an exponential fitted to a straight line",
			"Σᵢ₌₁¹⁰ (x e^(iy/4) − i/4)²", "Conn, Gould & Toint 1992, LANCELOT"),
		Dims: fixed(2), Sum: expfit, Squares: squares(10),
		Convexity: problems.Nonconvex,
		Start:     separable.At(0, 0),
		Facts: func(_ int, f *problems.Facts) {
			f.Critical = []problems.Critical{{X: []float64{0.47898454663200235, 0.68830019451319802}, Kind: problems.LocalMinimum}}
			f.Window = window(-0.5, 2, -1, 2)
		},
	})
}

func expfit(x []float64, s sum) (f float64) {
	for i := 1; i <= 10; i++ {
		t := float64(float64(i) / 4)
		e := elementary.Exp(t * x[1])
		f += s.Square(1, float64(x[0]*e)-t, first{{0, e}, {1, t * x[0] * e}}, second{{0, 1, t * e}, {1, 1, t * t * x[0] * e}})
	}
	return f
}
