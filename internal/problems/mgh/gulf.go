package mgh

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "gulf",
		Info: problem(11, "Gulf Research and Development: a stretched exponential with three parameters",
			"Σᵢ₌₁⁹⁹ (exp(−|yᵢ − x₂|^x₃/x₁) − tᵢ)², tᵢ = i/100, yᵢ = 25 + (−50 ln tᵢ)^⅔"),
		Dims: fixed(3), Sum: gulf, Squares: squares(99),
		Convexity: problems.Nonconvex,
		Start:     separable.At(5, 2.5, 0.15),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Attained(0, []float64{50, 25, 1.5})
			f.Notes = []string{"the paper prints |yᵢ m i x₂| for |yᵢ − x₂|; not differentiable where yᵢ = x₂"}
		},
	})
}

// gulfData is yᵢ, at which the residuals vanish for x = (50, 25, 1.5).
var gulfData = func() (y [99]float64) {
	for i := range y {
		y[i] = 25 + elementary.Pow(-50*elementary.Log(float64(i+1)/100), 2.0/3)
	}
	return y
}()

func gulf(x []float64, s sum) (f float64) {
	a, c := x[0], x[2]
	for i, y := range gulfData {
		d := y - x[1]
		if d == 0 { // the limit for x₃ > 1
			f += s.Square(1, 1-float64(i+1)/100, nil, nil)
			continue
		}
		log := elementary.Log(math.Abs(d))
		q := elementary.Pow(math.Abs(d), c) / a // u = e^−q − t
		e := elementary.Exp(-q)
		qa, qb, qc := -q/a, -c*q/d, q*log
		f += s.Square(1, e-float64(i+1)/100, first{{0, -e * qa}, {1, -e * qb}, {2, -e * qc}},
			second{
				{0, 0, e * (float64(qa*qa) - 2*q/(a*a))},
				{0, 1, e * (float64(qa*qb) + qb/a)},
				{0, 2, e * (float64(qa*qc) + qc/a)},
				{1, 1, e * (float64(qb*qb) - c*(c-1)*q/(d*d))},
				{1, 2, e * (float64(qb*qc) + float64(q/d*(1+float64(c*log))))},
				{2, 2, e * (float64(qc*qc) - float64(qc*log))},
			})
	}
	return f
}
