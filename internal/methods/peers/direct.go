package peers

import (
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/optimize"
)

// NelderMead is optimize.NelderMead: a simplex that is reflected, expanded, contracted and
// shrunk, with coefficients that depend on the dimension.
type NelderMead struct {
	Size float64 `param:"size" default:"0.05" range:"(0,)" doc:"edge of the initial simplex along each axis"`

	free
}

// CMAES is optimize.CmaEsChol: a normal distribution whose mean and covariance, kept as its
// Cholesky factor, follow the best samples. In v0.17.0 samples have the covariance C, where
// Krause et al. have σ²C: the adapted σ does not change the spread of the samples. It is a peer,
// not a reference for CMA-ES; that is cma-es.
type CMAES struct {
	Sigma      float64 `param:"sigma" default:"0.3" range:"(0,)" doc:"gonum's InitStepSize, initial value of σ; samples do not depend on it directly"`
	Population int     `param:"population" default:"0" range:"[0,100000]" doc:"samples in a generation; 0: 4 + ⌊3 ln n⌋"`

	free
}

var (
	_ methods.Method = (*NelderMead)(nil)
	_ methods.Method = (*CMAES)(nil)

	_ methods.Inexact = (*free)(nil)
	_ problems.Random = (*CMAES)(nil)
)

func init() {
	methods.Register("gonum-nelder-mead", methods.Info{
		Summary: "peer without gradients: Nelder and Mead's simplex method of gonum/optimize",
		Formula: "the worst of n + 1 points is reflected at the centroid of the others; expansion, contraction or shrinkage by its value",
		Source:  "gonum.org/v1/gonum/optimize v0.17.0, after Gao & Han 2012, Comput. Optim. Appl. 51, 259–277",
		DOI:     "10.1007/s10589-010-9329-3",
		Family:  "peers",
	}, func() methods.Method { return new(NelderMead) })
	methods.Register("gonum-cma-es", methods.Info{
		Summary: "peer without gradients: CMA-ES with a Cholesky factor of gonum/optimize",
		Formula: "x_i = m + A·z_i with AAᵀ = C, z_i normal; m and C follow the better half of the samples",
		Source:  "gonum.org/v1/gonum/optimize v0.17.0, after Krause, Arbonès & Igel 2016, Advances in neural information processing systems 29",
		Family:  "peers",
	}, func() methods.Method { return new(CMAES) })
}

// Init evaluates f at the start. The simplex has n + 1 points.
func (m *NelderMead) Init(o *methods.Oracle, at *methods.Iterate) error {
	if err := o.NeedDense(o.Dim() + 1); err != nil {
		return err
	}
	if err := m.begin(o, at.X, &optimize.NelderMead{SimplexSize: m.Size}); err != nil {
		return err
	}
	if _, err := m.advance(); err != nil {
		return err
	}
	m.show(at)
	return nil
}

// Random reports that repeats differ.
func (*CMAES) Random() bool { return true }

// Init evaluates nothing: the first samples are drawn around the start.
func (m *CMAES) Init(o *methods.Oracle, at *methods.Iterate) error {
	if err := o.NeedDense(o.Dim()); err != nil {
		return err
	}
	return m.begin(o, at.X, &optimize.CmaEsChol{InitStepSize: m.Sigma, Population: m.Population, Src: o.Rand()})
}
