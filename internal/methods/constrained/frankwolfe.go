package constrained

import (
	"errors"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// FrankWolfe is the conditional gradient method of Frank & Wolfe 1956 (doi:10.1002/nav.3800030109):
// with s the point of the set that minimizes ∇f(x)ᵀs,
//
//	x⁺ = x + γ(s − x),
//
// where γ = 2/(k + 2) (Jaggi 2013), γ = min(1, ∇f(x)ᵀ(x − s)/(L‖s − x‖²)) or γ minimizes f along
// the step: in closed form on quadratics, at the price of a Hessian product; otherwise by the
// secants of the Illinois method for φ′, to a thousandth of φ′(0), or where φ still falls at the
// end, there.
//
// With away steps (Guélat & Marcotte 1986, doi:10.1007/BF01589445; Lacoste-Julien & Jaggi 2015,
// algorithm 1, arXiv:1511.05932) x is kept as a convex combination Σα_v·v of vertices and, at first,
// of the start. Where it promises more, the step is x − v, away from the v of the largest ∇f(x)ᵀv,
// at most α_v/(1 − α_v) long.
type FrankWolfe struct {
	Length string `param:"step" default:"open-loop" oneof:"open-loop short line-search" doc:"rule for γ: 2/(k + 2), by L, or by a line search"`
	Away   bool   `param:"away" default:"false" doc:"steps away from vertices, too; with step: short or line-search, on a set with vertices"`
	feasible

	oracle *methods.Oracle
	k      int
	l      float64
	s, d   []float64
	hd     []float64 // of a quadratic; nil: it is none
	trial  methods.Point
	atoms  atoms
}

var (
	_ methods.Method   = (*FrankWolfe)(nil)
	_ methods.Feasible = (*FrankWolfe)(nil)
	_ methods.Informed = (*FrankWolfe)(nil)
	_ methods.Measured = (*FrankWolfe)(nil)
)

func init() {
	methods.Register("frank-wolfe", methods.Info{
		Summary: "a step towards the point of the set that is least along the gradient: without a projection",
		Formula: "x⁺ = x + γ(s − x), s = argmin over the set of ∇f(x)ᵀs",
		Source:  "Jaggi 2013, Revisiting Frank–Wolfe: projection-free sparse convex optimization, ICML, PMLR 28(1):427–435; Lacoste-Julien & Jaggi 2015, On the global linear convergence of Frank–Wolfe optimization variants, NIPS 28, 496–504",
		Family:  "conditional gradient",
	}, func() methods.Method { return new(FrankWolfe) })
}

// Validate refuses away steps without a rule that knows their length.
func (m *FrankWolfe) Validate() error {
	if m.Away && m.Length == "open-loop" {
		return errors.New("away steps need a step length that depends on f; expected step: short or step: line-search")
	}
	return nil
}

// Requires L for short steps.
func (m *FrankWolfe) Requires(*methods.Oracle) []string {
	if m.Length == "short" {
		return []string{problems.SmoothnessL}
	}
	return nil
}

// Needs a set over which linear functions have a minimum.
func (m *FrankWolfe) Needs() []problems.Need {
	if m.Away {
		return []problems.Need{problems.NeedsBoundedConstraint, problems.NeedsVertices}
	}
	return []problems.Need{problems.NeedsBoundedConstraint}
}

// Init asks for nothing.
func (m *FrankWolfe) Init(o *methods.Oracle, at *methods.Iterate) error {
	if err := o.Need(m.Needs()...); err != nil {
		return err
	}
	if m.Length == "short" {
		var err error
		if m.l, err = o.Facts().Global(problems.SmoothnessL); err != nil {
			return err
		}
	}
	n := len(at.X)
	m.oracle, m.k = o, 0
	m.s, m.d, m.hd = make([]float64, n), make([]float64, n), nil
	m.trial, m.atoms = methods.Point{}, atoms{}
	if m.Length == "line-search" {
		if o.Quadratic() {
			m.hd = make([]float64, n)
		} else {
			m.trial = methods.Point{X: make([]float64, n), Grad: make([]float64, n)}
		}
	}
	if m.Away {
		m.atoms.begin(at.X)
	}
	return exact(o)
}

// Step takes one step.
func (m *FrankWolfe) Step(at *methods.Iterate) error {
	m.oracle.GradientAt(&at.Point)
	at.Trials = 0
	if err := m.oracle.LinearMinimizer(m.s, at.Grad); err != nil {
		return err
	}
	vec.AddScaled(m.d, m.s, -1, at.X)
	by, most, from := vec.Dot(at.Grad, m.d), 1.0, -1 // from: the vertex of an away step
	if m.Away {
		v, top := m.atoms.worst(at.Grad)
		away := vec.Dot(at.Grad, at.X) - top
		if share := m.atoms.share[v]; away < by && share < 1 {
			vec.AddScaled(m.d, at.X, -1, m.atoms.points[v])
			by, most, from = away, share/(1-share), v
		}
	}
	if !(by < 0) {
		return methods.Stalled("∇fᵀ(s − x) = %.3g: no point of the set is lower to first order, so that x is stationary", by)
	}
	gamma, err := m.length(at, by, most)
	if err != nil {
		return err
	}
	m.k++
	m.move(at, gamma, most, from)
	at.Length, at.Slope = gamma, gamma*by
	at.HasF, at.HasGrad = false, false
	return nil
}

// length is γ, at most most.
func (m *FrankWolfe) length(at *methods.Iterate, by, most float64) (gamma float64, err error) {
	switch {
	case m.Length == "open-loop":
		return 2 / float64(m.k+2), nil
	case m.Length == "short":
		square := vec.Square(m.d)
		return math.Min(most, -by/(m.l*square)), nil
	case m.hd != nil:
		if err := m.oracle.HessianProduct(at.X, m.d, m.hd); err != nil {
			return 0, err
		}
		if curvature := vec.Dot(m.d, m.hd); curvature > 0 {
			return math.Min(most, -by/curvature), nil
		}
		return most, nil
	}
	return m.search(at, by, most)
}

const (
	flatEnough = 1e-3 // of φ′(0)
	mostTrials = 60
)

// search finds a root of φ′(γ) = ∇f(x + γd)ᵀd in (0, most], where φ′(0) = by < 0 (Dowell & Jarratt
// 1971, doi:10.1007/BF01934364).
func (m *FrankWolfe) search(at *methods.Iterate, by, most float64) (float64, error) {
	low, atLow := 0.0, by
	high, atHigh := most, m.slopeAt(at, most)
	if atHigh <= 0 {
		return most, nil
	}
	last := 0 // the end that stayed
	for at.Trials < mostTrials {
		gamma := low + float64((high-low)*atLow/(atLow-atHigh))
		if !(gamma > low && gamma < high) {
			gamma = low + float64((high-low)/2)
		}
		rise := m.slopeAt(at, gamma)
		switch {
		case math.Abs(rise) <= -flatEnough*by || gamma == low || gamma == high:
			return gamma, nil
		case rise < 0:
			low, atLow = gamma, rise
			if last == 1 {
				atHigh /= 2
			}
			last = 1
		case rise > 0:
			high, atHigh = gamma, rise
			if last == -1 {
				atLow /= 2
			}
			last = -1
		default:
			return 0, methods.Stalled("the slope along the step is not a number at γ = %.3g", gamma)
		}
	}
	return low, nil
}

func (m *FrankWolfe) slopeAt(at *methods.Iterate, gamma float64) float64 {
	at.Trials++
	vec.AddScaled(m.trial.X, at.X, gamma, m.d)
	m.oracle.Evaluate(m.trial.X, m.trial.Grad)
	return vec.Dot(m.trial.Grad, m.d)
}

// move goes γ along d, and keeps the combination of vertices.
func (m *FrankWolfe) move(at *methods.Iterate, gamma, most float64, from int) {
	if !m.Away {
		if gamma == 1 {
			copy(at.X, m.s)
			return
		}
		vec.AddScaled(at.X, at.X, gamma, m.d)
		return
	}
	if from < 0 {
		m.atoms.towards(m.s, gamma)
	} else {
		m.atoms.away(from, gamma, gamma == most)
	}
	m.atoms.sum(at.X)
}

// Units are those of x.
func (*FrankWolfe) Units() methods.Units { return methods.NaturalUnits }

// atoms is a convex combination Σ share·point.
type atoms struct {
	points [][]float64
	share  []float64
	spare  [][]float64
}

func (a *atoms) begin(x []float64) {
	a.points, a.share = [][]float64{slices.Clone(x)}, []float64{1}
}

// worst is the point with the largest gᵀv, and that.
func (a *atoms) worst(g []float64) (at int, top float64) {
	top = math.Inf(-1)
	for i, v := range a.points {
		if along := vec.Dot(g, v); along > top {
			at, top = i, along
		}
	}
	return at, top
}

// towards moves the share γ to s.
func (a *atoms) towards(s []float64, gamma float64) {
	found := -1
	for i := range a.share {
		a.share[i] -= float64(gamma * a.share[i])
		if slices.Equal(a.points[i], s) {
			found = i
		}
	}
	if found < 0 {
		a.add(s)
		found = len(a.share) - 1
	}
	a.share[found] += gamma
	for i := len(a.share) - 1; i >= 0; i-- {
		if a.share[i] <= 0 {
			a.drop(i)
		}
	}
}

// away moves γ times x − v: the shares grow, and that of v shrinks; at the end it is gone.
func (a *atoms) away(v int, gamma float64, end bool) {
	for i := range a.share {
		a.share[i] += float64(gamma * a.share[i])
	}
	if a.share[v] -= gamma; end || a.share[v] <= 0 {
		a.drop(v)
	}
}

func (a *atoms) add(s []float64) {
	var room []float64
	if last := len(a.spare) - 1; last >= 0 {
		room, a.spare = a.spare[last], a.spare[:last]
	} else {
		room = make([]float64, len(s))
	}
	copy(room, s)
	a.points, a.share = append(a.points, room), append(a.share, 0)
}

func (a *atoms) drop(i int) {
	a.spare = append(a.spare, a.points[i])
	a.points, a.share = slices.Delete(a.points, i, i+1), slices.Delete(a.share, i, i+1)
}

// sum writes the combination into x. Its shares add up to 1, as far as rounding lets them.
func (a *atoms) sum(x []float64) {
	total := 0.0
	for _, share := range a.share {
		total += share
	}
	clear(x)
	for i, v := range a.points {
		a.share[i] /= total
		vec.AddScaled(x, x, a.share[i], v)
	}
}
