package statistics

import "github.com/gdbench/gdbench/internal/probability"

// McNemar is the exact test of paired yes-or-no outcomes: that a change from yes to no is
// as likely as one from no to yes, against the alternative that losses are more likely.
// Pairs that agree carry no information: p = P(X ≥ losses), X ~ Bin(losses + gains, ½).
//
// McNemar 1947, doi:10.1007/BF02295996; in its exact form the sign test.
func McNemar(losses, gains int) Test {
	n := losses + gains
	t := Test{N: n, Statistic: float64(losses), P: 1, Exact: true}
	if losses > 0 {
		t.P = probability.FairSurvival(n, losses)
	}
	return t
}
