package presets_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// A preset is the descent that its documentation names, parameters passed on: the same
// points at the same cost.
func TestPresetsAreWhatTheySay(t *testing.T) {
	tested := map[string]bool{}
	for _, c := range []struct{ preset, descent string }{
		{"{name: fixed-step, lr: 1e-3}", "{name: descent, step: 1e-3}"},
		{"steepest", "{name: descent, direction: steepest}"},
		{"{name: steepest, norm: l1, normalized: true, step: 1e-3}", "{name: descent, direction: {name: steepest, norm: l1, normalized: true}, step: 1e-3}"},
		{"{name: newton, indefinite: shift}", "{name: descent, direction: {name: newton, indefinite: shift}, step: 1}"},
		{"{name: damped-newton, alpha: 0.1, beta: 0.3}", "{name: descent, direction: newton, step: {name: backtracking, alpha: 0.1, beta: 0.3}}"},
		{"{name: newton-cg, forcing: 0.1}", "{name: descent, direction: {name: newton-cg, forcing: 0.1}, step: backtracking}"},
		{"gauss-newton", "{name: descent, direction: gauss-newton, step: backtracking}"},
		{"{name: levenberg-marquardt, damping: 0.1}", "{name: descent, direction: {name: levenberg-marquardt, damping: 0.1}, step: backtracking}"},
		{"bfgs", "{name: descent, direction: bfgs, step: {name: strong-wolfe, guess: scaled}}"},
		{"{name: lbfgs, memory: 2}", "{name: descent, direction: {name: lbfgs, memory: 2}, step: {name: strong-wolfe, guess: scaled}}"},
		{"{name: conjugate-gradient, beta: hs}", "{name: descent, direction: {name: conjugate-gradient, beta: hs}, step: {name: strong-wolfe, c2: 0.1, guess: scaled-slope}}"},
		{"{name: barzilai-borwein, variant: short}", "{name: descent, step: {name: barzilai-borwein, variant: short}}"},
		{"{name: polyak, factor: 1.5}", "{name: descent, step: {name: polyak, factor: 1.5}}"},
		{"{name: stochastic-polyak, longest: 0.01}", "{name: descent, step: {name: polyak, factor: 2, longest: 0.01}}"},
		{"{name: stochastic-line-search, alpha: 0.1}", "{name: descent, step: {name: backtracking, alpha: 0.1}}"},
	} {
		t.Run(c.preset, func(t *testing.T) {
			p := &functions.Rosenbrock{N: 4}
			a := methodtest.Begin(t, c.preset, p, []float64{1.1, 1.2, 1.3, 1.4})
			b := methodtest.Begin(t, c.descent, p, []float64{1.1, 1.2, 1.3, 1.4})
			const steps = 3
			if pa, pb := a.Path(t, steps), b.Path(t, steps); !slices.EqualFunc(pa, pb, slices.Equal) {
				t.Errorf("the path is %v, want %v", pa, pb)
			}
			if ca, cb := *a.Oracle.Counts(), *b.Oracle.Counts(); ca != cb {
				t.Errorf("the cost is %+v, want %+v", ca, cb)
			}
			if a.At.Length != b.At.Length || a.At.Trials != b.At.Trials {
				t.Errorf("step length and trials are %g, %d; want %g, %d", a.At.Length, a.At.Trials, b.At.Length, b.At.Trials)
			}
		})
		name, _, _ := strings.Cut(strings.TrimPrefix(c.preset, "{name: "), ",")
		tested[name] = true
	}
	for _, name := range param.Of[methods.Method]().Names() {
		e, err := param.Of[methods.Method]().Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(reflect.TypeOf(e.Prototype()).Elem().PkgPath(), "/presets") && !tested[name] {
			t.Errorf("%s is not tested", name)
		}
	}
}

// The stochastic Polyak step and line search look at the batch alone, and keep it for
// every trial.
func TestStochasticPresets(t *testing.T) {
	p := methodtest.NewLeastSquares(24, 3)
	options := problems.OracleOptions{Batch: 4, Seed: problems.Seed{Suite: 3}}
	for preset, bound := range map[string]float64{"stochastic-polyak": 2, "stochastic-line-search": 1} {
		r, err := methodtest.Start(t, preset, p, []float64{1, -2, 3}, options)
		if err != nil {
			t.Fatal(err)
		}
		twin, err := problems.NewOracle(p, p.Facts(), options)
		if err != nil {
			t.Fatal(err)
		}
		g := make([]float64, 3)
		for k := range 6 {
			batch := twin.NextBatch()
			x := slices.Clone(r.At.X)
			f := p.EvaluateOn(x, g, batch)
			r.Next(t)
			var gg float64
			for i := range g {
				if want := x[i] - float64(r.At.Length*g[i]); r.At.X[i] != want {
					t.Fatalf("%s: step %d is not along the gradient of its batch", preset, k)
				}
				gg += g[i] * g[i]
			}
			after := p.EvaluateOn(r.At.X, nil, batch)
			switch preset {
			case "stochastic-polyak":
				if want := min(bound*f/gg, 1); r.At.Length < want*(1-1e-12) || r.At.Length > want*(1+1e-12) {
					t.Errorf("step %d: t = %g, want %g", k, r.At.Length, want)
				}
			default:
				if after > f-0.3*r.At.Length*gg {
					t.Errorf("step %d: f_B from %g to %g is no sufficient decrease", k, f, after)
				}
			}
		}
	}
}

func TestLaws(t *testing.T) {
	for _, law := range []methodtest.Law{
		{Text: "fixed-step", PerStep: 1},
		{Text: "{name: sgd, lr: 0.1}", PerStep: 1},
		{Text: "{name: sgd, lr: 0.1, momentum: 0.5, dampening: 0.1, weight_decay: 0.01}", PerStep: 1},
		{Text: "stochastic-line-search", PerStep: 1},
		{Text: "steepest", PerStep: 1},
		{Text: "{name: lbfgs, step: backtracking}", PerStep: 1},
		{Text: "{name: bfgs, step: backtracking}", PerStep: 1},
		{Text: "barzilai-borwein", PerStep: 1},
	} {
		t.Run(law.Text, func(t *testing.T) { methodtest.Keep(t, law) })
	}
}
