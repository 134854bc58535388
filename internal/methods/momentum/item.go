package momentum

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// ITEM is the information-theoretic exact method, with the least worst distance to the minimizer
// of strongly convex functions after every number of steps (Taylor & Drori 2023,
// doi:10.1007/s10107-022-01839-y): with q = μ/L and A₀ = 0,
//
//	A₊ = ((1+q)A + 2(1 + √((1+A)(1+qA))))/(1−q)²,
//	y = (1−β)z + βx,  β = A/((1−q)A₊),
//	x₊ = y − ∇f(y)/L,  z₊ = (1−qδ)z + qδy − (δ/L)∇f(y),  δ = ((1−q)²A₊ − (1+q)A)/(2(1+q+qA)).
//
// The iterate shows z, for which ‖z_N − x*‖² ≤ ‖z₀ − x*‖²/(1 + qA_N).
type ITEM struct {
	L  length `param:"L" default:"L" range:"(0,)" doc:"smoothness constant"`
	Mu length `param:"mu" default:"mu" range:"(0,)" doc:"constant of strong convexity"`

	extrapolation
	x []float64
	a float64
}

var _ methods.Method = (*ITEM)(nil)

func init() {
	methods.Register("item", methods.Info{
		Summary: "information-theoretic exact method: the least worst distance on strongly convex functions",
		Formula: "y = (1−β)z + βx, x₊ = y − ∇f(y)/L, z₊ = (1−qδ)z + qδy − (δ/L)∇f(y)",
		Source:  "Taylor & Drori 2023, An optimal gradient method for smooth strongly convex minimization, Math. Program. 199:557–594",
		DOI:     "10.1007/s10107-022-01839-y",
		Family:  "momentum",
	}, func() methods.Method { return new(ITEM) })
}

// Init begins with all points at the start.
func (m *ITEM) Init(o *oracle, at *iterate) error {
	m.begin(o, at)
	m.x = append([]float64(nil), at.X...)
	m.a = 0
	return nil
}

// NextA is A₊ after A, for q = μ/L < 1.
func NextA(a, q float64) float64 {
	root := math.Sqrt((1 + a) * (1 + float64(q*a)))
	return (float64((1+q)*a) + 2*(1+root)) / ((1 - q) * (1 - q))
}

// Step makes one step.
func (m *ITEM) Step(at *iterate) error {
	q := m.Mu.Value / m.L.Value
	if q >= 1 { // one step of length 1/L arrives
		m.look(at, 1/m.L.Value)
		vec.AddScaled(at.X, m.y, -1/m.L.Value, m.g)
		copy(m.y, at.X)
		return nil
	}
	m.look(at, math.NaN())
	next := NextA(m.a, q)
	delta := (float64((1-q)*(1-q)*next) - float64((1+q)*m.a)) / (2 * (1 + q + float64(q*m.a)))
	for i, g := range m.g {
		y := m.y[i]
		m.x[i] = y - g/m.L.Value
		at.X[i] += float64(q*delta*(y-at.X[i])) - float64(delta/m.L.Value*g)
	}
	const most = 1e100 // by then the coefficients have their limits, and A would overflow
	m.a = math.Min(next, most)
	beta := m.a / ((1 - q) * NextA(m.a, q))
	for i, z := range at.X {
		m.y[i] = z + float64(beta*(m.x[i]-z))
	}
	return nil
}

// Carry moves x and y.
func (m *ITEM) Carry(shift []float64) {
	m.extrapolation.Carry(shift)
	vec.AddScaled(m.x, m.x, 1, shift)
}

// Units are those of x where L and μ are constants of the problem.
func (m *ITEM) Units() methods.Units {
	return methods.NaturalUnits.Times(comparable(m.L, m.Mu))
}
