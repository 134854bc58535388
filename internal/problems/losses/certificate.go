package losses

import (
	"math"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/problems/reference"
)

var (
	_ reference.Model  = (*linear)(nil)
	_ reference.Model  = (*Softmax)(nil)
	_ reference.Pieces = pieces{}
	_ reference.Tailed = tailed{}
	_ reference.Tailed = (*contrasts)(nil)
)

// piecewise is a marginLoss that consists of quadratic pieces.
type piecewise interface {
	marginLoss
	outside(slope, y float64) float64 // distance to the slopes that φ(·, y) has
}

// withTails is a marginLoss with |φ‴| ≤ φ″.
type withTails interface {
	marginLoss
	// tail is the direction of z in which φ(·, y) has a tail that falls for ever: its sign,
	// or level where there is none.
	tail(y float64) (sign float64, level bool)
	unattained() string
}

// Linear is the loss for the reference solve, nil where φ is neither piecewise nor withTails: a
// regularizer then makes f convex, and strongly so.
func (l *linear) Linear() *reference.Linear {
	margins := margins{l.phi, l.train.y}
	var terms reference.Terms
	switch l.phi.(type) {
	case piecewise:
		terms = pieces{margins}
	case withTails:
		terms = tailed{margins}
	default:
		return nil
	}
	return &reference.Linear{Terms: terms, M: l.Samples(), N: l.Dim(), Columns: func() [][]float64 { return columnsOf(l.train.x) },
		L2: l.weight, Penalized: l.penalized, Weights: func(w []float64) []float64 { return w }}
}

// columnsOf copies the matrix, column by column.
func columnsOf(x data.Matrix) [][]float64 {
	m, d := x.Dims()
	out := make([][]float64, d)
	for j := range out {
		out[j] = make([]float64, m)
	}
	for i := range m {
		columns, values := x.Row(i)
		for k, v := range values {
			out[place(columns, k)][i] = v
		}
	}
	return out
}

// margins are the terms φ(z, yᵢ).
type margins struct {
	phi marginLoss
	y   []float64
}

func (margins) Outputs() int { return 1 }

func (t margins) At(i int, z, slope, curvature []float64) (value float64) {
	value, slope[0] = t.phi.at(z[0], t.y[i])
	curvature[0] = t.phi.curvature(z[0], t.y[i])
	return value
}

type pieces struct{ margins }

func (t pieces) Outside(i int, slope float64) float64 {
	return t.phi.(piecewise).outside(slope, t.y[i])
}

func (squared) outside(_, _ float64) float64 { return 0 }

func (h huber) outside(slope, _ float64) float64 { return math.Max(0, math.Abs(slope)-h.delta) }

func (squaredHinge) outside(slope, y float64) float64 { return math.Max(0, y*slope) }

type tailed struct{ margins }

func (tailed) Spread() float64 { return 1 }

func (t tailed) Tails(i int, each func(a []float64, level bool)) {
	sign, level := t.phi.(withTails).tail(t.y[i])
	each([]float64{sign}, level)
}

func (t tailed) Unattained() string { return t.phi.(withTails).unattained() }

func (logistic) tail(y float64) (sign float64, level bool) { return y, false }

func (logistic) unattained() string { return separable }

// separable says why a logarithmic loss has no minimum (Albert & Anderson 1984,
// doi:10.1093/biomet/71.1.1, who call it complete or quasi-complete separation).
const separable = "the classes are separable: there are weights that put no sample on the wrong side, and f keeps falling as they grow; with a regularizer (l2) there is a minimum"

// tail: exp(z) − yz falls for ever as z → −∞ where the count y is 0.
func (poisson) tail(y float64) (sign float64, level bool) {
	if y == 0 {
		return -1, false
	}
	return 1, true
}

func (poisson) unattained() string {
	return "there are weights that change the expected count of samples with the count 0 only, and f keeps falling as they grow; with a regularizer (l2) there is a minimum"
}

// contrasts are the terms of softmax in K − 1 outputs v, z = Bv, with orthonormal columns in
// B that are orthogonal to (1, …, 1): adding a constant to all z changes no term, and weights
// whose rows add up to 0 have the least norm.
type contrasts struct {
	b       [][]float64 // K rows of K − 1 entries: Helmert's contrasts
	y       []float64
	z, p    []float64 // scratch
	tangent []float64
}

func newContrasts(classes int, y []float64) *contrasts {
	t := &contrasts{b: make([][]float64, classes), y: y, z: make([]float64, classes), p: make([]float64, classes), tangent: make([]float64, classes-1)}
	for k := range t.b {
		t.b[k] = make([]float64, classes-1)
		for j := max(k-1, 0); j < classes-1; j++ {
			n := float64(j + 1)
			t.b[k][j] = 1 / math.Sqrt(n*(n+1))
			if j == k-1 {
				t.b[k][j] *= -n
			}
		}
	}
	return t
}

func (t *contrasts) Outputs() int { return len(t.b) - 1 }

// At is log Σ exp(z) − z_y, with its derivatives Bᵀ(p − e_y) and Bᵀ(diag(p) − ppᵀ)B.
func (t *contrasts) At(i int, v, slope, curvature []float64) float64 {
	y, n := int(t.y[i]), len(v)
	for k, row := range t.b {
		t.z[k] = 0
		for j, b := range row {
			t.z[k] += float64(b * v[j])
		}
	}
	value := softmax(t.p, t.z) - t.z[y]
	clear(slope)
	clear(curvature)
	for k, row := range t.b {
		for j, b := range row {
			slope[j] += float64(b * t.p[k])
		}
	}
	for k, row := range t.b {
		for j, b := range row {
			by := float64(t.p[k] * (b - slope[j]))
			for l, c := range row {
				curvature[j*n+l] += float64(by * (c - slope[l]))
			}
		}
	}
	for j, b := range t.b[y] {
		slope[j] -= b
	}
	return value
}

// Spread: φ‴ is the third central moment of Bv under p, no more than (max − min) times the
// second, and (max − min)² ≤ 2‖Bv‖².
func (t *contrasts) Spread() float64 { return 2 }

func (t *contrasts) Tails(i int, each func(a []float64, level bool)) {
	right := t.b[int(t.y[i])]
	for k, row := range t.b {
		if k == int(t.y[i]) {
			continue
		}
		for j, b := range row {
			t.tangent[j] = right[j] - b
		}
		each(t.tangent, false)
	}
}

func (t *contrasts) Unattained() string { return separable }

// Linear is the loss for the reference solve.
func (p *Softmax) Linear() *reference.Linear {
	n := columns(p.train.x)
	terms := newContrasts(p.classes, p.train.y)
	l := &reference.Linear{Terms: terms, M: p.Samples(), N: n, Columns: func() [][]float64 { return columnsOf(p.train.x) },
		L2: p.weight, Penalized: p.penalized / p.classes}
	if p.weight > 0 && l.Penalized == n {
		l.Weights = terms.weights
	}
	return l
}

// weights are V·Bᵀ.
func (t *contrasts) weights(v []float64) []float64 {
	of := len(t.b) - 1
	w := make([]float64, 0, len(v)/of*len(t.b))
	for ; len(v) > 0; v = v[of:] {
		for _, row := range t.b {
			var sum float64
			for j, b := range row {
				sum += float64(b * v[j])
			}
			w = append(w, sum)
		}
	}
	return w
}
