package losses

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// layer is a matrix W (out×in, by rows) and a bias b, somewhere in the variables.
type layer struct{ from, in, out int }

func (l layer) to() int { return l.from + l.in*l.out + l.out }

// row is the weights of unit o.
func (l layer) row(w []float64, o int) []float64 {
	return w[l.from+o*l.in : l.from+(o+1)*l.in]
}

// biases of all units.
func (l layer) biases(w []float64) []float64 { return w[l.from+l.in*l.out : l.to()] }

// network passes one sample at a time forwards and backwards.
type network struct {
	layers []layer
	unit   activation

	// Scratch, by layer: outputs h₀ = x to h_L = z, the loss's derivatives by them, and
	// both differentiated along a direction.
	h, delta, dh, ddelta [][]float64
}

// layOut makes the layers between the given sizes, input first.
func (n *network) layOut(sizes []int, unit activation) {
	n.unit, n.layers = unit, nil
	from := 0
	for k := range len(sizes) - 1 {
		l := layer{from, sizes[k], sizes[k+1]}
		n.layers = append(n.layers, l)
		from = l.to()
	}
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
	fresh := func() [][]float64 {
		rows := [][]float64{make([]float64, n.layers[0].in)}
		for _, l := range n.layers {
			rows = append(rows, make([]float64, l.out))
		}
		return rows
	}
	n.h, n.delta, n.dh, n.ddelta = fresh(), fresh(), fresh(), fresh()
}

// outputDelta is where the loss's slope by z goes before backward.
func (n *network) outputDelta() []float64 { return n.delta[len(n.layers)] }

func (n *network) outputDeltaAlong() []float64 { return n.ddelta[len(n.layers)] }

// forward returns z for row i.
func (n *network) forward(w []float64, x data.Matrix, i int) (z []float64) {
	clear(n.h[0])
	columns, values := x.Row(i)
	for k, v := range values {
		n.h[0][place(columns, k)] = v
	}
	for k, l := range n.layers {
		out := n.h[k+1]
		for o, b := range l.biases(w) {
			a := vec.Dot(l.row(w, o), n.h[k]) + b
			if k+1 < len(n.layers) {
				a = n.unit.at(a)
			}
			out[o] = a
		}
	}
	return n.h[len(n.layers)]
}

// backward adds the gradient to grad, the outputs and the slope by z being at hand.
func (n *network) backward(w, grad []float64) {
	for k := len(n.layers) - 1; k >= 0; k-- {
		l, delta, before := n.layers[k], n.delta[k+1], n.delta[k]
		biases := l.biases(grad)
		clear(before)
		for o, e := range delta {
			row := l.row(grad, o)
			vec.AddScaled(row, row, e, n.h[k])
			biases[o] += e
			vec.AddScaled(before, before, e, l.row(w, o))
		}
		if k > 0 {
			for j, h := range n.h[k] {
				before[j] *= n.unit.slope(h)
			}
		}
	}
}

// forwardAlong is the derivative of z along v, after forward.
func (n *network) forwardAlong(w, v []float64) (dz []float64) {
	clear(n.dh[0])
	for k, l := range n.layers {
		out := n.dh[k+1]
		for o, b := range l.biases(v) {
			a := vec.Dot(l.row(v, o), n.h[k]) + vec.Dot(l.row(w, o), n.dh[k]) + b
			if k+1 < len(n.layers) {
				a *= n.unit.slope(n.h[k+1][o])
			}
			out[o] = a
		}
	}
	return n.dh[len(n.layers)]
}

// backwardAlong adds the derivative of the gradient along v to hv, after forwardAlong and
// with the derivatives of the slope by z at hand.
func (n *network) backwardAlong(w, v, hv []float64) {
	for k := len(n.layers) - 1; k >= 0; k-- {
		l, before, dbefore := n.layers[k], n.delta[k], n.ddelta[k]
		biases := l.biases(hv)
		clear(before)
		clear(dbefore)
		for o, e := range n.delta[k+1] {
			de := n.ddelta[k+1][o]
			row := l.row(hv, o)
			vec.AddScaled(row, row, de, n.h[k])
			vec.AddScaled(row, row, e, n.dh[k])
			biases[o] += de
			vec.AddScaled(before, before, e, l.row(w, o))
			vec.AddScaled(dbefore, dbefore, de, l.row(w, o))
			vec.AddScaled(dbefore, dbefore, e, l.row(v, o))
		}
		if k == 0 {
			return
		}
		for j, h := range n.h[k] {
			slope := n.unit.slope(h)
			// dh = σ′·da, so σ″·da = σ″·dh/σ′, which is 0 where σ′ is.
			var bend float64
			if slope != 0 {
				bend = n.unit.curvature(h) * n.dh[k][j] / slope
			}
			dbefore[j] = float64(dbefore[j]*slope) + float64(before[j]*bend)
			before[j] *= slope
		}
	}
}
