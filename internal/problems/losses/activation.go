package losses

import (
	"math"
	"math/bits"

	"github.com/gdbench/gdbench/internal/elementary"
)

// activation is the nonlinearity σ of a layer, with its derivatives in terms of its
// output h = σ(a), which is at hand when they are needed.
type activation interface {
	at(a float64) float64        // h = σ(a)
	slope(h float64) float64     // σ′(a)
	curvature(h float64) float64 // σ″(a)

	outputs(a []float64)       // at, of every entry in its place
	slopes(delta, h []float64) // multiplies each entry by its slope
}

// activations by their names in the suite language.
var activations = map[string]activation{
	"identity": identityUnit{}, "tanh": tanhUnit{}, "sigmoid": sigmoidUnit{}, "relu": reluUnit{},
}

type identityUnit struct{}

func (identityUnit) at(a float64) float64      { return a }
func (identityUnit) slope(float64) float64     { return 1 }
func (identityUnit) curvature(float64) float64 { return 0 }
func (identityUnit) outputs([]float64)         {}
func (identityUnit) slopes(_, _ []float64)     {}

type tanhUnit struct{}

func (tanhUnit) at(a float64) float64        { return elementary.Tanh(a) }
func (tanhUnit) slope(h float64) float64     { return 1 - float64(h*h) }
func (tanhUnit) curvature(h float64) float64 { return -2 * h * (1 - float64(h*h)) }

func (tanhUnit) outputs(a []float64) {
	for i, v := range a {
		a[i] = elementary.Tanh(v)
	}
}

func (tanhUnit) slopes(delta, h []float64) {
	h = h[:len(delta)]
	for i, v := range h {
		delta[i] *= 1 - float64(v*v)
	}
}

type sigmoidUnit struct{}

func (sigmoidUnit) at(a float64) float64        { return sigmoid(a) }
func (sigmoidUnit) slope(h float64) float64     { return h * (1 - h) }
func (sigmoidUnit) curvature(h float64) float64 { return h * (1 - h) * (1 - float64(2*h)) }

func (sigmoidUnit) outputs(a []float64) {
	for i, v := range a {
		a[i] = sigmoid(v)
	}
}

func (sigmoidUnit) slopes(delta, h []float64) {
	h = h[:len(delta)]
	for i, v := range h {
		delta[i] *= v * (1 - v)
	}
}

// reluUnit is max(0, a), with slope 0 at its kink.
type reluUnit struct{}

func (reluUnit) at(a float64) float64 { return math.Max(0, a) }

func (reluUnit) slope(h float64) float64 {
	if h > 0 {
		return 1
	}
	return 0
}

func (reluUnit) curvature(float64) float64 { return 0 }

func (reluUnit) outputs(a []float64) {
	for i, v := range a {
		a[i] = max(v, 0)
	}
}

func (reluUnit) slopes(delta, h []float64) {
	h = h[:len(delta)]
	const one, infinity = 0x3ff << 52, 0x7ff << 52
	for i, v := range h {
		// 1 where v > 0, without a branch, which no processor could predict.
		_, positive := bits.Sub64(math.Float64bits(v)-1, infinity, 0)
		delta[i] *= math.Float64frombits(-positive & one)
	}
}
