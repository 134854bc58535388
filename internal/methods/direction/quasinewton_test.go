package direction

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/methods/pascal"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"gonum.org/v1/gonum/mat"
)

// wander calls a direction at random points of the Pascal quadratic.
func wander(t *testing.T, direction methods.Direction, steps int, see func(at *methods.Iterate, d []float64)) {
	t.Helper()
	p := pascal.Quadratic{}
	o := methodtest.Exact(t, p)
	if err := direction.Init(o); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	d := make([]float64, 5)
	for range steps {
		at := &methods.Iterate{Point: methods.Point{X: make([]float64, 5), Grad: make([]float64, 5), HasGrad: true}}
		for i := range at.X {
			at.X[i] = rng.NormFloat64()
		}
		o.Gradient(at.X, at.Grad)
		if err := direction.Direction(at, d); err != nil {
			t.Fatal(err)
		}
		see(at, d)
	}
}

// After every update Hy = s, and H is symmetric; by BFGS and DFP positive definite.
func TestSecantEquation(t *testing.T) {
	b, dfp, sr1 := &BFGS{Scale: true}, &DFP{Scale: true}, &SR1{Skip: 1e-8}
	for _, c := range []struct {
		name      string
		direction methods.Direction
		inverse   *inverse
	}{
		{"bfgs", b, &b.inverse},
		{"dfp", dfp, &dfp.inverse},
		{"sr1", sr1, &sr1.inverse},
	} {
		t.Run(c.name, func(t *testing.T) {
			hy := make([]float64, 5)
			q := c.inverse
			k := 0
			wander(t, c.direction, 12, func(at *methods.Iterate, d []float64) {
				k++
				if k == 1 || !q.old {
					return
				}
				q.apply(hy, q.pair.Y)
				vec.AddScaled(hy, hy, -1, q.pair.S)
				if far := vec.MaxAbs(hy); far > 1e-9 {
					t.Errorf("pair %d: ‖Hy − s‖ = %g", k, far)
				}
				h := mat.NewSymDense(5, nil)
				for i := range 5 {
					for j := range 5 {
						if math.Abs(q.h[5*i+j]-q.h[5*j+i]) > 1e-12*math.Abs(q.h[5*i+j]) {
							t.Fatalf("H is not symmetric: %g, %g", q.h[5*i+j], q.h[5*j+i])
						}
						h.SetSym(min(i, j), max(i, j), q.h[5*i+j])
					}
				}
				var chol mat.Cholesky
				if c.name != "sr1" && !chol.Factorize(h) {
					t.Errorf("H is not positive definite after pair %d", k)
				}
			})
			if k != 12 {
				t.Errorf("%d directions seen", k)
			}
		})
	}
}

// BFGS is (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ, written as products of matrices here; the L-BFGS
// direction is that formula from γI over the pairs it keeps.
func TestLBFGSAgainstDefinition(t *testing.T) {
	const memory = 3
	lbfgs := &LBFGS{Memory: memory}
	var xs, gs [][]float64
	wander(t, lbfgs, 8, func(at *methods.Iterate, d []float64) {
		xs, gs = append(xs, at.X), append(gs, at.Grad)
		k := len(xs) - 1
		if k == 0 {
			return
		}
		pair := func(i int) (s, y *mat.VecDense) {
			s, y = mat.NewVecDense(5, nil), mat.NewVecDense(5, nil)
			s.SubVec(mat.NewVecDense(5, xs[i+1]), mat.NewVecDense(5, xs[i]))
			y.SubVec(mat.NewVecDense(5, gs[i+1]), mat.NewVecDense(5, gs[i]))
			return s, y
		}
		s, y := pair(k - 1)
		h := scaled(mat.Dot(s, y) / mat.Dot(y, y))
		for i := max(0, k-memory); i < k; i++ {
			s, y := pair(i)
			h = bfgs(h, s, y)
		}
		want := mat.NewVecDense(5, nil)
		want.MulVec(h, mat.NewVecDense(5, at.Grad))
		want.ScaleVec(-1, want)
		want.SubVec(want, mat.NewVecDense(5, d))
		if far := mat.Norm(want, math.Inf(1)); far > 1e-10*vec.MaxAbs(d) {
			t.Errorf("direction %d is %g off the definition", k, far)
		}
	})
}

func TestDenseBFGSAgainstDefinition(t *testing.T) {
	for _, scale := range []bool{false, true} {
		dense := &BFGS{Scale: scale}
		h, pairs := scaled(1), 0
		wander(t, dense, 8, func(at *methods.Iterate, _ []float64) {
			if pairs++; pairs == 1 {
				return
			}
			s, y := mat.NewVecDense(5, dense.pair.S), mat.NewVecDense(5, dense.pair.Y)
			if scale && pairs == 2 {
				h = scaled(mat.Dot(s, y) / mat.Dot(y, y))
			}
			h = bfgs(h, s, y)
			for i := range 5 {
				for j := range 5 {
					if math.Abs(h.At(i, j)-dense.h[5*i+j]) > 1e-9 {
						t.Fatalf("scale %v: H[%d,%d] = %g, want %g", scale, i, j, dense.h[5*i+j], h.At(i, j))
					}
				}
			}
		})
	}
}

// A pair that is left out costs a full ring its oldest one: with a memory of one, only
// the scale γ = sᵀy/yᵀy = ½ remains.
func TestRingForgetsWhatWasOverwritten(t *testing.T) {
	m := &LBFGS{Memory: 1}
	if err := m.Init(methodtest.Exact(t, pascal.Quadratic{})); err != nil {
		t.Fatal(err)
	}
	d := make([]float64, 5)
	for _, c := range []struct{ x, g float64 }{{0, 5}, {1, 7}, {2, 6}} {
		at := &methods.Iterate{Point: methods.Point{X: []float64{c.x, 0, 0, 0, 0}, Grad: []float64{c.g, 0, 0, 0, 1}, HasGrad: true}}
		if err := m.Direction(at, d); err != nil {
			t.Fatal(err)
		}
	}
	if d[0] != -3 || d[4] != -0.5 {
		t.Errorf("Δx = %v, want −∇f/2", d)
	}
}

func scaled(γ float64) *mat.Dense {
	h := mat.NewDense(5, 5, nil)
	for i := range 5 {
		h.Set(i, i, γ)
	}
	return h
}

func bfgs(h *mat.Dense, s, y *mat.VecDense) *mat.Dense {
	ρ := 1 / mat.Dot(s, y)
	left := scaled(1)
	var outer mat.Dense
	outer.Outer(ρ, s, y)
	left.Sub(left, &outer)
	var out, ss mat.Dense
	out.Product(left, h, left.T())
	ss.Outer(ρ, s, s)
	out.Add(&out, &ss)
	return &out
}

// A pair without positive curvature changes nothing; a direction that would not descend
// is replaced by −∇f.
func TestCurvatureIsGuarded(t *testing.T) {
	for name, direction := range map[string]methods.Direction{
		"bfgs": &BFGS{Scale: true}, "dfp": &DFP{}, "sr1": &SR1{Skip: 1e-8}, "lbfgs": &LBFGS{Memory: 2},
	} {
		if err := direction.Init(methodtest.Exact(t, pascal.Quadratic{})); err != nil {
			t.Fatal(err)
		}
		d := make([]float64, 5)
		look := func(x, g float64) {
			at := &methods.Iterate{Point: methods.Point{X: []float64{x, 0, 0, 0, 0}, Grad: []float64{g, 0, 0, 0, 1}, HasGrad: true}}
			if err := direction.Direction(at, d); err != nil {
				t.Fatal(err)
			}
			if slope := vec.Dot(at.Grad, d); !(slope < 0) {
				t.Errorf("%s: ∇fᵀΔx = %g", name, slope)
			}
		}
		look(0, 5)
		look(1, 4) // sᵀy = −1
		if d[0] != -4 || d[4] != -1 {
			t.Errorf("%s: Δx = %v after negative curvature, want −∇f", name, d)
		}
		look(2, 6) // sᵀy = 2, sᵀs = 1: curvature 2
		if math.Abs(d[0]+3) > 1e-12 {
			t.Errorf("%s: Δx₁ = %g, want −6/2", name, d[0])
		}
	}
}
