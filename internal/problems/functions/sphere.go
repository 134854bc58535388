package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	problems.Register("sphere", problems.Info{
		Summary: "sum of squares: the easiest problem",
		Formula: "Σ xᵢ²",
		Source:  "K. A. De Jong, An analysis of the behavior of a class of genetic adaptive systems, thesis, University of Michigan, 1975 (F1)",
		Family:  "quadratic",
	}, func() problems.Problem { return new(Sphere) })
}

// Sphere is f(x) = Σ xᵢ².
type Sphere struct {
	N int `param:"dim" default:"10" range:"[1,10000000]" doc:"number n of variables"`

	form
}

var (
	_ problems.Builder   = (*Sphere)(nil)
	_ problems.Describer = (*Sphere)(nil)
	_ problems.Hessian   = (*Sphere)(nil)
	_ problems.Quadratic = (*Sphere)(nil)
)

// Build forms 2I.
func (s *Sphere) Build(problems.Env) error {
	s.form = form{n: s.N, matrix: diagonal(fill(s.N, 2))}
	return nil
}

// Facts are exact.
func (s *Sphere) Facts() *problems.Facts {
	f := s.facts(2, 2, "closed form")
	f.Minimum = zeroAt(make([]float64, s.N))
	f.Starts = []problems.Start{
		{Name: "standard", X: steps(s.N, 1, 0.1), Source: "xᵢ = 1 + (i−1)/10"},
		{Name: "ones", X: fill(s.N, 1)},
	}
	f.Window = windowAround(f.Minimum.Points[0], 2)
	return &f
}
