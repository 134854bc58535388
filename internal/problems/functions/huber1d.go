package functions

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("huber1d", problems.Info{
		Summary: "Huber's function: the worst case of gradient descent with short steps on smooth convex functions",
		Formula: "Lx²/2 for |x| ≤ s/L, else s|x| − s²/(2L)",
		Source:  "Y. Drori and M. Teboulle, Performance of first-order methods for smooth convex minimization, Math. Program. 145, 2014",
		DOI:     "10.1007/s10107-013-0653-0",
		Family:  "worst-case",
	}, func() problems.Problem { return new(Huber1D) })
	problems.Register("huber-ridge1d", problems.Info{
		Summary: "Huber's function plus a ridge: the worst case of gradient descent on smooth strongly convex functions",
		Formula: "Lx²/2 for |x| ≤ τ, else μx²/2 + (L−μ)τ|x| − (L−μ)τ²/2; τ = q/(q − 1 + (1−q)^(−2N)), q = μ/L",
		Source:  "A. B. Taylor, J. M. Hendrickx and F. Glineur, Smooth strongly convex interpolation and exact worst-case performance of first-order methods, Math. Program. 161, 2017",
		DOI:     "10.1007/s10107-016-1009-3",
		Family:  "worst-case",
	}, func() problems.Problem { return new(HuberRidge1D) })
}

// Huber1D is Lx²/2 near the origin, and grows with slope s beyond s/L. With step length
// 1/L and s = L/(2N+1), gradient descent from 1 has after N iterations the largest gap
// that any smooth convex function allows.
type Huber1D struct {
	L     float64 `param:"smoothness" default:"1" range:"(0,)" doc:"smoothness constant L"`
	N     int     `param:"steps" default:"10" range:"[1,)" doc:"number N of gradient steps of length 1/L for which it is the worst case; sets slope where that is 0"`
	Slope float64 `param:"slope" default:"0" range:"[0,)" doc:"slope s of the linear part; 0: L/(2N+1)"`

	piecewise
}

// HuberRidge1D has curvature L near the origin and μ beyond τ.
type HuberRidge1D struct {
	L  float64 `param:"smoothness" default:"1" range:"(0,)" doc:"smoothness constant L"`
	Mu float64 `param:"mu" default:"0.1" range:"(0,)" doc:"strong convexity μ, less than L"`
	N  int     `param:"steps" default:"7" range:"[1,)" doc:"number N of gradient steps of length 1/L for which it is the worst case"`

	piecewise
}

var (
	_ problems.Builder = (*Huber1D)(nil)
	_ problems.Builder = (*HuberRidge1D)(nil)
)

// Build lays the function out.
func (h *Huber1D) Build(problems.Env) error {
	slope := h.Slope
	if slope == 0 {
		slope = h.L / float64(2*h.N+1)
	}
	h.right = lay(0, []bend{{slope / h.L, h.L}, {0, 0}})
	h.left = h.right
	h.describe(convexFacts(0, h.L, "closed form"), problems.Start{Name: "standard", X: []float64{1}, Source: "R = 1"})
	return nil
}

// Validate keeps μ below L.
func (h *HuberRidge1D) Validate() error {
	if h.Mu >= h.L {
		return fmt.Errorf("mu = %g is not less than smoothness = %g", h.Mu, h.L)
	}
	return nil
}

// Build lays the function out.
func (h *HuberRidge1D) Build(problems.Env) error {
	q := h.Mu / h.L
	tau := q / (q - 1 + elementary.Pow(1-q, float64(-2*h.N)))
	h.right = lay(0, []bend{{tau, h.L}, {0, h.Mu}})
	h.left = h.right
	h.describe(convexFacts(h.Mu, h.L, "closed form"), problems.Start{Name: "standard", X: []float64{1}, Source: "R = 1"})
	return nil
}
