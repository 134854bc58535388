// Package results reads and writes runs. It imports no other public package, so that a
// program that only reads results needs nothing else of gdbench.
//
// A run is a folder with manifest.json and runs.jsonl, one line per finished cell in the
// order of the grid; docs/results.md describes both. To read one:
//
//   - Open reads the manifest, and Run.Records goes through the cells, one Record at a time,
//     so that a run need not fit into memory. Run.RecordsWith reads only some columns of the
//     traces, which is several times faster.
//   - ReadBaseline reads a baseline, or what a baseline of a run folder would hold: one
//     Summary per cell, without curves.
//   - Manifest.Lacks and Baseline.Lacks say what files of an older version do not contain.
//
// A number that is not finite is null in the files and NaN here.
package results

import (
	"math"

	"github.com/gdbench/gdbench/internal/counts"
)

// Status is how a cell ended.
type Status string

const (
	Converged Status = "converged" // the gradient or gap stop was met
	Budget    Status = "budget"    // iterations, evaluations, gradients or epochs spent
	Timeout   Status = "timeout"   // seconds spent
	Stalled   Status = "stalled"   // no step possible though the stop is not met
	Diverged  Status = "diverged"  // not finite, or past the divergence limit
	Failed    Status = "failed"    // error or panic
	Skipped   Status = "skipped"   // the method needs what the problem lacks
)

// Statuses lists all of them, in the order of tables.
var Statuses = []Status{Converged, Budget, Timeout, Stalled, Diverged, Failed, Skipped}

// Record is one finished cell: one line of runs.jsonl. Timing sits in fields whose names
// begin with "seconds"; everything else is the same from run to run.
type Record struct {
	ID         string    `json:"id"`         // hash of problem, method and repeat as written
	Definition string    `json:"definition"` // hash of everything that decides the result
	Conditions string    `json:"conditions"` // hash of what every method meets here: problem, start, repeat, seed, budget, stop
	Problem    Component `json:"problem"`    // every parameter, defaults included, resolved
	Method     Component `json:"method"`
	Written    Written   `json:"written"` // expressions behind resolved numbers
	Labels     Labels    `json:"labels"`

	// What a reader needs to know about problem and method without their registries.
	Families     *Families     `json:"families,omitempty"`      // absent in files of schema 1
	LearningRate *LearningRate `json:"learning_rate,omitempty"` // absent: the method has none
	Stability    *Stability    `json:"stability,omitempty"`     // absent: no limit is known for these settings
	Uses         []string      `json:"uses,omitempty"`          // facts that the method used: "L", "mu", "f*", "horizon"; sorted
	Nonconvex    bool          `json:"nonconvex,omitempty"`     // the problem is known not to be convex: the start decides where a descent ends
	Observed     string        `json:"observed,omitempty"`      // "questions": the iterates are the points that the method asked about, since it announces none
	Inexact      string        `json:"inexact,omitempty"`       // why the last digits may differ between processors; absent: they do not

	Tuned *Tuned `json:"tuned,omitempty"` // place in the tuning of the method; absent: it is not tuned

	Repeat        int    `json:"repeat"`
	Deterministic bool   `json:"deterministic"` // nothing random: one repeat represents all
	Status        Status `json:"status"`
	Message       string `json:"message"`
	Iterations    int    `json:"iterations"`
	Restarts      int    `json:"restarts,omitempty"` // further starts, each of which is an iteration

	Minimum *Minimum `json:"minimum"` // null: f* is unknown
	Counts  Counts   `json:"counts"`
	Samples int      `json:"dataset_samples,omitempty"` // of the problem; an epoch is as many

	Variables int `json:"variables,omitempty"` // number n of the problem's variables, the price of a Hessian; absent in files of schema 1

	Memory *int64 `json:"memory,omitempty"` // numbers that the method keeps in vectors and matrices, beside iterate and gradient; absent: unknown, or it did not begin

	Benchmark *Benchmark `json:"benchmark,omitempty"` // place of the problem in a published suite; absent: none

	Start   *Start   `json:"start"` // null where the cell did not begin
	Final   *Final   `json:"final"`
	Best    *Best    `json:"best"`
	Targets []Target `json:"targets"`
	Trace   *Trace   `json:"trace,omitempty"`

	Law  *Law  `json:"law,omitempty"`  // absent: none is claimed, or gdbench was older
	Tail *Tail `json:"tail,omitempty"` // of a run with noise or batches; absent: too few looks, or f* is unknown

	Theorems []Theorem `json:"theorems,omitempty"` // those that apply, compared with the run

	Jitter []Jittered `json:"jitter,omitempty"` // the different outcomes from moved starts

	Seconds Number `json:"seconds"` // of the descent; indicative unless the suite says exclusive
}

// Jittered is what a deterministic cell became from a start moved by a few units in the
// last place.
type Jittered struct {
	Times        int      `json:"times,omitempty"` // starts that led to it; absent, in older files: unknown
	Status       Status   `json:"status"`
	Iterations   int      `json:"iterations"`
	Counts       Counts   `json:"counts"`
	Gap          Number   `json:"gap"`
	GradientNorm Number   `json:"gradient_norm"`
	Targets      []Target `json:"targets"`
}

// Written holds what a suite says where the record has the number behind it: "1/L". The
// keys are parameter paths ("lr", "step.t").
type Written struct {
	Problem map[string]string `json:"problem,omitempty"`
	Method  map[string]string `json:"method,omitempty"`
}

// Labels are the names of the components for readers, unique in a run.
type Labels struct {
	Problem string `json:"problem"`
	Method  string `json:"method"`
}

// Families names the ideas that problem and method are variants of: two problems of one
// family are not independent evidence. A component without a family is its own.
type Families struct {
	Problem string `json:"problem"`
	Method  string `json:"method"`
}

// LearningRate is the parameter that scales the step, resolved.
type LearningRate struct {
	Parameter string `json:"parameter"` // path: "lr", "step.t"
	Value     Number `json:"value"`
}

// Stability is how far a method with constant settings is from iterates that grow on a
// quadratic.
type Stability struct {
	Curvature Number `json:"curvature"` // largest curvature at which these settings are stable: 2(1+β)/lr for the heavy ball
	Limit     Number `json:"limit"`     // learning rate at which that curvature is the global L; null: L is unknown
	Formula   string `json:"formula"`   // of the limit: "2/L", "2(1+β)/L"
}

// Minimum is f* with its source and accuracy.
type Minimum struct {
	Value    Number `json:"value"`
	Source   string `json:"source"` // analytic, published, solved
	Accuracy Number `json:"accuracy"`
}

// Floor is the gap below which rounding decides: the accuracy of f*, or 64 ε times the
// scale of the values that are subtracted. A gap to f* = 0 is as exact as the value.
func (m *Minimum) Floor() float64 {
	const epsilon = 0x1p-52
	return math.Max(float64(m.Accuracy), 64*epsilon*math.Abs(float64(m.Value)))
}

// Benchmark is the place of a problem in a published suite, where archived runs have it too.
type Benchmark struct {
	Suite    string `json:"suite"`    // "bbob"
	Function int    `json:"function"` // its number, from 1
	Instance int    `json:"instance"`

	// Differences says that gradients were made of values, which are counted as values already.
	Differences bool `json:"differences,omitempty"`
}

// Counts is what the method asked of its oracle.
type Counts = counts.Counts

// TraceCounts are its columns in a trace.
type TraceCounts = counts.Columns

// Start is where the descent began.
type Start struct {
	Value        Number `json:"value"`
	Gap          Number `json:"gap"`
	GradientNorm Number `json:"gradient_norm"`
	Distance     Number `json:"distance"`

	// Projected is how far the start that the suite asks for is from the constraint: the descent
	// began at its projection. Absent: it satisfied it.
	Projected *Number `json:"projected,omitempty"`

	// Boundary is what the method does where it cannot leave the boundary of the constraint, on which
	// the descent began: "its first step begins from …". Absent: it can, or began inside.
	Boundary string `json:"boundary,omitempty"`

	// DualityGap is max ∇f(x)ᵀ(x − s) over a bounded constraint, which bounds f(x) − f* where f is
	// convex. Absent: there is none.
	DualityGap *Number `json:"duality_gap,omitempty"`
}

// Final is where it ended.
type Final struct {
	Value         Number  `json:"value"`
	Gap           Number  `json:"gap"`
	GradientNorm  Number  `json:"gradient_norm"`
	Distance      Number  `json:"distance"`
	CriticalPoint string  `json:"critical_point,omitempty"` // kind of point it ended at
	X             *Series `json:"x,omitempty"`              // up to 32 variables
	Active        *int    `json:"active,omitempty"`         // inequalities of the constraint that hold with equality there; absent: there is no constraint
	DualityGap    *Number `json:"duality_gap,omitempty"`    // as that of the start
}

// Best is the least value that was observed.
type Best struct {
	Value     Number `json:"value"`
	Gap       Number `json:"gap"`
	Iteration int    `json:"iteration"`
}

// The kinds of targets; any other is the name of a diagnostic, as the suite has it. A relative
// target is (f−f*)/(f0−f*) ≤ Target, the default.
const (
	RelativeTarget         = ""
	AbsoluteTarget         = "absolute"          // f − f* ≤ Target
	GradientTarget         = "gradient"          // ‖∇f‖/‖∇f(x0)‖ ≤ Target
	AbsoluteGradientTarget = "gradient-absolute" // ‖∇f‖ ≤ Target; "gradient" in files of schema 1, but not here
	ValueTarget            = "value"             // f ≤ Target
)

// Target is the first check at which a target was met; Iteration is null if it was not.
type Target struct {
	Target  Number `json:"target"`
	Kind    string `json:"kind,omitempty"`
	AtLeast bool   `json:"at_least,omitempty"` // met at or above, as of an accuracy; otherwise at or below
	Message string `json:"message,omitempty"`  // why it is not measurable here: neither met nor missed

	Iteration *int `json:"iteration"`
	Since     *int `json:"since"` // the check before, at which it was not met
	Counts         // what had been asked for by then
}

// Theorem is a bound that holds for the cell, compared with the run at its trace points.
type Theorem struct {
	Name          string `json:"name"`
	Statement     string `json:"statement"`
	Source        string `json:"source"`
	DOI           string `json:"doi,omitempty"`
	Tight         bool   `json:"tight"`               // some instance attains equality
	Lower         bool   `json:"lower,omitempty"`     // a lower bound: measured is the bound, and bound what was measured
	InExpectation bool   `json:"in_expectation"`      // of the mean over repeats: no single run decides
	Condition     bool   `json:"condition,omitempty"` // on how a step is made, which promises no progress

	Outcome  string `json:"outcome"`   // holds, violated, not measured; in expectation the report decides
	Ratio    Number `json:"ratio"`     // the worst measured/bound
	At       int    `json:"iteration"` // where it was
	Compared int    `json:"compared"`  // trace points compared
	Message  string `json:"message,omitempty"`

	// What the theorem promises from the start alone at trace points, where a curve can be
	// compared with it, with measured/bound there: of a theorem about each step that is the
	// ratio to the bound from the point before, null where rounding decides. Quantity is
	// the trace column that is bounded (gap, gradient_norm, distance), or SquaredDistance;
	// a theorem in expectation keeps what it measured itself.
	Quantity  string  `json:"quantity,omitempty"`
	Iteration []int64 `json:"iterations,omitempty"`
	Bound     Series  `json:"bound,omitempty"`
	Ratios    Series  `json:"ratios,omitempty"`
	Measured  Series  `json:"measured,omitempty"`
	Floor     Series  `json:"floor,omitempty"` // what rounding may have done to what was measured
}

// SquaredDistance is the quantity of theorems about ‖x − x*‖².
const SquaredDistance = "squared_distance"

// Hit reports whether the target was met: success.
func (t *Target) Hit() bool { return t.Iteration != nil }

// Earliest is the iteration at which a target that was hit may have been met first: the one after the
// check before.
func (t *Target) Earliest() int {
	if t.Since == nil {
		return *t.Iteration
	}
	return min(*t.Since+1, *t.Iteration)
}

// Least is what a cost at the check at which the target was met may have been when it was met first:
// between two checks a count grows about as the iterations do.
func (t *Target) Least(cost float64) float64 {
	if t.Earliest() == *t.Iteration {
		return cost
	}
	return cost * float64(t.Earliest()) / float64(*t.Iteration)
}

// renameSchema1 gives the targets of a record of schema 1 the kinds that they have now.
func (r *Record) renameSchema1() {
	for i := range r.Targets {
		renameKind(&r.Targets[i].Kind)
	}
	renameJittered(r.Jitter)
}

func renameJittered(jitter []Jittered) {
	for i := range jitter {
		for k := range jitter[i].Targets {
			renameKind(&jitter[i].Targets[k].Kind)
		}
	}
}

// renameKind turns a kind of target of schema 1 into today's.
func renameKind(kind *string) {
	if *kind == GradientTarget {
		*kind = AbsoluteGradientTarget
	}
}
