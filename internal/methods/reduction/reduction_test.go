package reduction

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

const samples = 7

var seed = problems.Seed{Suite: 3, Problem: "least squares"}

func begin(t *testing.T, text string, options problems.OracleOptions) (*methodtest.Run, *methodtest.LeastSquares) {
	t.Helper()
	p := methodtest.NewLeastSquares(samples, 3)
	options.Seed = seed
	run, err := methodtest.Start(t, text, p, []float64{1, -1, 2}, options)
	if err != nil {
		t.Fatal(err)
	}
	return run, p
}

func TestLaws(t *testing.T) {
	methodtest.Catalogue(t, []string{"svrg", "sag", "saga", "sarah", "page", "l-svrg", "katyusha"}, "descent")
	for _, law := range []methodtest.Law{
		{Text: "{name: svrg, inner: 2}", PerStep: -1},
		{Text: "{name: svrg, inner: 3, snapshot: random}", PerStep: -1},
		{Text: "l-svrg", PerStep: -1},
		{Text: "katyusha", PerStep: -1},
		{Text: "page", PerStep: -1},
		{Text: "{name: sarah, inner: 3}", PerStep: -1},
		{Text: "{name: sarah, inner: 2, next: random}", PerStep: -1},
		{Text: "sag", PerStep: 1, Once: 11, AtInit: 12},
		{Text: "saga", PerStep: 1, Once: 11, AtInit: 12},
	} {
		t.Run(law.Text, func(t *testing.T) {
			methodtest.Keep(t, law)
			if !methodtest.Build(t, law.Text, methodtest.NewLeastSquares(2, 1)).(problems.Random).Random() {
				t.Error("does not say that it is random")
			}
		})
	}
	methodtest.Defaults(t, map[string]map[string]string{
		"svrg": {"lr": "0.1/Lmax", "inner": "0", "snapshot": "last"},
		"sag":  {"lr": "1/(16*Lmax)"},

		"l-svrg":   {"lr": "1/(6*Lmax)", "p": "0"},
		"katyusha": {"L": "Lmax", "mu": "mu", "p": "0"},
		"sarah":    {"lr": "1/(2*Lmax)", "inner": "0", "next": "last"},
		"page":     {"lr": "1/(2*Lmax)", "p": "0"},
		"saga":     {"lr": "1/(3*Lmax)"},
	})
}

// unbiased checks that the mean of the estimates over every sample is ∇f(x), and that the
// single ones are not.
func unbiased(t *testing.T, p *methodtest.LeastSquares, x []float64, estimate func(i int32) []float64) {
	t.Helper()
	mean, full := make([]float64, len(x)), make([]float64, len(x))
	p.Evaluate(x, full)
	var spread float64
	for i := range int32(samples) {
		g := estimate(i)
		vec.AddScaled(mean, mean, 1./samples, g)
		for j := range g {
			spread = max(spread, math.Abs(g[j]-full[j]))
		}
	}
	for j := range mean {
		if math.Abs(mean[j]-full[j]) > 1e-14 {
			t.Errorf("the mean estimate is %v; ∇f is %v", mean, full)
		}
	}
	if spread < 1e-6 {
		t.Error("every single estimate is ∇f: no test")
	}
}

func TestSVRGIsUnbiased(t *testing.T) {
	run, p := begin(t, "{name: svrg, inner: 20}", problems.OracleOptions{})
	run.Path(t, 5)
	m := run.Method.(*SVRG)
	x := slices.Clone(run.At.X)
	unbiased(t, p, x, func(i int32) []float64 {
		if err := m.estimate(x, []int32{i}); err != nil {
			t.Fatal(err)
		}
		return m.g
	})
}

func TestSAGAIsUnbiased(t *testing.T) {
	run, p := begin(t, "saga", problems.OracleOptions{})
	run.Path(t, 9)
	m := run.Method.(*SAGA)
	x := slices.Clone(run.At.X)
	unbiased(t, p, x, func(i int32) []float64 {
		if err := m.look(x, []int32{i}); err != nil {
			t.Fatal(err)
		}
		m.estimate([]int32{i})
		return m.g
	})
}

// The table is rebuilt here from the path and the samples that were drawn: row i is the
// gradient of sample i where it was last looked at. SAG follows the mean of the table with
// the new row in it, SAGA the new row without the old, plus the mean of the old table.
func TestTables(t *testing.T) {
	for _, c := range []struct {
		text      string
		rate      float64
		batch     int
		predicted func(old, now, mean, renewed float64) float64
	}{
		{"{name: sag, lr: 0.01}", 0.01, 0, func(_, _, _, renewed float64) float64 { return renewed }},
		{"{name: saga, lr: 0.02}", 0.02, 0, func(old, now, mean, _ float64) float64 { return now - old + mean }},
		{"{name: sag, lr: 0.01}", 0.01, 3, func(_, _, _, renewed float64) float64 { return renewed }},
		{"{name: saga, lr: 0.02}", 0.02, 3, func(old, now, mean, _ float64) float64 { return now - old + mean }},
	} {
		options := problems.OracleOptions{Batch: c.batch, Replacement: true, Seed: seed}
		run, p := begin(t, c.text, options)
		if got := run.Oracle.Counts().Samples; got != samples {
			t.Errorf("%s: the table cost %d samples; expected %d", c.text, got, samples)
		}
		twin, err := problems.NewOracle(p, p.Facts(), options)
		if err != nil {
			t.Fatal(err)
		}
		twins := draw{oracle: twin, one: make([]int32, 1)}
		x := slices.Clone(run.At.X)
		at := slices.Repeat([][]float64{slices.Clone(x)}, samples) // where each sample was last looked at
		row := func(i int32, x []float64) []float64 {
			g := make([]float64, 3)
			p.EvaluateOn(x, g, []int32{i})
			return g
		}
		mean := func() []float64 {
			sum := make([]float64, 3)
			for i := range int32(samples) {
				vec.AddScaled(sum, sum, 1./samples, row(i, at[i]))
			}
			return sum
		}
		for k := range 25 {
			batch := twins.next()
			before := mean()
			old, now := make([]float64, 3), make([]float64, 3)
			for _, i := range batch {
				vec.AddScaled(old, old, 1/float64(len(batch)), row(i, at[i]))
				vec.AddScaled(now, now, 1/float64(len(batch)), row(i, x))
			}
			for _, i := range batch {
				at[i] = slices.Clone(x)
			}
			after := mean()
			run.Next(t)
			for j := range x {
				x[j] -= c.rate * c.predicted(old[j], now[j], before[j], after[j])
				if math.Abs(run.At.X[j]-x[j]) > 1e-13 {
					t.Fatalf("%s, batch %d: x[%d] after %d steps is %g; expected %g", c.text, c.batch, j, k+1, run.At.X[j], x[j])
				}
			}
		}
	}
}

// A round costs the full gradient and two samples a step, none in the first since x is the
// snapshot, and ends where it says.
func TestSVRGRounds(t *testing.T) {
	run, p := begin(t, "{name: svrg, inner: 4}", problems.OracleOptions{})
	path := run.Path(t, 9)
	if got, want := run.Oracle.Counts().Samples, int64(3*samples+(9-3)*2); got != want {
		t.Errorf("9 steps in rounds of 4 cost %d samples; expected %d", got, want)
	}
	g := make([]float64, 3)
	p.Evaluate(path[8], g) // at a snapshot the estimate is ∇f
	for j := range g {
		rate := 0.1 / p.Facts().Constants[problems.LargestL].Value
		if want := path[8][j] - rate*g[j]; math.Abs(path[9][j]-want) > 1e-14 {
			t.Errorf("the first step of a round leads to %g; expected %g", path[9][j], want)
		}
	}
	run, _ = begin(t, "svrg", problems.OracleOptions{})
	run.Path(t, 2*samples+1)
	if got, want := run.Oracle.Counts().Samples, int64(2*samples+(2*samples+1-2)*2); got != want {
		t.Errorf("%d steps by default cost %d samples; expected %d", 2*samples+1, got, want)
	}
}

// With snapshot: random the last step of a round ends at one of the points of the round
// before its last step, each of them now and then.
func TestSVRGRandomSnapshot(t *testing.T) {
	run, _ := begin(t, "{name: svrg, inner: 3, snapshot: random}", problems.OracleOptions{})
	var chosen [3]int
	for range 60 {
		path := run.Path(t, 3)
		at := slices.IndexFunc(path[:3], func(x []float64) bool { return slices.Equal(x, path[3]) })
		if at < 0 {
			t.Fatalf("the round %v ends at none of its points", path)
		}
		chosen[at]++
	}
	for i, n := range chosen {
		if n < 8 { // 60 draws of probability 1/3: mean 20, standard deviation 3.7
			t.Errorf("point %d was chosen %d times in 60", i, n)
		}
	}
}

func TestConvergence(t *testing.T) {
	for _, text := range []string{"svrg", "{name: svrg, snapshot: random}", "sag", "saga"} {
		run, p := begin(t, text, problems.OracleOptions{})
		g := make([]float64, 3)
		p.Evaluate(run.At.X, g)
		before := vec.Norm(g)
		run.Path(t, 6000)
		p.Evaluate(run.At.X, g)
		if after := vec.Norm(g); after > 1e-4*before {
			t.Errorf("%s: the gradient norm went from %g to %g in 6000 steps", text, before, after)
		}
	}
}

// huge is a sum whose table of gradients would not fit.
type huge struct{ *methodtest.LeastSquares }

func (huge) Samples() int { return 34_000_000 }

func TestTableTooLarge(t *testing.T) {
	p := huge{methodtest.NewLeastSquares(2, 3)}
	_, err := methodtest.Start(t, "{name: saga, lr: 1}", p, []float64{0, 0, 0}, problems.OracleOptions{})
	var missing *problems.Missing
	if !errors.As(err, &missing) || !strings.Contains(err.Error(), "svrg keeps one gradient instead") {
		t.Errorf("a table of 10⁸ numbers: the error is %v; expected one that names svrg", err)
	}
}

func TestNeedsASum(t *testing.T) {
	for _, text := range []string{"{name: svrg, lr: 1}", "{name: sag, lr: 1}", "{name: saga, lr: 1}"} {
		_, err := methodtest.Start(t, text, methodtest.Diagonal(1), []float64{1}, problems.OracleOptions{})
		var missing *problems.Missing
		if !errors.As(err, &missing) {
			t.Errorf("%s: the error is %v; expected what is missing", text, err)
		}
	}
}
