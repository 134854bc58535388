package compare

import (
	"math"
	"os"
	"testing"
)

// What the gate must find, and how often: a loss of the whole suite of 10% where the standard
// error of a block's mean over the square root of the number of blocks is at most 0.012, one of
// 20% at 0.024, twice the cost everywhere at every size, one cell of 54 at twice the cost, and
// failures in 40% of the runs instead of 10%. Where the noise is larger than that the gate may
// say that it has too little data, and never that all is well.
func TestSoakFound(t *testing.T) {
	pairs := 25
	if os.Getenv("GDBENCH_SOAK") != "" {
		pairs = 400
	}
	oneCell := func(problem, method int) float64 {
		if problem == 0 && method == 0 {
			return 2
		}
		return 1
	}
	for k, c := range []struct {
		name     string
		world    suiteWorld
		least    float64
		noPasses bool // neither red nor passed: too little data
	}{
		{"10%, precise", suiteWorld{problems: 6, methods: 9, spread: 0.2, correlation: 0.15, factor: uniformly(1.1)}, 0.8, false},
		{"20%, precise enough", suiteWorld{problems: 6, methods: 9, spread: 0.3, correlation: 0.3, factor: uniformly(1.2)}, 0.99, false},
		{"2× everywhere, 7 cells", suiteWorld{problems: 1, methods: 7, spread: 0.3, correlation: 0.5, factor: uniformly(2)}, 0.99, false},
		{"2× everywhere, 54 cells", suiteWorld{problems: 1, methods: 54, spread: 0.3, correlation: 0.5, factor: uniformly(2)}, 0.99, false},
		{"2× everywhere, 200 cells", suiteWorld{problems: 20, methods: 10, spread: 0.3, correlation: 0.5, factor: uniformly(2)}, 0.99, false},
		{"one of 54 at 2×", suiteWorld{problems: 6, methods: 9, spread: 0.3, correlation: 0.3, factor: oneCell}, 0.9, false},
		{"failures", suiteWorld{problems: 7, methods: 1, spread: 0.1, correlation: 0.3, factor: uniformly(1), misses: [2]float64{0.1, 0.4}}, 0.9, false},
		{"too little data", suiteWorld{problems: 1, methods: 1, spread: 4, correlation: 0.5, factor: uniformly(1.2)}, 0.9, true},
	} {
		c.world.repeats = 10
		counts := red
		if c.noPasses {
			counts = func(r *Report) bool { return !pass(r) }
		}
		rate := c.world.rate(t, pairs, uint64(1000+k), !c.noPasses, counts)
		t.Logf("%s: %.1f%%", c.name, 100*rate)
		if slack := 3 * math.Sqrt(c.least*(1-c.least)/float64(pairs)); rate < c.least-slack {
			t.Errorf("%s: %.1f%% are found; expected %.0f%%", c.name, 100*rate, 100*c.least)
		}
	}
}
