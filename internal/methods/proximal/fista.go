package proximal

import (
	"github.com/gdbench/gdbench/internal/methods/momentum"
	"github.com/gdbench/gdbench/methods"
)

// FISTA is Nesterov's method with a proximal step (Beck & Teboulle 2009,
// doi:10.1137/080716542), and takes the same schedules and restarts:
//
//	x₊ = prox_{lr·h}(y − lr·∇f(y)),  y₊ = x₊ + β(x₊ − x).
type FISTA struct {
	momentum.Nesterov
}

var (
	_ methods.Method   = (*FISTA)(nil)
	_ methods.Proximal = (*FISTA)(nil)
)

func init() {
	methods.Register("fista", methods.Info{
		Summary: "accelerated proximal gradient method",
		Formula: "x₊ = prox_{lr·h}(y − lr·∇f(y)), y₊ = x₊ + β(x₊ − x)",
		Source:  "Beck & Teboulle 2009, A fast iterative shrinkage-thresholding algorithm for linear inverse problems, SIAM J. Imaging Sci. 2(1):183–202",
		DOI:     "10.1137/080716542",
		Family:  "proximal",
	}, func() methods.Method { return new(FISTA) })
}

// Proximal reports that the method handles composite problems.
func (*FISTA) Proximal() bool { return true }
