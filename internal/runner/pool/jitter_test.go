package pool_test

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// Barzilai–Borwein on the chained Rosenbrock function is deterministic and not stable;
// gradient descent on a quadratic is both.
func TestJitter(t *testing.T) {
	const text = `suite: t
jitter: 16
budget: {iterations: 5000}
problems: [{name: rosenbrock, dim: 50}, {name: quadratic, dim: 4, condition: 10, start: [1, 2, 3, 4]}]
methods: [barzilai-borwein, {name: fixed-step, lr: 1/L, on: [quadratic]}]
exclude: [{problem: quadratic, method: barzilai-borwein}]
`
	s, err := suite.Read("t.yaml", ".", strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir() + "/run"
	if _, err := pool.Run(t.Context(), s, pool.Options{Folder: folder, Workers: 1}); err != nil {
		t.Fatal(err)
	}
	run, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	for r, err := range run.Records() {
		if err != nil {
			t.Fatal(err)
		}
		low, high := r.Iterations, r.Iterations
		for _, j := range r.Jitter {
			low, high = min(low, j.Iterations), max(high, j.Iterations)
		}
		stable := r.Method.Name == "fixed-step"
		if stable != (high <= low+1) || len(r.Jitter) == 0 {
			t.Errorf("%s: %d to %d iterations in %d outcomes", r.Labels.Method, low, high, len(r.Jitter))
		}
	}
}
