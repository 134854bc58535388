package suites_test

import (
	"math"
	"path/filepath"
	"testing"

	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/runner"
)

// runPaper runs a suite of suites/papers, and returns its records by their labels.
func runPaper(t *testing.T, name string) map[string]*results.Record {
	t.Helper()
	s, err := runner.LoadSuite(filepath.Join("papers", name+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	run, err := runner.Run(t.Context(), s, runner.Options{Folder: filepath.Join(t.TempDir(), "run")})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*results.Record{}
	for r, err := range run.Records() {
		if err != nil {
			t.Fatal(err)
		}
		kept := *r
		out[r.Labels.Method+" | "+r.Labels.Problem] = &kept
	}
	return out
}

// near reports whether two numbers agree to a relative tolerance.
func near(got, want, tolerance float64) bool { return math.Abs(got-want) <= tolerance*math.Abs(want) }

// Lessard, Recht & Packard 2016, section 4.6: the three points of the cycle.
func TestHeavyBallCycle(t *testing.T) {
	records := runPaper(t, "heavy-ball-cycle")
	const method = "heavy-ball lr=1/9 momentum=0.4444444444444444 | hb-counterexample start=point(x="
	r := records[method+"[3.3])"]
	if r == nil || len(r.Trace.X) != 301 {
		t.Fatalf("no path of 300 steps in %v", records)
	}
	cycle := map[int]float64{}
	for k, x := range []float64{-2208. / 1225, 2592. / 1225, 792. / 1225} {
		cycle[k] = x
	}
	last := r.Trace.X[298:]
	for shift := range 3 {
		found := true
		for k, x := range last {
			found = found && math.Abs(float64(x[0])-cycle[(k+shift)%3]) < 1e-12
		}
		if found {
			cycle = nil
		}
	}
	if cycle != nil {
		t.Errorf("the last points are %v", last)
	}
	if r := records[method+"[3])"]; r == nil || r.Status != results.Converged {
		t.Errorf("from 3: %+v", r)
	}
}

// The same paper, proposition 1: factors by which the distance falls, with κ = 100. Where the two
// eigenvalues of the iteration are equal, the distance falls as kρᵏ.
func TestQuadraticRates(t *testing.T) {
	const κ = 100.
	problem := " | quadratic matrix=[[1, 0], [0, 100]] start=point(x=[1, 1])"
	records := runPaper(t, "quadratic-rates")
	for _, c := range []struct {
		method string
		rate   float64
		double bool
	}{
		{"fixed-step lr=1/L", 1 - 1/κ, false},
		{"fixed-step lr=2/(L+mu)", (κ - 1) / (κ + 1), false},
		{"nesterov lr=1/L schedule=strongly-convex", 1 - 1/math.Sqrt(κ), true},
		{"nesterov lr=4/(3*L+mu) schedule=strongly-convex", 1 - 2/math.Sqrt(3*κ+1), true},
		{"polyak-heavy-ball", (math.Sqrt(κ) - 1) / (math.Sqrt(κ) + 1), true},
	} {
		r := records[c.method+problem]
		if r == nil {
			for label := range records {
				t.Log(label)
			}
			t.Fatalf("no run of %s", c.method)
		}
		distance := r.Trace.Distance
		n := len(distance) - 1
		half := n / 2
		ratio := float64(distance[n]) / float64(distance[half])
		tolerance := 1e-9
		if c.double {
			ratio *= float64(half) / float64(n)
			tolerance = 5e-3
		}
		if rate := math.Pow(ratio, 1/float64(n-half)); !near(rate, c.rate, tolerance) {
			t.Errorf("%s: %v; expected %v", c.method, rate, c.rate)
		}
	}
}

// Drori & Teboulle 2014: LR²/(4N + 2). Kim & Fessler 2016: LR²/(2θ_N²). Taylor, Hendrickx & Glineur
// 2017: (LR²/2)·q/(q − 1 + (1 − q)^(−2N)). All are attained.
func TestWorstGaps(t *testing.T) {
	records := runPaper(t, "worst-gaps")
	theta := func(n int) float64 {
		t := 1.0
		for range n - 1 {
			t = (1 + math.Sqrt(1+4*t*t)) / 2
		}
		return (1 + math.Sqrt(1+8*t*t)) / 2
	}
	for _, c := range []struct {
		label string
		n     int
		gap   float64
	}{
		{"fixed-step lr=1/L | worst after 1", 1, 1. / 6},
		{"fixed-step lr=1/L | worst after 5", 5, 1. / 22},
		{"fixed-step lr=1/L | worst after 20", 20, 1. / 82},
		{"optimized-gradient lr=1/L | worst of OGM after 1", 1, 1. / 8},
		{"optimized-gradient lr=1/L | worst of OGM after 5", 5, 1 / (2 * theta(5) * theta(5))},
		{"optimized-gradient lr=1/L | worst of OGM after 20", 20, 1 / (2 * theta(20) * theta(20))},
		{"fixed-step lr=1/L | worst with mu after 7", 7, 0.1 / (0.1 - 1 + math.Pow(0.9, -14)) / 2},
	} {
		r := records[c.label]
		if r == nil {
			t.Errorf("no run of %s", c.label)
			continue
		}
		if gap := float64(r.Trace.Gap[c.n]); !near(gap, c.gap, 1e-12) {
			t.Errorf("%s: the gap after %d steps is %v; expected %v", c.label, c.n, gap, c.gap)
		}
	}
}

// de Klerk, Glineur & Taylor 2017: each step of the exact line search multiplies the gap by
// ((L − μ)/(L + μ))² = (9/11)².
func TestExactSearch(t *testing.T) {
	r := runPaper(t, "exact-search")["descent direction=gradient step=exact | quadratic matrix=[[1, 0], [0, 10]] start=point(x=[1, 0.1])"]
	if r == nil {
		t.Fatal("no run")
	}
	for k := range 40 {
		if ratio := float64(r.Trace.Gap[k+1] / r.Trace.Gap[k]); !near(ratio, 81./121, 1e-9) {
			t.Errorf("step %d: the gap falls by %v; expected %v", k+1, ratio, 81./121)
		}
	}
}

// Wilson et al. 2017: all methods fit the 60 training samples. The solution of least norm is right on
// the others. Adaptive methods end in w = ¼·sign(Xᵀy), whose margin on a new sample is (y + 2)/4: each
// negative is taken for a positive one, with the loss 25/32, and each positive has 1/32.
func TestAdaptiveMethods(t *testing.T) {
	records := runPaper(t, "adaptive-methods")
	last := func(method, diagnostic string) float64 {
		r := records[method+" | wilson"]
		if r == nil || r.Status != results.Converged || float64(r.Final.Gap) > 1e-17 {
			t.Fatalf("%s: %+v", method, r)
		}
		series := r.Trace.Diagnostics[diagnostic]
		return float64(series[len(series)-1])
	}
	if got := last("fixed-step lr=1/L", "validation accuracy"); got != 1 {
		t.Errorf("gradient descent: accuracy %v on new samples; expected 1", got)
	}
	for _, method := range []string{"adagrad lr=0.1", "adam lr=0.001"} {
		right := last(method, "validation accuracy")
		positive := math.Round(60 * right)
		if loss := last(method, "validation loss"); !near(loss, (positive+25*(60-positive))/(32*60), 1e-6) {
			t.Errorf("%s: loss %v on new samples, %v of which are classified correctly", method, loss, positive)
		}
		if positive < 36 || positive > 48 { // of 84 positives among 120, half were drawn
			t.Errorf("%s: %v of 60 right", method, positive)
		}
		if got := last(method, "accuracy"); got != 1 {
			t.Errorf("%s: accuracy %v on the training samples", method, got)
		}
	}
}
