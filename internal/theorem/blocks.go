package theorem

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/probability"
)

const (
	blockCount = 8
	fewest     = 6 // blocks that a line is fitted to, and so points
)

// blocks are the means of the logarithms of a curve over equal pieces of a window.
type blocks struct {
	n    int // those that hold a point
	k, y [blockCount]float64
}

// fill cuts the window from first to last into pieces that are equal in k, or in its
// logarithm.
func (b *blocks) fill(k []int64, logs []float64, first, last float64, logarithmic bool) {
	grow := (last - first) / blockCount
	if logarithmic {
		grow = elementary.Exp(elementary.Log(last/first) / blockCount)
	}
	i := 0
	for j := 1; j <= blockCount; j++ {
		edge := last
		switch {
		case j == blockCount:
		case logarithmic:
			first *= grow
			edge = first
		default:
			edge = first + float64(float64(j)*grow)
		}
		from := i
		var sumK, sumY float64
		for ; i < len(k) && (float64(k[i]) <= edge || j == blockCount); i++ {
			sumK += float64(k[i])
			sumY += logs[i]
		}
		if count := float64(i - from); count > 0 {
			b.k[b.n], b.y[b.n] = sumK/count, sumY/count
			b.n++
		}
	}
}

// line is a straight line through blocks, with how far they leave it.
type line struct {
	slope, error    float64 // with half of its 95 % interval
	width           float64 // of the window
	bend, bendError float64 // change of the slope over the window, relative to it
}

// straight reports a fall at one rate, up to such a change of it; see FitRate.
func (l line) straight(bend float64) bool {
	fall := -l.slope * l.width
	return fall >= leastFall && math.Abs(l.bend)+l.bendError <= bend*math.Min(1, fall/sure)
}

// change is how much the slope may change over the window.
func (l line) change() float64 {
	return math.Abs(float64(l.slope * (math.Abs(l.bend) + l.bendError)))
}

// line fits y on k, or on log(k + offset), with the change of the slope that a parabola shows; ok
// is false where there are too few blocks.
func (b *blocks) line(offset float64, logarithmic bool) (l line, ok bool) {
	if b.n < fewest {
		return l, false
	}
	var x, square [blockCount]float64
	for i := range b.n {
		x[i] = b.k[i] + offset
		if logarithmic {
			x[i] = elementary.Log(x[i])
		}
		square[i] = float64(x[i] * x[i])
	}
	l, curvature := b.fit(x, square)
	l.scale(curvature, 2*l.width)
	return l, true
}

// against fits y on log(k + offset) and on k beside it: the change of the slope is that of the
// local power p + s·k of k^−p·e^(−sk).
func (b *blocks) against(offset float64) (l line, ok bool) {
	if b.n < fewest {
		return l, false
	}
	var x [blockCount]float64
	for i := range b.n {
		x[i] = elementary.Log(b.k[i] + offset)
	}
	l, rate := b.fit(x, b.k)
	l.scale(rate, b.k[b.n-1]-b.k[0])
	return l, true
}

// scale turns a coefficient, which changes the slope by so many units over the window, into the
// relative change.
func (l *line) scale(coefficient Interval, units float64) {
	l.bend = float64(coefficient.Value*units) / l.slope
	l.bendError = float64((coefficient.High-coefficient.Value)*units) / math.Abs(l.slope)
}

// fit is the line through y over x, and the coefficient that z has beside x.
func (b *blocks) fit(x, z [blockCount]float64) (l line, coefficient Interval) {
	n := float64(b.n)
	var meanX, meanY, meanZ float64
	for i := range b.n {
		meanX += x[i] / n
		meanY += b.y[i] / n
		meanZ += z[i] / n
	}
	var xx, xy, xz float64
	for i := range b.n {
		d := x[i] - meanX
		xx += float64(d * d)
		xy += float64(d * (b.y[i] - meanY))
		xz += float64(d * (z[i] - meanZ))
	}
	l.slope, l.width = xy/xx, x[b.n-1]-x[0]
	// What the line leaves of z and of y; the two do not change its slope.
	var zz, zy float64
	for i := range b.n {
		z[i] -= meanZ + float64((x[i]-meanX)*(xz/xx))
		zz += float64(z[i] * z[i])
		zy += float64(z[i] * (b.y[i] - meanY))
	}
	coefficient.Value = zy / zz
	var straight, curved float64
	for i := range b.n {
		r := (b.y[i] - meanY) - float64(l.slope*(x[i]-meanX))
		straight += float64(r * r)
		r -= float64(coefficient.Value * z[i])
		curved += float64(r * r)
	}
	l.error = quantile(b.n-2) * math.Sqrt(straight/(n-2)/xx)
	width := float64(quantile(b.n-3) * math.Sqrt(curved/(n-3)/zz))
	coefficient.Low, coefficient.High = coefficient.Value-width, coefficient.Value+width
	return l, coefficient
}

// offset is the c at which y is straight over log(k + c), at most the limit.
func (b *blocks) offset(limit float64) float64 {
	low, high := 0.0, limit
	if l, _ := b.line(high, true); l.bend > 0 {
		return limit
	}
	for range 30 {
		middle := low + float64((high-low)/2)
		if l, _ := b.line(middle, true); l.bend > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// quantiles are those of Student's t for a two-sided interval of 95 %.
var quantiles = func() (t [blockCount]float64) {
	for degrees := 1; degrees < blockCount; degrees++ {
		t[degrees] = probability.StudentQuantile(degrees, 0.975)
	}
	return t
}()

func quantile(degrees int) float64 { return quantiles[degrees] }
