package constrained

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// LBFGSB is L-BFGS-B: at x, f is modelled by the quadratic whose matrix B is the limited-memory BFGS
// matrix of the last pairs s, y. A step
//
//  1. finds the first local minimizer x^c of the model along the path P(x − t∇f(x)), the generalized
//     Cauchy point, which decides which bounds are active;
//  2. minimizes the model over the variables that are free at x^c (the direct primal method), and
//     projects to the bounds as Morales and Nocedal do, or cuts the step off at them where the
//     projection does not descend;
//  3. searches along the line from x to there with the strong Wolfe conditions (Moré & Thuente).
//
// A pair with sᵀy ≤ ε·|∇fᵀs| is left out. The memory is forgotten where the direction does not descend
// or the search fails. Without bounds it is L-BFGS.
//
// Sources: Byrd, Lu, Nocedal & Zhu 1995, A limited memory algorithm for bound constrained
// optimization, doi:10.1137/0916069; Morales & Nocedal 2011, doi:10.1145/2049662.2049669. The
// constants are those of version 3.0 of the authors' code, as their papers state them.
type LBFGSB struct {
	Memory int `param:"memory" default:"10" range:"[1,1000]" space:"{integer: [3, 30]}" doc:"number of pairs kept"`
	feasible

	oracle       *methods.Oracle
	lower, upper []float64
	bounded      bool // there is a bound
	boxed        bool // every variable has two
	model        model
	path         path
	search       search
	target, d    []float64 // where the model has its minimum, and the way there
	before       []float64 // ∇f at x
	begun        bool
}

var (
	_ methods.Method   = (*LBFGSB)(nil)
	_ methods.Feasible = (*LBFGSB)(nil)
	_ methods.Measured = (*LBFGSB)(nil)
)

func init() {
	methods.Register("lbfgsb", methods.Info{
		Summary: "L-BFGS with bounds: the generalized Cauchy point, a minimization over the free variables, a line search",
		Formula: "x⁺ = x + t(x̄ − x), x̄ ≈ the minimizer of ∇f(x)ᵀ(z − x) + ½(z − x)ᵀB(z − x) over l ≤ z ≤ u",
		Source:  "Byrd, Lu, Nocedal & Zhu 1995, A limited memory algorithm for bound constrained optimization, SIAM J. Sci. Comput. 16(5):1190–1208; Morales & Nocedal 2011, Remark on Algorithm 778, ACM Trans. Math. Softw. 38(1):7",
		DOI:     "10.1137/0916069",
		Aliases: []string{"l-bfgs-b"},
		Family:  "quasi-Newton",
	}, func() methods.Method { return new(LBFGSB) })
}

// Needs bounds, if there is a constraint.
func (*LBFGSB) Needs() []problems.Need { return []problems.Need{problems.NeedsBounds} }

// Init asks for nothing.
func (m *LBFGSB) Init(o *methods.Oracle, at *methods.Iterate) error {
	n := len(at.X)
	m.lower, m.upper = make([]float64, n), make([]float64, n)
	for i := range m.lower {
		m.lower[i], m.upper[i] = math.Inf(-1), math.Inf(1)
	}
	if err := o.Need(m.Needs()...); err != nil {
		return err
	}
	if box, ok := o.Constraint().(problems.Bounded); ok {
		lower, upper := box.Bounds()
		copy(m.lower, lower)
		copy(m.upper, upper)
	}
	m.bounded, m.boxed = false, true
	for i, l := range m.lower {
		low, high := !math.IsInf(l, -1), !math.IsInf(m.upper[i], 1)
		m.bounded, m.boxed = m.bounded || low || high, m.boxed && low && high
	}
	m.oracle, m.begun = o, false
	m.model = newModel(m.Memory, n)
	m.path = newPath(m.Memory, n)
	m.search = search{next: methods.Point{X: make([]float64, n), Grad: make([]float64, n)}}
	m.target, m.d, m.before = make([]float64, n), make([]float64, n), make([]float64, n)
	return exact(o)
}

// Step takes one step.
func (m *LBFGSB) Step(at *methods.Iterate) error {
	m.oracle.GradientAt(&at.Point)
	at.Trials = 0
	if f := value(m.oracle, at); !finite(f) {
		return methods.Stalled("f(x) = %g: a line search cannot start here", f)
	}
	for {
		err := m.descend(at)
		if err == nil || m.model.count == 0 {
			return err
		}
		m.model.forget() // and once more along the projected gradient
	}
}

// descend is a step with the memory as it is.
func (m *LBFGSB) descend(at *methods.Iterate) error {
	if err := m.aim(at); err != nil {
		return err
	}
	by := vec.Dot(at.Grad, m.d)
	if !(by < 0) {
		return methods.Stalled("∇fᵀd = %.3g along the projected direction: no step descends", by)
	}
	most, first := m.longest(at.X), 1.0
	if !m.begun && !m.boxed {
		first = math.Min(1/vec.Norm(m.d), most)
	}
	t, err := m.search.along(m, at, by, first, most)
	if err != nil {
		return err
	}
	copy(m.before, at.Grad)
	next := &m.search.next
	vec.AddScaled(m.d, next.X, -1, at.X)
	if m.model.take(m.d, next.Grad, m.before, t*by) {
		m.model.factorize()
	}
	at.X, next.X = next.X, at.X
	at.Grad, next.Grad = next.Grad, at.Grad
	at.F, at.HasF, at.HasGrad = next.F, true, true
	at.Length, at.Slope, m.begun = t, t*by, true
	return nil
}

// aim writes the minimizer of the model into target, and the way there into d.
func (m *LBFGSB) aim(at *methods.Iterate) error {
	m.path.cauchy(m, at.X, at.Grad)
	copy(m.target, m.path.point)
	if m.model.count > 0 && len(m.path.free) > 0 && m.path.minimize(m, at.X, at.Grad) {
		m.confine(at)
	}
	vec.AddScaled(m.d, m.target, -1, at.X)
	return nil
}

// confine adds the subspace step to the Cauchy point: projected to the bounds, or where that does
// not descend, cut off at the first one.
func (m *LBFGSB) confine(at *methods.Iterate) {
	cut := 1.0
	for k, i := range m.path.free {
		from, by := m.path.point[i], m.path.step[k]
		to := math.Min(math.Max(from+by, m.lower[i]), m.upper[i])
		m.target[i] = to
		switch {
		case from+by > m.upper[i]:
			cut = math.Min(cut, (m.upper[i]-from)/by)
		case from+by < m.lower[i]:
			cut = math.Min(cut, (m.lower[i]-from)/by)
		}
	}
	if cut == 1 || slope(at.Grad, m.target, at.X) <= 0 {
		return
	}
	for k, i := range m.path.free {
		to := m.path.point[i] + float64(cut*m.path.step[k])
		m.target[i] = math.Min(math.Max(to, m.lower[i]), m.upper[i])
	}
}

// longest is how far the line stays within the bounds; no further than the target in the first step.
func (m *LBFGSB) longest(x []float64) float64 {
	const unlimited = 1e10
	switch {
	case !m.bounded:
		return unlimited
	case !m.begun:
		return 1
	}
	most := float64(unlimited)
	for i, d := range m.d {
		switch {
		case d < 0 && float64(d*most) < m.lower[i]-x[i]:
			most = (m.lower[i] - x[i]) / d
		case d > 0 && float64(d*most) > m.upper[i]-x[i]:
			most = (m.upper[i] - x[i]) / d
		}
	}
	return math.Max(most, 1) // the target is within
}

// place writes x + td into next, within the bounds.
func (m *LBFGSB) place(next, x []float64, t float64) {
	if t == 1 {
		copy(next, m.target)
		return
	}
	for i, v := range x {
		next[i] = math.Min(math.Max(v+float64(t*m.d[i]), m.lower[i]), m.upper[i])
	}
}

// Units are those of ∇f in the first step, then those of x. A first step of the length 1 has those
// of x only where no bound cuts it off.
func (*LBFGSB) Units() methods.Units {
	return methods.Units{Value: methods.Never, Variables: methods.Never}
}
