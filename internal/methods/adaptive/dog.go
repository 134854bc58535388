package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// DoG needs no learning rate: its step is the farthest distance from the start over the
// root of the sum of the squared gradient norms (Ivgi, Hinder & Carmon 2023,
// doi:10.48550/arXiv.2302.12022):
//
//	tₖ = lr·r̄ₖ/√(Gₖ + ε),  r̄ₖ = max(r_ε, max_{i≤k} ‖xᵢ − x₀‖),  Gₖ = Σ_{i≤k} ‖gᵢ‖²,  r_ε = reps_rel·(1 + ‖x₀‖).
//
// It shows the last iterate, not the average.
type DoG struct {
	LR      length  `param:"lr" default:"1" range:"(0,)" space:"{loguniform: [0.1, 10]}" doc:"factor of the step; the paper has 1"`
	RepsRel float64 `param:"reps_rel" default:"1e-6" range:"(0,)" space:"{loguniform: [1e-8, 1e-2]}" doc:"the first distance is reps_rel·(1 + ‖x₀‖)"`
	Eps     float64 `param:"eps" default:"1e-8" range:"[0,)" doc:"ε, added to the sum of squares"`
	methods.FirstOrder

	start, away []float64 // x₀, x − x₀
	distance    float64   // r̄
	squares     float64   // G
}

var _ methods.Method = (*DoG)(nil)

func init() {
	methods.Register("dog", methods.Info{
		Summary: "distance over gradients: a step length without a learning rate to tune",
		Formula: "tₖ = max_{i≤k}‖xᵢ − x₀‖/√(Σ_{i≤k}‖gᵢ‖² + ε), x ← x − tₖ·g",
		Source:  "Ivgi, Hinder & Carmon 2023, DoG is SGD's best friend: a parameter-free dynamic step size schedule, ICML",
		DOI:     "10.48550/arXiv.2302.12022",
		Family:  "adagrad",
	}, func() methods.Method { return new(DoG) })
}

// Init takes the first distance from the start.
func (d *DoG) Init(o *oracle, at *iterate) error {
	d.start = append([]float64(nil), at.X...)
	d.away = make([]float64, len(at.X))
	d.distance = d.RepsRel * (1 + vec.Norm(at.X))
	d.squares = 0
	return d.Begin(o, at)
}

// Step makes one update.
func (d *DoG) Step(at *iterate) error { return d.Advance(at, d) }

// Update is DoG's rule.
func (d *DoG) Update(x, g []float64) float64 {
	vec.AddScaled(d.away, x, -1, d.start)
	d.distance = max(d.distance, vec.Norm(d.away))
	d.squares += vec.Dot(g, g)
	if d.squares == 0 {
		return 0 // no gradient yet: nowhere to go
	}
	t := d.LR.Value * d.distance / math.Sqrt(d.squares+d.Eps)
	vec.AddScaled(x, x, -t, g)
	return t
}

// Units do not exist: ε is compared with squared gradients, 1 with ‖x₀‖.
func (*DoG) Units() methods.Units { return absolute }
