package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("nesterov-worst", problems.Info{
		Summary: "the convex quadratic on which every first-order method is slow",
		Formula: "L/4·[(x₁² + Σᵢ(xᵢ − xᵢ₊₁)² + xₙ²)/2 − x₁], L = 1",
		Source:  "Yu. Nesterov, Introductory Lectures on Convex Optimization, 2004, section 2.1.2",
		DOI:     "10.1007/978-1-4419-8853-9",
		Family:  "quadratic",
	}, func() problems.Problem { return new(NesterovWorst) })
	problems.Register("nesterov-worst-sc", problems.Info{
		Summary: "the strongly convex quadratic on which every first-order method is slow",
		Formula: "μ(κ−1)/8·(xᵀTx − 2x₁) + μ/2·‖x‖², κ = L/μ, T = tridiag(−1, 2, −1) with Tₙₙ = (√κ+3)/(√κ+1)",
		Source:  "Yu. Nesterov, Introductory Lectures on Convex Optimization, 2004, section 2.1.4",
		DOI:     "10.1007/978-1-4419-8853-9",
		Family:  "quadratic",
	}, func() problems.Problem { return new(NesterovWorstSC) })
}

// NesterovWorst is Nesterov's worst function in the class of smooth convex functions:
// after k = (n−1)/2 steps of any method in the span of its gradients,
// f − f* ≥ 3L‖x0 − x*‖²/(32(k+1)²).
type NesterovWorst struct {
	N int `param:"dim" default:"21" range:"[1,10000000]" doc:"number n of variables; the lower bound is for k = (n−1)/2 iterations"`

	form
}

// NesterovWorstSC is Nesterov's worst function in the class of smooth strongly convex
// functions, cut to n variables so that its minimizer is xᵢ = qⁱ, q = (√κ−1)/(√κ+1).
type NesterovWorstSC struct {
	N         int     `param:"dim" default:"20" range:"[1,10000000]" doc:"number n of variables"`
	Condition float64 `param:"condition" default:"100" range:"(1,)" doc:"nominal condition number κ"`
	Mu        float64 `param:"mu" default:"0.01" range:"(0,)" doc:"nominal strong convexity μ"`

	form
	known problems.Facts
}

var (
	_ problems.Builder   = (*NesterovWorst)(nil)
	_ problems.Describer = (*NesterovWorst)(nil)
	_ problems.Hessian   = (*NesterovWorst)(nil)
	_ problems.Quadratic = (*NesterovWorst)(nil)
	_ problems.Builder   = (*NesterovWorstSC)(nil)
	_ problems.Describer = (*NesterovWorstSC)(nil)
	_ problems.Hessian   = (*NesterovWorstSC)(nil)
	_ problems.Quadratic = (*NesterovWorstSC)(nil)
)

// Build forms L/4·tridiag(−1, 2, −1) and b = L/4·e₁.
func (p *NesterovWorst) Build(problems.Env) error {
	p.form = form{n: p.N, matrix: tridiagonal{p.N, 0.5, 0.5, -0.25}, linear: firstUnit(p.N, 0.25)}
	return nil
}

// Resists is the iteration (n−1)/2 for which the lower bound is proved, 0 where n is even.
func (p *NesterovWorst) Resists() int {
	if p.N%2 == 0 {
		return 0
	}
	return (p.N - 1) / 2
}

// Facts are exact: the eigenvalues are (1 − cos(jπ/(n+1)))/2.
func (p *NesterovWorst) Facts() *problems.Facts {
	half := elementary.Sin(math.Pi / float64(2*(p.N+1)))
	cosine := elementary.Cos(math.Pi / float64(2*(p.N+1)))
	f := p.facts(half*half, cosine*cosine, "closed form: eigenvalues (1 − cos(jπ/(n+1)))/2")
	end := float64(p.N + 1)
	minimizer := make([]float64, p.N)
	for i := range minimizer {
		minimizer[i] = (end - float64(i+1)) / end
	}
	f.Minimum = &problems.Minimum{Value: -float64(p.N) / (8 * end), Source: problems.Analytic, Points: [][]float64{minimizer}}
	f.Starts = []problems.Start{{Name: "standard", X: make([]float64, p.N), Source: "Nesterov 2004, section 2.1.2"}}
	f.Window = windowAround(minimizer, 2)
	return &f
}

// largestSpectrum is the number of variables up to which eigenvalues are computed.
const largestSpectrum = 2000

// Build forms A = μ(κ−1)/4·T + μI and b = μ(κ−1)/4·e₁.
func (p *NesterovWorstSC) Build(problems.Env) error {
	root := math.Sqrt(p.Condition)
	c := float64(p.Mu * (p.Condition - 1) / 4)
	matrix := tridiagonal{p.N, float64(2*c) + p.Mu, float64(c*(root+3)/(root+1)) + p.Mu, -c}
	p.form = form{n: p.N, matrix: matrix, linear: firstUnit(p.N, c)}
	if p.N <= largestSpectrum {
		lambda := matrix.eigenvalues()
		p.known = p.facts(lambda[0], lambda[p.N-1], "eigenvalues")
	} else {
		p.known = p.facts(p.Mu, p.Mu*p.Condition, "nominal bounds of the eigenvalues")
	}
	q := (root - 1) / (root + 1)
	minimizer := make([]float64, p.N)
	power := 1.0
	for i := range minimizer {
		power *= q
		minimizer[i] = power
	}
	p.known.Minimum = &problems.Minimum{Value: -c * q / 2, Source: problems.Analytic, Points: [][]float64{minimizer}}
	p.known.Starts = []problems.Start{{Name: "standard", X: make([]float64, p.N), Source: "Nesterov 2004, section 2.1.4"}}
	p.known.Window = windowAround(minimizer, 2)
	return nil
}

// Facts hold the true extreme eigenvalues, which lie inside the nominal ones.
func (p *NesterovWorstSC) Facts() *problems.Facts { return &p.known }

// firstUnit is t·e₁.
func firstUnit(n int, t float64) []float64 {
	e := make([]float64, n)
	e[0] = t
	return e
}
