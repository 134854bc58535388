package direction_test

import (
	"errors"
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// lines is ½‖Jx − b‖², with any Jacobian.
type lines struct {
	j *mat.Dense
	b []float64
}

var _ problems.Residuals = lines{}

func (l lines) Dim() int                             { return l.j.RawMatrix().Cols }
func (l lines) ResidualCount() int                   { return len(l.b) }
func (l lines) Jacobian(_ []float64, jac *mat.Dense) { jac.Copy(l.j) }
func (l lines) Residuals(x, r []float64) {
	v := mat.NewVecDense(len(r), r)
	v.MulVec(l.j, mat.NewVecDense(len(x), x))
	v.SubVec(v, mat.NewVecDense(len(r), l.b))
}
func (l lines) Evaluate(x, grad []float64) float64 {
	r := make([]float64, len(l.b))
	l.Residuals(x, r)
	if grad != nil {
		mat.NewVecDense(len(grad), grad).MulVec(l.j.T(), mat.NewVecDense(len(r), r))
	}
	return vec.Dot(r, r) / 2
}

// from is the iterate at x.
func from(p problems.Problem, x ...float64) *methods.Iterate {
	it := at(make([]float64, len(x))...)
	it.X = x
	p.Evaluate(x, it.Grad)
	return it
}

func TestGaussNewton(t *testing.T) {
	// On Rosenbrock's two residuals the step makes both linear models vanish.
	p := &functions.Rosenbrock{N: 2}
	d, err := propose(t, "gauss-newton", p, from(p, -1.2, 1))
	if err != nil {
		t.Fatal(err)
	}
	wantVector(t, d, []float64{2.2, 1.44 - 1 - 2.4*2.2}, 1e-13)

	// More residuals than variables: a line through (0, 1), (1, 2), (2, 4), from zero.
	tall := lines{mat.NewDense(3, 2, []float64{1, 0, 1, 1, 1, 2}), []float64{1, 2, 4}}
	d, err = propose(t, "gauss-newton", tall, from(tall, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	wantVector(t, d, []float64{5. / 6, 1.5}, 1e-14)

	// Fewer: the shortest solution of 3v + 4w = 5.
	wide := lines{mat.NewDense(1, 2, []float64{3, 4}), []float64{5}}
	d, err = propose(t, "gauss-newton", wide, from(wide, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	wantVector(t, d, []float64{0.6, 0.8}, 1e-14)
}

func TestGaussNewtonStalls(t *testing.T) {
	flat := lines{mat.NewDense(3, 2, []float64{1, 2, 2, 4, 3, 6}), []float64{1, 1, 1}}
	if _, err := propose(t, "gauss-newton", flat, from(flat, 0, 0)); !errors.Is(err, methods.ErrStalled) {
		t.Errorf("a rank-deficient Jacobian gave the error %v", err)
	}
	if d, err := propose(t, "levenberg-marquardt", flat, from(flat, 0, 0)); err != nil || vec.MaxAbs(d) == 0 {
		t.Errorf("levenberg-marquardt does not step over it: %v, %v", d, err)
	}
	holes := lines{mat.NewDense(2, 2, []float64{1, math.NaN(), 2, 4}), []float64{1, 1}}
	if _, err := propose(t, "gauss-newton", holes, from(holes, 0, 0)); !errors.Is(err, methods.ErrStalled) {
		t.Errorf("a Jacobian of NaN gave the error %v", err)
	}
}

// The damping follows the gain ratio as in the definition, for full and for half steps.
func TestLevenbergMarquardt(t *testing.T) {
	p := &functions.Rosenbrock{N: 2}
	for _, c := range []struct {
		text    string
		columns bool
	}{
		{"{name: levenberg-marquardt, damping: 0.5}", false},
		{"{name: levenberg-marquardt, damping: 0.5, scaling: columns}", true},
	} {
		direction := methodtest.Direction(t, c.text, p)
		if err := direction.Init(methodtest.Exact(t, p)); err != nil {
			t.Fatal(err)
		}
		x, d := []float64{-1.2, 1}, make([]float64, 2)
		λ, ν := 0.0, 2.0
		raised, lowered := false, false
		for k := range 30 {
			it := from(p, x...)
			if err := direction.Direction(it, d); err != nil {
				t.Fatal(err)
			}
			jtj := normal(p, x)
			scale := []float64{1, 1}
			if c.columns {
				scale = []float64{jtj.At(0, 0), jtj.At(1, 1)}
			}
			if k == 0 {
				λ = 0.5 * math.Max(jtj.At(0, 0)/scale[0], jtj.At(1, 1)/scale[1])
			}
			damped := mat.NewDense(2, 2, nil)
			damped.Copy(jtj)
			for j := range 2 {
				damped.Set(j, j, jtj.At(j, j)+λ*scale[j])
			}
			var want mat.VecDense
			if err := want.SolveVec(damped, mat.NewVecDense(2, it.Grad)); err != nil {
				t.Fatal(err)
			}
			want.ScaleVec(-1, &want)
			wantVector(t, d, want.RawVector().Data, 1e-9)
			s := []float64{d[0], d[1]}
			switch {
			case k%3 == 1:
				vec.Scale(0.5, s)
			case k%5 == 4:
				vec.Scale(-3, s) // a step that raises f, to see the damping rise
			}
			predicted := -vec.Dot(it.Grad, s) - mat.Inner(mat.NewVecDense(2, s), jtj, mat.NewVecDense(2, s))/2
			before := p.Evaluate(x, nil)
			vec.AddScaled(x, x, 1, s)
			if ϱ := (before - p.Evaluate(x, nil)) / predicted; ϱ > 0 {
				λ *= math.Max(1./3, 1-math.Pow(2*ϱ-1, 3))
				ν = 2
				lowered = true
			} else {
				λ *= ν
				ν *= 2
				raised = true
			}
		}
		if !raised || !lowered {
			t.Errorf("%s: the damping was raised: %v, lowered: %v; the test saw too little", c.text, raised, lowered)
		}
	}
}

// normal is JᵀJ.
func normal(p problems.Residuals, x []float64) *mat.Dense {
	j := mat.NewDense(p.ResidualCount(), len(x), nil)
	p.Jacobian(x, j)
	var out mat.Dense
	out.Mul(j.T(), j)
	return &out
}
