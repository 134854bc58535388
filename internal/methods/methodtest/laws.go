package methodtest

import (
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Law is what tests demand of a method in addition to its formula.
type Law struct {
	Text string // as in a suite

	// Gradients that N ≥ 1 steps cost with Init, as steps·PerStep + Once, and those of Init
	// alone; −1 for PerStep where it depends.
	PerStep, Once, AtInit int64

	Allocates bool // its algebra is large and dense
	Unbatched bool // it refuses batches
}

// horizon is the iteration budget of runs that keep laws.
const horizon = 100

// Keep checks a method on a small sum of squares: the same run twice is the same to the
// last bit, a step costs what is said and allocates nothing, what is claimed to be known
// at X is right, and with batches nothing is claimed.
func Keep(t *testing.T, law Law) {
	p := NewLeastSquares(12, 4)
	x0 := []float64{1, -2, 0.5, 3}
	seed := problems.Seed{Suite: 7, Problem: "least squares"}
	t.Run("again", func(t *testing.T) {
		path := func(options problems.OracleOptions) [][]float64 {
			return begin(t, law, p, x0, options).Path(t, 4)
		}
		options := problems.OracleOptions{Seed: seed, Horizon: horizon}
		if !slices.EqualFunc(path(options), path(options), slices.Equal) {
			t.Error("two runs differ")
		}
	})
	t.Run("claims", func(t *testing.T) { claims(t, p, law, x0, seed) })
	t.Run("allocations", func(t *testing.T) { allocations(t, p, law, x0, problems.OracleOptions{Seed: seed, Horizon: horizon}) })
	if !law.Unbatched {
		t.Run("batched", func(t *testing.T) {
			options := problems.OracleOptions{Seed: seed, Batch: 3, Horizon: horizon}
			batched(t, p, law, x0, options)
			allocations(t, p, law, x0, options)
		})
	}
}

func begin(t *testing.T, law Law, p problems.Problem, x0 []float64, options problems.OracleOptions) *Run {
	run, err := Start(t, law.Text, p, x0, options)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// claims checks Point against the problem after every step, and the count of gradients.
func claims(t *testing.T, p problems.Problem, law Law, x0 []float64, seed problems.Seed) {
	run := begin(t, law, p, x0, problems.OracleOptions{Seed: seed, Horizon: horizon})
	if got := run.Oracle.Counts().Gradients; law.PerStep >= 0 && got != law.AtInit {
		t.Errorf("Init cost %d gradients; expected %d", got, law.AtInit)
	}
	const steps = 4
	g, before := make([]float64, len(x0)), make([]float64, len(x0))
	for range steps {
		copy(before, run.At.X)
		values := run.Oracle.Counts().Values
		p.Evaluate(before, g)
		run.Next(t)
		var slope float64
		for i, v := range g {
			slope += v * (run.At.X[i] - before[i])
		}
		if s := run.At.Slope; !math.IsNaN(s) && !near(s, slope) {
			t.Errorf("Slope = %g; expected %g", s, slope)
		}
		if run.At.Trials != 0 && run.Oracle.Counts().Values == values {
			t.Errorf("Trials = %d, and no value was asked for", run.At.Trials)
		}
		f := p.Evaluate(run.At.X, g)
		if run.At.HasF && !near(run.At.F, f) {
			t.Errorf("F = %g; expected %g", run.At.F, f)
		}
		for i := range g {
			if run.At.HasGrad && !near(run.At.Grad[i], g[i]) {
				t.Errorf("Grad[%d] = %g; expected %g", i, run.At.Grad[i], g[i])
			}
		}
	}
	if slices.Equal(run.At.X, x0) {
		t.Error("did not move")
	}
	if got := run.Oracle.Counts().Gradients; law.PerStep >= 0 && got != steps*law.PerStep+law.Once {
		t.Errorf("%d steps cost %d gradients; expected %d", steps, got, steps*law.PerStep+law.Once)
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*max(1, math.Abs(b)) }

// batched checks that batches are drawn, one a step, and that the method claims nothing.
func batched(t *testing.T, p problems.Problem, law Law, x0 []float64, options problems.OracleOptions) {
	run := begin(t, law, p, x0, options)
	other, err := problems.NewOracle(p, problems.FactsOf(p), options)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		run.Next(t)
		other.NextBatch()
		if run.At.HasF || run.At.HasGrad {
			t.Fatal("claims to know the full objective from a batch")
		}
	}
	if slices.Equal(run.At.X, x0) {
		t.Error("did not move")
	}
	if !slices.Equal(run.Oracle.NextBatch(), other.NextBatch()) {
		t.Error("5 steps did not draw 5 batches")
	}
}

func allocations(t *testing.T, p problems.Problem, law Law, x0 []float64, options problems.OracleOptions) {
	if law.Allocates {
		return
	}
	run := begin(t, law, p, x0, options)
	run.Path(t, 3)
	if n := testing.AllocsPerRun(10, func() {
		if err := run.Step(run.At); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("a step allocates %g times", n)
	}
}

// Catalogue checks that the laws name every method that a package registers, and that
// each says what it is. Others are the names that come from elsewhere.
func Catalogue(t *testing.T, named []string, others ...string) {
	for _, name := range param.Of[methods.Method]().Names() {
		entry, err := param.Of[methods.Method]().Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		if slices.Contains(others, name) {
			continue
		}
		if !slices.Contains(named, name) {
			t.Errorf("%s is registered, but no law names it", name)
		}
		if entry.Summary == "" || entry.Formula == "" || entry.Source == "" {
			t.Errorf("%s lacks a summary, a formula or a source", name)
		}
		for _, f := range entry.Fields() {
			if f.Doc == "" {
				t.Errorf("%s: the parameter %s is not explained", name, f.Name)
			}
		}
	}
}

// Defaults holds the registered defaults against a table of their sources, written by
// hand: parameter by parameter, none left out.
func Defaults(t *testing.T, table map[string]map[string]string) {
	t.Helper()
	for name, want := range table {
		entry, err := param.Of[methods.Method]().Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(entry.Fields()) != len(want) {
			t.Errorf("%s has %d parameters; expected %d", name, len(entry.Fields()), len(want))
		}
		for _, f := range entry.Fields() {
			if f.Default != want[f.Name] {
				t.Errorf("%s: the default of %s is %q; expected %q", name, f.Name, f.Default, want[f.Name])
			}
		}
	}
}
