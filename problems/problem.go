// Package problems holds what a method minimizes: the Problem, the Facts that are known
// about it, and the Oracle through which a method sees it and which counts every
// evaluation.
//
// A problem is a plain struct whose tagged fields are its parameters, registered under
// a name with a summary and a citation. It must give its value and gradient. What else it
// offers (Hessian, residuals, samples, a proximal operator) it offers by implementing one
// of the small interfaces below; As asks for them, also inside wrappers. A method that
// needs what a problem lacks is skipped with that reason; nothing is approximated
// silently.
//
// New makes a registered problem by its name. The problems that come with gdbench are
// registered by importing problems/catalogue.
package problems

import (
	"math/rand/v2"
	"path/filepath"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/random"
)

// Problem is a function f: ℝⁿ → ℝ to minimize. It is deterministic, and once built it is
// shared read-only by all workers and the observer (unless it is a Forker).
type Problem interface {
	// Dim is the number n of variables.
	Dim() int
	// Evaluate returns f(x), and writes ∇f(x) into grad unless that is nil. Both slices
	// have n entries. For a Composite it is the smooth part.
	Evaluate(x, grad []float64) float64
}

// Describer is a problem about which something is known.
type Describer interface {
	// Facts is called after Build; the answer is not modified by either side.
	Facts() *Facts
}

// Builder is a problem with work to do once before it is used: loading data, factorizing,
// finding f*. No other method may be called before Build has returned nil.
type Builder interface {
	Build(Env) error
}

// Env is what a problem may use while it is built.
type Env struct {
	Dir  string // folder that relative paths of data start from
	Seed uint64 // of the suite; with Rand, the only source of randomness
	Name string // canonical text of the problem, the named axis of its random numbers

	// Room says why there is no room for a problem in so many variables; nil: nothing limits them.
	Room func(variables int64) error
}

// Admit is an error where there is no room for a problem in so many variables. A Builder asks before it
// allocates.
func (e Env) Admit(variables int64) error {
	if e.Room == nil {
		return nil
	}
	return e.Room(variables)
}

// Resolve returns the path of a data file: relative paths start from Dir.
func (e Env) Resolve(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(e.Dir, path)
}

// FileReader is a component that reads files when it is built: their paths as the suite
// writes them. Their contents are part of what decides a result.
type FileReader interface {
	Files() []string
}

// Rand is a random stream that depends on the suite's seed, the problem and the purpose
// only, so that a problem is the same for every method, repeat and worker.
func (e Env) Rand(purpose string) *rand.Rand {
	return rand.New(random.NewSource(e.Seed, e.Name, purpose))
}

// Forker is a problem that needs scratch memory to evaluate: each worker gets a fork
// with the same data and its own scratch.
type Forker interface {
	Fork() Problem
}

// Hessian is a problem with second derivatives: ∇²f(x) into the n×n matrix h, every
// entry of its upper triangle.
type Hessian interface {
	Hessian(x []float64, h *mat.SymDense)
}

// HessianProduct is a problem with products ∇²f(x)·v, into hv, of n entries each.
type HessianProduct interface {
	HessianProduct(x, v, hv []float64)
}

// Quadratic is a problem that may be a quadratic ½xᵀAx + bᵀx + c, as its parameters
// say; its Hessian A is then the same everywhere, and exact line searches have a closed
// form.
type Quadratic interface {
	HessianProduct
	Quadratic() bool
}

// Residuals is a problem of the form f(x) = ½‖r(x)‖², r: ℝⁿ → ℝᵐ. (Published sums of
// squares without the ½ have their residuals scaled by √2.)
type Residuals interface {
	ResidualCount() int                   // m
	Residuals(x, r []float64)             // r(x), m entries
	Jacobian(x []float64, jac *mat.Dense) // ∂rᵢ/∂xⱼ, m×n
}

// FiniteSum is a problem f(x) = (1/m) Σᵢ fᵢ(x) + regularizer over m samples.
type FiniteSum interface {
	Samples() int // m
	// EvaluateOn is the mean over the batch plus the whole regularizer, with its
	// gradient into grad unless that is nil. Entries of batch lie in [0, m) and may
	// repeat.
	EvaluateOn(x, grad []float64, batch []int32) float64
}

// Composite is a problem f(x) + h(x) whose second part is not smooth but has a cheap
// proximal operator.
type Composite interface {
	Rest(x []float64) float64 // h(x)
	// Prox writes argmin_u h(u) + ‖u − x‖²/(2t) into dst, which may be x.
	Prox(dst, x []float64, t float64)
}

// Constrained is a problem whose variables are confined to a set. It is a Composite, too: its
// second part is 0 in the set and infinite outside, and the proximal operator of that is the
// projection.
type Constrained interface {
	Constraint() Set
}

// Set is a closed convex set of ℝⁿ.
type Set interface {
	// Project writes the point of the set that is nearest to x into dst, which may be x.
	Project(dst, x []float64)
	// LinearMinimizer writes a point s of the set with the least gᵀs into dst, a vertex where the
	// set is Polyhedral; false where there is none, since gᵀs falls for ever.
	LinearMinimizer(dst, g []float64) bool
	// Active is the number of inequalities that hold with equality at a point of the set.
	Active(x []float64) int
	Diameter() float64 // the largest distance between two of its points; infinite where it is unbounded
	Polyhedral() bool  // it is the solution of finitely many linear inequalities
}

// Bounded is a Set of the form l ≤ x ≤ u, with n entries each; ±Inf where there is no bound.
type Bounded interface {
	Bounds() (lower, upper []float64)
}

// Simplex is a Set of the form x ≥ 0, Σxᵢ = r.
type Simplex interface {
	Sum() float64 // r
}

// Objective is what a method minimizes: f(x), and f(x) + h(x) where p is a Composite. The
// gradient of f alone is written into grad, n entries, unless that is nil.
func Objective(p Problem, x, grad []float64) float64 {
	value := p.Evaluate(x, grad)
	if h := Rest(p, x); h != 0 {
		value += h
	}
	return value
}

// Rest is h(x), 0 where p is no Composite.
func Rest(p Problem, x []float64) float64 {
	if c, ok := As[Composite](p); ok {
		return c.Rest(x)
	}
	return 0
}

// Failure is what a problem panics with where it cannot answer, such as one whose process has
// ended: the run fails with that error.
type Failure struct{ Err error }

func (f Failure) Error() string { return f.Err.Error() }

// Approximate is a problem whose gradient is an approximation: it is not checked against
// the value.
type Approximate interface {
	Approximate() bool
}

// Differences is a problem whose gradient is made of differences of values. A gradient is then
// charged the values that it takes, beside the gradient itself.
type Differences interface {
	// GradientValues is the number of values that a gradient takes, and whether the value at
	// the point itself is one of them.
	GradientValues() (count int, own bool)
}

// gradientCost is the number of evaluations that a gradient of p takes, whether those are values,
// and whether f at its point is none of them.
func gradientCost(p Problem) (evaluations int64, differs, beside bool) {
	for {
		if d, ok := p.(Differences); ok {
			count, own := d.GradientValues()
			return int64(count), true, !own
		}
		w, ok := p.(Wrapper)
		if !ok {
			return 1, false, false
		}
		p = w.Inner()
	}
}

// Divided is a problem that may hold out a part of its data. It answers before it is built.
type Divided interface {
	// DividedBy is the path of the parameter that numbers the divisions into training and held-out
	// samples, and its value; "" where nothing is held out.
	DividedBy() (parameter string, number int)
}

// Benchmark is a problem of a published suite that numbers its functions, so that runs on it can
// be compared with archived ones.
type Benchmark interface {
	Benchmark() Place
}

// Place is that of a problem in a published suite.
type Place struct {
	Suite    string // as its authors call it in files: "bbob"
	Function int    // its number, from 1
	Instance int
}

// Smoothness is a problem that may have points, its minimizers among them, at which it has
// no second derivatives. There the eigenvalues of a Hessian made of differences decide
// nothing about a critical point.
type Smoothness interface {
	TwiceDifferentiable() bool
}

// Diagnostics is a problem with further numbers to record: validation loss, accuracy,
// gradient norm by layer. They are evaluated off the clock and never charged to a method.
type Diagnostics interface {
	DiagnosticNames() []string
	Diagnostics(x, into []float64) // one number a name
}

// Rising is a problem with diagnostics of which more is better, such as an accuracy: a target
// of one of them is met from below. Of all other diagnostics less is better.
type Rising interface {
	RisingDiagnostics() []string
}
