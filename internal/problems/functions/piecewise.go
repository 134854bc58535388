package functions

import (
	"math"
	"sort"

	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// piecewise is a function of one variable with a continuous derivative that is linear
// between knots: the form of most worst cases of gradient descent. It is laid out from
// its minimizer, in both directions, so that the gap keeps its digits there.
type piecewise struct {
	right, left []piece // in order of distance from the minimizer
	minimizer   float64
	known       problems.Facts
}

// piece is f = value + slope·u + curvature·u²/2 at distance u ≥ 0 from where it begins.
type piece struct {
	at, value, slope, curvature float64 // at: distance from the minimizer
}

// bend is a stretch of constant curvature, of the given length.
type bend struct {
	length, curvature float64
}

// lay joins stretches smoothly, from slope 0 and value low at the minimizer; the last
// one has no end.
func lay(low float64, bends []bend) []piece {
	pieces := []piece{{0, low, 0, bends[0].curvature}}
	for i, b := range bends[1:] {
		last, length := pieces[i], bends[i].length
		pieces = append(pieces, piece{
			at:        last.at + length,
			value:     last.value + float64(last.slope*length) + float64(last.curvature*length*length/2),
			slope:     last.slope + float64(last.curvature*length),
			curvature: b.curvature,
		})
	}
	return pieces
}

var (
	_ problems.Describer      = (*piecewise)(nil)
	_ problems.Hessian        = (*piecewise)(nil)
	_ problems.HessianProduct = (*piecewise)(nil)
)

// Dim is 1.
func (*piecewise) Dim() int { return 1 }

// Facts are given where the function is laid out.
func (p *piecewise) Facts() *problems.Facts { return &p.known }

// find is the piece at x, the distance from where it begins, and the sign of x − x*.
func (p *piecewise) find(x float64) (piece, float64, float64) {
	pieces, sign, u := p.right, 1.0, x-p.minimizer
	if u < 0 {
		pieces, sign, u = p.left, -1, -u
	}
	i := sort.Search(len(pieces)-1, func(i int) bool { return u <= pieces[i+1].at })
	return pieces[i], u - pieces[i].at, sign
}

// Evaluate returns f(x) and its derivative.
func (p *piecewise) Evaluate(x, grad []float64) float64 {
	s, u, sign := p.find(x[0])
	if grad != nil {
		grad[0] = sign * (s.slope + float64(s.curvature*u))
	}
	return s.value + float64(s.slope*u) + float64(s.curvature*u*u/2)
}

// Hessian is the second derivative, at a knot that of the side towards the minimizer.
func (p *piecewise) Hessian(x []float64, h *mat.SymDense) {
	s, _, _ := p.find(x[0])
	h.SetSym(0, 0, s.curvature)
}

// HessianProduct multiplies by the second derivative.
func (p *piecewise) HessianProduct(x, v, hv []float64) {
	s, _, _ := p.find(x[0])
	hv[0] = s.curvature * v[0]
}

// describe states what every one of these functions has: its minimum and a window that
// shows it together with the standard start.
func (p *piecewise) describe(f problems.Facts, start problems.Start) {
	p.known = f
	p.known.Minimum = &problems.Minimum{Value: p.right[0].value, Source: problems.Analytic, Points: [][]float64{{p.minimizer}}}
	p.known.Starts = []problems.Start{start}
	half := float64(1.2 * max(math.Abs(start.X[0]-p.minimizer), 0.5))
	p.known.Window = windowAround([]float64{p.minimizer}, half)
}
