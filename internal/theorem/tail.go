package theorem

// Tail is how the gap of a stochastic run behaves after the first quarter of its iterations.
type Tail struct {
	Level  float64 // mean over the second half
	Change float64 // of the logarithm from the first quarter to the end, by a line through it
	Error  float64 // standard error of Change, of TailDegrees degrees of freedom
	From   int64
	To     int64
}

// TailDegrees are the degrees of freedom of the error of a tail whose blocks all hold points.
const TailDegrees = blockCount - 2

// FitTail measures the tail of a curve of positive values; ok is false where it has too few
// points. A gap like k^−½ changes by −0.69, one like 1/k by −1.4, and one that rests by what
// noise makes of 0.
func FitTail(curve Points) (tail Tail, ok bool) {
	curve = curve.finite()
	n := len(curve.Value)
	if n < fewest {
		return Tail{}, false
	}
	last := curve.Iteration[n-1]
	from := after(curve.Iteration, last/4)
	var b blocks
	var memory [room]float64
	b.fill(curve.Iteration[from:], logarithms(memory[:0], curve.Value[from:]), float64(curve.Iteration[from]), float64(last), false)
	l, ok := b.line(0, false)
	if !ok || b.n < blockCount {
		return Tail{}, false
	}
	half := after(curve.Iteration, last/2)
	for _, v := range curve.Value[half:] {
		tail.Level += v / float64(n-half)
	}
	span := float64(last - curve.Iteration[from])
	tail.Change, tail.Error = l.slope*span, l.error/quantile(TailDegrees)*span
	tail.From, tail.To = curve.Iteration[from], last
	return tail, true
}
