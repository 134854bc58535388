package step_test

import (
	"errors"
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

func wantLength(t *testing.T, what string, got float64, err error, want float64) {
	t.Helper()
	if err != nil || math.Abs(got-want) > 1e-14*math.Abs(want) {
		t.Errorf("%s: t = %.17g, %v; want %.17g", what, got, err, want)
	}
}

func TestPolyak(t *testing.T) {
	p := methodtest.Diagonal(1, 4) // f = (x² + 4y²)/2, f* = 0
	// At (2, 1): f = 4, ∇f = (2, 4), ‖∇f‖² = 20.
	got, err := aim(t, "polyak", p, 2, 1).step(-2, -4)
	wantLength(t, "factor 1", got, err, 4./20)
	got, err = aim(t, "{name: polyak, factor: 2}", p, 2, 1).step(-2, -4)
	wantLength(t, "factor 2", got, err, 8./20)
	got, err = aim(t, "{name: polyak, longest: 0.125}", p, 2, 1).step(-2, -4)
	wantLength(t, "longest", got, err, 0.125)
	// Along Δx = (−1, 0) the linear model 4 − 2t reaches 0 at 2.
	got, err = aim(t, "polyak", p, 2, 1).step(-1, 0)
	wantLength(t, "another direction", got, err, 2)
	for name, r := range map[string]*ray{"at the minimum": aim(t, "polyak", p, 0, 0), "uphill": aim(t, "polyak", p, -2, -1)} {
		if _, err := r.step(-2, -4); !errors.Is(err, methods.ErrStalled) {
			t.Errorf("%s: the error is %v; want ErrStalled", name, err)
		}
	}
	unknown := &curve{}
	var missing *problems.Missing
	if err := methodtest.Rule(t, "polyak", unknown).Init(methodtest.Exact(t, unknown)); !errors.As(err, &missing) {
		t.Errorf("without f* the error is %v; want a problems.Missing", err)
	}
}

// The estimate of f* is the least value seen less δ; δ halves when a step has missed it.
func TestPolyakEstimated(t *testing.T) {
	values := []float64{10, 5, 4.5, 6}
	targets := []float64{10 - 2, 5 - 2, 4.5 - 1, 4.5 - 0.5} // 4.5 and 6 missed 3 and 3.5
	k := 0
	p := &curve{f: func(float64) float64 { return values[k] }, df: func(float64) float64 { return -1 }}
	r := aim(t, "{name: polyak, minimum: estimated, delta: 2}", p, 0)
	for k = range values {
		r.at.HasF = false
		got, err := r.step(1)
		wantLength(t, "estimated", got, err, values[k]-targets[k])
	}
}

func TestPolyakOnBatches(t *testing.T) {
	p := methodtest.NewLeastSquares(6, 2)
	o, err := problems.NewOracle(p, p.Facts(), problems.OracleOptions{Batch: 2})
	if err != nil {
		t.Fatal(err)
	}
	rule := methodtest.Rule(t, "{name: polyak, bound: -3}", p)
	if err := rule.Init(o); err != nil {
		t.Fatal(err)
	}
	batch := o.NextBatch()
	g, next := make([]float64, 2), &methods.Point{X: make([]float64, 2), Grad: make([]float64, 2)}
	at := &methods.Iterate{Point: methods.Point{X: []float64{3, -1}, Grad: g, HasGrad: true}}
	f := p.EvaluateOn(at.X, g, batch)
	d := []float64{-g[0], -g[1]}
	got, err := rule.Step(at, d, next)
	wantLength(t, "batch", got, err, (f+3)/vec.Dot(g, g))
}

// Two points of f = (x² + 4y²)/2: from (2, 1), ∇f = (2, 4), by the first step t₀ = 1/8
// along −∇f to (7/4, 1/2), ∇f = (7/4, 2): s = (−1/4, −1/2), y = (−1/4, −2).
func TestBarzilaiBorwein(t *testing.T) {
	p := methodtest.Diagonal(1, 4)
	ss, sy, yy := 1./16+1./4, 1./16+1, 1./16+4
	for _, c := range []struct {
		text   string
		second float64
	}{
		{"{name: barzilai-borwein, first: 0.125}", ss / sy},
		{"{name: barzilai-borwein, first: 0.125, variant: short}", sy / yy},
		{"{name: barzilai-borwein, first: 0.125, variant: alternating}", ss / sy},
		{"{name: barzilai-borwein, first: 0.125, variant: stabilized, radius: 0.6}", 0.6 / math.Hypot(1.75, 2)},
		{"{name: barzilai-borwein, first: 0.125, variant: stabilized, radius: 6}", ss / sy},
	} {
		r := aim(t, c.text, p, 2, 1)
		got, err := r.step(-2, -4)
		wantLength(t, c.text, got, err, 0.125)
		r.at.X, r.at.Grad = []float64{1.75, 0.5}, []float64{1.75, 2}
		got, err = r.step(-1.75, -2)
		wantLength(t, c.text, got, err, c.second)
	}
	// alternating: the third step is a short one, of ∇f = (7/4, 2).
	r := aim(t, "{name: barzilai-borwein, first: 0.125, variant: alternating}", p, 2, 1)
	for _, c := range []struct{ x, y, want float64 }{
		{2, 1, 0.125}, {1.75, 0.5, ss / sy}, {1.75 - 1.75*ss/sy, 0.5 - 2*ss/sy, (1.75*1.75 + 16) / (1.75*1.75 + 64)},
	} {
		r.at.X, r.at.Grad = []float64{c.x, c.y}, []float64{c.x, 4 * c.y}
		got, err := r.step(-c.x, -4*c.y)
		wantLength(t, "alternating", got, err, c.want)
	}
}

// For any direction the long step is the exact one of the step before, the short one the
// step that minimizes ‖∇f‖ there, as on a quadratic.
func TestBarzilaiBorweinAlongAnyDirection(t *testing.T) {
	p := methodtest.Diagonal(1, 4)
	d := []float64{-3, -1} // from (2, 1): ∇f = (2, 4), Ad = (−3, −4)
	for variant, want := range map[string]float64{
		"long":  10. / 13, // −∇fᵀd/dᵀAd
		"short": 22. / 25, // −∇fᵀAd/‖Ad‖²
	} {
		r := aim(t, "{name: barzilai-borwein, first: 0.25, variant: "+variant+"}", p, 2, 1)
		if _, err := r.step(d...); err != nil {
			t.Fatal(err)
		}
		x := []float64{2 - 0.75, 1 - 0.25}
		r.at.X, r.at.Grad = x, []float64{x[0], 4 * x[1]}
		got, err := r.step(d...)
		wantLength(t, variant, got, err, want)
	}
}

// Along a direction of negative curvature the last step length is kept.
func TestBarzilaiBorweinAtNegativeCurvature(t *testing.T) {
	p := &curve{f: math.Cos, df: func(x float64) float64 { return -math.Sin(x) }}
	r := aim(t, "{name: barzilai-borwein, first: 0.125}", p, 0.5)
	for range 3 {
		d := -r.at.Grad[0]
		got, err := r.step(d)
		wantLength(t, "negative curvature", got, err, 0.125)
		r.at.X = []float64{r.next.X[0]}
		r.at.Grad = []float64{-math.Sin(r.next.X[0])}
	}
}

func TestAdaGradNorm(t *testing.T) {
	p := methodtest.Diagonal(1, 4)
	r := aim(t, "{name: adagrad-norm, eta: 3, b0: 2}", p, 2, 1)
	for _, c := range []struct{ d, want float64 }{
		{-1, 3 / math.Sqrt(4+20)},
		{-0.5, 3 / math.Sqrt(4+20+10)},
		{1, 3 / math.Sqrt(4+20+10)}, // uphill counts as 0
	} {
		got, err := r.step(2*c.d, 4*c.d)
		wantLength(t, "adagrad-norm", got, err, c.want)
	}
}

// The closed form on a quadratic, and no minimum along negative curvature.
func TestExactOnQuadratics(t *testing.T) {
	p := methodtest.Diagonal(1, 4)
	r := aim(t, "exact", p, 2, 1)
	got, err := r.step(-3, -1)
	wantLength(t, "exact", got, err, 10./13)
	if c := r.oracle.Counts(); c.HessianProducts != 1 || c.Evaluations != 0 || r.at.Trials != 0 {
		t.Errorf("the closed form cost %+v", *c)
	}
	for _, d := range [][]float64{{3, 1}, {0, 0}} {
		if _, err := r.step(d...); !errors.Is(err, methods.ErrStalled) {
			t.Errorf("along %v the error is %v; want ErrStalled", d, err)
		}
	}
}

// f = (x² + 4y²)/2 from (2, 1), f = 4, along −∇f = −(2, 4): φ(t) = 4 − 20t + 34t². With
// L = 1 it asks φ(1) = 18 ≤ 4 − 10; with 2 φ(½) = 2.5 ≤ −1; with 4 φ(¼) = 1.125 ≤ 1.5.
func TestLipschitzBacktracking(t *testing.T) {
	p := methodtest.Diagonal(1, 4)
	r := aim(t, "lipschitz-backtracking", p, 2, 1)
	got, err := r.step(-2, -4)
	wantLength(t, "first", got, err, 0.25)
	if r.at.Trials != 3 {
		t.Errorf("%d trials, want 3", r.at.Trials)
	}
	r.at.Trials = 0
	got, err = r.step(-2, -4) // from L = 2 now
	wantLength(t, "second", got, err, 0.25)
	if r.at.Trials != 2 {
		t.Errorf("%d trials, want 2", r.at.Trials)
	}
}

func TestRecentTrajectories(t *testing.T) {
	methodtest.FollowRecent(t, "adgd", "alig")
}
