// The race detector allocates too.

//go:build !race

package descend

import "testing"

// A run allocates a few small things whatever its length: the method, the oracle, the
// record. Iterations, trace points, theorems and the writing of the line use memory of the
// runs before.
func TestAllocationsOfARun(t *testing.T) {
	const limit = 26
	for _, c := range []struct{ name, problem, method string }{
		{"fixed step", "rosenbrock", "{name: fixed-step, lr: 1e-4}"},
		{"composed", "rosenbrock", "{name: descent, direction: gradient, step: {name: fixed, t: 1e-4}}"},
		{"adam", "rosenbrock", "adam"},
		{"heavy ball", "{name: rosenbrock, dim: 100}", "{name: heavy-ball, lr: 1e-5, momentum: 0.9}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			allocations := func(iterations int) float64 {
				w, cell := newBench(t, c.problem, c.method, 100, iterations)
				return testing.AllocsPerRun(20, func() {
					r, ok := w.Run(cell)
					if !ok || r.Iterations != iterations {
						t.Fatalf("%d iterations of %d: %s", r.Iterations, iterations, r.Message)
					}
					if _, err := w.Encode(r); err != nil {
						t.Fatal(err)
					}
				})
			}
			short, long := allocations(100), allocations(10_000)
			if long > limit || long > short+2*4 { // two for each target that is met
				t.Errorf("%v allocations for 100 iterations, %v for 10,000; expected at most %d", short, long, limit)
			}
		})
	}
}
