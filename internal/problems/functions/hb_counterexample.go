package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	problems.Register("hb-counterexample", problems.Info{
		Summary: "strongly convex function on which the heavy ball with Polyak's parameters cycles forever",
		Formula: "f′(x) = 25x for x < 1, x + 24 for 1 ≤ x < 2, 25x − 24 for x ≥ 2",
		Source:  "L. Lessard, B. Recht and A. Packard, Analysis and design of optimization algorithms via integral quadratic constraints, SIAM J. Optim. 26, 2016",
		DOI:     "10.1137/15M1009597",
		Family:  "worst-case",
	}, func() problems.Problem { return new(HeavyBallCounterexample) })
}

// HeavyBallCounterexample has curvature 1 on [1, 2] and 25 elsewhere. With lr 1/9 and
// momentum 4/9 the heavy ball ends in a cycle of three points from every start in
// [2.755, 2.925) and [3.065, 3.465).
type HeavyBallCounterexample struct {
	piecewise
}

var _ problems.Builder = (*HeavyBallCounterexample)(nil)

// Build lays the function out.
func (h *HeavyBallCounterexample) Build(problems.Env) error {
	h.right = lay(0, []bend{{1, 25}, {1, 1}, {0, 25}})
	h.left = lay(0, []bend{{0, 25}})
	h.describe(convexFacts(1, 25, "closed form"), problems.Start{
		Name: "standard", X: []float64{3.3}, Source: "Lessard, Recht and Packard 2016: from here the heavy ball cycles",
	})
	return nil
}
