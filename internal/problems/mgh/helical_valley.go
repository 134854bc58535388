package mgh

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "helical-valley",
		Info: problem(7, "a valley that winds around the x₃ axis (Fletcher & Powell 1963)",
			"100(x₃ − 10θ)² + 100(r − 1)² + x₃², (x₁, x₂) = r(cos 2πθ, sin 2πθ), −¼ ≤ θ < ¾"),
		Dims: fixed(3), Sum: helicalValley, Squares: squares(3),
		Convexity: problems.Nonconvex,
		Start:     separable.At(-1, 0, 0),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{1, 0, 0})
			f.Notes = []string{"discontinuous across the half plane x₁ = 0, x₂ < 0; undefined on the x₃ axis"}
		},
	})
}

func helicalValley(x []float64, s sum) (f float64) {
	a, b := x[0], x[1]
	theta := elementary.Atan(b/a) / (2 * math.Pi)
	if a < 0 {
		theta += 0.5
	}
	rr := sq(a) + sq(b)
	r := math.Sqrt(rr)
	// ∇θ and ∇²θ carry 1/(2π).
	ta, tb := -b/rr/(2*math.Pi), a/rr/(2*math.Pi)
	taa := a * b / (math.Pi * rr * rr)
	tab := (sq(b) - sq(a)) / (2 * math.Pi * rr * rr)
	f += s.Square(100, x[2]-float64(10*theta), first{{0, -10 * ta}, {1, -10 * tb}, {2, 1}},
		second{{0, 0, -10 * taa}, {0, 1, -10 * tab}, {1, 1, 10 * taa}})
	f += s.Square(100, r-1, first{{0, a / r}, {1, b / r}},
		second{{0, 0, b * b / (rr * r)}, {0, 1, -a * b / (rr * r)}, {1, 1, a * a / (rr * r)}})
	f += s.Square(1, x[2], first{{2, 1}}, nil)
	return f
}
