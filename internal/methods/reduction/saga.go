package reduction

import (
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// SAGA corrects the gradient of a sample by the one remembered of it (Defazio, Bach &
// Lacoste-Julien 2014, doi:10.48550/arXiv.1407.0202), which keeps it unbiased:
//
//	x ← x − lr·(∇fᵢ(x) − φᵢ + (1/m)Σφⱼ),  then φᵢ ← ∇fᵢ(x) as it was.
//
// The table starts with the gradients at x₀, which costs m samples.
type SAGA struct {
	LR length `param:"lr" default:"1/(3*Lmax)" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate"`

	table
	g []float64
}

var (
	_ methods.Method  = (*SAGA)(nil)
	_ problems.Random = (*SAGA)(nil)
)

func init() {
	methods.Register("saga", methods.Info{
		Summary: "sample gradients corrected by a table of earlier ones",
		Formula: "x ← x − lr·(∇fᵢ(x) − φᵢ + (1/m)Σφⱼ), φᵢ ← ∇fᵢ(x)",
		Source:  "Defazio, Bach & Lacoste-Julien 2014, SAGA: a fast incremental gradient method, NIPS",
		DOI:     "10.48550/arXiv.1407.0202",
		Family:  "variance reduction",
	}, func() methods.Method { return new(SAGA) })
}

// Init fills the table at the start.
func (s *SAGA) Init(o *oracle, at *iterate) error {
	s.g = make([]float64, len(at.X))
	return s.begin(o, at)
}

// Step follows the corrected gradient of one sample, or of a batch, and remembers it.
func (s *SAGA) Step(at *iterate) error {
	samples := s.next()
	if err := s.look(at.X, samples); err != nil {
		return err
	}
	s.estimate(samples)
	s.remember(samples)
	vec.AddScaled(at.X, at.X, -s.LR.Value, s.g)
	moved(at, s.LR.Value)
	return nil
}

// estimate writes the mean of ∇fᵢ(x) − φᵢ over the samples, plus that of all φⱼ, into g.
func (s *SAGA) estimate(samples []int32) {
	copy(s.g, s.mean)
	share := 1 / float64(len(samples))
	for k, i := range samples {
		vec.AddScaled(s.g, s.g, share, s.news[k])
		vec.AddScaled(s.g, s.g, -share, s.rows[i])
	}
}

// Units are those of ∇f times the learning rate.
func (s *SAGA) Units() methods.Units { return methods.GradientUnits.Times(methods.LengthUnits(s.LR)) }
