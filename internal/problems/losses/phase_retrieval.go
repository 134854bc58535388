package losses

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// PhaseRetrieval is f(x) = (1/4m) Σ ((aᵢᵀx)² − yᵢ)²: find a signal from the squares of its
// projections. x and −x fare alike, 0 is a maximum, and saddles lie between.
type PhaseRetrieval struct {
	Data       data.Set `param:"data" default:"{name: minstd, samples: 24, features: 3, seed: 5, weights: [1, -0.5, 2], labels: squares}" doc:"a data set with squared projections for labels"`
	Duplicates int      `param:"duplicates" default:"1" range:"[1,10000]" doc:"number of copies of the samples"`
	linear
}

var _ problems.Builder = (*PhaseRetrieval)(nil)

func init() {
	problems.Register("phase-retrieval", problems.Info{
		Summary: "recovery of a signal from the squares of its projections; nonconvex",
		Formula: "f(x) = (1/4m) Σ ((aᵢᵀx)² − yᵢ)²",
		Source:  "E. J. Candès, X. Li & M. Soltanolkotabi 2015, IEEE Transactions on Information Theory 61, 1985–2007",
		DOI:     "10.1109/TIT.2015.2399924",
	}, func() problems.Problem { return new(PhaseRetrieval) })
}

// Build loads the data. Where they state the signal behind them, f* = 0 is known.
func (p *PhaseRetrieval) Build(env problems.Env) error {
	var truth []float64
	design := Design{Intercept: "none", Duplicates: p.Duplicates}
	err := p.build(env, &design, p.Data, phase{}, func(s *data.Samples) ([]float64, error) {
		truth = s.Truth
		return numbers(s)
	})
	if err != nil {
		return err
	}
	start := p.facts.Starts[0].X
	for j := range start {
		start[j] = 0.5
	}
	p.facts.Starts[0].Source = "½ everywhere; the origin is critical"
	p.stateOrigin()
	if truth != nil && p.Evaluate(truth, nil) == 0 {
		opposite := make([]float64, len(truth))
		vec.AddScaled(opposite, opposite, -1, truth)
		p.facts.Minimum = &problems.Minimum{Source: problems.Analytic, Points: [][]float64{truth, opposite}}
	}
	return nil
}

// stateOrigin states that 0 is a maximum, which it is unless all the yᵢ > 0 leave a
// direction out, as fewer samples than variables do.
func (p *PhaseRetrieval) stateOrigin() {
	if p.Dim() > maxDense {
		p.facts.Notes = append(p.facts.Notes, fmt.Sprintf("the kind of the critical point 0 is unknown: eigenvalues are computed up to %d features", maxDense))
		return
	}
	origin, h := make([]float64, p.Dim()), mat.NewSymDense(p.Dim(), nil)
	p.Hessian(origin, h)
	var eigen linalg.Eigen
	if eigen.Factorize(h, false) && eigen.Values()[p.Dim()-1] < 0 {
		p.facts.Critical = []problems.Critical{{X: origin, Kind: problems.Maximum}}
	}
}

// phase is φ(z, y) = (z² − y)²/4.
type phase struct{}

func (phase) at(z, y float64) (value, slope float64) {
	r := float64(z*z) - y
	return 0.25 * r * r, r * z
}

func (phase) curvature(z, y float64) float64 { return float64(3*float64(z*z)) - y }

// curvatures: none above; below, −y differs from sample to sample.
func (phase) curvatures() (least, greatest float64) { return math.Inf(-1), math.Inf(1) }
