package momentum

import (
	"math"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
)

// Schedule gives the momentum β of Nesterov's extrapolations x + β(x − x₋), one a step.
type Schedule interface {
	// Begin starts the sequence, at first and at every restart of a method whose
	// learning rate is lr.
	Begin(lr float64)
	// Next is the β after the next step.
	Next() float64
}

// ScheduleRegistry holds the schedules of the momentum.
var ScheduleRegistry = param.NewRegistry[Schedule]("momentum schedule")

func register(name string, info methods.Info, new func() Schedule) {
	ScheduleRegistry.Register(name, param.Info(info), func() any { return new() })
}

func init() {
	register("fista", methods.Info{
		Summary: "Nesterov's sequence of 1983, known from FISTA",
		Formula: "β = (λ − 1)/λ₊, λ₊ = (1 + √(1 + 4λ²))/2, λ = 1 at first",
		Source:  "Nesterov 1983, Soviet Math. Doklady 27:372–376; Beck & Teboulle 2009, SIAM J. Imaging Sci. 2(1):183–202",
		DOI:     "10.1137/080716542",
	}, func() Schedule { return new(Fista) })
	register("weights", methods.Info{
		Summary: "the rational sequence 0, 1/4, 2/5, …",
		Formula: "β = i/(i + 3) after step i + 1",
		Source:  "Su, Boyd & Candès 2016, A differential equation for modeling Nesterov's accelerated gradient method, JMLR 17(153):1–43",
		DOI:     "10.48550/arXiv.1503.01243",
	}, func() Schedule { return new(Weights) })
	register("constant", methods.Info{
		Summary: "the same β at every step",
		Formula: "β = momentum",
		Source:  "Nesterov 2004, Introductory lectures on convex optimization, section 2.2",
		DOI:     "10.1007/978-1-4419-8853-9",
	}, func() Schedule { return new(Constant) })
	register("strongly-convex", methods.Info{
		Summary: "constant β from the strong convexity constant μ",
		Formula: "β = (1 − √q)/(1 + √q), q = mu·lr",
		Source:  "Nesterov 2004, Introductory lectures on convex optimization, scheme 2.2.11",
		DOI:     "10.1007/978-1-4419-8853-9",
	}, func() Schedule { return new(StronglyConvex) })
}

// Fista is Nesterov's sequence of 1983, known from FISTA.
type Fista struct{ lambda float64 }

// Begin sets λ to 1.
func (f *Fista) Begin(float64) { f.lambda = 1 }

// Next is (λ − 1)/λ₊.
func (f *Fista) Next() float64 {
	now := f.lambda
	f.lambda = theta(now, 4)
	return (now - 1) / f.lambda
}

// Weights is the rational sequence 0, 1/4, 2/5, …
type Weights struct{ i float64 }

// Begin sets i to 0.
func (w *Weights) Begin(float64) { w.i = 0 }

// Next is i/(i + 3).
func (w *Weights) Next() float64 {
	w.i++
	return (w.i - 1) / (w.i + 2)
}

// Constant is one momentum for all steps.
type Constant struct {
	Momentum float64 `param:"momentum" default:"0.9" range:"[0,1)" doc:"β"`
}

// Begin has nothing to do.
func (*Constant) Begin(float64) {}

// Next is the momentum.
func (c *Constant) Next() float64 { return c.Momentum }

// StronglyConvex is the momentum for a known constant μ.
type StronglyConvex struct {
	Mu length `param:"mu" default:"mu" range:"(0,)" doc:"constant of strong convexity μ"`

	beta float64
}

// Begin computes β.
func (s *StronglyConvex) Begin(lr float64) {
	q := math.Sqrt(s.Mu.Value * lr)
	s.beta = (1 - q) / (1 + q)
}

// Next is β.
func (s *StronglyConvex) Next() float64 { return s.beta }

// units of the momentum are none where μ is in those of a curvature.
func (s *StronglyConvex) units() methods.Units { return comparable(s.Mu) }

// comparable is a number without units where all lengths have the units of a curvature.
func comparable(lengths ...length) (u methods.Units) {
	for _, l := range lengths {
		if methods.LengthUnits(l) != (methods.Units{Value: 1, Variables: -2}) {
			return methods.Units{Value: methods.Never, Variables: methods.Never}
		}
	}
	return u
}
