package losses

// head is the loss on a network's outputs z, for one sample with the target y.
type head interface {
	outputs() int
	at(z []float64, y float64, slope []float64) (value float64) // ∂ℓ/∂z into slope
	along(z []float64, y float64, dz, dslope []float64)         // its derivative along dz
	right(z []float64, y float64) bool                          // whether the predicted class is right
	fork() head
}

// marginHead is a loss of a linear model on the one output.
type marginHead struct{ phi marginLoss }

func (marginHead) outputs() int { return 1 }

func (h marginHead) at(z []float64, y float64, slope []float64) (value float64) {
	value, slope[0] = h.phi.at(z[0], y)
	return value
}

func (h marginHead) along(z []float64, y float64, dz, dslope []float64) {
	dslope[0] = h.phi.curvature(z[0], y) * dz[0]
}

func (marginHead) right(z []float64, y float64) bool { return z[0]*y > 0 }

func (h marginHead) fork() head { return h }

// softmaxHead is the cross-entropy of K classes, one output each.
type softmaxHead struct{ p []float64 }

func newSoftmaxHead(classes int) *softmaxHead { return &softmaxHead{make([]float64, classes)} }

func (h *softmaxHead) outputs() int { return len(h.p) }

func (h *softmaxHead) at(z []float64, y float64, slope []float64) (value float64) {
	value = softmax(slope, z) - z[int(y)]
	slope[int(y)]--
	return value
}

func (h *softmaxHead) along(z []float64, _ float64, dz, dslope []float64) {
	softmax(h.p, z)
	softmaxAlong(dslope, h.p, dz)
}

func (h *softmaxHead) right(z []float64, y float64) bool { return largest(z) == int(y) }

func (h *softmaxHead) fork() head { return newSoftmaxHead(len(h.p)) }
