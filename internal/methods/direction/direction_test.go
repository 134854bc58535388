package direction_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// bowl is ½xᵀHx with any symmetric H, at a point of which the gradient may be set.
type bowl struct{ h *mat.SymDense }

var _ problems.Quadratic = bowl{}

func (b bowl) Dim() int                             { return b.h.SymmetricDim() }
func (b bowl) Quadratic() bool                      { return true }
func (b bowl) Hessian(_ []float64, h *mat.SymDense) { h.CopySym(b.h) }
func (b bowl) HessianProduct(_, v, hv []float64) {
	mat.NewVecDense(len(hv), hv).MulVec(b.h, mat.NewVecDense(len(v), v))
}
func (b bowl) Evaluate(x, grad []float64) float64 {
	g := make([]float64, len(x))
	b.HessianProduct(x, x, g)
	copy(grad, g)
	return vec.Dot(x, g) / 2
}

func symmetric(n int, entries ...float64) bowl { return bowl{mat.NewSymDense(n, entries)} }

// at is a direction's view of a point with this gradient.
func at(g ...float64) *methods.Iterate {
	return &methods.Iterate{Point: methods.Point{X: make([]float64, len(g)), Grad: g, HasGrad: true}}
}

// propose is Δx of a fresh direction.
func propose(t *testing.T, text string, p problems.Problem, at *methods.Iterate) ([]float64, error) {
	t.Helper()
	direction := methodtest.Direction(t, text, p)
	if err := direction.Init(methodtest.Exact(t, p)); err != nil {
		t.Fatal(err)
	}
	d := make([]float64, len(at.X))
	return d, direction.Direction(at, d)
}

func wantVector(t *testing.T, got, want []float64, tolerance float64) {
	t.Helper()
	diff := make([]float64, len(got))
	vec.AddScaled(diff, got, -1, want)
	if !(vec.MaxAbs(diff) <= tolerance*math.Max(1, vec.MaxAbs(want))) {
		t.Errorf("Δx = %v, want %v", got, want)
	}
}

func TestSteepest(t *testing.T) {
	p := symmetric(3, 4, 0, 0, 0, 1, 0.5, 0, 0.5, 0.25+1)
	g := []float64{3, -4, 1}
	s := math.Sqrt(9.0/4 + 16 + 1/1.25) // dual norm of the diagonal
	for _, c := range []struct {
		text string
		want []float64
	}{
		{"{norm: l1}", []float64{0, 4, 0}},
		{"{norm: l1, normalized: true}", []float64{0, 1, 0}},
		{"{norm: l2}", []float64{-3, 4, -1}},
		{"{norm: l2, normalized: true}", []float64{-3 / math.Sqrt(26), 4 / math.Sqrt(26), -1 / math.Sqrt(26)}},
		{"{norm: linf}", []float64{-8, 8, -8}},
		{"{norm: linf, normalized: true}", []float64{-1, 1, -1}},
		{"{norm: quadratic}", []float64{-0.75, 4, -0.8}},
		{"{norm: quadratic, normalized: true}", []float64{-0.75 / s, 4 / s, -0.8 / s}},
		{"{norm: quadratic, matrix: weights, weights: [1, 2, 4]}", []float64{-3, 2, -0.25}},
		{"{norm: quadratic, matrix: hessian}", []float64{-0.75, 5.5, -3}}, // H·(3/4, −5.5, 3) = g
	} {
		t.Run(c.text, func(t *testing.T) {
			d, err := propose(t, "{name: steepest, "+c.text[1:], p, at(g...))
			if err != nil {
				t.Fatal(err)
			}
			wantVector(t, d, c.want, 1e-14)
		})
	}
}

// The normalized direction is the steepest in its unit ball.
func TestSteepestIsSteepest(t *testing.T) {
	p := symmetric(3, 4, 1, 0, 1, 1, 0.5, 0, 0.5, 2)
	g := []float64{3, -4, 1}
	rng := rand.New(rand.NewPCG(1, 2))
	for norm, length := range map[string]func(v []float64) float64{
		"l1": func(v []float64) float64 {
			return math.Abs(v[0]) + math.Abs(v[1]) + math.Abs(v[2])
		},
		"l2":   vec.Norm,
		"linf": vec.MaxAbs,
		"quadratic, matrix: hessian": func(v []float64) float64 {
			return math.Sqrt(2 * p.Evaluate(v, nil))
		},
	} {
		d, err := propose(t, "{name: steepest, normalized: true, norm: "+norm+"}", p, at(g...))
		if err != nil {
			t.Fatal(err)
		}
		if l := length(d); math.Abs(l-1) > 1e-14 {
			t.Errorf("%s: length %g, want 1", norm, l)
		}
		for range 1000 {
			v := []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
			vec.Scale(1/length(v), v)
			if vec.Dot(g, v) < vec.Dot(g, d)-1e-14 {
				t.Fatalf("%s: %v is steeper than %v", norm, v, d)
			}
		}
	}
}

// sheets is a bowl over a 2×3 matrix and two biases.
type sheets struct{ bowl }

func (sheets) Shapes() []problems.Block {
	return []problems.Block{
		{Name: "W", Kind: problems.MatrixBlock, Rows: 2, Columns: 3},
		{Name: "b", Kind: problems.BiasBlock, Rows: 2, Columns: 1, Offset: 6},
	}
}

func unitSheets() sheets {
	h := mat.NewSymDense(8, nil)
	for i := range 8 {
		h.SetSym(i, i, 1)
	}
	return sheets{bowl{h}}
}

// The singular values are 3 and 4, and the bias has the length 5.
func TestSpectral(t *testing.T) {
	g := []float64{3, 0, 0, 0, 0, -4, 3, 4}
	for text, dual := range map[string]float64{"{name: steepest, norm: spectral}": 12, "{name: steepest, norm: spectral, normalized: true}": 1} {
		d, err := propose(t, text, unitSheets(), at(g...))
		if err != nil {
			t.Fatal(err)
		}
		wantVector(t, d, []float64{-dual, 0, 0, 0, 0, dual, -0.6 * dual, -0.8 * dual}, 1e-14)
	}
}

// The normalized direction has the length 1 in the spectral norm, by gonum's singular values, and
// nothing in the unit ball is steeper.
func TestSpectralIsSteepest(t *testing.T) {
	length := func(v []float64) float64 {
		var svd mat.SVD
		svd.Factorize(mat.NewDense(2, 3, v[:6]), mat.SVDNone)
		return math.Max(svd.Values(nil)[0], vec.Norm(v[6:]))
	}
	rng := rand.New(rand.NewPCG(3, 4))
	normal := func() []float64 {
		v := make([]float64, 8)
		for i := range v {
			v[i] = rng.NormFloat64()
		}
		return v
	}
	for range 5 {
		g := normal()
		d, err := propose(t, "{name: steepest, normalized: true, norm: spectral}", unitSheets(), at(g...))
		if err != nil {
			t.Fatal(err)
		}
		if l := length(d); math.Abs(l-1) > 1e-14 {
			t.Errorf("length %g, want 1", l)
		}
		for i := range 2000 {
			v := normal()
			if i%2 == 0 { // nearby
				vec.AddScaled(v, d, 0.01, v)
			}
			vec.Scale(1/length(v), v)
			if vec.Dot(g, v) < vec.Dot(g, d)-1e-14 {
				t.Fatalf("%v is steeper than %v", v, d)
			}
		}
	}
}

func TestSpectralNeedsMatrices(t *testing.T) {
	p := symmetric(2, 1, 0, 0, 1)
	var missing *problems.Missing
	if err := methodtest.Direction(t, "{name: steepest, norm: spectral}", p).Init(methodtest.Exact(t, p)); !errors.As(err, &missing) {
		t.Errorf("on a vector the error is %v; expected what is missing", err)
	}
	for _, g := range []float64{0, math.NaN()} {
		d, err := propose(t, "{name: steepest, norm: spectral}", unitSheets(), at(g, 0, 0, 0, 0, 0, 0, 0))
		if err != nil || (g == 0) != (vec.MaxAbs(d) == 0) || math.IsNaN(g) != math.IsNaN(d[3]) {
			t.Errorf("Δx = %v, %v where ∇f begins with %g", d, err, g)
		}
	}
}

func TestSteepestAtRest(t *testing.T) {
	p := symmetric(2, 1, 0, 0, 1)
	for _, norm := range []string{"l1", "l2", "linf", "quadratic"} {
		d, err := propose(t, "{name: steepest, normalized: true, norm: "+norm+"}", p, at(0, 0))
		if err != nil || vec.MaxAbs(d) != 0 {
			t.Errorf("%s: Δx = %v, %v where ∇f = 0", norm, d, err)
		}
	}
	for _, matrix := range []string{"hessian", "diagonal"} {
		if _, err := propose(t, "{name: steepest, norm: quadratic, matrix: "+matrix+"}", symmetric(2, 1, 2, 2, -1), at(1, 1)); !errors.Is(err, methods.ErrStalled) {
			t.Errorf("an indefinite P by its %s gave the error %v", matrix, err)
		}
	}
}

func TestNewton(t *testing.T) {
	indefinite := symmetric(2, 2, 0, 0, -1)
	g := []float64{4, 3}
	// Eigenvectors (1,1)/√2 and (1,−1)/√2 with the eigenvalues 3 and −1.
	saddle := symmetric(2, 1, 2, 2, 1)
	for _, c := range []struct {
		name, text string
		p          bowl
		want       []float64
	}{
		{"none", "newton", indefinite, []float64{-2, 3}},
		{"saddle-free", "{name: newton, indefinite: saddle-free}", indefinite, []float64{-2, -3}},
		{"saddle-free in other axes", "{name: newton, indefinite: saddle-free}", saddle, []float64{-7.0/6 - 0.5, -7.0/6 + 0.5}},
		{"shift", "{name: newton, indefinite: shift, floor: 0.5}", indefinite, []float64{-1, -3}}, // τ = 2
		{"shift not needed", "{name: newton, indefinite: shift}", symmetric(2, 2, 0, 0, 4), []float64{-2, -0.75}},
		{"modified", "{name: newton, indefinite: modified}", indefinite, []float64{-2, -3}},
		{"modified not needed", "{name: newton, indefinite: modified}", symmetric(2, 2, 1, 1, 3), []float64{-1.8, -0.4}},
		// β² = 2/√3: d₁ = 2²/β² = 2√3, l = 1/√3, d₂ = |1 − β²|: B = [2√3 2; 2 4/√3 − 1].
		{"modified beside the diagonal", "{name: newton, indefinite: modified}", saddle,
			[]float64{(10 - 16/math.Sqrt(3)) / (4 - 2*math.Sqrt(3)), (8 - 6*math.Sqrt(3)) / (4 - 2*math.Sqrt(3))}},
		{"floor", "{name: newton, indefinite: saddle-free, floor: 0.1}", symmetric(2, 10, 0, 0, 1e-9), []float64{-0.4, -3}},
		{"zero Hessian", "{name: newton, indefinite: saddle-free}", symmetric(2, 0, 0, 0, 0), []float64{-4, -3}},
		{"zero Hessian", "{name: newton, indefinite: modified}", symmetric(2, 0, 0, 0, 0), []float64{-4, -3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := propose(t, c.text, c.p, at(g...))
			if err != nil {
				t.Fatal(err)
			}
			wantVector(t, d, c.want, 1e-12)
		})
	}
}

func TestNewtonStalls(t *testing.T) {
	for _, p := range []bowl{symmetric(2, 1, 1, 1, 1), symmetric(2, 0, 0, 0, 0), symmetric(2, 1, 0, 0, 1e-17)} {
		if _, err := propose(t, "newton", p, at(1, 2)); !errors.Is(err, methods.ErrStalled) {
			t.Errorf("a singular Hessian gave the error %v", err)
		}
	}
	for _, indefinite := range []string{"none", "modified", "shift", "saddle-free"} {
		p := symmetric(2, 1, math.NaN(), math.NaN(), 1)
		if _, err := propose(t, "{name: newton, indefinite: "+indefinite+"}", p, at(1, 2)); !errors.Is(err, methods.ErrStalled) {
			t.Errorf("%s: a Hessian of NaN gave the error %v", indefinite, err)
		}
	}
}

// The treated directions descend whatever the Hessian.
func TestTreatedNewtonDescends(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		n := 1 + rng.IntN(6)
		h := mat.NewSymDense(n, nil)
		g := make([]float64, n)
		for i := range n {
			g[i] = rng.NormFloat64()
			for j := range i + 1 {
				h.SetSym(i, j, math.Exp(4*rng.NormFloat64())*rng.NormFloat64())
			}
		}
		for _, indefinite := range []string{"modified", "shift", "saddle-free"} {
			d, err := propose(t, "{name: newton, indefinite: "+indefinite+"}", bowl{h}, at(g...))
			if err != nil || !(vec.Dot(g, d) < 0) {
				t.Fatalf("%s: ∇fᵀΔx = %g, %v for H = %v", indefinite, vec.Dot(g, d), err, mat.Formatted(h))
			}
		}
	}
}

func TestNewtonCG(t *testing.T) {
	p := symmetric(3, 4, 1, 0, 1, 3, 0.5, 0, 0.5, 2)
	g := []float64{1e-9, -2e-9, 3e-9} // √‖g‖ makes the inner system tight
	newton, err := propose(t, "newton", p, at(g...))
	if err != nil {
		t.Fatal(err)
	}
	d, err := propose(t, "newton-cg", p, at(g...))
	if err != nil {
		t.Fatal(err)
	}
	vec.Scale(1e9, d)
	vec.Scale(1e9, newton)
	wantVector(t, d, newton, 1e-4)

	g = []float64{1, -2, 3}
	d, err = propose(t, "{name: newton-cg, forcing: 0.2}", p, at(g...))
	if err != nil {
		t.Fatal(err)
	}
	residual := make([]float64, 3)
	p.HessianProduct(nil, d, residual)
	vec.AddScaled(residual, residual, 1, g)
	if r := vec.Norm(residual) / vec.Norm(g); r > 0.2 || r < 1e-6 {
		t.Errorf("relative residual %g; want it below 0.2, and the inner solve stopped early", r)
	}

	d, err = propose(t, "{name: newton-cg, inner: 1}", p, at(g...))
	if err != nil {
		t.Fatal(err)
	}
	cauchy := slices.Clone(g)
	vec.Scale(-vec.Dot(g, g)/(2*p.Evaluate(g, nil)), cauchy) // one inner iteration is the Cauchy point
	wantVector(t, d, cauchy, 1e-14)
}

// The inner system is solved to min(forcing, √‖g‖): at ‖g‖ = 0.04 to 0.2.
func TestNewtonCGForcing(t *testing.T) {
	p := symmetric(3, 1, 0, 0, 0, 1.2, 0, 0, 0, 1.5) // one inner iteration leaves a residual of 0.166
	unit := []float64{1 / math.Sqrt(3), 1 / math.Sqrt(3), 1 / math.Sqrt(3)}
	small := slices.Clone(unit)
	vec.Scale(0.04, small)
	lengths := map[string][]float64{"newton-cg": small, "{name: newton-cg, forcing: 0.2}": unit, "{name: newton-cg, forcing: 0.04}": unit}
	d := map[string][]float64{}
	for text, g := range lengths {
		var err error
		if d[text], err = propose(t, text, p, at(g...)); err != nil {
			t.Fatal(err)
		}
	}
	vec.Scale(1/0.04, d["newton-cg"])
	wantVector(t, d["newton-cg"], d["{name: newton-cg, forcing: 0.2}"], 1e-12)
	if slices.Equal(d["{name: newton-cg, forcing: 0.2}"], d["{name: newton-cg, forcing: 0.04}"]) {
		t.Error("the test does not distinguish the tolerances")
	}
}

func TestNewtonCGAtNegativeCurvature(t *testing.T) {
	d, err := propose(t, "newton-cg", symmetric(2, -1, 0, 0, -2), at(1, 2))
	if err != nil {
		t.Fatal(err)
	}
	wantVector(t, d, []float64{-1, -2}, 0) // met at once: −g
	// Met in the second inner iteration: the first one's point, the Cauchy point.
	p := symmetric(2, 4, 0, 0, -1)
	d, err = propose(t, "{name: newton-cg, forcing: 0.01}", p, at(2, 1))
	if err != nil {
		t.Fatal(err)
	}
	wantVector(t, d, []float64{-2 * 5.0 / 15, -1 * 5.0 / 15}, 1e-14)
}

func TestCoordinate(t *testing.T) {
	p := symmetric(3, 4, 1, 0, 1, 2, 0.5, 0, 0.5, 8)
	o := methodtest.Exact(t, p)
	direction := methodtest.Direction(t, "{name: coordinate, scaled: true}", p)
	if err := direction.Init(o); err != nil {
		t.Fatal(err)
	}
	if got := o.Counts().HessianProducts; got != 3 {
		t.Errorf("the constants cost %d Hessian products, want 3", got)
	}
	d := make([]float64, 3)
	for _, step := range []struct{ second, i, want float64 }{
		{0, 0, -0.25}, {0, 2, -0.25}, {0, 0, -0.25}, // ∂₂f = 0 is passed over
		{1e-9, 2, -0.25}, {1e-9, 0, -0.25}, // so is what is negligible beside 2
		{1e-7, 1, -5e-8},
	} {
		if err := direction.Direction(at(1, step.second, 2), d); err != nil {
			t.Fatal(err)
		}
		want := make([]float64, 3)
		want[int(step.i)] = step.want
		if !slices.Equal(d, want) {
			t.Errorf("with ∂₂f = %g the direction is %v, want %v", step.second, d, want)
		}
	}
}

func TestCoordinateFrequencies(t *testing.T) {
	p := symmetric(3, 4, 1, 0, 1, 2, 0.5, 0, 0.5, 8)
	for order, want := range map[string][]float64{"random": {1. / 3, 1. / 3, 1. / 3}, "lipschitz": {4. / 14, 2. / 14, 8. / 14}} {
		direction := methodtest.Direction(t, "{name: coordinate, order: "+order+"}", p)
		if !direction.(problems.Random).Random() {
			t.Errorf("%s is not random", order)
		}
		if err := direction.Init(methodtest.Exact(t, p)); err != nil {
			t.Fatal(err)
		}
		const draws = 20000
		count := make([]float64, 3)
		d := make([]float64, 3)
		for range draws {
			if err := direction.Direction(at(1, 1, 1), d); err != nil {
				t.Fatal(err)
			}
			count[slices.Index(d, -1)]++
		}
		for i := range count {
			// Five standard deviations.
			if far := math.Abs(count[i]/draws - want[i]); far > 5*math.Sqrt(want[i]*(1-want[i])/draws) {
				t.Errorf("%s: coordinate %d in %g of the draws, want %g", order, i, count[i]/draws, want[i])
			}
		}
	}
}

// A dense matrix that would fill the memory is refused before it is made.
func TestTooManyVariables(t *testing.T) {
	p := &functions.Rosenbrock{N: 20000}
	for _, text := range []string{"newton", "bfgs", "dfp", "sr1", "gauss-newton", "levenberg-marquardt", "{name: steepest, norm: quadratic}"} {
		var missing *problems.Missing
		if err := methodtest.Direction(t, text, p).Init(methodtest.Exact(t, p)); !errors.As(err, &missing) {
			t.Errorf("%s: the error is %v; want a problems.Missing", text, err)
		}
	}
	for _, text := range []string{"lbfgs", "newton-cg", "conjugate-gradient", "steepest"} {
		if err := methodtest.Direction(t, text, p).Init(methodtest.Exact(t, p)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestMissing(t *testing.T) {
	p := methodtest.Huber{Slope: 1}
	for _, text := range []string{"newton", "newton-cg", "gauss-newton", "levenberg-marquardt", "{name: coordinate, scaled: true}"} {
		var missing *problems.Missing
		if err := methodtest.Direction(t, text, p).Init(methodtest.Exact(t, p)); !errors.As(err, &missing) {
			t.Errorf("%s: the error is %v; want a problems.Missing", text, err)
		}
	}
}
