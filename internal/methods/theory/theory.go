// Package theory holds runs against what is proved about their methods: a wrong constant
// in an update rule shows as a broken inequality, not as a curve that is a little slow.
//
// The pieces, in the order in which a run meets them:
//
//  1. A Setting is a method with its resolved parameters, on a problem with its facts.
//  2. For lists the Guarantees that hold for it: theorems whose hypotheses the facts and
//     the parameters satisfy. A theorem that does not apply is not listed; that is not
//     the same as holding.
//  3. A Checker watches the run. At each iteration that it is shown it measures what the
//     theorem bounds, and keeps the worst ratio measured/bound and where it was.
//  4. A theorem.Verdict says how it went. A bound in expectation takes the Checkers of all
//     repeats, and is at best not refuted.
//  5. Check does all this for a built-in suite in which the tight theorems meet the
//     instances that attain them (cases_*.go).
//
// A theorem is tight where some instance attains equality; only such theorems catch every
// mistake, which is why the suite demands that the bound is attained, too.
//
// Rounding makes the only false alarms. Comparisons are not made where the measured
// quantity lies below 64 ε times the scale of the numbers that it is computed from. The
// gap of a problem that has an analytic one (ExactGap) is not a difference, and is
// followed much further.
//
// Statements are in the Notation below.
package theory

import (
	"math"

	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Notation says what the letters in the statements of theorems mean.
const Notation = "R = ‖x₀ − x*‖, Δ = f − f*, g = ∇f(x), γ (or lr, t) the step length, h = γL, q = μ/L, κ = L/μ, " +
	"ρ = max(|1 − γμ|, |1 − γL|), N or k the iteration, n the variables, m the samples"

// Guarantee is a theorem that applies to a setting.
type Guarantee struct {
	theorem.Theorem
	begin func(start *State) Claim
}

// Claim compares a run with a theorem at a state; before is the state that was observed
// last. Its answer is NaN where there is nothing to compare.
type Claim func(before, at *State) theorem.Comparison

// compared is a comparison that promises nothing from the start.
func compared(measured, bound, floor float64) theorem.Comparison {
	return theorem.Comparison{Measured: measured, Bound: bound, Floor: floor, Promised: math.NaN()}
}

// Setting is a method on a problem.
type Setting struct {
	Method      methods.Method // unwrapped, its parameters resolved: the number behind 1/L
	Problem     problems.Problem
	Facts       *problems.Facts
	Batch       int  // samples; 0: all
	Replacement bool // batches drawn with replacement
	Horizon     int  // the iteration budget; 0: unknown
}

// ExactGap is a problem that knows f(x) − f* without subtracting.
type ExactGap interface {
	Gap(x []float64) float64
}

// row finds the guarantees of one family of theorems.
type row func(*known) []Guarantee

var rows = []row{
	gradientDescent,
	descentCondition,
	lineSearch,
	normSteps,
	polyakStep,
	stepSchedules,
	adaptiveStep,
	acceleration,
	heavyBall,
	newtonType,
	conjugateGradient,
	proximalGradient,
	onSets,
	stochasticGradient,
	stochasticPolyak,
	varianceReduction,
	page,
	coordinateDescent,
}

// For lists the guarantees of a setting. No theorem here is about gradients that are
// approximated.
func For(s Setting) []Guarantee {
	if approximate(s.Problem) {
		return nil
	}
	k := study(s)
	var out []Guarantee
	for _, find := range rows {
		out = append(out, find(k)...)
	}
	return out
}
