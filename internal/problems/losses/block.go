package losses

import (
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/simd"
)

// block passes samples in blocks through a matrix W of d×K weights, by rows: xᵀW for each of them,
// and the gradient Σ x·sᵀ. Features that are stored densely go by products of matrices, sparse
// ones by their entries; every sum is in the order of features or samples in both.
type block struct {
	features, outs int
	room           int // samples in a block

	dense *data.Dense // the features, where they are stored so
	x     []float64   // the rows of the last outputs

	// Scratch: samples as rows of features and of outputs, and the gradient transposed, whose
	// rows are long where there are few outputs.
	copies, z, across []float64
	ahead, before     simd.Panels
	pending           bool // whether across has something to add
}

func newBlock(features, outs int) block {
	const cached = 1 << 16 // numbers, which stay in the second cache
	b := block{features: features, outs: outs, room: min(max(cached/(features+outs), 8), 128) &^ 7}
	b.z = make([]float64, b.room*outs)
	return b
}

// begin clears grad, and makes ready for rows of x and weights w.
func (b *block) begin(x data.Matrix, w, grad []float64) {
	clear(grad)
	b.pending = false
	if b.dense, _ = x.(*data.Dense); b.dense == nil {
		return
	}
	b.ahead.Pack(w, b.outs, 1, b.features, b.outs)
	if b.copies == nil {
		b.copies, b.across = make([]float64, b.room*b.features), make([]float64, b.features*b.outs)
	}
}

// outputs returns xᵀW for some rows, at most room. The slopes by them are to be written in their
// place before spread.
func (b *block) outputs(x data.Matrix, w []float64, rows []int32) []float64 {
	z := b.z[:len(rows)*b.outs]
	if b.dense == nil {
		for k, i := range rows {
			columns, values := x.Row(int(i))
			logits(z[k*b.outs:][:b.outs], w, columns, values)
		}
		return z
	}
	b.x = b.dense.Rows(rows, b.copies)
	b.ahead.Times(z, b.outs, b.x, b.features, 1, len(rows), false)
	return z
}

// spread adds Σ x·sᵀ over the rows of the last outputs to the gradient, which end completes.
func (b *block) spread(grad []float64, x data.Matrix, rows []int32) {
	if b.dense == nil {
		for k, i := range rows {
			columns, values := x.Row(int(i))
			spread(grad, b.z[k*b.outs:][:b.outs], columns, values)
		}
		return
	}
	b.before.Pack(b.x, b.features, 1, len(rows), b.features)
	b.before.Times(b.across, b.features, b.z, 1, b.outs, b.outs, b.pending)
	b.pending = true
}

// end completes the gradient.
func (b *block) end(grad []float64) {
	if grad == nil || !b.pending {
		return
	}
	for c := range b.outs {
		for j, v := range b.across[c*b.features:][:b.features] {
			grad[j*b.outs+c] = v
		}
	}
}

// logits writes xᵀW into z.
func logits(z, w []float64, columns []int32, values []float64) {
	clear(z)
	for k, v := range values {
		row := w[place(columns, k)*len(z):][:len(z)]
		for c, wc := range row {
			z[c] += float64(v * wc)
		}
	}
}

// spread adds x·sᵀ to g.
func spread(g, s []float64, columns []int32, values []float64) {
	for k, v := range values {
		row := g[place(columns, k)*len(s):][:len(s)]
		for c, sc := range s {
			row[c] += float64(v * sc)
		}
	}
}
