package momentum

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// ScheduleFree replaces a decreasing learning rate by an average (Defazio et al. 2024,
// doi:10.48550/arXiv.2405.15682):
//
//	y = (1 − momentum)·z + momentum·x,  z₊ = z − lr·∇f(y),  x₊ = (1 − c)x + c·z₊,  c = 1/(k + 2) at step k = 0, 1, …
//
// so that x is the mean of all z, the start among them. The iterate shows x.
type ScheduleFree struct {
	LR       length  `param:"lr" default:"1/L" range:"(0,)" space:"{loguniform: [1e-5, 1000]}" doc:"learning rate"`
	Momentum float64 `param:"momentum" default:"0.9" range:"[0,1]" space:"{oneminus-log: [1e-2, 0.5]}" doc:"where the gradient is taken: 0 at z, 1 at the mean"`

	extrapolation
	z     []float64
	steps int
}

var _ methods.Method = (*ScheduleFree)(nil)

func init() {
	methods.Register("schedule-free", methods.Info{
		Summary: "schedule-free gradient descent: averaging instead of a decreasing learning rate",
		Formula: "y = (1−β)z + βx, z₊ = z − lr·∇f(y), x₊ = mean of z₀ … z₊",
		Source:  "Defazio et al. 2024, The road less scheduled, NeurIPS",
		DOI:     "10.48550/arXiv.2405.15682",
		Family:  "momentum",
	}, func() methods.Method { return new(ScheduleFree) })
}

// Init begins with all three points at the start.
func (m *ScheduleFree) Init(o *oracle, at *iterate) error {
	m.begin(o, at)
	m.z = append([]float64(nil), at.X...)
	m.steps = 0
	return nil
}

// Step makes one step of z and takes it into the mean.
func (m *ScheduleFree) Step(at *iterate) error {
	m.look(at, m.LR.Value)
	m.steps++
	c := 1 / float64(m.steps+1)
	for i := range m.z {
		m.z[i] -= float64(m.LR.Value * m.g[i])
		at.X[i] += float64(c * (m.z[i] - at.X[i]))
		m.y[i] = m.z[i] + float64(m.Momentum*(at.X[i]-m.z[i]))
	}
	return nil
}

// Carry moves y and z.
func (m *ScheduleFree) Carry(shift []float64) {
	m.extrapolation.Carry(shift)
	vec.AddScaled(m.z, m.z, 1, shift)
}

// Units are those of ∇f times the learning rate.
func (m *ScheduleFree) Units() methods.Units {
	return methods.GradientUnits.Times(methods.LengthUnits(m.LR))
}
