package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/runner"
)

// rated is a method with a learning rate, and between which bounds rates are drawn: in units of 1/L
// where the problem knows L, and as numbers on the others.
type rated struct {
	method                string
	lowInL, highInL       float64 // 0: rates are numbers on all problems
	lowNumber, highNumber float64
}

// smooth has problems with a known L, curved those without.
const (
	smooth = `  - {name: quadratic, dim: 5, condition: 20, rotated: true, label: q5}
  - {name: quadratic, dim: 20, condition: 300, rotated: true, label: q20}
  - {name: logistic, data: {name: classification, samples: 50, features: 4}, l2: 1e-2, label: logistic}
  - {name: least-squares, data: {name: regression, samples: 50, features: 4, noise: 0.5, condition: 30}, l2: 1e-2, label: ridge}
`
	curved = `  - {name: rosenbrock, dim: 2, label: r2}
  - {name: rosenbrock, dim: 10, label: r10}
  - {name: beale, label: beale}
  - {name: dixon-price, dim: 4, label: dixon}
`
)

// pairOfRates runs a method at many rates, drawn evenly in their logarithm, and at 0.999 of each,
// and returns the cells of both, side by side.
func pairOfRates(t *testing.T, m rated, jitter, rates int, rng *rand.Rand) (pairs [][2]*results.Baseline) {
	t.Helper()
	draw := func(low, high float64) float64 { return low * math.Exp(rng.Float64()*math.Log(high/low)) }
	var drawn [][2]float64
	for range rates {
		drawn = append(drawn, [2]float64{draw(math.Max(m.lowInL, 1e-9), math.Max(m.highInL, 1e-9)), draw(m.lowNumber, m.highNumber)})
	}
	run := func(factor float64) *results.Baseline {
		var text strings.Builder
		if jitter > 0 {
			fmt.Fprintf(&text, "jitter: %d\n", jitter)
		}
		fmt.Fprintf(&text, "suite: rates\nseed: 3\nbudget: {iterations: 3000}\nstop: {gradient: 1e-9}\ntargets: {log: [1e-1, 1e-8, 8]}\nproblems:\n%s%smethods:\n", smooth, curved)
		for i, lr := range drawn {
			inL, number := fmt.Sprintf("%.17g/L", factor*lr[0]), fmt.Sprintf("%.17g", factor*lr[1])
			if m.highInL == 0 {
				inL = number
			}
			fmt.Fprintf(&text, "  - {name: %s, lr: %s, label: smooth %d, on: [q5, q20, logistic, ridge]}\n", m.method, inL, i)
			fmt.Fprintf(&text, "  - {name: %s, lr: %s, label: curved %d, on: [r2, r10, beale, dixon]}\n", m.method, number, i)
		}
		folder := t.TempDir()
		file := filepath.Join(folder, "rates.yaml")
		if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := runner.LoadSuite(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := runner.Run(t.Context(), s, runner.Options{Folder: filepath.Join(folder, "run")}); err != nil {
			t.Fatal(err)
		}
		b, err := results.ReadBaseline(filepath.Join(folder, "run"))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	base, new := run(1), run(0.999)
	for i := range base.Summaries {
		pairs = append(pairs, [2]*results.Baseline{alone(base, i), alone(new, i)})
	}
	return pairs
}

// alone is a run of one cell.
func alone(b *results.Baseline, cell int) *results.Baseline {
	one := &results.Baseline{BaselineHeader: b.BaselineHeader, Summaries: b.Summaries[cell : cell+1]}
	one.Cells, one.Grid = 1, 1
	return one
}

// A learning rate that is a thousandth smaller is harmless. Fixed steps never turn a gate red with it,
// with moved starts and without, and with moved starts at most one gate in twenty of another
// method without randomness does: where the gap ripples, the target may be met a ripple later, and steps
// that do not shrink with the gradient may end in another valley.
func TestSoakRateAThousandthSmaller(t *testing.T) {
	methods := []rated{
		{"fixed-step", 1e-2, 1.9, 1e-4, 2e-3}, {"heavy-ball", 1e-2, 1.9, 1e-5, 5e-4}, {"nesterov", 1e-2, 1, 1e-5, 5e-4},
		{"adam", 0, 0, 1e-3, 0.3}, {"amsgrad", 0, 0, 1e-3, 0.3}, {"adamax", 0, 0, 1e-3, 0.3}, {"nadam", 0, 0, 1e-3, 0.3},
		{"rmsprop", 0, 0, 1e-4, 3e-2}, {"adagrad", 0, 0, 1e-2, 1}, {"sign-momentum", 0, 0, 1e-4, 3e-2},
	}
	rates := 16
	if os.Getenv("GDBENCH_SOAK") == "" {
		methods, rates = methods[:1], 2
	}
	others, reds := 0, 0
	for k, m := range methods {
		for _, jitter := range []int{16, 0} {
			fixed := k == 0
			if jitter == 0 && !fixed {
				continue
			}
			pairs := pairOfRates(t, m, jitter, rates, rand.New(rand.NewPCG(23, uint64(k))))
			n := 0
			for _, p := range pairs {
				r, err := Compare(p[0], p[1], Options{})
				if err != nil {
					t.Fatal(err)
				}
				if red(r) {
					n++
					t.Logf("%s, jitter %d: %s", m.method, jitter, r.Headline)
				}
			}
			t.Logf("%s, jitter %d: %d of %d are red", m.method, jitter, n, len(pairs))
			if fixed && n > 0 {
				t.Errorf("%s: %d of %d are red", m.method, n, len(pairs))
			}
			if !fixed {
				others, reds = others+len(pairs), reds+n
			}
		}
	}
	if others == 0 {
		return
	}
	rate := float64(reds) / float64(others)
	t.Logf("other methods: %d of %d are red, %.2f%%, at most %.2f%%", reds, others, 100*rate, 100*upper(rate, others))
	if upper(rate, others) > 0.05 {
		t.Errorf("%.2f%% are red", 100*rate)
	}
}
