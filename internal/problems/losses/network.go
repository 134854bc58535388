package losses

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/problems"
)

// layer is a matrix W (out×in, by rows) and a bias b, somewhere in the variables.
type layer struct{ from, in, out int }

func (l layer) to() int { return l.from + l.in*l.out + l.out }

// weights of all units, by rows.
func (l layer) weights(w []float64) []float64 { return w[l.from : l.from+l.in*l.out] }

// biases of all units.
func (l layer) biases(w []float64) []float64 { return w[l.from+l.in*l.out : l.to()] }

// network passes blocks of samples forwards and backwards, by products of matrices. Every sum
// over inputs, units or samples is in their order, so that the bits are those of a loop over
// samples, inputs and units.
type network struct {
	layers []layer
	unit   activation
	room   int // samples passed at a time

	// Scratch, by layer, a row for each sample: outputs h₀ = x to h_L = z, and the loss's
	// derivatives by them. Where samples are neighbours, h₀ is not the copies but the data.
	h, delta [][]float64
	copies   []float64

	ahead, back []simd.Panels // Wᵀ and W of each layer
	before      simd.Panels   // the outputs of a layer

	along *directional // nil: not needed yet
}

// layOut makes the layers between the given sizes, input first.
func (n *network) layOut(sizes []int, unit activation) {
	n.unit, n.layers = unit, nil
	from, numbers := 0, sizes[0]
	for k := range len(sizes) - 1 {
		l := layer{from, sizes[k], sizes[k+1]}
		n.layers = append(n.layers, l)
		from = l.to()
		numbers += l.out
	}
	const cached = 1 << 18 // numbers, which stay in the second cache or near it
	n.room = min(max(cached/numbers, 8), 128) &^ 7
}

// parameters is the number of weights and biases of layers between the given sizes.
func parameters(sizes []int) int64 {
	count := int64(0)
	for k, out := range sizes[1:] {
		count += (int64(sizes[k]) + 1) * int64(out)
	}
	return count
}

// Dim is the number of weights and biases.
func (n *network) Dim() int { return n.layers[len(n.layers)-1].to() }

// Shapes are a matrix out×in and a bias for each layer.
func (n *network) Shapes() []problems.Block {
	var blocks []problems.Block
	for k, l := range n.layers {
		blocks = append(blocks,
			problems.Block{Name: fmt.Sprintf("W%d", k+1), Kind: problems.MatrixBlock, Rows: l.out, Columns: l.in, Offset: l.from},
			problems.Block{Name: fmt.Sprintf("b%d", k+1), Kind: problems.BiasBlock, Rows: l.out, Columns: 1, Offset: l.from + l.in*l.out})
	}
	return blocks
}

func (n *network) scratch() {
	n.h, n.delta = n.rows(), n.rows()
	n.copies = n.h[0]
	n.ahead, n.back = make([]simd.Panels, len(n.layers)), make([]simd.Panels, len(n.layers))
	n.before, n.along = simd.Panels{}, nil
	for k, l := range n.layers {
		n.ahead[k].Reserve(l.in, l.out)
		if k > 0 {
			n.back[k].Reserve(l.out, l.in)
		}
		n.before.Reserve(n.room, l.in)
	}
}

// rows is room for a row of each layer for each sample of a block.
func (n *network) rows() [][]float64 {
	rows := [][]float64{make([]float64, n.room*n.layers[0].in)}
	for _, l := range n.layers {
		rows = append(rows, make([]float64, n.room*l.out))
	}
	return rows
}

// load takes the weights for passes forwards, and backwards where those follow.
func (n *network) load(w []float64, backwards bool) {
	for k, l := range n.layers {
		n.ahead[k].Pack(l.weights(w), 1, l.in, l.in, l.out)
		if backwards && k > 0 {
			n.back[k].Pack(l.weights(w), l.in, 1, l.out, l.in)
		}
	}
}

// forward returns z for some rows of x, at most room, one row for each.
func (n *network) forward(w []float64, x data.Matrix, rows []int32) (z []float64) {
	n.h[0] = n.inputs(x, rows)
	last := len(n.layers) - 1
	for k, l := range n.layers {
		out := n.h[k+1][:len(rows)*l.out]
		n.ahead[k].Times(out, l.out, n.h[k], l.in, 1, len(rows), false)
		addToRows(out, l.biases(w))
		if k < last {
			n.unit.outputs(out)
		}
	}
	return n.h[last+1][:len(rows)*n.layers[last].out]
}

// inputs are rows of x, one after the other, none of them to be modified.
func (n *network) inputs(x data.Matrix, rows []int32) []float64 {
	if dense, ok := x.(*data.Dense); ok {
		return dense.Rows(rows, n.copies)
	}
	in := n.layers[0].in
	for s, i := range rows {
		columns, values := x.Row(int(i))
		into := n.copies[s*in:][:in]
		clear(into)
		for k, v := range values {
			into[columns[k]] = v
		}
	}
	return n.copies[:len(rows)*in]
}

// addToRows adds b to each row of a matrix.
func addToRows(rows, b []float64) {
	for ; len(rows) > 0; rows = rows[len(b):] {
		row := rows[:len(b)]
		for j, v := range b {
			row[j] += v
		}
	}
}

// addRows adds each row of a matrix to b.
func addRows(b, rows []float64) {
	for ; len(rows) > 0; rows = rows[len(b):] {
		row := rows[:len(b)]
		for j, v := range row {
			b[j] += v
		}
	}
}

// outputDelta is where the loss's slopes by z go before backward, a row for each sample.
func (n *network) outputDelta() []float64 { return n.delta[len(n.layers)] }

// backward adds the gradient over so many samples to grad, their outputs and slopes by z being
// at hand.
func (n *network) backward(grad []float64, samples int) {
	for k := len(n.layers) - 1; k >= 0; k-- {
		l, delta := n.layers[k], n.delta[k+1][:samples*n.layers[k].out]
		n.before.Pack(n.h[k], l.in, 1, samples, l.in)
		n.before.Times(l.weights(grad), l.in, delta, 1, l.out, l.out, true)
		addRows(l.biases(grad), delta)
		if k > 0 {
			before := n.delta[k][:samples*l.in]
			n.back[k].Times(before, l.in, delta, l.out, 1, samples, false)
			n.unit.slopes(before, n.h[k])
		}
	}
}
