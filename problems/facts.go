package problems

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/vec"
)

// Convexity is what is known of a problem's shape. The zero value is "unknown".
type Convexity string

const (
	UnknownConvexity Convexity = ""
	StronglyConvex   Convexity = "strongly convex"
	Convex           Convexity = "convex"
	Nonconvex        Convexity = "nonconvex"
)

// Scope says where a constant holds.
type Scope string

const (
	Global   Scope = "global"
	Sublevel Scope = "sublevel" // on {x : f(x) ≤ f(x0)} of the standard start
	Local    Scope = "local"    // in a region that Source names
)

// Constant is a number such as L or μ with the region where it holds.
type Constant struct {
	Value  float64
	Scope  Scope
	Source string // "closed form", "eigenvalues", a citation, …
}

// The names of constants that methods and theorems ask for. A problem may state others.
const (
	SmoothnessL   = "L"    // ‖∇f(x) − ∇f(y)‖ ≤ L‖x − y‖
	ConvexityMu   = "mu"   // f − μ‖·‖²/2 is convex
	PLConstant    = "PL"   // ‖∇f‖² ≥ 2·PL·(f − f*)
	HessianM      = "M"    // ‖∇²f(x) − ∇²f(y)‖ ≤ M‖x − y‖
	LargestL      = "Lmax" // largest smoothness constant of one sample, or of one coordinate
	CoordinateL   = "L_i"  // smoothness along each coordinate: the constants are named L_1 … L_n
	SmallestCurve = "lower_curvature"
	// Those that only theorems ask for.
	Lipschitz       = "lipschitz"       // M of |f(x) − f(y)| ≤ M‖x − y‖
	SelfConcordance = "self_concordant" // 1 where |f‴| ≤ 2f″^{3/2} on every line
	SampleMu        = "mu_sample"       // fᵢ − μ‖·‖²/2 is convex for every sample i
)

// ConstantUnits are the powers of the units of f and of x that a constant has: f/x² for L. ok
// is false for a name that is not known here.
func ConstantUnits(name string) (value, variables int, ok bool) {
	switch name {
	case SmoothnessL, ConvexityMu, PLConstant, LargestL, CoordinateL, SmallestCurve, SampleMu:
		return 1, -2, true
	case HessianM:
		return 1, -3, true
	case Lipschitz:
		return 1, -1, true
	}
	return 0, 0, false
}

// ConstantNames are the names of the constants that gdbench knows of, whether or not they are
// known for a problem.
func ConstantNames() []string {
	return []string{SmoothnessL, ConvexityMu, PLConstant, HessianM, LargestL, CoordinateL, SmallestCurve, Lipschitz, SelfConcordance, SampleMu}
}

// KnownConstant reports whether a name is one of ConstantNames, or that of a single coordinate
// such as L_3.
func KnownConstant(name string) bool {
	if i, ok := strings.CutPrefix(name, "L_"); ok {
		n, err := strconv.Atoi(i)
		return err == nil && n > 0
	}
	return slices.Contains(ConstantNames(), name)
}

// MinimumSource says how f* is known.
type MinimumSource string

const (
	Analytic  MinimumSource = "analytic"
	Published MinimumSource = "published"
	Solved    MinimumSource = "solved" // by a reference solve, for convex problems whose minimum is attained
)

// Minimum is the least value f*, with its accuracy.
type Minimum struct {
	Value    float64
	Source   MinimumSource
	Accuracy float64     // |stated − true| ≤ Accuracy; 0: exact up to rounding
	Points   [][]float64 // the known global minimizers, n entries each; nil: unknown
	Citation string      // for Published
	// Unattained says that the value is an infimum: no point has it, and Points is nil.
	Unattained bool
}

// Kind classifies a critical point by its Hessian.
type Kind string

const (
	GlobalMinimum Kind = "global minimum"
	LocalMinimum  Kind = "local minimum"
	Saddle        Kind = "saddle"
	Maximum       Kind = "maximum"
	Degenerate    Kind = "degenerate"
)

// Critical is a point where the gradient is zero.
type Critical struct {
	X    []float64
	Kind Kind
}

// Start is a named starting point.
type Start struct {
	Name   string // StandardStart for the first
	X      []float64
	Source string
	// Draw writes a start that is drawn for each repeat; X is one that was. Nil: X is the start.
	Draw func(x []float64, rng *rand.Rand)
}

// StandardStart is the name of a problem's first start.
const StandardStart = "standard"

// Place writes the start into x. Without a stream of random numbers it is X.
func (s Start) Place(x []float64, rng *rand.Rand) {
	if s.Draw != nil && rng != nil {
		s.Draw(x, rng)
		return
	}
	copy(x, s.X)
}

// Window is the part of the plane, or of the line, that a picture shows.
type Window struct {
	X, Y [2]float64 // Y is zero in one variable
}

// Facts are what is known about a problem. An absent fact is unknown, never assumed.
type Facts struct {
	Convexity Convexity
	Constants map[string]Constant
	Minimum   *Minimum
	Critical  []Critical // beyond the minimizers
	Starts    []Start
	Window    *Window
	Citation  string   // of the facts, where it is not the problem's own
	Notes     []string // what a user should know: a constant feature, a minimum that is not attained
}

// FactsOf is what is known about p, never nil.
func FactsOf(p Problem) *Facts {
	if d, ok := p.(Describer); ok {
		if f := d.Facts(); f != nil {
			return f
		}
	}
	return &Facts{}
}

// Global is the value of a constant of global scope. Its error says why there is none.
func (f *Facts) Global(name string) (float64, error) {
	var c Constant
	var ok bool
	if f != nil {
		c, ok = f.Constants[name]
	}
	switch {
	case !ok:
		return math.NaN(), &Missing{What: fmt.Sprintf("the constant %s, which is not known for this problem", name)}
	case c.Scope != Global:
		return math.NaN(), &Missing{What: fmt.Sprintf("a global constant %s; the known one is %s", name, c.Scope)}
	case c.Value == 0:
		return math.NaN(), &Missing{What: fmt.Sprintf("a constant %s that is not zero", name)}
	}
	return c.Value, nil
}

// Distance is the Euclidean distance from x to the nearest known minimizer, NaN where
// none is known.
func (f *Facts) Distance(x []float64) float64 {
	if f.Minimum == nil {
		return math.NaN()
	}
	best := math.NaN()
	for _, p := range f.Minimum.Points {
		if d := distance(x, p); !(d >= best) {
			best = d
		}
	}
	return best
}

func distance(x, y []float64) float64 {
	var sum float64
	for i, v := range x {
		d := v - y[i]
		sum += float64(d * d)
	}
	if sum > vec.SmallestSquare && sum < vec.LargestSquare {
		return math.Sqrt(sum)
	}
	var norm float64
	for i := range x {
		norm = elementary.Hypot(norm, x[i]-y[i])
	}
	return norm
}

// Missing is the error of a method that needs what a problem lacks; its cell is skipped.
type Missing struct {
	What string // "a Hessian", "samples", …
}

func (m *Missing) Error() string { return "needs " + m.What }
