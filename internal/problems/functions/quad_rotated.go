package functions

import "github.com/gdbench/gdbench/problems"

func init() {
	problems.Register("quad-rotated", problems.Info{
		Summary: "log-spaced quadratic with reflected axes and its minimizer at (1, …, 1)",
		Formula: "½(x − 1)ᵀA(x − 1); A = Q·diag(κ^((i−1)/(n−1)))·Q, Q = I − 2vvᵀ, v = (1, …, n)/‖·‖",
		Source:  "S. Boyd and L. Vandenberghe, Convex Optimization, 2004, section 9.3.2",
		DOI:     "10.1017/CBO9780511804441",
		Family:  "quadratic",
	}, func() problems.Problem { return new(QuadRotated) })
}

// QuadRotated is the rotated quadratic of a log-spaced spectrum around (1, …, 1), from
// the origin.
type QuadRotated struct {
	N         int     `param:"dim" default:"10" range:"[2,10000000]" doc:"number n of variables"`
	Condition float64 `param:"condition" default:"100" range:"[1,)" doc:"condition number κ"`

	form
}

var (
	_ problems.Builder   = (*QuadRotated)(nil)
	_ problems.Forker    = (*QuadRotated)(nil)
	_ problems.Describer = (*QuadRotated)(nil)
	_ problems.Hessian   = (*QuadRotated)(nil)
	_ problems.Quadratic = (*QuadRotated)(nil)
)

// Build forms A.
func (q *QuadRotated) Build(problems.Env) error {
	q.form = form{
		n:      q.N,
		matrix: newReflected(spectrum("log", q.N, q.Condition), direction(q.N)),
		centre: fill(q.N, 1),
	}.fork()
	return nil
}

// Fork has its own scratch.
func (q *QuadRotated) Fork() problems.Problem {
	fork := *q
	fork.form = q.fork()
	return &fork
}

// Facts follow from the spectrum.
func (q *QuadRotated) Facts() *problems.Facts {
	f := q.facts(1, q.Condition, "closed form")
	f.Minimum = zeroAt(q.centre)
	f.Starts = []problems.Start{{Name: "standard", X: make([]float64, q.N)}}
	f.Window = windowAround(q.centre, 2)
	return &f
}
