package momentum

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// OptimizedGradient is the method with the best worst case of all first-order methods on
// smooth convex functions (Kim & Fessler 2016, doi:10.1007/s10107-015-0949-3):
//
//	z₊ = y − lr·∇f(y),  y₊ = z₊ + (θ−1)/θ₊·(z₊ − z) + θ/θ₊·(z₊ − y),  θ₊ = (1 + √(1 + 4θ²))/2.
//
// The last step has 8 in the place of 4. What the iterate shows is the point of such a
// last step, so that f(x_N) − f* ≤ L‖x₀ − x*‖²/(2θ_N²) holds after every N, and the number
// of steps need not be known beforehand.
type OptimizedGradient struct {
	LR length `param:"lr" default:"1/L" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate; the theorem is for 1/L"`

	extrapolation
	z     []float64
	theta float64
}

var _ methods.Method = (*OptimizedGradient)(nil)

func init() {
	methods.Register("optimized-gradient", methods.Info{
		Summary: "optimized gradient method: the best worst case on smooth convex functions",
		Formula: "z₊ = y − lr·∇f(y), y₊ = z₊ + (θ−1)/θ₊·(z₊ − z) + θ/θ₊·(z₊ − y), θ₊ = (1 + √(1 + 4θ²))/2, in the end 8θ²",
		Source:  "Kim & Fessler 2016, Optimized first-order methods for smooth convex minimization, Math. Program. 159:81–107",
		DOI:     "10.1007/s10107-015-0949-3",
		Aliases: []string{"ogm"},
		Family:  "momentum",
	}, func() methods.Method { return new(OptimizedGradient) })
}

// Init begins with θ = 1.
func (m *OptimizedGradient) Init(o *oracle, at *iterate) error {
	m.begin(o, at)
	m.z = append([]float64(nil), at.X...)
	m.theta = 1
	return nil
}

// Step makes one step, and shows where the method would have ended with it.
func (m *OptimizedGradient) Step(at *iterate) error {
	m.look(at, m.LR.Value)
	last, next := theta(m.theta, 8), theta(m.theta, 4)
	for i, y := range m.y {
		z := y - float64(m.LR.Value*m.g[i])
		move := float64((m.theta-1)*(z-m.z[i])) + float64(m.theta*(z-y))
		at.X[i] = z + move/last
		m.y[i] = z + move/next
		m.z[i] = z
	}
	m.theta = next
	return nil
}

// Carry moves y and z.
func (m *OptimizedGradient) Carry(shift []float64) {
	m.extrapolation.Carry(shift)
	vec.AddScaled(m.z, m.z, 1, shift)
}

// Units are those of ∇f times the learning rate.
func (m *OptimizedGradient) Units() methods.Units {
	return methods.GradientUnits.Times(methods.LengthUnits(m.LR))
}
