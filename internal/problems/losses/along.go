package losses

import "github.com/gdbench/gdbench/internal/simd"

// directional is the scratch of a network that differentiates along a direction v.
type directional struct {
	dh, ddelta  [][]float64   // h and delta differentiated
	ahead, back []simd.Panels // Vᵀ and V of each layer
}

// loadAlong is load for v.
func (n *network) loadAlong(v []float64) {
	if n.along == nil {
		layers := len(n.layers)
		n.along = &directional{dh: n.rows(), ddelta: n.rows(), ahead: make([]simd.Panels, layers), back: make([]simd.Panels, layers)}
	}
	for k, l := range n.layers {
		n.along.ahead[k].Pack(l.weights(v), 1, l.in, l.in, l.out)
		if k > 0 {
			n.along.back[k].Pack(l.weights(v), l.in, 1, l.out, l.in)
		}
	}
}

// forwardAlong is the derivative of z along v, after forward. That of the input is 0.
func (n *network) forwardAlong(v []float64, samples int) (dz []float64) {
	d, last := n.along, len(n.layers)-1
	for k, l := range n.layers {
		out := d.dh[k+1][:samples*l.out]
		d.ahead[k].Times(out, l.out, n.h[k], l.in, 1, samples, false)
		if k > 0 {
			n.ahead[k].Times(out, l.out, d.dh[k], l.in, 1, samples, true)
		}
		addToRows(out, l.biases(v))
		if k < last {
			n.unit.slopes(out, n.h[k+1])
		}
	}
	return d.dh[last+1][:samples*n.layers[last].out]
}

// outputDeltaAlong is where the derivatives of the slopes by z go before backwardAlong.
func (n *network) outputDeltaAlong() []float64 { return n.along.ddelta[len(n.layers)] }

// backwardAlong adds the derivative of the gradient along v to hv, after forwardAlong.
func (n *network) backwardAlong(hv []float64, samples int) {
	d := n.along
	for k := len(n.layers) - 1; k >= 0; k-- {
		l := n.layers[k]
		delta, ddelta := n.delta[k+1][:samples*l.out], d.ddelta[k+1][:samples*l.out]
		n.before.Pack(n.h[k], l.in, 1, samples, l.in)
		n.before.Times(l.weights(hv), l.in, ddelta, 1, l.out, l.out, true)
		addRows(l.biases(hv), ddelta)
		if k == 0 {
			return
		}
		n.before.Pack(d.dh[k], l.in, 1, samples, l.in)
		n.before.Times(l.weights(hv), l.in, delta, 1, l.out, l.out, true)
		before, dbefore := n.delta[k][:samples*l.in], d.ddelta[k][:samples*l.in]
		n.back[k].Times(before, l.in, delta, l.out, 1, samples, false)
		n.back[k].Times(dbefore, l.in, ddelta, l.out, 1, samples, false)
		d.back[k].Times(dbefore, l.in, delta, l.out, 1, samples, true)
		for j, h := range n.h[k][:samples*l.in] {
			slope := n.unit.slope(h)
			// dh = σ′·da, so σ″·da = σ″·dh/σ′, which is 0 where σ′ is.
			var bend float64
			if slope != 0 {
				bend = n.unit.curvature(h) * d.dh[k][j] / slope
			}
			dbefore[j] = float64(dbefore[j]*slope) + float64(before[j]*bend)
			before[j] *= slope
		}
	}
}
