package constrained

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// MirrorDescent is entropic mirror descent on the simplex x ≥ 0, Σxᵢ = r (Beck & Teboulle 2003,
// §5, doi:10.1016/S0167-6377(02)00231-6), exponentiated gradient:
//
//	xᵢ⁺ = r·xᵢ·exp(−t∂ᵢf(x)/r)/Σⱼ xⱼ·exp(−t∂ⱼf(x)/r).
//
// By r, t has the units of a step of gradient descent, and the entropy is strongly convex in the
// norm l1 with the constant 1 for it: f does not rise for t ≤ 1/L. With the steps of the paper,
// t = (√(2 ln n)/G)/√k for |∂ᵢf| ≤ G, it is `step: {name: diminishing, c: …}`.
//
// The logarithms of x/r are kept, so that a variable that is too small for a number may grow again.
// One that is 0 would stay there. Where the start has one, the first step is
//
//	xᵢ⁺ ∝ zᵢ·exp(−t∂ᵢf(x)/r), z = (1 − mix)·x + mix·c,
//
// with the centre c = (r/n, …, r/n) of the set, where the paper begins.
type MirrorDescent struct {
	Rule methods.StepRule `param:"step" default:"1/L" doc:"step length t: a number such as 1/L, or a schedule"`
	Mix  float64          `param:"mix" default:"0.01" range:"[0,1]" later:"true" doc:"share of the centre in the point that the first step multiplies, where a variable of the start is 0; 0: the method is skipped there"`
	methods.FirstOrder
	feasible

	schedule methods.Schedule
	k        int
	radius   float64
	log      []float64
}

var (
	_ methods.Method   = (*MirrorDescent)(nil)
	_ methods.Feasible = (*MirrorDescent)(nil)
	_ methods.Measured = (*MirrorDescent)(nil)
	_ methods.Interior = (*MirrorDescent)(nil)
)

func init() {
	methods.Register("mirror-descent", methods.Info{
		Summary: "mirror descent with the entropy on the simplex: each variable is multiplied by an exponential of its slope",
		Formula: "xᵢ⁺ ∝ xᵢ·exp(−t∂ᵢf(x)/r), Σxᵢ = r",
		Source:  "Beck & Teboulle 2003, Mirror descent and nonlinear projected subgradient methods for convex optimization, Oper. Res. Lett. 31(3):167–175",
		DOI:     "10.1016/S0167-6377(02)00231-6",
		Family:  "mirror descent",
	}, func() methods.Method { return new(MirrorDescent) })
}

// Validate refuses step rules that search along a straight line.
func (m *MirrorDescent) Validate() error {
	if _, ok := m.Rule.(methods.Schedule); !ok {
		return errors.New("step: this rule searches along a straight line, on which these steps do not lie; expected a length such as 1/L, or a schedule")
	}
	return nil
}

// Needs the simplex.
func (*MirrorDescent) Needs() []problems.Need { return []problems.Need{problems.NeedsSimplex} }

// Init asks for nothing.
func (m *MirrorDescent) Init(o *methods.Oracle, at *methods.Iterate) error {
	if err := o.Need(m.Needs()...); err != nil {
		return err
	}
	if err := m.Validate(); err != nil {
		return err
	}
	m.schedule, m.k, m.radius = m.Rule.(methods.Schedule), 0, o.Constraint().(problems.Simplex).Sum()
	if err := m.schedule.Init(o); err != nil {
		return err
	}
	m.log = make([]float64, len(at.X))
	share := 0.0
	if !(slices.Min(at.X) > 0) {
		share = m.Mix
	}
	for i, v := range at.X {
		v /= m.radius // so that the logarithm is alike in all units
		v += float64(share * (1/float64(len(at.X)) - v))
		if !(v > 0) {
			return &problems.Missing{What: "a start with positive variables, or a mix above 0: a variable that is 0 stays 0"}
		}
		m.log[i] = elementary.Log(v)
	}
	return m.Begin(o, at)
}

// FromBoundary says what the first step is where a variable of the start is 0.
func (m *MirrorDescent) FromBoundary() string {
	if m.Mix == 0 {
		return ""
	}
	return fmt.Sprintf("the start is on the boundary of the constraint, which its steps do not leave; the first one begins from (1 − mix)·x + mix·c with mix = %s, c the centre of the set", text.Exact(m.Mix))
}

// Step takes one step.
func (m *MirrorDescent) Step(at *methods.Iterate) error { return m.Advance(at, m) }

// Update is the rule.
func (m *MirrorDescent) Update(x, g []float64) float64 {
	t := m.schedule.Length(m.k)
	m.k++
	most := math.Inf(-1)
	for i, v := range g {
		m.log[i] -= float64(t / m.radius * v)
		most = math.Max(most, m.log[i])
	}
	sum := 0.0
	for i := range x {
		m.log[i] -= most // which changes nothing, and keeps the digits
		x[i] = elementary.Exp(m.log[i])
		sum += x[i]
	}
	for i := range x {
		x[i] = m.radius * (x[i] / sum)
	}
	return math.NaN()
}

// Units are those of ∇f times the length.
func (m *MirrorDescent) Units() methods.Units { return scheduled(m.Rule) }
