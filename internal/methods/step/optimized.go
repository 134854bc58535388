package step

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Optimized is the schedule of a given number of steps with the least bound that is known: long and
// short steps, made by joining the best schedules of fewer steps. With t = 1/L on a smooth convex
// function f(x_N) − f* is at most LR²/(4T + 2), T = (t₀ + … + t_{N−1})/t, of order N^−1.27; the same
// steps from last to first give ‖∇f(x_N)‖² ≤ 2L(f(x₀) − f*)/(2T + 1).
type Optimized struct {
	T     methods.Length `param:"t" default:"1/L" range:"(0,)" doc:"unit of the step lengths"`
	Steps int            `param:"steps" default:"0" range:"[0,5000]" doc:"steps N of the schedule, after which it begins again; 0: the iteration budget"`
	Goal  string         `param:"goal" default:"value" oneof:"value gradient" doc:"what is to be small in the end: f, or the norm of its gradient"`
	clock
	lengths []float64 // in units of t
}

var (
	_ methods.Schedule = (*Optimized)(nil)
	_ methods.Informed = (*Optimized)(nil)
)

func init() {
	methods.RegisterStep("optimized", methods.Info{
		Summary: "the step lengths with the least known bound for the iteration budget",
		Formula: "t₀, …, t_{N−1} of the best schedules of fewer steps, joined: Σt the largest for which f(x_N) − f* ≤ LR²/(4LΣt + 2)",
		Source:  "Zhang & Jiang 2024, Accelerated gradient descent by concatenation of stepsize schedules; Grimmer, Shu & Wang 2024, Composing optimized stepsize schedules for gradient descent, arXiv:2410.16249",
		DOI:     "10.48550/arXiv.2410.12395",
		Family:  "schedule",
	}, func() methods.StepRule { return new(Optimized) })
}

// longest is the number of steps of the longest optimized schedule: finding one takes a time of the
// order of its square.
const longest = 5000

// Init needs a number of steps.
func (r *Optimized) Init(o *methods.Oracle) error {
	n := r.Planned(o.Horizon())
	if n == 0 {
		return &problems.Missing{What: fmt.Sprintf("a budget of at most %d iterations, or steps", longest)}
	}
	r.k, r.lengths = 0, OptimizedLengths(n, r.Goal)
	return nil
}

// Planned is the number of steps of the schedule for an iteration budget; 0 where there is none, and
// where it is longer than the longest.
func (r *Optimized) Planned(horizon int) int {
	n := cmp.Or(r.Steps, horizon)
	if n > longest {
		return 0
	}
	return n
}

// Requires the iteration budget where no number of steps is given.
func (r *Optimized) Requires(*methods.Oracle) []string {
	if r.Steps == 0 {
		return []string{methods.HorizonFact}
	}
	return nil
}

// Length begins again after the last of the schedule.
func (r *Optimized) Length(k int) float64 { return r.T.Value * r.lengths[k%len(r.lengths)] }

func (r *Optimized) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	return r.advance(r, at, d, next)
}

// OptimizedLengths are those of n ≥ 1 steps for a goal, in units of 1/L.
func OptimizedLengths(n int, goal string) []float64 {
	first, last := make([]split, n+1), make([]split, n+1)
	for i := 1; i <= n; i++ {
		for k := range i {
			first[i].offer(k, first[k].sum+join(first[k].sum, first[i-1-k].sum)+first[i-1-k].sum)
			last[i].offer(k, first[k].sum+joinLast(first[k].sum, last[i-1-k].sum)+last[i-1-k].sum)
		}
	}
	lengths := make([]float64, 0, n)
	var schedule func(i int)
	schedule = func(i int) {
		if i > 0 {
			k := first[i].before
			schedule(k)
			lengths = append(lengths, join(first[k].sum, first[i-1-k].sum))
			schedule(i - 1 - k)
		}
	}
	for i := n; i > 0; {
		k := last[i].before
		schedule(k)
		rest := i - 1 - k
		lengths = append(lengths, joinLast(first[k].sum, last[rest].sum))
		i = rest
	}
	if goal == "gradient" {
		slices.Reverse(lengths)
	}
	return lengths
}

// split is how the best schedule of some number of steps is made: the steps before the one that
// joins, and the sum of all.
type split struct {
	before int
	sum    float64
}

func (s *split) offer(before int, sum float64) {
	if sum > s.sum {
		*s = split{before, sum}
	}
}
