package problems_test

import (
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// A start hangs on suite, problem and repeat; random numbers of other purposes do not
// move it.
func TestStartStream(t *testing.T) {
	first := func(s problems.Seed, purpose string) float64 { return s.Rand(purpose).Float64() }
	base := problems.Seed{Suite: 1, Problem: "p", Repeat: 2}
	if first(base, "start") != first(base, "start") {
		t.Error("equal seeds give different streams")
	}
	seen := map[float64]bool{first(base, "start"): true}
	for _, other := range []float64{
		first(problems.Seed{Suite: 2, Problem: "p", Repeat: 2}, "start"),
		first(problems.Seed{Suite: 1, Problem: "q", Repeat: 2}, "start"),
		first(problems.Seed{Suite: 1, Problem: "p", Repeat: 3}, "start"),
		first(base, "batches"), first(base, "noise"), first(base, "method"),
	} {
		if seen[other] {
			t.Error("two streams are the same")
		}
		seen[other] = true
	}
}
