package momentum

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// TripleMomentum is the fastest known globally convergent first-order method for strongly
// convex functions (Van Scoy, Freeman & Lynch 2018, doi:10.1109/LCSYS.2017.2722406). With
// ρ = 1 − √(μ/L):
//
//	ξ₊ = ξ + β(ξ − ξ₋) − α∇f(y),  y = ξ + γ(ξ − ξ₋),  x = ξ + δ(ξ − ξ₋),
//	α = (1 + ρ)/L,  β = ρ²/(2 − ρ),  γ = ρ²/((1 + ρ)(2 − ρ)),  δ = ρ²/(1 − ρ²).
//
// The iterate shows x.
type TripleMomentum struct {
	L  length `param:"L" default:"L" range:"(0,)" doc:"smoothness constant"`
	Mu length `param:"mu" default:"mu" range:"(0,)" doc:"constant of strong convexity"`

	extrapolation
	xi, before []float64
}

var _ methods.Method = (*TripleMomentum)(nil)

func init() {
	methods.Register("triple-momentum", methods.Info{
		Summary: "triple momentum method, for known L and μ",
		Formula: "ξ₊ = ξ + β(ξ − ξ₋) − α∇f(ξ + γ(ξ − ξ₋)), x = ξ + δ(ξ − ξ₋); ρ = 1 − √(μ/L), α = (1+ρ)/L, β = ρ²/(2−ρ), γ = β/(1+ρ), δ = ρ²/(1−ρ²)",
		Source:  "Van Scoy, Freeman & Lynch 2018, The fastest known globally convergent first-order method for minimizing strongly convex functions, IEEE Control Systems Letters 2(1):49–54",
		DOI:     "10.1109/LCSYS.2017.2722406",
		Family:  "momentum",
	}, func() methods.Method { return new(TripleMomentum) })
}

// Init begins at rest.
func (m *TripleMomentum) Init(o *oracle, at *iterate) error {
	m.begin(o, at)
	m.xi = append([]float64(nil), at.X...)
	m.before = append([]float64(nil), at.X...)
	return nil
}

// Step makes one step.
func (m *TripleMomentum) Step(at *iterate) error {
	rho := 1 - math.Sqrt(m.Mu.Value/m.L.Value)
	square := float64(rho * rho)
	alpha, beta := (1+rho)/m.L.Value, square/(2-rho)
	m.look(at, alpha)
	for i, xi := range m.xi {
		m.xi[i] = xi + float64(beta*(xi-m.before[i])) - float64(alpha*m.g[i])
		m.before[i] = xi
	}
	extrapolate(m.y, m.xi, m.before, beta/(1+rho))
	extrapolate(at.X, m.xi, m.before, square/(1-square))
	return nil
}

// Carry moves y and the last two ξ.
func (m *TripleMomentum) Carry(shift []float64) {
	m.extrapolation.Carry(shift)
	vec.AddScaled(m.xi, m.xi, 1, shift)
	vec.AddScaled(m.before, m.before, 1, shift)
}

// Units are those of x where L and μ are constants of the problem.
func (m *TripleMomentum) Units() methods.Units {
	return methods.NaturalUnits.Times(comparable(m.L, m.Mu))
}
