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

// line is the parabola through blocks, as a slope and how it changes.
type line struct {
	slope, error    float64 // of the straight line, with half of its 95 % interval
	width           float64 // of the window
	bend, bendError float64 // change of the slope over the window, relative to it
}

// straight reports a fall at one rate, up to such a change of it; see FitRate.
func (l line) straight(bend float64) bool {
	fall := -l.slope * l.width
	return fall >= leastFall && math.Abs(l.bend)+l.bendError <= bend*math.Min(1, fall/sure)
}

// line fits y on k, or on log(k + offset); ok is false where there are too few blocks.
func (b *blocks) line(offset float64, logarithmic bool) (l line, ok bool) {
	if b.n < fewest {
		return l, false
	}
	var x, q [blockCount]float64
	n := float64(b.n)
	var meanX, meanY float64
	for i := range b.n {
		x[i] = b.k[i] + offset
		if logarithmic {
			x[i] = elementary.Log(x[i])
		}
		meanX += x[i] / n
		meanY += b.y[i] / n
	}
	// The squares are made orthogonal to the line, so that both slopes are ratios of sums.
	var xx, xxx, xy float64
	for i := range b.n {
		d := x[i] - meanX
		xx += float64(d * d)
		xxx += float64(d * d * d)
		xy += float64(d * (b.y[i] - meanY))
	}
	var qq, qy float64
	for i := range b.n {
		d := x[i] - meanX
		q[i] = float64(d*d) - float64(d*(xxx/xx)) - xx/n
		qq += float64(q[i] * q[i])
		qy += float64(q[i] * (b.y[i] - meanY))
	}
	l.slope, l.width = xy/xx, x[b.n-1]-x[0]
	curvature := qy / qq
	var straight, curved float64
	for i := range b.n {
		r := (b.y[i] - meanY) - float64(l.slope*(x[i]-meanX))
		straight += float64(r * r)
		r -= float64(curvature * q[i])
		curved += float64(r * r)
	}
	l.error = quantile(b.n-2) * math.Sqrt(straight/(n-2)/xx)
	l.bend = 2 * curvature * l.width / l.slope
	l.bendError = quantile(b.n-3) * 2 * l.width * math.Sqrt(curved/(n-3)/qq) / math.Abs(l.slope)
	return l, true
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
