package functions

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("strict-saddle-du", problems.Info{
		Summary: "a tube past n saddles in a row: gradient descent takes time exponential in n",
		Formula: "with i the first variable of |xᵢ| ≤ 2τ: Σⱼ﹤ᵢ L(|xⱼ| − 4τ)² − γxᵢ² + Σⱼ﹥ᵢ Lxⱼ² − (i−1)ν for |xᵢ| ≤ τ, a spline to the next stage for |xᵢ| > τ",
		Source:  "S. S. Du, C. Jin, J. D. Lee, M. I. Jordan, B. Póczos and A. Singh, Gradient descent can take exponential time to escape saddle points, NeurIPS 2017, arXiv:1705.10412",
	}, func() problems.Problem { return new(SaddleChain) })
}

// SaddleChain is the tube of Du et al. with its mirror images, x ↦ |x|. It is twice
// continuously differentiable on the tube: where all variables before the current one
// lie in [2τ, 6τ] and all after it in [0, τ]. Elsewhere the formula is used unchanged, and is
// discontinuous.
type SaddleChain struct {
	N     int     `param:"dim" default:"4" range:"[1,100000]" doc:"number n of variables, and of saddles"`
	L     float64 `param:"smoothness" default:"4" range:"(0,)" doc:"L: half the curvature across the tube"`
	Gamma float64 `param:"gamma" default:"1" range:"(0,)" doc:"γ: half the negative curvature along it, at most L"`
	Tau   float64 `param:"tau" default:"2.718281828459045" range:"(0,)" doc:"τ: length scale of a stage"`
}

var (
	_ problems.Describer      = (*SaddleChain)(nil)
	_ problems.Hessian        = (*SaddleChain)(nil)
	_ problems.HessianProduct = (*SaddleChain)(nil)
)

// Validate keeps γ at or below L.
func (s *SaddleChain) Validate() error {
	if s.Gamma > s.L {
		return fmt.Errorf("gamma = %g exceeds smoothness = %g", s.Gamma, s.L)
	}
	return nil
}

// Dim is the number n of variables.
func (s *SaddleChain) Dim() int { return s.N }

// stage is the first variable that has not passed 2τ; n if all have.
func (s *SaddleChain) stage(x []float64) int {
	for i, t := range x[:s.N] {
		if math.Abs(t) <= 2*s.Tau {
			return i
		}
	}
	return s.N
}

// along is g₁, the descent along a stage at 0 ≤ t ≤ 2τ, with two derivatives.
func (s *SaddleChain) along(t float64) (g, first, second float64) {
	g, first, second = -float64(s.Gamma*t*t), -float64(2*s.Gamma*t), -float64(2*s.Gamma)
	if t <= s.Tau {
		return g, first, second
	}
	d := t - s.Tau
	cubic := (float64(10*s.Gamma) - float64(14*s.L)) / (3 * s.Tau)
	quartic := (float64(5*s.L) - float64(3*s.Gamma)) / (2 * s.Tau * s.Tau)
	return g + float64(cubic*d*d*d) + float64(quartic*d*d*d*d),
		first + float64(3*cubic*d*d) + float64(4*quartic*d*d*d),
		second + float64(6*cubic*d) + float64(12*quartic*d*d)
}

// across is g₂, the curvature in the next variable, with two derivatives: L up to τ,
// then falling to −γ at 2τ.
func (s *SaddleChain) across(t float64) (g, first, second float64) {
	if t <= s.Tau {
		return s.L, 0, 0
	}
	u, b := (t-2*s.Tau)/s.Tau, s.L+s.Gamma
	return float64(b*horner(u, -6, -15, -10, 0, 0, 0)) - s.Gamma,
		b * horner(u, -30, -60, -30, 0, 0) / s.Tau,
		b * horner(u, -120, -180, -60, 0) / (s.Tau * s.Tau)
}

// drop is ν, how much lower each stage ends.
func (s *SaddleChain) drop() float64 {
	g, _, _ := s.along(2 * s.Tau)
	return float64(4*s.L*s.Tau*s.Tau) - g
}

// Evaluate returns f(x) and its gradient.
func (s *SaddleChain) Evaluate(x, grad []float64) float64 {
	k := s.stage(x)
	f := -float64(float64(k) * s.drop())
	for i, t := range x[:s.N] {
		d := t
		if i < k {
			d = t - math.Copysign(4*s.Tau, t)
		}
		if i != k && i != k+1 {
			f += float64(s.L * d * d)
		}
		if grad != nil {
			grad[i] = 2 * s.L * d
		}
	}
	if k == s.N {
		return f
	}
	return f + s.current(x, grad, k)
}

// current is the part of the k-th variable and the next.
func (s *SaddleChain) current(x, grad []float64, k int) float64 {
	sign := math.Copysign(1, x[k])
	g, first, _ := s.along(sign * x[k])
	c, slope, _ := s.across(sign * x[k])
	var next float64
	if k+1 < s.N {
		next = x[k+1]
	}
	if grad != nil {
		grad[k] = sign * (first + float64(slope*next*next))
		if k+1 < s.N {
			grad[k+1] = 2 * c * next
		}
	}
	return g + float64(c*next*next)
}

// block is the Hessian of the k-th variable and the next.
func (s *SaddleChain) block(x []float64, k int) (kk, side, after float64) {
	sign := math.Copysign(1, x[k])
	_, _, second := s.along(sign * x[k])
	c, slope, bend := s.across(sign * x[k])
	var next float64
	if k+1 < s.N {
		next = x[k+1]
	}
	return second + float64(bend*next*next), 2 * sign * slope * next, 2 * c
}

// diagonal is 2L outside the current pair of variables.
func (s *SaddleChain) diagonal(x []float64, i int) float64 {
	switch k := s.stage(x); i {
	case k:
		kk, _, _ := s.block(x, k)
		return kk
	case k + 1:
		_, _, after := s.block(x, k)
		return after
	}
	return 2 * s.L
}

func (s *SaddleChain) beside(x []float64, i int) float64 {
	if i != s.stage(x) {
		return 0
	}
	_, side, _ := s.block(x, i)
	return side
}

// Hessian is diagonal but for the current pair of variables.
func (s *SaddleChain) Hessian(x []float64, h *mat.SymDense) { chainHessian(s, x, h) }

// HessianProduct costs O(n).
func (s *SaddleChain) HessianProduct(x, v, hv []float64) {
	for i := range hv {
		hv[i] = 2 * s.L * v[i]
	}
	k := s.stage(x)
	if k == s.N {
		return
	}
	kk, side, after := s.block(x, k)
	hv[k] = float64(kk * v[k])
	if k+1 < s.N {
		hv[k] += float64(side * v[k+1])
		hv[k+1] = float64(side*v[k]) + float64(after*v[k+1])
	}
}

// Facts list the saddles along the tube, (4τ, …, 4τ, 0, …, 0), and the minimum at its
// end.
func (s *SaddleChain) Facts() *problems.Facts {
	end := 4 * s.Tau
	ends, _ := product(s.N, []coordinate{{end, problems.GlobalMinimum}, {-end, problems.GlobalMinimum}})
	var saddles [][]float64
	for k := range s.N {
		x := make([]float64, s.N)
		copy(x, fill(k, end))
		saddles = append(saddles, x)
	}
	return &problems.Facts{
		Convexity: problems.Nonconvex,
		Constants: map[string]problems.Constant{
			problems.SmoothnessL: {Value: 2 * s.L, Scope: problems.Local, Source: "in the quadratic pieces; the spline between them is several times steeper"},
		},
		Minimum:  &problems.Minimum{Value: -float64(s.N) * s.drop(), Source: problems.Analytic, Points: ends},
		Critical: critical(problems.Saddle, saddles...),
		Starts:   standard("beside the first saddle", fill(s.N, 1e-3)...),
		Window:   planeOnly(s.N, -6*s.Tau, 6*s.Tau),
		Notes:    []string{"the saddles are mirrored in every variable; those of positive variables are stated"},
	}
}
