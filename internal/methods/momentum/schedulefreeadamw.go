package momentum

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// ScheduleFreeAdamW is AdamW with an average in the place of a schedule and of the momentum
// (Defazio, Yang, Mehta, Mishchenko, Khaled & Cutkosky 2024, arXiv:2405.15682, algorithm 1, with
// the defaults of the authors' code): at step k = 1, 2, …
//
//	y = (1 − β₁)z + β₁x,  v ← β₂v + (1 − β₂)∇f(y)²,  γ = lr·√(1 − β₂ᵏ)·min(1, k/warmup),
//	z ← z − γ(∇f(y)/(√v + ε) + λy),  x ← (1 − c)x + cz,  c = γ²/Σγ².
//
// The iterate shows x.
type ScheduleFreeAdamW struct {
	LR     length    `param:"lr" default:"0.0025" range:"(0,)" space:"{loguniform: [1e-4, 1000]}" doc:"learning rate"`
	Betas  []float64 `param:"betas" default:"[0.9, 0.999]" range:"[0,1)" space:"[{oneminus-log: [1e-2, 0.5]}, {oneminus-log: [1e-4, 0.1]}]" doc:"β₁: where the gradient is taken, 0 at z, 1 at the mean; β₂: decay rate of the running mean of squared gradients"`
	Eps    float64   `param:"eps" default:"1e-8" range:"[0,)" doc:"ε, added to the denominator"`
	Decay  float64   `param:"weight_decay" default:"0" range:"[0,)" doc:"λ of the weight decay, at y"`
	Warmup int       `param:"warmup" default:"0" range:"[0,)" doc:"iterations in which the learning rate rises; 0: none"`

	extrapolation
	z, v  []float64
	power float64 // β₂ᵏ
	sum   float64 // Σγ²
	k     int
}

var _ methods.Method = (*ScheduleFreeAdamW)(nil)

func init() {
	methods.Register("schedule-free-adamw", methods.Info{
		Summary: "AdamW with an average of its points in the place of a schedule",
		Formula: "y = (1−β₁)z + β₁x, z ← z − γ(∇f(y)/(√v + ε) + λy), x ← (1−c)x + cz, c = γ²/Σγ²",
		Source:  "Defazio, Yang, Mehta, Mishchenko, Khaled & Cutkosky 2024, The road less scheduled, NeurIPS, algorithm 1",
		DOI:     "10.48550/arXiv.2405.15682",
		Family:  "adam",
	}, func() methods.Method { return new(ScheduleFreeAdamW) })
}

// Validate asks for two betas.
func (m *ScheduleFreeAdamW) Validate() error {
	if len(m.Betas) != 2 {
		return errBetas(len(m.Betas))
	}
	return nil
}

// Init begins with all three points at the start.
func (m *ScheduleFreeAdamW) Init(o *oracle, at *iterate) error {
	m.begin(o, at)
	m.z, m.v = append([]float64(nil), at.X...), make([]float64, len(at.X))
	m.power, m.sum, m.k = 1, 0, 0
	return nil
}

// Step makes one step of z and takes it into the mean.
func (m *ScheduleFreeAdamW) Step(at *iterate) error {
	m.look(at, math.NaN())
	m.k++
	m.power = float64(m.power * m.Betas[1])
	rate := m.LR.Value * math.Sqrt(1-m.power)
	if m.k < m.Warmup {
		rate = float64(rate*float64(m.k)) / float64(m.Warmup)
	}
	weight := float64(rate * rate)
	m.sum += weight
	c := 0.0
	if m.sum > 0 {
		c = weight / m.sum
	}
	beta := m.Betas[1]
	for i, g := range m.g {
		m.v[i] = float64(beta*m.v[i]) + float64((1-beta)*g*g)
		step := float64(m.Decay * m.y[i])
		if g != 0 {
			step += g / (math.Sqrt(m.v[i]) + m.Eps)
		}
		m.z[i] -= float64(rate * step)
		at.X[i] += float64(c * (m.z[i] - at.X[i]))
		m.y[i] = m.z[i] + float64(m.Betas[0]*(at.X[i]-m.z[i]))
	}
	return nil
}

// Carry moves y and z.
func (m *ScheduleFreeAdamW) Carry(shift []float64) {
	m.extrapolation.Carry(shift)
	vec.AddScaled(m.z, m.z, 1, shift)
}

// Units are those of the learning rate, where no number is compared with a gradient.
func (m *ScheduleFreeAdamW) Units() methods.Units {
	if m.Eps != 0 || m.Decay != 0 {
		return methods.Units{Value: methods.Never, Variables: methods.Never}
	}
	return methods.LengthUnits(m.LR)
}
