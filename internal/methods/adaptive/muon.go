//go:build !playground

package adaptive

import (
	"math"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Muon steps, in each matrix of the variables, along the nearest matrix with orthonormal rows or
// columns to its momentum: steepest descent in the spectral norm (Jordan et al. 2024, Muon: an
// optimizer for hidden layers in neural networks; Bernstein & Newhouse 2024, arXiv:2409.20325):
//
//	M ← βM + (1 − β)G,  O = orth(M), with nesterov orth(βM + (1 − β)G),
//	W ← (1 − lr·λ)W − lr·√max(1, rows/columns)·O.
//
// Orth is UVᵀ of the singular value decomposition UΣVᵀ: exactly, or about, by five steps
// X ← aX + (bXXᵀ + c(XXᵀ)²)X from X = M/‖M‖ with the coefficients of the authors, whose
// singular values end between 0.7 and 1.2. Defaults are those of the authors' code. The other
// variables are the companion's.
type Muon struct {
	LR       length  `param:"lr" default:"0.02" range:"(0,)" space:"{loguniform: [1e-5, 100]}" doc:"learning rate: the spectral norm of a step"`
	Momentum float64 `param:"momentum" default:"0.95" range:"[0,1)" space:"{oneminus-log: [1e-2, 0.5]}" doc:"β, decay rate of the running mean of gradients"`
	Nesterov bool    `param:"nesterov" default:"true" doc:"look ahead along the momentum"`
	Orth     string  `param:"orthogonalize" default:"newton-schulz" oneof:"newton-schulz exact" doc:"how the nearest matrix is found: five steps of Newton and Schulz, or singular values"`
	Decay    float64 `param:"weight_decay" default:"0" range:"[0,)" doc:"λ of the decoupled weight decay of matrices"`
	Companion
	methods.FirstOrder

	m       []float64
	look    []float64
	scratch []orthogonal
}

var _ methods.Method = (*Muon)(nil)

func init() {
	methods.Register("muon", methods.Info{
		Summary: "momentum made orthogonal in each matrix: steepest descent in the spectral norm",
		Formula: "M ← βM + (1−β)G, W ← (1 − lr·λ)W − lr·√max(1, rows/columns)·UVᵀ, UΣVᵀ = βM + (1−β)G",
		Source:  "Jordan, Jin, Boza, You, Cesista, Newhouse & Bernstein 2024, Muon: an optimizer for hidden layers in neural networks; Bernstein & Newhouse 2024, Old optimizer, new norm: an anthology",
		DOI:     "10.48550/arXiv.2409.20325",
		Family:  "spectral",
	}, func() methods.Method { return new(Muon) })
}

// Init needs variables that form matrices.
func (m *Muon) Init(o *oracle, at *iterate) error {
	if err := m.split(o, at); err != nil {
		return err
	}
	m.m, m.look = make([]float64, len(at.X)), make([]float64, len(at.X))
	m.scratch = make([]orthogonal, len(m.matrices))
	for i, b := range m.matrices {
		if m.exact() {
			m.scratch[i].svd.Reserve(b.Rows, b.Columns)
		} else {
			m.scratch[i].reserve(b)
		}
	}
	return m.Begin(o, at)
}

func (m *Muon) exact() bool { return m.Orth == "exact" }

// Step makes one update.
func (m *Muon) Step(at *iterate) error { return m.Advance(at, m) }

// Update is the rule.
func (m *Muon) Update(x, g []float64) float64 {
	m.accompany(x, g)
	shrink := 1 - float64(m.LR.Value*m.Decay)
	for i, b := range m.matrices {
		mean, way, w := b.Of(m.m), b.Of(m.look), b.Of(x)
		for j, v := range b.Of(g) {
			mean[j] = blend(m.Momentum, mean[j], v)
			way[j] = mean[j]
			if m.Nesterov {
				way[j] = blend(m.Momentum, mean[j], v)
			}
		}
		if m.exact() {
			m.scratch[i].exact(way, b)
		} else {
			m.scratch[i].newtonSchulz(way)
		}
		lr := m.LR.Value * math.Sqrt(math.Max(1, float64(b.Rows)/float64(b.Columns)))
		for j, v := range way {
			w[j] = float64(w[j]*shrink) - float64(lr*v)
		}
	}
	return math.NaN()
}

// Carry moves the points that the companion keeps; the momentum of matrices stays.
func (m *Muon) Carry(shift []float64) { m.carry(shift) }

// Units are those of the learning rate: an orthogonal matrix has none.
func (m *Muon) Units() methods.Units { return absolute }

// orthogonal is room for making one matrix orthogonal. It works on the shape with the fewer rows.
type orthogonal struct {
	rows, columns  int // rows ≤ columns
	turned         bool
	x, next, a, aa []float64
	panels         simd.Panels
	svd            linalg.SVD
}

func (o *orthogonal) reserve(b problems.Block) {
	o.rows, o.columns, o.turned = b.Rows, b.Columns, b.Rows > b.Columns
	if o.turned {
		o.rows, o.columns = o.columns, o.rows
	}
	o.x, o.next = make([]float64, b.Size()), make([]float64, b.Size())
	o.a, o.aa = make([]float64, o.rows*o.rows), make([]float64, o.rows*o.rows)
	o.panels.Reserve(o.columns, o.rows)
	o.panels.Reserve(o.rows, o.columns)
}

// newtonSchulz replaces a matrix by about UVᵀ.
func (o *orthogonal) newtonSchulz(w []float64) {
	const (
		a, b, c = 3.4445, -4.7750, 2.0315
		least   = 1e-7
	)
	o.turn(o.x, w)
	vec.Scale(1/(vec.Norm(o.x)+least), o.x)
	n, k := o.rows, o.columns
	for range 5 {
		o.panels.Pack(o.x, 1, k, k, n) // Xᵀ
		o.panels.Times(o.a, n, o.x, k, 1, n, false)
		o.panels.Pack(o.a, n, 1, n, n)
		o.panels.Times(o.aa, n, o.a, n, 1, n, false)
		vec.Scale(c, o.aa)
		simd.AddOne(o.aa, b, o.a)
		o.panels.Pack(o.x, k, 1, n, k)
		o.panels.Times(o.next, k, o.aa, n, 1, n, false)
		simd.AddOne(o.next, a, o.x)
		o.x, o.next = o.next, o.x
	}
	o.turnBack(w)
}

// exact replaces a matrix by UVᵀ, and leaves it where it has no decomposition.
func (o *orthogonal) exact(w []float64, b problems.Block) {
	if o.svd.FactorizeRows(w, b.Columns, b.Rows, b.Columns) {
		o.svd.Polar(w)
	}
}

// turn writes w into dst, transposed where it has more rows than columns.
func (o *orthogonal) turn(dst, w []float64) {
	if !o.turned {
		copy(dst, w)
		return
	}
	for i := range o.columns {
		for j := range o.rows {
			dst[j*o.columns+i] = w[i*o.rows+j]
		}
	}
}

// turnBack writes x into w.
func (o *orthogonal) turnBack(w []float64) {
	if !o.turned {
		copy(w, o.x)
		return
	}
	for i := range o.columns {
		for j := range o.rows {
			w[i*o.rows+j] = o.x[j*o.columns+i]
		}
	}
}
