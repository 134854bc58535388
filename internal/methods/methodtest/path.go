package methodtest

import (
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/pascal"
	"github.com/gdbench/gdbench/problems"
)

// Path takes n steps that must not fail and returns the iterates x₀ … xₙ.
func (r *Run) Path(t testing.TB, n int) [][]float64 {
	t.Helper()
	path := [][]float64{slices.Clone(r.At.X)}
	for range n {
		r.Next(t)
		path = append(path, slices.Clone(r.At.X))
	}
	return path
}

// Follow runs a method on the Pascal quadratic and compares every iterate with the
// reference trajectory of that name, to 1e-12.
func Follow(t *testing.T, reference, text string) {
	t.Helper()
	want, err := pascal.Of(reference)
	if err != nil {
		t.Fatal(err)
	}
	run, err := Start(t, text, pascal.Quadratic{}, pascal.Start(), problems.OracleOptions{Horizon: len(want.X) - 1})
	if err != nil {
		t.Fatal(err)
	}
	for k := 1; k < len(want.X); k++ {
		run.Next(t)
		if far := want.Distance(k, run.At.X); !(far <= 1e-12) {
			t.Fatalf("step %d: x = %v, reference %v: %.2g apart", k, run.At.X, want.X[k], far)
		}
	}
}

// FollowRecent is Follow for each of the recent trajectories (pascal/recent.py), which go by their
// texts, of some components.
func FollowRecent(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		texts := pascal.Recent(name)
		if len(texts) == 0 {
			t.Errorf("there is no trajectory of %s", name)
		}
		for _, text := range texts {
			t.Run(text, func(t *testing.T) { Follow(t, text, text) })
		}
	}
}
