package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("ackley", problems.Info{
		Summary: "a wavy plate with a cone at its minimum, where it is not differentiable",
		Formula: "−20exp(−0.2√(Σxᵢ²/n)) − exp(Σcos 2πxᵢ/n) + 20 + e",
		Source:  "D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer, 1987",
		DOI:     "10.1007/978-1-4613-1997-9",
	}, func() problems.Problem { return new(Ackley) })
}

// Ackley is f(x) = −20exp(−r/5) − exp(m) + 20 + e, where r is the root mean square of
// the variables and m the mean of cos 2πxᵢ.
type Ackley struct {
	N int `param:"dim" default:"2" range:"[1,10000000]" doc:"number n of variables"`
}

var (
	_ problems.Describer      = (*Ackley)(nil)
	_ problems.Hessian        = (*Ackley)(nil)
	_ problems.HessianProduct = (*Ackley)(nil)
)

// Dim is the number n of variables.
func (a *Ackley) Dim() int { return a.N }

// parts are r and m − 1 = −(2/n)Σsin²πxᵢ, which keeps its digits near the minimum.
func (a *Ackley) parts(x []float64) (r, m1 float64) {
	n := float64(a.N)
	var waves float64
	for _, t := range x[:a.N] {
		s := elementary.Sin(math.Pi * t)
		waves += float64(s * s)
	}
	return vec.Norm(x) / math.Sqrt(n), -2 * waves / n
}

// Evaluate returns f(x) and its gradient, at the origin the subgradient 0.
func (a *Ackley) Evaluate(x, grad []float64) float64 {
	r, m1 := a.parts(x)
	if grad != nil {
		cone, wave := a.factors(r, m1)
		for i, t := range x {
			grad[i] = float64(cone*t) + float64(wave*elementary.Sin(2*math.Pi*t))
		}
	}
	return -float64(20*elementary.Expm1(-r/5)) - float64(math.E*elementary.Expm1(m1))
}

// factors are those of xᵢ and of sin 2πxᵢ in the gradient: 4exp(−r/5)/(nr) and 2π·exp(m)/n.
func (a *Ackley) factors(r, m1 float64) (cone, wave float64) {
	n := float64(a.N)
	if r > 0 {
		cone = 4 * elementary.Exp(-r/5) / (n * r)
	}
	return cone, 2 * math.Pi * elementary.Exp(m1+1) / n
}

// curvatures are the factors of the Hessian: diag(cone + peak·cos 2πxᵢ) − alongX·xxᵀ −
// alongSin·ssᵀ with sᵢ = sin 2πxᵢ.
func (a *Ackley) curvatures(x []float64) (cone, peak, alongX, alongSin float64) {
	n := float64(a.N)
	r, m1 := a.parts(x)
	cone, wave := a.factors(r, m1)
	if r > 0 {
		alongX = cone * (1/r + 0.2) / (n * r)
	}
	return cone, 2 * math.Pi * wave, alongX, 2 * math.Pi * wave / n
}

// Hessian is a diagonal plus two matrices of rank one.
func (a *Ackley) Hessian(x []float64, h *mat.SymDense) {
	cone, peak, alongX, alongSin := a.curvatures(x)
	for i := range x {
		si, ci := elementary.Sincos(2 * math.Pi * x[i])
		for j := i; j < len(x); j++ {
			sj := elementary.Sin(2 * math.Pi * x[j])
			h.SetSym(i, j, -float64(alongX*x[i]*x[j])-float64(alongSin*si*sj))
		}
		h.SetSym(i, i, h.At(i, i)+cone+float64(peak*ci))
	}
}

// HessianProduct costs O(n).
func (a *Ackley) HessianProduct(x, v, hv []float64) {
	cone, peak, alongX, alongSin := a.curvatures(x)
	var xv, sv float64
	for i, t := range x {
		xv += float64(t * v[i])
		sv += float64(elementary.Sin(2*math.Pi*t) * v[i])
	}
	for i, t := range x {
		sin, cos := elementary.Sincos(2 * math.Pi * t)
		hv[i] = float64((cone+float64(peak*cos))*v[i]) - float64(alongX*xv*t) - float64(alongSin*sv*sin)
	}
}

// Facts hold the minimum; no smoothness constant exists, because of the cone.
func (a *Ackley) Facts() *problems.Facts {
	return &problems.Facts{
		Convexity: problems.Nonconvex,
		Minimum:   zeroAt(make([]float64, a.N)),
		Starts:    standard("", fill(a.N, 1.2, -0.8)...),
		Window:    planeOnly(a.N, -3, 3),
		Notes:     []string{"not differentiable at the minimizer: a cone of slope 4/√n; the gradient given there is 0"},
	}
}
