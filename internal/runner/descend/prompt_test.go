package descend

import (
	"fmt"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// hidden is a method that promises nothing.
type hidden struct{ methods.Method }

// runHidden runs the only cell of a suite, whose method promises nothing.
func runHidden(t *testing.T, text string) *results.Record {
	t.Helper()
	w, cell := onlyCell(t, text)
	b := w.built[cell.Problem]
	method, err := w.pair(cell).build(b)
	if err != nil {
		t.Fatal(err)
	}
	behind, err := traits.Behind(method, b.Facts)
	if err != nil {
		t.Fatal(err)
	}
	r := w.pair(cell).begin(w.suite, cell)
	d := &descent{}
	if err := w.prepare(d, cell, b, hidden{behind}); err != nil {
		t.Fatal(err)
	}
	d.checker = w.checker(cell, behind, b)
	if err := w.record(d, cell, b, r); err != nil {
		t.Fatal(err)
	}
	return r
}

// keeper is gradient descent that asks for every other gradient before the step that begins with
// it, and keeps it.
type keeper struct {
	LR methods.Length `param:"lr" default:"1e-3" doc:"learning rate"`

	oracle *methods.Oracle
	k      int
}

func init() {
	methods.Register("test-keeper", methods.Info{}, func() methods.Method { return new(keeper) })
}

func (m *keeper) GradientOnly() any                                { return m }
func (m *keeper) Recurrence() (gamma, beta float64, ok bool)       { return m.LR.Value, 0, true }
func (m *keeper) Init(o *methods.Oracle, _ *methods.Iterate) error { m.oracle = o; return nil }
func (m *keeper) Step(at *methods.Iterate) error {
	m.oracle.GradientAt(&at.Point)
	vec.AddScaled(at.X, at.X, -m.LR.Value, at.Grad)
	at.Length, at.HasF, at.HasGrad = m.LR.Value, false, false
	if m.k++; m.k%2 == 0 {
		at.Grad = slices.Clone(at.Grad)
		at.F, at.HasF, at.HasGrad = m.oracle.Evaluate(at.X, at.Grad), true, true
	}
	return nil
}

// A method that promises to ask for the gradient only keeps its promise: for every one of the
// registry the run is to the bit that of one that promises nothing, and costs the same.
func TestPromisesAreKept(t *testing.T) {
	const keys = "stop: {gradient: 1e-3}\nbudget: {iterations: 60}\ntargets: {relative: [0.5, 1e-2], gradient: [0.5, 1e-2]}\n"
	promised := 0
	for _, problem := range []string{squares, valley} {
		for _, method := range append(methodsOfLaws(), "test-keeper") {
			for _, trace := range []string{"trace: {every: 1}", "trace: {points: 5}", "trace: {points: 0}"} {
				text := "suite: laws\n" + keys + trace + "\nproblems: [" + problem + "]\nmethods: [" + method + "]\n"
				w, cell := onlyCell(t, text)
				r, _ := w.Run(cell)
				if r.Status == results.Skipped || !w.observer.prompt {
					continue
				}
				promised++
				want := runHidden(t, text)
				for _, record := range []*results.Record{r, want} {
					if record.Seconds = 0; record.Trace != nil {
						clear(record.Trace.Seconds)
					}
				}
				a, _ := w.Encode(r)
				got := string(a)
				if b, _ := w.Encode(want); string(b) != got {
					t.Errorf("%s on %s, %s:\n%s, without the promise\n%s", method, problem, trace, got, b)
				}
			}
		}
	}
	if promised < 20 {
		t.Errorf("only %d runs were made with the promise", promised)
	}
}

// embedding is a method that embeds one with a promise which it does not keep itself.
type embedding struct{ methods.Descent }

// A promise is no one else's: not that of a method which embeds the one that gives it.
func TestPromisesAreNotInherited(t *testing.T) {
	for text, want := range map[string]bool{
		"{name: fixed-step, lr: 1e-3}": true, "{name: descent, step: 1e-3}": true, "{name: descent, step: {name: step-decay, t: 1e-3}}": true,
		"{name: descent, step: backtracking}": false, "{name: descent, direction: newton, step: 1}": false,
	} {
		w, cell := onlyCell(t, "suite: s\nbudget: {iterations: 3}\nproblems: ["+valley+"]\nmethods: ["+text+"]\n")
		if w.Run(cell); w.observer.prompt != want {
			t.Errorf("%s: promises to ask for the gradient only: %t", text, w.observer.prompt)
		}
	}
	e := &embedding{methods.Descent{Direction: new(direction.Gradient), Rule: new(step.Fixed)}}
	if !methods.AsksOnlyGradient(&e.Descent) || methods.AsksOnlyGradient(e) {
		t.Error("a method inherits the promise of the one that it embeds")
	}
}

// Where a step ends in the middle, what it has asked elsewhere does not pass for the gradient
// at the last iterate.
func TestGradientAfterAFailedStep(t *testing.T) {
	ended := 0
	for _, method := range []string{"{name: descent, step: strong-wolfe}", "{name: descent, step: wolfe}", "lbfgs", "trust-region", "{name: test-liar, how: stalled}", "{name: test-liar, how: stalled, promises: true}"} {
		for budget := range 30 {
			keys := fmt.Sprintf("budget: {iterations: 40, evaluations: %d}\nstop: {gradient: 0}\ntrace: {points: 3}", budget+2)
			w, cell := onlyCell(t, "suite: s\n"+keys+"\nproblems: ["+valley+"]\nmethods: ["+method+"]\n")
			r, _ := w.Run(cell)
			if w.observer.spoiled {
				ended++
			}
			at := &methods.Iterate{Point: methods.Point{X: *r.Final.X}}
			want := make([]float64, len(at.X))
			w.observer.problem.Evaluate(at.X, want)
			if got := w.observer.completed(at).Grad; !slices.Equal(got, want) {
				t.Errorf("%s, %d evaluations: ∇f at the end is %v, want %v (norm %g, recorded %g)", method, budget+2, got, want, vec.Norm(want), r.Final.GradientNorm)
			}
		}
	}
	if ended < 20 {
		t.Errorf("only %d runs ended in the middle of a step", ended)
	}
}
