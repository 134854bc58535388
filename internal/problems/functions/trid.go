package functions

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("trid", problems.Info{
		Summary: "tridiagonal quadratic whose minimizer moves far away as n grows",
		Formula: "Σᵢ(xᵢ − 1)² − Σᵢ₌₂ xᵢxᵢ₋₁",
		Source:  "A.-R. Hedar, Test functions for unconstrained global optimization, Kyoto University, 2005",
		Family:  "quadratic",
	}, func() problems.Problem { return new(Trid) })
}

// Trid is f(x) = Σᵢ(xᵢ − 1)² − Σᵢ₌₂ xᵢxᵢ₋₁.
type Trid struct {
	N int `param:"dim" default:"6" range:"[2,100000]" doc:"number n of variables"`

	form
}

var (
	_ problems.Builder   = (*Trid)(nil)
	_ problems.Describer = (*Trid)(nil)
	_ problems.Hessian   = (*Trid)(nil)
	_ problems.Quadratic = (*Trid)(nil)
)

// Build forms tridiag(−1, 2, −1) and b = 2·(1, …, 1).
func (p *Trid) Build(problems.Env) error {
	p.form = form{n: p.N, matrix: tridiagonal{p.N, 2, 2, -1}, linear: fill(p.N, 2), offset: float64(p.N)}
	return nil
}

// Facts are exact: the eigenvalues are 2 − 2cos(jπ/(n+1)), and x*ᵢ = i(n+1−i).
func (p *Trid) Facts() *problems.Facts {
	half := elementary.Sin(math.Pi / float64(2*(p.N+1)))
	cosine := elementary.Cos(math.Pi / float64(2*(p.N+1)))
	f := p.facts(4*half*half, 4*cosine*cosine, "closed form: eigenvalues 2 − 2cos(jπ/(n+1))")
	minimizer := make([]float64, p.N)
	for i := range minimizer {
		minimizer[i] = float64((i + 1) * (p.N - i))
	}
	n := float64(p.N)
	f.Minimum = &problems.Minimum{Value: -n * (n + 4) * (n - 1) / 6, Source: problems.Analytic, Points: [][]float64{minimizer}}
	f.Starts = []problems.Start{{Name: "standard", X: make([]float64, p.N)}}
	f.Window = windowAround(minimizer, 4)
	return &f
}
