package problems_test

import (
	"errors"
	"math"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/problems"
)

// counted counts how often a problem is evaluated.
type counted struct {
	problems.Problem
	calls int
}

func (c *counted) Evaluate(x, g []float64) float64 { c.calls++; return c.Problem.Evaluate(x, g) }

// A value at the point of the last gradient is one value and no further evaluation, in any
// order of Evaluate, Gradient and Value that asks for the same.
func TestValueBesideGradient(t *testing.T) {
	x, other, g := []float64{3}, []float64{4}, []float64{0}
	for name, c := range map[string]struct {
		ask   func(*problems.Oracle)
		want  problems.Counts
		calls int
	}{
		"together":     {func(o *problems.Oracle) { o.Evaluate(x, g) }, problems.Counts{Values: 1, Gradients: 1, Evaluations: 1, Samples: 5}, 1},
		"apart":        {func(o *problems.Oracle) { o.Gradient(x, g); o.Value(x) }, problems.Counts{Values: 1, Gradients: 1, Evaluations: 1, Samples: 5}, 1},
		"twice":        {func(o *problems.Oracle) { o.Gradient(x, g); o.Value(x); o.Value(x) }, problems.Counts{Values: 2, Gradients: 1, Evaluations: 2, Samples: 10}, 2},
		"value first":  {func(o *problems.Oracle) { o.Value(x); o.Gradient(x, g) }, problems.Counts{Values: 1, Gradients: 1, Evaluations: 2, Samples: 10}, 2},
		"elsewhere":    {func(o *problems.Oracle) { o.Gradient(x, g); o.Value(other) }, problems.Counts{Values: 1, Gradients: 1, Evaluations: 2, Samples: 10}, 2},
		"in between":   {func(o *problems.Oracle) { o.Gradient(x, g); o.Value(other); o.Value(x) }, problems.Counts{Values: 2, Gradients: 1, Evaluations: 3, Samples: 15}, 3},
		"of a changed": {func(o *problems.Oracle) { y := slices.Clone(x); o.Gradient(y, g); y[0] = 4; o.Value(y) }, problems.Counts{Values: 1, Gradients: 1, Evaluations: 2, Samples: 10}, 2},
	} {
		p := &counted{Problem: parabolas{m: 5}}
		o := open(t, sum{p}, problems.OracleOptions{})
		if c.ask(o); *o.Counts() != c.want || p.calls != c.calls {
			t.Errorf("%s: charged %+v for %d calls, want %+v for %d", name, *o.Counts(), p.calls, c.want, c.calls)
		}
	}
}

// sum is a counted sum.
type sum struct{ *counted }

func (s sum) Samples() int { return s.Problem.(parabolas).m }
func (s sum) EvaluateOn(x, g []float64, batch []int32) float64 {
	s.calls++
	return s.Problem.(parabolas).EvaluateOn(x, g, batch)
}

// On a batch the value beside a gradient costs nothing more either, until the next batch.
func TestValueBesideGradientOfABatch(t *testing.T) {
	p := &counted{Problem: parabolas{m: 6}}
	o := open(t, sum{p}, problems.OracleOptions{Batch: 2})
	x, g := []float64{3}, []float64{0}
	o.NextBatch()
	o.Gradient(x, g)
	f := o.Value(x)
	if *o.Counts() != (problems.Counts{Values: 1, Gradients: 1, Evaluations: 1, Samples: 2}) || p.calls != 1 {
		t.Errorf("charged %+v for %d calls", *o.Counts(), p.calls)
	}
	o.NextBatch()
	if o.Value(x) == f || p.calls != 2 {
		t.Errorf("the value of another batch, after %d calls", p.calls)
	}
}

// A batch of all samples is no batch.
func TestWholeBatch(t *testing.T) {
	p := parabolas{m: 6}
	whole := open(t, p, problems.OracleOptions{Batch: 6})
	drawn := open(t, p, problems.OracleOptions{Batch: 6, Replacement: true})
	if whole.Batched() || whole.NextBatch() != nil || !drawn.Batched() {
		t.Errorf("batched: %t without replacement, %t with it", whole.Batched(), drawn.Batched())
	}
}

// What the observer has evaluated is charged once the method asks for it with GradientAt, and
// not evaluated again; where the point has moved it is.
func TestGradientAt(t *testing.T) {
	p := &counted{Problem: &functions.Rosenbrock{N: 2}}
	watch := &problems.Watch{}
	o := open(t, p, problems.OracleOptions{Watch: watch})
	at := &problems.Point{X: []float64{-1.2, 1}, Grad: make([]float64, 2)}
	if _, _, ok := watch.Free(p, at); ok {
		t.Error("a look is free before the method has asked for a gradient")
	}
	step := func(x float64, calls, gradients int) {
		t.Helper()
		at.X[0], at.HasGrad = x, false
		if o.GradientAt(at); p.calls != calls || o.Counts().Gradients != int64(gradients) || !at.HasGrad {
			t.Errorf("%d calls and %d gradients, want %d and %d", p.calls, o.Counts().Gradients, calls, gradients)
		}
		want := make([]float64, 2)
		if p.Problem.Evaluate(at.X, want); !slices.Equal(at.Grad, want) {
			t.Errorf("∇f%v = %v, want %v", at.X, at.Grad, want)
		}
	}
	look := func(x float64, value float64) {
		t.Helper()
		at.X[0], at.HasGrad = x, false
		before := *o.Counts()
		f, _, ok := watch.Free(p, at)
		if !ok || math.Abs(f-value) > 1e-12 || *o.Counts() != before || at.HasGrad {
			t.Errorf("the observer's look: f = %g, %t, %+v", f, ok, *o.Counts())
		}
	}
	step(-1.2, 1, 1)
	look(1, 0)
	step(1, 2, 2)
	if f := o.Value(at.X); f != 0 || p.calls != 2 || *o.Counts() != (problems.Counts{Values: 1, Gradients: 2, Evaluations: 2}) {
		t.Errorf("the value there: %g, %+v, %d calls", f, *o.Counts(), p.calls)
	}
	if o.GradientAt(at); o.Counts().Gradients != 2 {
		t.Errorf("a gradient that the method has is charged: %+v", *o.Counts())
	}
	look(-1.2, 24.2)
	step(1, 4, 3)
}

// A method's buffers do not reach what the observer is given.
func TestKnownIsTheOraclesOwn(t *testing.T) {
	watch := &problems.Watch{}
	o := open(t, &functions.Rosenbrock{N: 2}, problems.OracleOptions{Watch: watch})
	x, g := []float64{-1.2, 1}, make([]float64, 2)
	if _, _, ok := watch.Known(x); ok {
		t.Error("something is known before anything was asked")
	}
	o.Evaluate(x, g)
	g[0], g[1] = 0, 0
	f, grad, ok := watch.Known(x)
	if !ok || math.Abs(f-24.2) > 1e-12 || math.Abs(grad[0]+215.6) > 1e-9 {
		t.Errorf("known: %g, %v, %t", f, grad, ok)
	}
	x[1] = math.Nextafter(1, 2)
	if _, _, ok := watch.Known(x); ok {
		t.Error("known at another point")
	}
	if o.Value(x); true {
		if _, grad, ok := watch.Known(x); !ok || grad != nil {
			t.Errorf("after a value: gradient %v, %t", grad, ok)
		}
	}
	noisy := open(t, parabolas{m: 1, noise: problems.Noise{Value: 1}}, problems.OracleOptions{Watch: watch})
	noisy.NextBatch()
	noisy.Gradient([]float64{2}, g[:1])
	if _, _, ok := watch.Known([]float64{2}); ok {
		t.Error("a noisy value was taken for the objective's")
	}
}

// asked runs ask, and reports whether the oracle refused.
func asked(ask func()) (refused bool) {
	defer func() {
		if v := recover(); v != nil {
			refused = true
			if err, ok := v.(error); !ok || err.Error() == "" {
				panic(v)
			}
		}
	}()
	ask()
	return false
}

// A question that would pass a limit is refused, charged nothing and not evaluated.
func TestLimits(t *testing.T) {
	const none = math.MaxInt64
	x, g := []float64{3}, []float64{0}
	for name, c := range map[string]struct {
		limits problems.Counts
		ask    func(*problems.Oracle)
		times  int // that it may be asked
	}{
		"values":           {problems.Counts{Evaluations: 3, Gradients: none, Samples: none}, func(o *problems.Oracle) { o.Value(x) }, 3},
		"gradients":        {problems.Counts{Evaluations: none, Gradients: 2, Samples: none}, func(o *problems.Oracle) { o.Gradient(x, g) }, 2},
		"no gradients":     {problems.Counts{Evaluations: 5, Gradients: 0, Samples: none}, func(o *problems.Oracle) { o.Evaluate(x, g) }, 0},
		"samples":          {problems.Counts{Evaluations: none, Gradients: none, Samples: 14}, func(o *problems.Oracle) { o.Evaluate(x, g) }, 2},
		"chosen samples":   {problems.Counts{Evaluations: none, Gradients: none, Samples: 14}, func(o *problems.Oracle) { check(o.GradientOn(x, g, []int32{1, 2, 3})) }, 4},
		"all samples":      {problems.Counts{Evaluations: none, Gradients: none, Samples: 14}, func(o *problems.Oracle) { check(o.GradientOn(x, g, nil)) }, 2},
		"hessian products": {problems.Counts{Evaluations: none, Gradients: none, Samples: 14}, func(o *problems.Oracle) { check(o.HessianProduct(x, x, g)) }, 2},
		"gradient at": {problems.Counts{Evaluations: none, Gradients: 2, Samples: none}, func(o *problems.Oracle) {
			o.GradientAt(&problems.Point{X: x, Grad: g})
		}, 2},
	} {
		limits := c.limits
		watch := &problems.Watch{Limits: &limits}
		o := open(t, parabolas{m: 5 + 1}, problems.OracleOptions{Watch: watch})
		times := 0
		for times < 10 && !asked(func() { c.ask(o) }) {
			times++
		}
		n := o.Counts()
		if times != c.times || !watch.Refused() || n.Evaluations > limits.Evaluations || n.Gradients > limits.Gradients || n.Samples > limits.Samples {
			t.Errorf("%s: asked %d times, want %d; counts %+v", name, times, c.times, *n)
		}
		if !asked(func() { o.Value([]float64{4}) }) {
			t.Errorf("%s: answers after it has refused", name)
		}
	}
}

func check(err error) {
	if err != nil {
		panic(errors.Join(errors.New("unexpected"), err).Error())
	}
}

// An interrupt and the end of the time are seen at the next question.
func TestHalted(t *testing.T) {
	for name, tie := range map[string]func(*problems.Watch, *atomic.Bool){
		"expired": func(w *problems.Watch, set *atomic.Bool) { w.Expired = set },
		"stopped": func(w *problems.Watch, set *atomic.Bool) { w.Stopped = set },
	} {
		var halted atomic.Bool
		watch := &problems.Watch{}
		tie(watch, &halted)
		o := open(t, parabolas{m: 5}, problems.OracleOptions{Watch: watch})
		x := []float64{3}
		if asked(func() { o.Value(x) }) {
			t.Errorf("%s: refused without a reason", name)
		}
		if halted.Store(true); !asked(func() { o.Value(x) }) || o.Counts().Values != 1 {
			t.Errorf("%s: not refused, %d values", name, o.Counts().Values)
		}
	}
}

// Differences are charged the values that they take: 2n, or n + 1 with the value at the point
// itself, which then comes with them.
func TestDifferencesAreCharged(t *testing.T) {
	for formula, want := range map[string]struct{ gradient, both problems.Counts }{
		"central": {problems.Counts{Values: 6, Gradients: 1, Evaluations: 6}, problems.Counts{Values: 7, Gradients: 1, Evaluations: 7}},
		"forward": {problems.Counts{Values: 4, Gradients: 1, Evaluations: 4}, problems.Counts{Values: 4, Gradients: 1, Evaluations: 4}},
	} {
		p := &wrappers.FiniteDifference{Formula: formula}
		p.Of = &functions.Rosenbrock{N: 3}
		if err := p.Build(problems.Env{}); err != nil {
			t.Fatal(err)
		}
		x, g := []float64{1, 2, 3}, make([]float64, 3)
		for name, q := range map[string]problems.Problem{"plain": p, "wrapped": outer{p}} {
			o := open(t, q, problems.OracleOptions{})
			if o.Gradient(x, g); *o.Counts() != want.gradient {
				t.Errorf("%s, %s: a gradient is charged %+v, want %+v", formula, name, *o.Counts(), want.gradient)
			}
			if o.Value(x); *o.Counts() != want.both {
				t.Errorf("%s, %s: with the value %+v, want %+v", formula, name, *o.Counts(), want.both)
			}
			o = open(t, q, problems.OracleOptions{})
			if o.Evaluate(x, g); *o.Counts() != want.both {
				t.Errorf("%s, %s: both at once %+v, want %+v", formula, name, *o.Counts(), want.both)
			}
		}
	}
}

// outer wraps a problem and has nothing of its own.
type outer struct{ problems.Problem }

func (o outer) Inner() problems.Problem { return o.Problem }
