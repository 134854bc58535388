package losses_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/problems/losses"
	"github.com/gdbench/gdbench/problems"
)

// all is every loss in its variants: the laws below hold for each of them.
var all = []string{
	"{name: least-squares, data: diabetes}",
	"{name: least-squares, data: iris, l2: 0.3, intercept: free, duplicates: 2}",
	"{name: least-squares, data: iris, l2: 0.3, intercept: none, standardize: false, split: 0.2}",
	"{name: logistic, data: breast-cancer, l2: 0.01}",
	"{name: logistic, data: iris, positive: 1, intercept: free, l2: 0.1, split: 0.3}",
	"{name: huber, data: {name: minstd, labels: outliers}, delta: 0.7, l2: 0.01}",
	"{name: squared-hinge, data: breast-cancer, l2: 0.01}",
	"{name: poisson, l2: 0.1, standardize: false}",
	"{name: student-t, data: {name: minstd, labels: outliers}, nu: 2}",
	"{name: tukey, data: {name: minstd, labels: outliers}, c: 3}",
	"{name: sigmoid-loss, data: breast-cancer, l2: 0.01}",
	"{name: phase-retrieval, data: {name: minstd, features: 5, labels: squares}, duplicates: 2}",
	"{name: lasso, data: diabetes, l1: 20, l2: 0.1}",
	"{name: softmax, data: iris, l2: 0.01}",
	"{name: matrix-factorization, rank: 2, balance: 0.7}",
	"{name: matrix-factorization, data: iris, rank: 3, balance: 0}",
	"{name: deep-linear, depth: 5, target: 0.7}",
	"{name: mlp, widths: [5, 4, 3], l2: 0.01, data: {name: two-moons, samples: 30}}",
	"{name: mlp, data: iris, widths: [4], activation: sigmoid, split: 0.5, duplicates: 2}",
	"{name: mlp, data: minstd, widths: [3, 3], activation: relu, loss: squared, init: he}",
	"{name: sigmoid-chain, depth: 4}",
	"{name: softmax, data: wine, l2: 0.1, intercept: free, split: 0.25}",
}

// somewhere is a point with entries of order one.
func somewhere(n int, seed uint64) []float64 {
	rng := rand.New(rand.NewPCG(seed, 7))
	x := make([]float64, n)
	for i := range x {
		x[i] = 0.5 * rng.NormFloat64()
	}
	return x
}

// slope is a central difference of sixth order of phi at 0.
func slope(phi func(t float64) float64, h float64) float64 {
	return (45*(phi(h)-phi(-h)) - 9*(phi(2*h)-phi(-2*h)) + (phi(3*h) - phi(-3*h))) / (60 * h)
}

func along(x, v []float64, t float64) []float64 {
	y := slices.Clone(x)
	for i := range y {
		y[i] += t * v[i]
	}
	return y
}

func dot(x, y []float64) (sum float64) {
	for i := range x {
		sum += x[i] * y[i]
	}
	return sum
}

// step is the width of differences: short for losses with kinks in their slope, so that
// none lies within.
func step(p problems.Problem) float64 {
	switch p := p.(type) {
	case *losses.MLP:
		if p.Activation == "relu" {
			return 1e-6
		}
	case *losses.Huber, *losses.SquaredHinge, *losses.Tukey:
		return 1e-6
	}
	return 1e-2
}

func each(t *testing.T, law func(t *testing.T, p problems.Problem, x, v []float64)) {
	for i, text := range all {
		t.Run(text, func(t *testing.T) {
			p := build(t, text)
			law(t, p, somewhere(p.Dim(), uint64(i)), somewhere(p.Dim(), uint64(i+100)))
		})
	}
}

func within(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))) {
		t.Errorf("%s = %.15g, want %.15g", what, got, want)
	}
}

func TestGradients(t *testing.T) {
	each(t, func(t *testing.T, p problems.Problem, x, v []float64) {
		g := make([]float64, p.Dim())
		f := p.Evaluate(x, g)
		if alone := p.Evaluate(x, nil); alone != f {
			t.Errorf("f = %.17g without gradient, %.17g with it", alone, f)
		}
		within(t, "∇fᵀv", dot(g, v), slope(func(t float64) float64 { return p.Evaluate(along(x, v, t), nil) }, step(p)), 1e-8)
	})
}

func TestHessians(t *testing.T) {
	each(t, func(t *testing.T, p problems.Problem, x, v []float64) {
		n := p.Dim()
		hv := make([]float64, n)
		p.(problems.HessianProduct).HessianProduct(x, v, hv)
		g := make([]float64, n)
		for j := range hv {
			want := slope(func(t float64) float64 { p.Evaluate(along(x, v, t), g); return g[j] }, step(p))
			within(t, fmt.Sprintf("(Hv)[%d]", j), hv[j], want, 1e-7)
		}
		dense, ok := p.(problems.Hessian)
		if !ok {
			return
		}
		h := mat.NewSymDense(n, nil)
		dense.Hessian(x, h)
		var product mat.VecDense
		product.MulVec(h, mat.NewVecDense(n, v))
		for j := range hv {
			within(t, fmt.Sprintf("(Hv)[%d] of the matrix", j), product.AtVec(j), hv[j], 1e-12)
		}
	})
}

// The mean over all samples one by one, over batches, and over everything agree.
func TestBatchMeans(t *testing.T) {
	each(t, func(t *testing.T, p problems.Problem, x, _ []float64) {
		sum, ok := p.(problems.FiniteSum)
		if !ok {
			return // a chain: no sum
		}
		m, n := sum.Samples(), p.Dim()
		g, part, mean := make([]float64, n), make([]float64, n), make([]float64, n)
		f := p.Evaluate(x, g)
		for _, size := range []int{1, 7, 64} {
			var value float64
			clear(mean)
			for from := 0; from < m; from += size {
				var batch []int32
				for i := from; i < min(from+size, m); i++ {
					batch = append(batch, int32(i))
				}
				share := float64(len(batch)) / float64(m)
				value += share * sum.EvaluateOn(x, part, batch)
				for j, v := range part {
					mean[j] += share * v
				}
			}
			within(t, fmt.Sprintf("mean over batches of %d", size), value, f, 1e-12)
			for j := range mean {
				within(t, fmt.Sprintf("gradient[%d] over batches of %d", j, size), mean[j], g[j], 1e-12)
			}
		}
		twice := sum.EvaluateOn(x, nil, []int32{2, 2, 2})
		within(t, "a batch of one sample three times", twice, sum.EvaluateOn(x, nil, []int32{2}), 1e-13)
	})
}

func TestEvaluationsDoNotAllocate(t *testing.T) {
	each(t, func(t *testing.T, p problems.Problem, x, v []float64) {
		g := make([]float64, p.Dim())
		batch := []int32{2, 1, 0, 2}
		if n := testing.AllocsPerRun(2, func() {
			p.Evaluate(x, g)
			p.Evaluate(x, nil)
			if sum, ok := p.(problems.FiniteSum); ok {
				sum.EvaluateOn(x, g, batch)
			}
			p.(problems.HessianProduct).HessianProduct(x, v, g)
		}); n != 0 {
			t.Errorf("%g allocations", n)
		}
	})
}

// A fork is the same problem with scratch of its own.
func TestForks(t *testing.T) {
	each(t, func(t *testing.T, p problems.Problem, x, v []float64) {
		fork := p.(problems.Forker).Fork()
		n := p.Dim()
		g, h := make([]float64, n), make([]float64, n)
		f := p.Evaluate(x, g)
		done := make(chan struct{})
		go func() {
			for range 20 {
				fork.Evaluate(v, make([]float64, n))
			}
			close(done)
		}()
		for range 20 {
			if again := p.Evaluate(x, h); again != f || !slices.Equal(g, h) {
				t.Errorf("f = %g beside a fork, %g alone", again, f)
			}
		}
		<-done
		if _, same := p.(problems.Residuals); same {
			if _, kept := fork.(problems.Residuals); !kept {
				t.Error("the fork has lost its residuals")
			}
		}
	})
}

// Constants bound what they say, at random points.
func TestConstants(t *testing.T) {
	each(t, func(t *testing.T, p problems.Problem, _, _ []float64) {
		facts := problems.FactsOf(p)
		L, err := facts.Global(problems.SmoothnessL)
		if err != nil {
			switch p.(type) {
			case *losses.Poisson, *losses.PhaseRetrieval, *losses.MatrixFactorization, *losses.DeepLinear, *losses.SigmoidChain, *losses.MLP:
				return // not smooth on all of the space
			}
			t.Fatal(err)
		}
		low := facts.Constants[problems.SmallestCurve].Value
		if mu, err := facts.Global(problems.ConvexityMu); err == nil {
			low = mu
		}
		n := p.Dim()
		hv, reach := make([]float64, n), 0.0
		for seed := range uint64(20) {
			x, v := somewhere(n, seed), somewhere(n, seed+50)
			for range 5 { // towards the top of the spectrum
				p.(problems.HessianProduct).HessianProduct(x, v, hv)
				curvature := dot(v, hv) / dot(v, v)
				if curvature > L*(1+1e-12) || curvature < low-1e-12*L {
					t.Errorf("curvature %g outside [%g, %g]", curvature, low, L)
				}
				reach = math.Max(reach, curvature)
				copy(v, hv)
			}
		}
		if reach < 0.01*L {
			t.Errorf("largest curvature met is %g, far below L = %g", reach, L)
		}
	})
}

// Where critical points are stated, the gradient vanishes and the Hessian has the signs.
func TestCritical(t *testing.T) {
	stated := 0
	each(t, func(t *testing.T, p problems.Problem, _, _ []float64) {
		for _, c := range problems.FactsOf(p).Critical {
			stated++
			g, h := make([]float64, p.Dim()), mat.NewSymDense(p.Dim(), nil)
			p.Evaluate(c.X, g)
			within(t, "‖g‖ at a critical point", math.Sqrt(dot(g, g)), 0, 1e-14)
			p.(problems.Hessian).Hessian(c.X, h)
			var eigen mat.EigenSym
			if !eigen.Factorize(h, false) {
				t.Fatal("no eigenvalues")
			}
			values := eigen.Values(nil)
			least, greatest := values[0], values[len(values)-1]
			ok := map[problems.Kind]bool{
				problems.GlobalMinimum: least > -1e-12 && p.Evaluate(c.X, nil) <= problems.FactsOf(p).Minimum.Value+1e-14,
				problems.Saddle:        least < -1e-3 && greatest > 1e-3,
				problems.Maximum:       greatest < -1e-3,
				problems.Degenerate:    math.Abs(least*greatest) < 1e-20,
			}[c.Kind]
			if !ok {
				t.Errorf("%s with eigenvalues %g to %g", c.Kind, least, greatest)
			}
		}
	})
	if stated < 5 {
		t.Errorf("only %d critical points stated", stated)
	}
}

func TestResiduals(t *testing.T) {
	for _, text := range all {
		p := build(t, text)
		r, ok := p.(problems.Residuals)
		if !ok {
			continue
		}
		m, n := r.ResidualCount(), p.Dim()
		x := somewhere(n, 3)
		res, jac, g := make([]float64, m), mat.NewDense(m, n, nil), make([]float64, n)
		r.Residuals(x, res)
		r.Jacobian(x, jac)
		within(t, text+": ½‖r‖²", dot(res, res)/2, p.Evaluate(x, g), 1e-12)
		var product mat.VecDense
		product.MulVec(jac.T(), mat.NewVecDense(m, res))
		for j := range g {
			within(t, fmt.Sprintf("%s: (Jᵀr)[%d]", text, j), product.AtVec(j), g[j], 1e-12)
		}
	}
}
