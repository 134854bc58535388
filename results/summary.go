package results

import "math"

// Summary is what a comparison needs of a record: how the cell ended and what it cost,
// without the curve and the point.
type Summary struct {
	ID, Definition, Conditions string
	Labels                     Labels
	Problem, Method            string    // names of the components
	ProblemSettings            Component // every parameter, resolved; without name in files that do not keep them
	MethodSettings             Component
	Families                   *Families // nil: in files of schema 1
	Inexact                    string    // why the last digits may differ between processors; empty: they do not
	Repeat                     int
	Deterministic              bool
	Status                     Status
	StartGap, StartGradient    float64 // gap and gradient norm at the start; NaN where unknown, or not kept
	Iterations                 int
	Counts                     Counts
	Gap, GradientNorm          float64 // at the end; NaN where unknown or not finite
	Floor                      float64 // gaps below it cannot be distinguished; NaN where f* is unknown
	Targets                    []Target
	Jitter                     []Jittered
	Seconds                    float64
}

// summaryOf takes what a comparison needs out of a record.
func summaryOf(r *Record) Summary {
	o := Summary{
		ID: r.ID, Definition: r.Definition, Conditions: r.Conditions, Labels: r.Labels,
		Problem: r.Problem.Name, Method: r.Method.Name, ProblemSettings: r.Problem, MethodSettings: r.Method, Families: r.Families, Inexact: r.Inexact, Repeat: r.Repeat,
		Deterministic: r.Deterministic, Status: r.Status, Iterations: r.Iterations,
		Counts: r.Counts, StartGap: math.NaN(), StartGradient: math.NaN(), Gap: math.NaN(), GradientNorm: math.NaN(), Floor: math.NaN(),
		Targets: r.Targets, Jitter: r.Jitter, Seconds: float64(r.Seconds),
	}
	if r.Minimum != nil {
		o.Floor = r.Minimum.Floor()
	}
	if r.Start != nil {
		o.StartGap, o.StartGradient = float64(r.Start.Gap), float64(r.Start.GradientNorm)
	}
	if r.Final != nil {
		o.Gap, o.GradientNorm = float64(r.Final.Gap), float64(r.Final.GradientNorm)
	}
	return o
}
