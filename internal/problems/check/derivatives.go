package check

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// evaluation: the value does not depend on whether the gradient is asked for, nor on
// what was evaluated before; every entry of the gradient is written; x is left alone.
func evaluation(s *subject, t *tally) {
	for _, at := range s.points {
		x, g := slices.Clone(at.x), blank(s.n)
		f := s.problem.Evaluate(x, g)
		alone := s.problem.Evaluate(x, nil)
		t.demand(slices.Equal(x, at.x), "Evaluate changes x at %s", place(at.x))
		t.demand(f == at.f && slices.Equal(g, at.g),
			"a second evaluation at %s gives another value or gradient: %s after %s; Evaluate must write every entry of grad and keep no state",
			place(at.x), place(g), place(at.g))
		t.demand(near(alone, f, 1e-12), "the value at %s is %.17g without the gradient and %.17g with it", place(at.x), alone, f)
	}
}

// gradient: ∇f against differences of f.
func gradient(s *subject, t *tally) {
	for _, at := range s.points {
		checkGradient(s, t, at, func(x []float64) float64 { return s.problem.Evaluate(x, nil) }, "")
		if t.done() {
			return
		}
	}
}

func checkGradient(s *subject, t *tally, at sample, value func([]float64) float64, of string) {
	y := make([]float64, s.n)
	from := func(d []float64) curve {
		return func(h float64, out []float64) {
			vec.AddScaled(y, at.x, h, d)
			out[0] = value(y)
		}
	}
	for _, d := range s.directions(at.x, s.few(8), 3) {
		scale := 0.0
		for i := range d {
			scale += math.Abs(at.g[i] * d[i])
		}
		claimed := vec.Dot(at.g, d)
		confirm(t, from, d, []float64{claimed}, []float64{scale}, func(_ int, difference float64) string {
			return fmt.Sprintf("the gradient%s at %s gives %.12g along %s; differences of the value give %.12g",
				of, place(at.x), claimed, along(d), difference)
		})
	}
}

// hessian: ∇²f against differences of ∇f.
func hessian(s *subject, t *tally) {
	p, ok := problems.As[problems.Hessian](s.problem)
	if !ok {
		t.skip("the problem has no Hessian")
		return
	}
	if s.n > maxDense {
		t.skip(fmt.Sprintf("more than %d variables", maxDense))
		return
	}
	for _, at := range s.points {
		h := mat.NewSymDense(s.n, nil)
		p.Hessian(at.x, h)
		first := mat.NewSymDense(s.n, blank(s.n*s.n))
		p.Hessian(at.x, first)
		t.demand(mat.Equal(h, first), "Hessian does not write every entry of the upper triangle at %s, or adds to what was there", place(at.x))
		checkSecond(s, t, at, func(v, hv []float64) {
			mat.NewVecDense(s.n, hv).MulVec(h, mat.NewVecDense(s.n, v))
		}, "the Hessian")
		if t.done() {
			return
		}
	}
}

// maxDense is the number of variables up to which n×n matrices are checked.
const maxDense = 1000

// checkSecond compares second derivatives along directions with differences of ∇f.
func checkSecond(s *subject, t *tally, at sample, times func(v, hv []float64), what string) {
	y, hv := make([]float64, s.n), make([]float64, s.n)
	from := func(d []float64) curve {
		return func(h float64, out []float64) {
			vec.AddScaled(y, at.x, h, d)
			s.problem.Evaluate(y, out)
		}
	}
	for _, d := range s.directions(at.x, s.few(4), 2) {
		copy(hv, blank(s.n))
		times(d, hv)
		scale := make([]float64, s.n)
		for i := range scale {
			scale[i] = math.Max(vec.MaxAbs(hv), 1e-3*s.slope)
		}
		confirm(t, from, d, hv, scale, func(i int, difference float64) string {
			return fmt.Sprintf("entry %d of %s times %s at %s is %.12g; differences of the gradient give %.12g",
				i, what, along(d), place(at.x), hv[i], difference)
		})
	}
}

// hessianProduct: ∇²f·v against the Hessian where there is one, and against differences.
func hessianProduct(s *subject, t *tally) {
	p, ok := problems.As[problems.HessianProduct](s.problem)
	if !ok {
		t.skip("the problem has no Hessian products")
		return
	}
	q, dense := problems.As[problems.Hessian](s.problem)
	dense = dense && s.n <= maxDense
	for i, at := range s.points {
		if !dense || i == 0 { // the Hessian is checked itself: once is enough
			checkSecond(s, t, at, func(v, hv []float64) { p.HessianProduct(at.x, v, hv) }, "the Hessian product")
		}
		if dense {
			againstHessian(s, t, at, p, q)
		}
		if t.done() {
			return
		}
	}
}

func againstHessian(s *subject, t *tally, at sample, p problems.HessianProduct, q problems.Hessian) {
	h := mat.NewSymDense(s.n, nil)
	q.Hessian(at.x, h)
	v, hv := s.normal(), blank(s.n)
	p.HessianProduct(at.x, v, hv)
	dense := mat.NewVecDense(s.n, nil)
	dense.MulVec(h, mat.NewVecDense(s.n, v))
	scale := float64(mat.Max(h)*vec.Norm(v)) + vec.Norm(hv)
	for i := range hv {
		t.demand(math.Abs(hv[i]-dense.AtVec(i)) <= 1e-10*math.Max(scale, math.Abs(mat.Min(h))),
			"entry %d of the Hessian product at %s is %.15g; the Hessian gives %.15g", i, place(at.x), hv[i], dense.AtVec(i))
	}
}

// residuals: f = ½‖r‖², ∇f = Jᵀr, and the Jacobian against differences of r.
func residuals(s *subject, t *tally) {
	p, ok := problems.As[problems.Residuals](s.problem)
	if !ok {
		t.skip("the problem is not a sum of squares")
		return
	}
	m := p.ResidualCount()
	for _, at := range s.points {
		r := blank(m)
		p.Residuals(at.x, r)
		jac := mat.NewDense(m, s.n, blank(m*s.n))
		p.Jacobian(at.x, jac)
		half := vec.Dot(r, r) / 2
		t.demand(near(half, at.f, 1e-10), "½‖r‖² = %.15g at %s; the value is %.15g", half, place(at.x), at.f)
		var product mat.VecDense
		product.MulVec(jac.T(), mat.NewVecDense(m, r))
		// Entries of Jᵀr may cancel: their error is that of the terms.
		scale := mat.Norm(jac, 2) * vec.Norm(r)
		for i, g := range at.g {
			t.demand(math.Abs(product.AtVec(i)-g) <= 1e-9*math.Max(scale, math.Abs(g)),
				"entry %d of Jᵀr at %s is %.15g; the gradient's is %.15g", i, place(at.x), product.AtVec(i), g)
		}
		checkJacobian(s, t, at, p, jac)
		if t.done() {
			return
		}
	}
}

func checkJacobian(s *subject, t *tally, at sample, p problems.Residuals, jac *mat.Dense) {
	m, _ := jac.Dims()
	y, jd, scale := make([]float64, s.n), make([]float64, m), make([]float64, m)
	from := func(d []float64) curve {
		return func(h float64, out []float64) {
			vec.AddScaled(y, at.x, h, d)
			p.Residuals(y, out)
		}
	}
	for _, d := range s.directions(at.x, s.few(4), 2) {
		mat.NewVecDense(m, jd).MulVec(jac, mat.NewVecDense(s.n, d))
		for i := range scale {
			scale[i] = vec.MaxAbs(jd)
		}
		confirm(t, from, d, jd, scale, func(i int, difference float64) string {
			return fmt.Sprintf("row %d of the Jacobian at %s gives %.12g along %s; differences of the residual give %.12g",
				i, place(at.x), jd[i], along(d), difference)
		})
	}
}

// near compares relative to the larger of the two.
func near(a, b, tolerance float64) bool {
	return a == b || math.Abs(a-b) <= tolerance*math.Max(math.Abs(a), math.Abs(b)) || math.Abs(a-b) < 1e-300
}

// place is a point for messages: its first coordinates.
func place(x []float64) string {
	if len(x) <= 4 {
		return fmt.Sprintf("%.6g", x)
	}
	return fmt.Sprintf("%.6g… (%d coordinates)", x[:4], len(x))
}

// along names a direction: a coordinate where it is one.
func along(d []float64) string {
	at := -1
	for i, v := range d {
		if v != 0 && at >= 0 {
			return "the direction " + place(d)
		} else if v != 0 {
			at = i
		}
	}
	return fmt.Sprintf("%.6g × unit vector %d", d[at], at)
}
