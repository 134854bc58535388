package presets_test

import (
	"encoding/json"
	"fmt"
	"testing"

	_ "github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/methods/pascal"
	_ "github.com/gdbench/gdbench/internal/methods/presets"
	_ "github.com/gdbench/gdbench/internal/methods/step"
	_ "github.com/gdbench/gdbench/internal/methods/stochastic"
)

func TestTrajectories(t *testing.T) {
	gd, hb, nag := pascal.Parameter("gd"), pascal.Parameter("hb"), pascal.Parameter("nag")
	for _, c := range []struct {
		reference, method string
		tolerance         float64
	}{
		{"gd_fixed", fmt.Sprintf("{name: fixed-step, lr: %g}", gd), 1e-12},
		{"gd_fixed", fmt.Sprintf("{name: descent, step: %g}", gd), 1e-12},
		{"gd_fixed", fmt.Sprintf("{name: sgd, lr: %g}", gd), 1e-12},
		{"gd_exact", "{name: descent, step: exact}", 1e-10},
		{"gd_armijo", "{name: descent, step: backtracking}", 1e-10},
		{"gd_armijo", "{name: steepest, norm: l2}", 1e-10},
		{"newton", "newton", 1e-12},
		{"newton", "damped-newton", 1e-10},
		{"newton", "{name: newton, indefinite: modified}", 1e-12},
		{"newton", "{name: newton, indefinite: shift}", 1e-12},
		{"newton", "{name: newton, indefinite: saddle-free}", 1e-12},
		{"sgd_momentum", fmt.Sprintf("{name: sgd, lr: %g, momentum: 0.9}", hb), 1e-12},
		{"sgd_nesterov", fmt.Sprintf("{name: sgd, lr: %g, momentum: 0.9, nesterov: true}", nag), 1e-12},
	} {
		t.Run(c.method, func(t *testing.T) {
			want, err := pascal.Of(c.reference)
			if err != nil {
				t.Fatal(err)
			}
			r := methodtest.Begin(t, c.method, pascal.Quadratic{}, pascal.Start())
			for k := 1; k < len(want.X); k++ {
				if err := r.Step(r.At); err != nil {
					if c.method == "damped-newton" && want.GradientNorm[k] == 0 {
						return // the line search rightly stalls at the minimizer
					}
					t.Fatalf("step %d: %v", k, err)
				}
				if far := want.Distance(k, r.At.X); !(far <= c.tolerance) {
					t.Fatalf("step %d: x = %v, reference %v: %.2g apart", k, r.At.X, want.X[k], far)
				}
			}
			if got := r.Oracle.Counts().Gradients; got != int64(len(want.X)-1) {
				t.Errorf("%d steps cost %d gradients, want as many as steps", len(want.X)-1, got)
			}
		})
	}
}

// The accepted steps and the number of trials are those of the reference, not only the
// points.
func TestBacktrackingTrials(t *testing.T) {
	want, err := pascal.Of("gd_armijo")
	if err != nil {
		t.Fatal(err)
	}
	var extra [][2]float64
	if err := json.Unmarshal(want.Extra, &extra); err != nil {
		t.Fatal(err)
	}
	r := methodtest.Begin(t, "{name: descent, step: backtracking}", pascal.Quadratic{}, pascal.Start())
	at := r.At
	trials := 0
	for k, e := range extra {
		if err := r.Step(r.At); err != nil {
			t.Fatal(err)
		}
		if at.Length != e[0] || at.Trials != int(e[1]) {
			t.Fatalf("step %d: t = %g after %d trials, want %g after %g", k, at.Length, at.Trials, e[0], e[1])
		}
		trials += at.Trials
	}
	if got := r.Oracle.Counts().Values; got != int64(trials)+1 {
		t.Errorf("%d values counted, want %d trials and f(x0)", got, trials)
	}
}
