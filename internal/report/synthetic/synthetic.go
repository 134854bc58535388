package synthetic

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gdbench/gdbench/results"
)

// FallsTo is a course of n points that halves until it rests at a level.
func FallsTo(level float64, n int) []float64 {
	gaps := Halving(0.5, n)
	for k := range gaps {
		gaps[k] = math.Max(gaps[k], level)
	}
	return gaps
}

// grid is a run with everything: rates, batches, repeats, divergence, paths.
func GridOfDrafts() []Draft {
	var drafts []Draft
	targets := []float64{1e-1, 1e-3, 1e-6}
	for _, rate := range []float64{0.01, 0.1, 1, 10} {
		for _, batch := range []int{1, 32} {
			for repeat := range 3 {
				d := Draft{Problem: "bowl", Method: "sgd", Rate: rate, Batch: batch, Repeat: repeat,
					Status: results.Budget, Gaps: Halving(1-0.2*rate/float64(1+repeat), 60), Targets: targets, Path: true}
				if rate == 10 {
					d.Status, d.Gaps = results.Diverged, Halving(50, 8)
				}
				drafts = append(drafts, d)
			}
		}
	}
	return append(drafts, Draft{Problem: "bowl", Method: "newton", Status: results.Converged, Gaps: []float64{1, 1e-4, 0}, Targets: targets, Path: true})
}

var Inf, NaN = math.Inf(1), math.NaN()

// Draft is a run whose gap follows a given course.
type Draft struct {
	Problem, Method string
	Rate            float64 // 0: none
	Batch           int
	Repeat          int
	Status          results.Status
	Gaps            []float64 // at iterations 0, 1, 2, …
	Targets         []float64
	Unknown         bool // f*
	Path            bool

	Evaluations, Hessians int // an iteration; 0 evaluations: 1
	Dim                   int // 0: unknown, of a sum of 100 samples
	Deterministic         bool

	Mend func(*results.Record) // changes the record at last
}

// Reaching is a run of 50 iterations that reaches 0.1 after a evaluations and 0.001 after b; 0:
// it does not.
func Reaching(problem, method string, a, b int) Draft {
	d := Draft{Problem: problem, Method: method, Status: results.Budget, Targets: []float64{0.1, 0.001}}
	for k := 1; k <= 50; k++ {
		gap := 1.
		if a > 0 && k >= a {
			gap = 0.05
		}
		if b > 0 && k >= b {
			gap = 0.0005
		}
		d.Gaps = append(d.Gaps, gap)
	}
	return d
}

// record is the record that such a run leaves: one evaluation an iteration, 10 samples an
// evaluation, a data set of 100.
func (d Draft) record() *results.Record {
	n := len(d.Gaps)
	last := n - 1
	d.Evaluations = max(d.Evaluations, 1)
	number := func(v float64) results.Number { return results.Number(v) }
	value := func(k int) float64 { return 5 + d.Gaps[k] } // f* = 5
	r := &results.Record{
		ID: fmt.Sprint(d.Problem, d.Method, d.Repeat), Definition: "d", Repeat: d.Repeat, Status: d.Status,
		Problem: results.Component{Name: d.Problem}, Method: results.Component{Name: d.Method},
		Labels: results.Labels{Problem: d.Problem, Method: d.Method}, Iterations: last, Samples: 100,
		Minimum: &results.Minimum{Value: 5, Source: "analytic"},
		Counts:  results.Counts{Evaluations: int64(n), Gradients: int64(n), Samples: int64(10 * n)},
	}
	if d.Rate > 0 {
		r.Method.Parameters = append(r.Method.Parameters, results.Parameter{Name: "lr", Value: d.Rate})
		r.Labels.Method += fmt.Sprintf(" lr=%g", d.Rate)
	}
	if d.Batch > 0 {
		r.Method.Parameters = append(r.Method.Parameters, results.Parameter{Name: "batch", Value: int64(d.Batch)})
		r.Labels.Method += fmt.Sprintf(" batch=%d", d.Batch)
	}
	if d.Mend != nil {
		defer d.Mend(r)
	}
	if n == 0 {
		return r
	}
	r.Start = &results.Start{Value: number(value(0)), Gap: number(d.Gaps[0]), GradientNorm: 1, Distance: 1}
	r.Final = &results.Final{Value: number(value(last)), Gap: number(d.Gaps[last]), GradientNorm: 1, Distance: 1}
	if d.Status == results.Converged {
		r.Final.CriticalPoint = "saddle"
	}
	r.Best = &results.Best{Value: number(value(last)), Gap: number(d.Gaps[last])}
	r.Counts.Evaluations, r.Counts.Gradients, r.Counts.Samples = int64(d.Evaluations*last+1), int64(d.Evaluations*last+1), int64(10*(d.Evaluations*last+1))
	r.Counts.Hessians, r.Deterministic = int64(d.Hessians*last), d.Deterministic
	if d.Dim > 0 {
		x := make(results.Series, d.Dim)
		r.Final.X, r.Samples = &x, 0
	}
	t := &results.Trace{}
	for k := range n {
		t.Iteration = append(t.Iteration, int64(k))
		t.Value, t.Gap = append(t.Value, value(k)), append(t.Gap, d.Gaps[k])
		t.GradientNorm = append(t.GradientNorm, math.Sqrt(d.Gaps[k]))
		t.Evaluations, t.Gradients = append(t.Evaluations, int64(k+1)), append(t.Gradients, int64(k+1))
		t.Samples = append(t.Samples, int64(10*(k+1)))
		if d.Path {
			t.X = append(t.X, results.Series{d.Gaps[k], -d.Gaps[k]})
		}
	}
	r.Trace = t
	d.fit(r)
	for _, target := range d.Targets {
		one := results.Target{Target: number(target)}
		for k, gap := range d.Gaps {
			if gap <= target*d.Gaps[0] {
				spent := int64(d.Evaluations*k + 1)
				one.Iteration, one.Evaluations, one.Gradients, one.Samples, one.Hessians = &k, spent, spent, 10*spent, int64(d.Hessians*k)
				break
			}
		}
		r.Targets = append(r.Targets, one)
	}
	if d.Unknown {
		r.Minimum, r.Start.Gap, r.Final.Gap, r.Best.Gap = nil, number(NaN), number(NaN), number(NaN)
		for i := range r.Targets {
			r.Targets[i] = results.Target{Target: r.Targets[i].Target, Message: "f* is unknown"}
		}
		for k := range t.Gap {
			t.Gap[k] = NaN
		}
	}
	return r
}

// Halving is a course that shrinks by a factor each iteration.
func Halving(factor float64, n int) []float64 {
	gaps := []float64{1}
	for k := 1; k < n; k++ {
		gaps = append(gaps, gaps[k-1]*factor)
	}
	return gaps
}

// Write puts a run folder on disk; tail is appended to its records as it is.
func Write(t testing.TB, drafts []Draft, tail string) *results.Run {
	t.Helper()
	folder := t.TempDir()
	manifest := &results.Manifest{Schema: results.Schema, Suite: "synthetic", Cells: len(drafts), Finished: time.Unix(0, 0).UTC()}
	if err := manifest.Write(folder); err != nil {
		t.Fatal(err)
	}
	var lines []byte
	seen := map[string]int{}
	for _, d := range drafts {
		r := d.record()
		if seen[r.ID]++; seen[r.ID] > 1 { // another setting of the method
			r.ID += fmt.Sprint("#", seen[r.ID])
		}
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(append(lines, line...), '\n')
	}
	lines = append(lines, tail...)
	if err := os.WriteFile(filepath.Join(folder, results.RunsFile), lines, 0o644); err != nil {
		t.Fatal(err)
	}
	run, err := results.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return run
}
