package play

import (
	"context"
	"errors"
	"math"
	"strconv"
	"sync/atomic"

	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/report/words"
	"github.com/gdbench/gdbench/internal/runner/descend"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/results"
)

// Record is what the page shows of a setup.
type Record struct {
	Suite   string    `json:"suite"` // the text of a suite with the same runs
	Problem Problem   `json:"problem"`
	Runs    []Descent `json:"runs"`
	Picture *Picture  `json:"picture,omitempty"` // absent in more than two variables
}

// Problem is what is known of the problem.
type Problem struct {
	Label   string         `json:"label"`
	Dim     int            `json:"dim"`
	Samples int            `json:"samples,omitempty"`
	Start   results.Series `json:"start,omitempty"`  // where descents begin, unless that is drawn
	Rate    string         `json:"rate,omitempty"`   // a learning rate to begin with
	Window  *Window        `json:"window,omitempty"` // that of interest
	Minimum results.Number `json:"minimum"`          // null: f* is unknown
	Points  []Known        `json:"points"`

	built *prepare.Built
}

// Known is a critical point that the facts state.
type Known struct {
	Kind string         `json:"kind"`
	X    results.Series `json:"x"`
}

// Descent is one method on it.
type Descent struct {
	Label      string                `json:"label"`
	Status     results.Status        `json:"status"`
	Message    string                `json:"message"`
	Iterations int                   `json:"iterations"`
	Ends       string                `json:"ends,omitempty"` // kind of critical point
	Rate       *results.LearningRate `json:"rate,omitempty"`
	Limit      *results.Stability    `json:"limit,omitempty"`
	Plain      bool                  `json:"plain,omitempty"` // each step is −rate · gradient, exactly
	X          []results.Series      `json:"x"`               // empty in more than two variables
	F          results.Series        `json:"f"`
	Gap        results.Series        `json:"gap"`
	Norm       results.Series        `json:"norm"`     // of the gradient
	Length     results.Series        `json:"length"`   // of the step that led to each iterate
	Gradient   []results.Series      `json:"gradient"` // of the whole function, whatever the method saw
	Sentences  []string              `json:"sentences"`
	Promise    string                `json:"promise,omitempty"` // what theory promises, or why nothing
	Theorem    *Theorem              `json:"theorem,omitempty"` // by which it does
	Theory     string                `json:"theory,omitempty"`  // how all theorems that apply did, in the words of those who know them
	Events     []words.Event         `json:"events"`
	Theorems   []results.Theorem     `json:"-"` // that apply
}

// Theorem is one that promises something of a descent.
type Theorem struct {
	Name      string         `json:"name"`
	Statement string         `json:"statement"`
	Source    string         `json:"source"`
	Iteration []int64        `json:"iteration,omitempty"` // where it bounds the gap
	Gap       results.Series `json:"gap,omitempty"`       // its bounds there
}

// Run does the descents of a setup. When ctx ends, its cause is the error.
func Run(ctx context.Context, setup Setup) (*Record, error) {
	if w := setup.Window; w != nil && !w.sound() {
		return nil, errors.New("window: expected a lower and an upper end for each variable")
	}
	out, err := descents(ctx, setup)
	if err != nil {
		return nil, err
	}
	if setup.Window != nil {
		out.Problem.Window = setup.Window
	}
	out.Picture, err = pictureOf(ctx, &out.Problem)
	return out, err
}

// descents is a record without its picture.
func descents(ctx context.Context, setup Setup) (*Record, error) {
	s, built, text, err := setup.read()
	if err != nil {
		return nil, err
	}
	var stop atomic.Bool
	defer context.AfterFunc(ctx, func() { stop.Store(true) })()
	out := &Record{Suite: text, Problem: problemOf(s, built), Runs: []Descent{}}
	for cell := range s.Cells() { // a worker lends its trace, until the next cell
		r := descend.NewWorker(s, prepare.Problems{s.Problems[0]: built}, &stop).Guarded(cell)
		if r == nil {
			return nil, stopped(ctx)
		}
		out.Runs = append(out.Runs, describe(r, built))
	}
	return out, nil
}

// stopped is why a context ended, for the user.
func stopped(ctx context.Context) error {
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return errors.New("stopped: the descents took too long; lower the iterations, or shorten the function")
	}
	return context.Cause(ctx)
}

// problemOf is what is known of the problem of a suite.
func problemOf(s *suite.Suite, b *prepare.Built) Problem {
	p := Problem{Label: s.Problems[0].Label, Dim: b.Problem.Dim(), Samples: b.Samples(), Minimum: results.Number(math.NaN()), Points: []Known{}, built: b}
	if start := make(results.Series, p.Dim); !s.Problems[0].DrawsStart() && s.Problems[0].Keys.Start.Start(b.Facts, start, nil) == nil {
		p.Start = start
	}
	p.Rate = firstRate(b, p.Start)
	if m := b.Facts.Minimum; m != nil {
		p.Minimum = results.Number(m.Value)
	}
	if w := b.Facts.Window; w != nil && p.Dim <= 2 {
		p.Window = &Window{X: w.X[:]}
		if p.Dim == 2 {
			p.Window.Y = w.Y[:]
		}
	} else if m := b.Facts.Minimum; p.Dim == 2 && m != nil && len(m.Points) > 0 {
		p.Window = around(m.Points[0])
	}
	for _, c := range critical.Known(b.Facts) {
		if len(c.X) == p.Dim && p.Dim <= 2 {
			p.Points = append(p.Points, Known{string(c.Kind), c.X})
		}
	}
	return p
}

// firstRate is a learning rate with which gradient descent moves and does not leap: 1/L where L is known,
// otherwise that of the largest curvature at the start, halved until the first step lowers f by what
// theory promises of 1/L, to one digit. It is empty where there is none.
func firstRate(b *prepare.Built, start []float64) string {
	if _, err := b.Facts.Global("L"); err == nil {
		return "1/L"
	}
	if start == nil {
		return ""
	}
	p, slope, there := b.Fork(), make([]float64, len(start)), make([]float64, len(start))
	f := p.Evaluate(start, slope)
	norm := vec.Norm(slope)
	spectrum := critical.Curvature(p, start)
	rate := 1 / max(math.Abs(spectrum.Lowest), math.Abs(spectrum.Highest))
	for range mostHalvings {
		vec.AddScaled(there, start, -rate, slope)
		if p.Evaluate(there, nil) <= f-float64(rate/2*norm*norm) {
			return strconv.FormatFloat(rate, 'g', 1, 64)
		}
		rate /= 2
	}
	return ""
}

const mostHalvings = 60

// describe is the page's form of a run.
func describe(r *results.Record, b *prepare.Built) Descent {
	d := Descent{Label: r.Labels.Method, Status: r.Status, Message: r.Message, Iterations: r.Iterations, Rate: r.LearningRate,
		Limit: r.Stability, X: []results.Series{}, Gradient: []results.Series{}, Theorems: r.Theorems}
	_, batches := r.Method.Number(batch)
	d.Plain = !batches && r.Stability != nil && r.Stability.Formula == words.PlainLimit && r.LearningRate != nil
	curvature := func(x []float64) float64 { return critical.Curvature(b.Problem, x).Highest }
	var by *results.Theorem
	if d.Promise, by = words.Promised(r); by != nil {
		d.Theorem = &Theorem{Name: by.Name, Statement: by.Statement, Source: by.Source}
		if by.Quantity == words.Gap {
			d.Theorem.Iteration, d.Theorem.Gap = by.Iteration, by.Bound
		}
	}
	if theory := words.Theory(r); theory != d.Promise {
		d.Theory = theory
	}
	plain := *r
	plain.Theorems = nil
	d.Sentences = words.Tell(&plain, words.Problem{Notes: b.Facts.Notes, Curvature: curvature})
	d.Events = words.Events(r)
	if r.Final != nil {
		d.Ends = r.Final.CriticalPoint
	}
	if t := r.Trace; t != nil {
		d.F, d.Gap, d.Norm, d.Length = t.Value, t.Gap, t.GradientNorm, lengths(t.X)
		if b.Problem.Dim() <= 2 {
			d.X = append(d.X, t.X...)
		}
		for _, x := range d.X {
			g := make(results.Series, len(x))
			b.Problem.Evaluate(x, g)
			d.Gradient = append(d.Gradient, g)
		}
	}
	return d
}

// lengths are those of the steps to each iterate; none leads to the first.
func lengths(path []results.Series) results.Series {
	out := make(results.Series, len(path))
	for k := range path {
		out[k] = math.NaN()
		if k > 0 {
			step := make([]float64, len(path[k]))
			vec.AddScaled(step, path[k], -1, path[k-1])
			out[k] = vec.Norm(step)
		}
	}
	return out
}
