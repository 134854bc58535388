package methods_test

import (
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/problems"
)

// halfSilent is the mean of x²/2 and 0: on the second sample there is nothing to do.
type halfSilent struct{}

var _ problems.FiniteSum = halfSilent{}

func (halfSilent) Dim() int     { return 1 }
func (halfSilent) Samples() int { return 2 }
func (p halfSilent) Evaluate(x, grad []float64) float64 {
	return p.EvaluateOn(x, grad, []int32{0, 1})
}

func (halfSilent) EvaluateOn(x, grad []float64, batch []int32) float64 {
	f, slope := 0.0, 0.0
	for _, i := range batch {
		if i == 0 {
			f, slope = f+x[0]*x[0]/2, slope+x[0]
		}
	}
	n := float64(len(batch))
	if grad != nil {
		grad[0] = slope / n
	}
	return f / n
}

// A batch whose gradient vanishes is no end: the next may have more to say.
func TestSilentBatch(t *testing.T) {
	for _, method := range []string{"{name: stochastic-polyak, factor: 1}", "stochastic-line-search", "{name: descent, step: wolfe}"} {
		r, err := methodtest.Start(t, method, halfSilent{}, []float64{1}, problems.OracleOptions{Batch: 1, Replacement: true, Seed: problems.Seed{Suite: 2}})
		if err != nil {
			t.Fatal(err)
		}
		still := 0
		for range 8 {
			if err := r.Step(r.At); err != nil {
				t.Errorf("%s: %v", method, err)
				break
			}
			if r.At.Length == 0 {
				still++
			}
		}
		if still == 0 || still == 8 || !(r.At.X[0] < 0.6) {
			t.Errorf("%s: %d of 8 batches were silent, x = %g", method, still, r.At.X[0])
		}
	}
}

// A schedule follows the iterations, silent ones too.
func TestSilentBatchOnSchedule(t *testing.T) {
	r, err := methodtest.Start(t, "{name: descent, step: {name: diminishing, c: 0.5, p: 1}}", halfSilent{}, []float64{1},
		problems.OracleOptions{Batch: 1, Replacement: true, Seed: problems.Seed{Suite: 2}})
	if err != nil {
		t.Fatal(err)
	}
	silent := 0
	for k := range 8 {
		if err := r.Step(r.At); err != nil {
			t.Fatal(err)
		}
		if r.At.Length == 0 {
			silent++
		} else if want := 0.5 / float64(k+1); r.At.Length != want {
			t.Errorf("iteration %d goes %g, want %g", k, r.At.Length, want)
		}
	}
	if silent == 0 || silent > 6 {
		t.Errorf("%d of 8 batches were silent; the test wants some of either", silent)
	}
}
