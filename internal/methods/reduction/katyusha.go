package reduction

import (
	"math"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Katyusha is accelerated variance reduction with a pull back to the snapshot (Allen-Zhu 2017,
// arXiv:1603.05953), in the form without an outer loop (Kovalev, Horváth & Richtárik 2020,
// arXiv:1901.08689, algorithm 2): with m samples, σ = μ/L, p = 1/m, θ₂ = ½,
// θ₁ = min{√(2mσ/3), ½} and η = θ₂/((1 + θ₂)θ₁),
//
//	x = θ₁z + θ₂w + (1 − θ₁ − θ₂)y,  g = ∇fᵢ(x) − ∇fᵢ(w) + ∇f(w),
//	z₊ = (ησx + z − (η/L)g)/(1 + ησ),  y₊ = x + θ₁(z₊ − z),  w₊ = y with probability p.
//
// L is that of every sample. The iterate shows y.
type Katyusha struct {
	L  length  `param:"L" default:"Lmax" range:"(0,)" doc:"smoothness constant of every sample"`
	Mu length  `param:"mu" default:"mu" range:"(0,)" doc:"constant of strong convexity"`
	P  float64 `param:"p" default:"0" range:"[0,1]" doc:"probability that the snapshot is renewed in a step; 0: one in the number of samples"`

	anchor
	z, x []float64
}

var (
	_ methods.Method  = (*Katyusha)(nil)
	_ problems.Random = (*Katyusha)(nil)
)

func init() {
	methods.Register("katyusha", methods.Info{
		Summary: "accelerated variance reduction that is pulled back to its snapshot, without an outer loop",
		Formula: "x = θ₁z + θ₂w + (1−θ₁−θ₂)y, z₊ = (ησx + z − (η/L)g)/(1+ησ), y₊ = x + θ₁(z₊ − z), w₊ = y with probability p",
		Source:  "Allen-Zhu 2017, Katyusha: the first direct acceleration of stochastic gradient methods, STOC, 1200–1205; Kovalev, Horváth & Richtárik 2020, ALT, PMLR 117, 451–467, algorithm 2",
		DOI:     "10.48550/arXiv.1901.08689",
		Family:  "variance reduction",
	}, func() methods.Method { return new(Katyusha) })
}

// Init puts all points to the start.
func (m *Katyusha) Init(o *oracle, at *iterate) error {
	m.z = append([]float64(nil), at.X...)
	m.x = make([]float64, len(at.X))
	return m.begin(o, at)
}

// Step makes one step.
func (m *Katyusha) Step(at *iterate) error {
	const back = 0.5 // θ₂
	l, sigma := m.L.Value, m.Mu.Value/m.L.Value
	forth := math.Min(math.Sqrt(float64(2*float64(m.oracle.Samples())*sigma)/3), 0.5)
	eta := back / ((1 + back) * forth)
	for i, y := range at.X {
		m.x[i] = float64(forth*m.z[i]) + float64(back*m.point[i]) + float64((1-forth-back)*y)
	}
	if err := m.estimate(m.x, m.next()); err != nil {
		return err
	}
	m.exchange(at.X, m.P) // before y moves: w₊ is the y of this step
	pull := float64(eta * sigma)
	for i, x := range m.x {
		z := (float64(pull*x) + m.z[i] - float64(eta/l*m.g[i])) / (1 + pull)
		at.X[i] = x + float64(forth*(z-m.z[i]))
		m.z[i] = z
	}
	moved(at, math.NaN())
	return nil
}

// Units are those of x where L and μ are constants of the problem.
func (m *Katyusha) Units() methods.Units {
	for _, l := range []length{m.L, m.Mu} {
		if methods.LengthUnits(l) != (methods.Units{Value: 1, Variables: -2}) {
			return methods.Units{Value: methods.Never, Variables: methods.Never}
		}
	}
	return methods.NaturalUnits
}
