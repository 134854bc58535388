package descend

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// rough is f(x) = ½‖x‖² + ¼‖x‖⁴ with what makes descents hard: noise, a region in which f or ∇f is
// no finite number, an infinite slope.
type rough struct {
	N        int     `param:"dim" default:"2" range:"[1,10]" doc:"number of variables"`
	Noise    float64 `param:"noise" default:"0" doc:"size of the noise in f and in each entry of ∇f"`
	Value    string  `param:"value" default:"same" oneof:"same nan rise fall" doc:"f in the region: as elsewhere, NaN, +∞ or −∞"`
	Gradient string  `param:"gradient" default:"same" oneof:"same nan rise fall" doc:"an entry of ∇f in the region"`
	Stops    int     `param:"stops" default:"0" range:"[0,)" doc:"evaluation at which the suite is interrupted; 0: never"`
	Region   string  `param:"region" default:"hole" oneof:"hole beyond start slit" doc:"where that is"`

	asked int
}

// interrupt stops the suite that runs.
var interrupt = func() {}

func init() {
	problems.Register("test-rough", problems.Info{}, func() problems.Problem { return new(rough) })
}

func (p *rough) Dim() int { return p.N }

// inside reports whether x is in the region. All starts have x₁ = 1, and the minimizer is 0.
func (p *rough) inside(x float64) bool {
	switch p.Region {
	case "hole": // around the minimizer
		return math.Abs(x) < 0.25
	case "beyond": // on the other side of the minimizer
		return x < -0.125
	case "start":
		return x == 1
	}
	return math.Abs(x-0.5) < 1e-3 // a slit on the way
}

func (p *rough) Evaluate(x, g []float64) float64 {
	if p.asked++; p.asked == p.Stops {
		interrupt()
	}
	square := 0.0
	for _, v := range x {
		square += float64(v * v)
	}
	f := square/2 + float64(square*square)/4 + p.noise(x, 0)
	for i := range g {
		g[i] = float64(x[i]*(1+square)) + p.noise(x, uint64(i+1))
	}
	if p.inside(x[0]) {
		f = instead(p.Value, f)
		if g != nil {
			g[0] = instead(p.Gradient, g[0])
		}
	}
	return f
}

// Hessian is (1+‖x‖²)I + 2xxᵀ, with noise in each entry, and in the region the first as the gradient's.
func (p *rough) Hessian(x []float64, h *mat.SymDense) {
	square := 0.0
	for _, v := range x {
		square += float64(v * v)
	}
	for i := range x {
		for j := i; j < len(x); j++ {
			h.SetSym(i, j, float64(2*x[i]*x[j])+p.noise(x, uint64(100+10*i+j)))
		}
		h.SetSym(i, i, h.At(i, i)+1+square)
	}
	if p.inside(x[0]) {
		h.SetSym(0, 0, instead(p.Gradient, h.At(0, 0)))
	}
}

// instead is the number of that name.
func instead(name string, otherwise float64) float64 {
	switch name {
	case "nan":
		return math.NaN()
	case "rise":
		return math.Inf(1)
	case "fall":
		return math.Inf(-1)
	}
	return otherwise
}

// noise is a number in [-Noise, Noise) that every bit of x decides.
func (p *rough) noise(x []float64, salt uint64) float64 {
	h := salt + 0x9e3779b97f4a7c15
	for _, v := range x {
		h = (h ^ math.Float64bits(v)) * 0xbf58476d1ce4e5b9
		h ^= h >> 29
	}
	h *= 0x94d049bb133111eb
	return float64(p.Noise * (float64(h>>11)/(1<<52) - 1))
}

// roughs are such problems, noise of each size, functions with an infinite or nearly infinite slope
// at the start, and each region with each kind of number in f, in
// ∇f and in both.
func roughs() []string {
	var all []string
	for _, noise := range []string{"1e-12", "1e-6", "1e-2", "1"} {
		all = append(all, "{name: test-rough, noise: "+noise+", start: [1, -1]}")
	}
	for _, steep := range []struct{ expression, start string }{
		{"-sqrt(x)", "0"}, {"sqrt(x)", "0"}, {"x-sqrt(x)", "0"}, {"-sqrt(abs(x))", "0"}, {"x^2-sqrt(1-x)", "1"}, {"-x^0.25", "0"}, {"-x^0.25", "1e-300"},
		{"sqrt(x)", "1e-320"}, {"x*log(x)", "1e-320"}, {"-sqrt(1-x^2)", "-1"}, {"abs(x)^0.1", "1e-300"}, {"log(x)", "1e-310"},
	} {
		all = append(all, fmt.Sprintf("{name: expression, of: %q, start: [%s]}", steep.expression, steep.start))
	}
	for _, region := range []string{"hole", "beyond", "start", "slit"} {
		for _, value := range []string{"same", "nan", "rise", "fall"} {
			for _, gradient := range []string{"same", "nan", "rise", "fall"} {
				if value == "same" && gradient == "same" {
					continue
				}
				all = append(all, fmt.Sprintf("{name: test-rough, region: %s, value: %s, gradient: %s, start: [1, -1]}", region, value, gradient))
			}
		}
	}
	return all
}

// On noise, and on functions that are not finite in places, every run ends within its budgets, and
// what it says of its end is true of its last point.
func TestRoughRunsEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, and slow under the race detector")
	}
	seen := map[results.Status]int{}
	for _, problem := range roughs() {
		for _, method := range searching() {
			began := time.Now()
			r := runCell(t, "budget: {iterations: 15, evaluations: 3000}", problem, method)
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("%s on %s took %v", method, problem, took)
			}
			if r.Counts.Evaluations > 3000 || r.Iterations > 15 {
				t.Errorf("%s on %s: %d iterations, %d evaluations", method, problem, r.Iterations, r.Counts.Evaluations)
			}
			seen[r.Status]++
			endsTruly(t, method+" on "+problem, r)
		}
	}
	for _, status := range []results.Status{results.Budget, results.Converged, results.Diverged, results.Failed, results.Stalled} {
		if seen[status] < 300 {
			t.Errorf("only %d runs %s", seen[status], status)
		}
	}
}

// endsTruly compares the message of a run with its record.
func endsTruly(t *testing.T, run string, r *results.Record) {
	t.Helper()
	switch {
	case r.Status == results.Skipped:
		return
	case r.Final == nil: // it never began
		if r.Status != results.Failed || !strings.Contains(r.Message, "start is not finite") {
			t.Errorf("%s: %s without an end, %s", run, r.Status, r.Message)
		}
		return
	}
	value, norm := float64(r.Final.Value), float64(r.Final.GradientNorm)
	fine := finite(value) && finite(norm)
	says := strings.Contains(r.Message, "not finite")
	begins := func(text string, when bool) {
		if strings.HasPrefix(r.Message, text) != when {
			t.Errorf("%s: f = %g, ‖∇f‖ = %g: %s", run, value, norm, r.Message)
		}
	}
	switch r.Status {
	case results.Diverged:
		begins("value not finite at iteration", !finite(value))
		begins("gradient not finite at iteration", finite(value) && !finite(norm))
		begins(fmt.Sprintf("value %.3g at iteration %d exceeds", value, r.Iterations), fine)
	case results.Converged, results.Budget:
		if !fine || says {
			t.Errorf("%s: %s with f = %g, ‖∇f‖ = %g: %s", run, r.Status, value, norm, r.Message)
		}
	case results.Stalled:
		if !fine || !strings.HasPrefix(r.Message, "iteration ") || strings.Contains(r.Message, "did not return") || strings.Contains(r.Message, "Inf: not a descent") || strings.Contains(r.Message, "NaN: not a descent") {
			t.Errorf("%s: stalled with f = %g, ‖∇f‖ = %g: %s", run, value, norm, r.Message)
		}
	default:
		t.Errorf("%s: %s, %s", run, r.Status, r.Message)
	}
}

// An interrupt ends every run at its next question, and leaves no record.
func TestRoughRunsStop(t *testing.T) {
	interrupted := 0
	for _, method := range searching() {
		for _, noise := range []string{"0", "1e-2"} {
			w, cell := onlyCell(t, "suite: t\nbudget: {iterations: 1000}\nstop: {gradient: 0}\nproblems: [{name: test-rough, stops: 9, noise: "+noise+", start: [1, -1]}]\nmethods: ["+method+"]\n")
			interrupt = func() { w.stopped.Store(true) }
			r, ok := w.Run(cell)
			asked := w.built[cell.Problem].Problem.(*rough).asked
			switch {
			case ok && r.Counts.Evaluations > 9: // one that has ended by itself is still characterized
				t.Errorf("%s, noise %s: interrupted at evaluation 9 of %d, leaves a record: %s, %s", method, noise, r.Counts.Evaluations, r.Status, r.Message)
			case ok:
			case asked > 10:
				t.Errorf("%s, noise %s: %d evaluations, interrupted at the ninth", method, noise, asked)
			default:
				interrupted++
			}
		}
	}
	interrupt = func() {}
	if interrupted < 100 {
		t.Errorf("only %d runs were interrupted", interrupted)
	}
}
