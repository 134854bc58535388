package report

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

var inf, nan = math.Inf(1), math.NaN()

// draft is a run whose gap follows a given course.
type draft struct {
	problem, method string
	rate            float64 // 0: none
	batch           int
	repeat          int
	status          results.Status
	gaps            []float64 // at iterations 0, 1, 2, …
	targets         []float64
	unknown         bool // f*
	path            bool

	evaluations, hessians int // an iteration; 0 evaluations: 1
	dim                   int // 0: unknown, of a sum of 100 samples
	deterministic         bool

	mend func(*results.Record) // changes the record at last
}

// record is the record that such a run leaves: one evaluation an iteration, 10 samples an
// evaluation, a data set of 100.
func (d draft) record() *results.Record {
	n := len(d.gaps)
	last := n - 1
	d.evaluations = max(d.evaluations, 1)
	number := func(v float64) results.Number { return results.Number(v) }
	value := func(k int) float64 { return 5 + d.gaps[k] } // f* = 5
	r := &results.Record{
		ID: fmt.Sprint(d.problem, d.method, d.repeat), Definition: "d", Repeat: d.repeat, Status: d.status,
		Problem: results.Component{Name: d.problem}, Method: results.Component{Name: d.method},
		Labels: results.Labels{Problem: d.problem, Method: d.method}, Iterations: last, Samples: 100,
		Minimum: &results.Minimum{Value: 5, Source: "analytic"},
		Counts:  results.Counts{Evaluations: int64(n), Gradients: int64(n), Samples: int64(10 * n)},
	}
	if d.rate > 0 {
		r.Method.Parameters = append(r.Method.Parameters, results.Parameter{Name: "lr", Value: d.rate})
		r.Labels.Method += fmt.Sprintf(" lr=%g", d.rate)
	}
	if d.batch > 0 {
		r.Method.Parameters = append(r.Method.Parameters, results.Parameter{Name: "batch", Value: int64(d.batch)})
		r.Labels.Method += fmt.Sprintf(" batch=%d", d.batch)
	}
	if d.mend != nil {
		defer d.mend(r)
	}
	if n == 0 {
		return r
	}
	r.Start = &results.Start{Value: number(value(0)), Gap: number(d.gaps[0]), GradientNorm: 1, Distance: 1}
	r.Final = &results.Final{Value: number(value(last)), Gap: number(d.gaps[last]), GradientNorm: 1, Distance: 1}
	if d.status == results.Converged {
		r.Final.CriticalPoint = "saddle"
	}
	r.Best = &results.Best{Value: number(value(last)), Gap: number(d.gaps[last])}
	r.Counts.Evaluations, r.Counts.Gradients, r.Counts.Samples = int64(d.evaluations*last+1), int64(d.evaluations*last+1), int64(10*(d.evaluations*last+1))
	r.Counts.Hessians, r.Deterministic = int64(d.hessians*last), d.deterministic
	if d.dim > 0 {
		x := make(results.Series, d.dim)
		r.Final.X, r.Samples = &x, 0
	}
	t := &results.Trace{}
	for k := range n {
		t.Iteration = append(t.Iteration, int64(k))
		t.Value, t.Gap = append(t.Value, value(k)), append(t.Gap, d.gaps[k])
		t.GradientNorm = append(t.GradientNorm, math.Sqrt(d.gaps[k]))
		t.Evaluations, t.Gradients = append(t.Evaluations, int64(k+1)), append(t.Gradients, int64(k+1))
		t.Samples = append(t.Samples, int64(10*(k+1)))
		if d.path {
			t.X = append(t.X, results.Series{d.gaps[k], -d.gaps[k]})
		}
	}
	r.Trace = t
	for _, target := range d.targets {
		one := results.Target{Target: number(target)}
		for k, gap := range d.gaps {
			if gap <= target*d.gaps[0] {
				spent := int64(d.evaluations*k + 1)
				one.Iteration, one.Evaluations, one.Gradients, one.Samples, one.Hessians = &k, spent, spent, 10*spent, int64(d.hessians*k)
				break
			}
		}
		r.Targets = append(r.Targets, one)
	}
	if d.unknown {
		r.Minimum, r.Start.Gap, r.Final.Gap, r.Best.Gap = nil, number(nan), number(nan), number(nan)
		r.Targets = nil
		for k := range t.Gap {
			t.Gap[k] = nan
		}
	}
	return r
}

// halving is a course that shrinks by a factor each iteration.
func halving(factor float64, n int) []float64 {
	gaps := []float64{1}
	for k := 1; k < n; k++ {
		gaps = append(gaps, gaps[k-1]*factor)
	}
	return gaps
}

// write puts a run folder on disk; tail is appended to its records as it is.
func write(t testing.TB, drafts []draft, tail string) *results.Run {
	t.Helper()
	folder := t.TempDir()
	manifest := &results.Manifest{Schema: results.Schema, Suite: "synthetic", Cells: len(drafts), Finished: time.Unix(0, 0).UTC()}
	if err := manifest.Write(folder); err != nil {
		t.Fatal(err)
	}
	var lines []byte
	for _, d := range drafts {
		line, err := json.Marshal(d.record())
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

func gather(t testing.TB, drafts ...draft) *Evidence {
	t.Helper()
	e, err := Gather([]*results.Run{write(t, drafts, "")})
	if err != nil {
		t.Fatal(err)
	}
	return e
}
