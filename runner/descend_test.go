package runner_test

import (
	"context"
	"errors"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/runner"
)

// tagged is a method whose parameters have tags, as registered ones have.
type tagged struct {
	Rate methods.Length `param:"lr" range:"(0,)"`
	FixedStep
}

func (m *tagged) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.FixedStep.Rate = m.Rate.Value
	return m.FixedStep.Init(o, at)
}

// needy asks for what no problem has.
type needy struct{ FixedStep }

func (*needy) Init(*methods.Oracle, *methods.Iterate) error {
	return &problems.Missing{What: "a crystal ball"}
}

// broken fails at its third step, by an error or a panic.
type broken struct {
	FixedStep
	panics bool
	k      int
}

func (m *broken) Step(at *methods.Iterate) error {
	if m.k++; m.k == 3 {
		if m.panics {
			panic("a broken invariant")
		}
		return errors.New("no third step")
	}
	return m.FixedStep.Step(at)
}

// empty is a problem that was not built.
type empty struct{ Bowl }

func (empty) Dim() int { return 0 }

// nowhere is a problem without a value.
type nowhere struct{ Bowl }

func (nowhere) Evaluate(x, grad []float64) float64 { return math.NaN() }

// vast has more variables than there is memory for.
type vast struct{ Bowl }

func (vast) Dim() int { return 1 << 45 }

// fenced is confined to the square −2 ≤ x ≤ 2.
type fenced struct{ Bowl }

func (fenced) Constraint() problems.Set         { return square{} }
func (fenced) Rest([]float64) float64           { return 0 }
func (fenced) Prox(dst, x []float64, _ float64) { square{}.Project(dst, x) }

type square struct{}

func (square) Project(dst, x []float64) {
	for i, v := range x {
		dst[i] = max(-2, min(2, v))
	}
}

func (square) LinearMinimizer(dst, g []float64) bool {
	for i, v := range g {
		dst[i] = math.Copysign(2, -v)
	}
	return true
}

func (square) Active(x []float64) int { return 0 }
func (square) Diameter() float64      { return 4 * math.Sqrt2 }
func (square) Polyhedral() bool       { return true }

// hollow is a preset that is short for nothing.
type hollow struct{ FixedStep }

func (*hollow) Method() methods.Method { return nil }

func TestDescendRefuses(t *testing.T) {
	good := &FixedStep{Rate: 0.1}
	for name, c := range map[string]struct {
		problem problems.Problem
		method  methods.Method
		descent runner.Descent
		want    string
	}{
		"no problem":                  {nil, good, runner.Descent{}, "the problem is nil"},
		"no method":                   {Bowl{}, nil, runner.Descent{}, "the method is nil"},
		"a problem without variables": {empty{}, good, runner.Descent{}, "the problem has 0 variables; is it built?"},
		"a preset of nothing":         {Bowl{}, &hollow{}, runner.Descent{}, "its Method returns nil"},
		"a nil pointer":               {Bowl{}, (*FixedStep)(nil), runner.Descent{}, "nil pointer"},
		"a start that is too short":   {Bowl{}, good, runner.Descent{Start: []float64{1}}, "Start has length 1; expected 2, the number of variables"},
		"a start that is no number":   {Bowl{}, good, runner.Descent{Start: []float64{1, math.NaN()}}, "the value at the start is not finite"},
		"a value that is no number":   {nowhere{}, good, runner.Descent{}, "the value at the start is not finite"},
		"no learning rate":            {Bowl{}, &FixedStep{}, runner.Descent{}, "has not moved in 1000 iterations, and the gradient norm at the start is 14.1; is its learning rate zero?"},
		"no learning rate, with tags": {Bowl{}, &tagged{}, runner.Descent{}, "method: lr is 0; expected a number > 0"},
		"a descent without parts":     {Bowl{}, &methods.Descent{}, runner.Descent{}, "method: direction is nil; expected a direction"},
		"an unknown constant":         {Bowl{}, &tagged{Rate: expression(t, "1/L")}, runner.Descent{}, "the constant L"},
		"what the problem lacks":      {Bowl{}, &needy{}, runner.Descent{}, "a crystal ball"},
		"an error":                    {Bowl{}, &broken{FixedStep: FixedStep{Rate: 0.1}}, runner.Descent{}, "iteration 3: no third step"},
		"a panic":                     {Bowl{}, &broken{FixedStep: FixedStep{Rate: 0.1}, panics: true}, runner.Descent{}, "panic after 2 iterations: a broken invariant"},
		"a batch of no sum":           {Bowl{}, good, runner.Descent{Batch: 2}, "a sum over samples"},
		"a negative batch":            {Bowl{}, good, runner.Descent{Batch: -1}, "Batch is -1"},
		"a negative budget":           {Bowl{}, good, runner.Descent{Budget: runner.Budget{Iterations: -5}}, "budget: iterations is -5; expected a number ≥ 1"},
		"a target that is none":       {Bowl{}, good, runner.Descent{Targets: []float64{1.5}}, "targets: relative.0 is 1.5; expected a number > 0 and < 1"},
		"a divergence below 1":        {Bowl{}, good, runner.Descent{Stop: runner.Stop{Divergence: 0.5}}, "stop: divergence is 0.5; expected a number > 1"},
		"a duality gap of no set":     {Bowl{}, good, runner.Descent{Stop: runner.Stop{DualityGap: 1e-3}}, "Stop has a duality gap, and the problem no bounded constraint"},
		"a duality gap, absolute":     {Bowl{}, good, runner.Descent{Stop: runner.Stop{DualityGapAbsolute: 1e-3}}, "Stop has a duality gap"},
		"a negative trace":            {Bowl{}, good, runner.Descent{Trace: -1}, "trace: points is -1"},
	} {
		t.Run(name, func(t *testing.T) {
			record, err := runner.Descend(context.Background(), c.problem, c.method, c.descent)
			if err == nil || record != nil || !strings.HasPrefix(err.Error(), "descend: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("record %v, error %v; expected an error with %q", record, err, c.want)
			}
		})
	}
}

// Memory that no machine has is refused where the machine says what it has.
func TestDescendRefusesMoreThanTheMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("how much memory is left is known on Linux only")
	}
	_, err := runner.Descend(context.Background(), vast{}, &FixedStep{Rate: 0.1}, runner.Descent{})
	if err == nil || !strings.Contains(err.Error(), "variables, which need about") {
		t.Errorf("error %v; expected one about the memory", err)
	}
}

func expression(t *testing.T, text string) (l methods.Length) {
	if err := l.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return l
}

// x = (2·0.9ᵏ, 0) has the duality gap x₁² + 2x₁ on the square, at most 0.1 after 36 steps and at most 1 %
// of the 8 at the start after 38.
func TestDescendStopsAtTheDualityGap(t *testing.T) {
	for stop, want := range map[runner.Stop]int{{DualityGapAbsolute: 0.1}: 36, {DualityGap: 0.01}: 38, {DualityGap: 0.01, DualityGapAbsolute: 0.1}: 36} {
		method, err := methods.New("projected-gradient", map[string]any{"step": 0.1})
		if err != nil {
			t.Fatal(err)
		}
		record, err := runner.Descend(context.Background(), fenced{}, method, runner.Descent{Start: []float64{2, 0}, Stop: stop})
		if err != nil || record.Status != results.Converged || record.Iterations != want {
			t.Errorf("%+v: %v, %v; expected %d iterations", stop, record, err, want)
		}
	}
}

func TestDescendNamesWhatIsMissing(t *testing.T) {
	_, err := runner.Descend(context.Background(), Bowl{}, &needy{}, runner.Descent{})
	var missing *problems.Missing
	if !errors.As(err, &missing) || missing.What != "a crystal ball" {
		t.Errorf("%v does not wrap *problems.Missing", err)
	}
}

func TestDescendStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := runner.Descend(ctx, Bowl{}, &FixedStep{Rate: 0.1}, runner.Descent{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended: %v", err)
	}
	ctx, cancel = context.WithCancel(context.Background())
	defer cancel()
	endless := runner.Descent{Budget: runner.Budget{Seconds: 60}, Stop: runner.Stop{Gradient: -1}}
	if _, err := runner.Descend(ctx, Bowl{}, &canceller{FixedStep: FixedStep{Rate: 1e-9}, cancel: cancel}, endless); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that ends during the descent: %v", err)
	}
}

type canceller struct {
	FixedStep
	cancel func()
}

func (m *canceller) Step(at *methods.Iterate) error {
	m.cancel()
	return m.FixedStep.Step(at)
}

// wide is ½‖x‖² in 50 variables.
type wide struct{}

func (wide) Dim() int { return 50 }
func (wide) Evaluate(x, grad []float64) (f float64) {
	for i, v := range x {
		f += v * v / 2
		if grad != nil {
			grad[i] = v
		}
	}
	return f
}

// A descent in code keeps its last point in any dimension, and begins at the origin where
// nothing else is known; there the gradient is zero, which is convergence and no fault.
func TestDescendKeepsTheEnd(t *testing.T) {
	start := make([]float64, 50)
	for i := range start {
		start[i] = 1
	}
	record, err := runner.Descend(context.Background(), wide{}, &FixedStep{Rate: 0.5}, runner.Descent{Start: start, Budget: runner.Budget{Iterations: 3}})
	if err != nil {
		t.Fatal(err)
	}
	if x := *record.Final.X; len(x) != 50 || x[7] != 0.125 || start[7] != 1 {
		t.Errorf("the last point is %v, the start %v", x, start)
	}
	if record.Status != results.Budget || record.Iterations != 3 || record.Trace != nil {
		t.Errorf("%s after %d iterations, trace %v", record.Status, record.Iterations, record.Trace)
	}
	record, err = runner.Descend(context.Background(), wide{}, &FixedStep{Rate: 0.5}, runner.Descent{})
	if err != nil || record.Status != results.Converged || record.Iterations != 0 {
		t.Errorf("from the minimum: %v, %v", record, err)
	}
}

// Expressions get their numbers from the facts of the problem, anew in each descent.
func TestDescendResolvesExpressions(t *testing.T) {
	m := &tagged{Rate: expression(t, "1/L")}
	for _, l := range []float64{10, 20} {
		record, err := runner.Descend(context.Background(), known{l: l}, m, runner.Descent{Budget: runner.Budget{Iterations: 1}})
		if err != nil {
			t.Fatal(err)
		}
		if x := *record.Final.X; x[0] != 10-10/l {
			t.Errorf("L = %g: x₁ = %g", l, x[0])
		}
	}
}

type known struct {
	Bowl
	l float64
}

func (k known) Facts() *problems.Facts {
	f := k.Bowl.Facts()
	f.Constants = map[string]problems.Constant{problems.SmoothnessL: {Value: k.l, Scope: problems.Global}}
	return f
}

// A negative stop is never.
func TestDescendNeverStops(t *testing.T) {
	never := runner.Stop{Gradient: -1, Gap: -1, Divergence: -1}
	record, err := runner.Descend(context.Background(), Bowl{}, &FixedStep{Rate: 1}, runner.Descent{Stop: never, Budget: runner.Budget{Iterations: 100}})
	if err != nil || record.Status != results.Budget || record.Iterations != 100 || record.Final.Gap < 1e100 {
		t.Errorf("%+v, %v", record, err)
	}
	record, err = runner.Descend(context.Background(), Bowl{}, &FixedStep{Rate: 0.1}, runner.Descent{Stop: runner.Stop{Gradient: -1, Gap: 1e-3}})
	if err != nil || record.Status != results.Converged || record.Final.Gap > 55e-3 || record.Final.Gap < 55e-4 {
		t.Errorf("%+v, %v", record, err)
	}
}
