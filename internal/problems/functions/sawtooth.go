package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	problems.Register("sawtooth", problems.Info{
		Summary: "the worst case of gradient descent on smooth nonconvex functions: the gradient is 1 at every iterate",
		Formula: "f′(−t) = 1 − min(r, h − r), r = t mod h, for 0 ≤ t ≤ Nh, then falling at rate 1 to 0 at t = Nh + 1",
		Source:  "H. Abbaszadehpeivasti, E. de Klerk and M. Zamani, The exact worst-case convergence rate of the gradient method with fixed step lengths for L-smooth functions, Optim. Lett. 16, 2022",
		DOI:     "10.1007/s11590-021-01821-1",
		Family:  "worst-case",
	}, func() problems.Problem { return new(Sawtooth) })
}

// Sawtooth is a function of one variable whose gradient dips between the iterates of
// gradient descent with step length h, so that N steps see nothing but slope 1. Right of
// the origin it is linear.
type Sawtooth struct {
	N int     `param:"steps" default:"8" range:"[1,100000]" doc:"number N of gradient steps for which it is the worst case"`
	H float64 `param:"step" default:"1" range:"(0,1]" doc:"step length h of that gradient descent, with L = 1"`

	piecewise
}

var _ problems.Builder = (*Sawtooth)(nil)

// Build lays the teeth out from the minimizer, −(Nh + 1), to the origin.
func (s *Sawtooth) Build(problems.Env) error {
	bends := []bend{{1, 1}}
	for range s.N {
		bends = append(bends, bend{s.H / 2, -1}, bend{s.H / 2, 1})
	}
	bends = append(bends, bend{0, 0})
	n := float64(s.N)
	s.minimizer = -(float64(n*s.H) + 1)
	low := -float64(n*s.H*(1-float64(s.H/4))) - 0.5
	s.right, s.left = lay(low, bends), lay(low, []bend{{0, 1}})
	s.describe(problems.Facts{Convexity: problems.Nonconvex, Constants: map[string]problems.Constant{
		problems.SmoothnessL:   {Value: 1, Scope: problems.Global, Source: "closed form"},
		problems.SmallestCurve: {Value: -1, Scope: problems.Global, Source: "closed form"},
	}}, problems.Start{Name: "standard", X: []float64{0}, Source: "where ‖∇f‖² = 4(f − f*)/(N(4h − h²) + 2), with equality"})
	return nil
}
