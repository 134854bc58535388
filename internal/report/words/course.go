package words

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Event is something that a descent did on its way, seen in its trace.
type Event struct {
	Kind      string `json:"kind"`
	Iteration int    `json:"iteration"` // where it begins
	Text      string `json:"text"`
}

// The kinds of events.
const (
	Cycle     = "cycle"
	Plateau   = "plateau"
	Overshoot = "overshoot"
	Zigzag    = "zigzag"
)

// Events are what a trace shows between the start and the end of a run: that the iterates repeat, that
// f does not move for long, that it rises, that the steps turn back. A run on batches, whose
// iterates always jump, has none of them. The trace must have every iteration.
func Events(r *results.Record) []Event {
	t := r.Trace
	out := []Event{}
	if _, batches := r.Method.Number("batch"); batches || t == nil || !consecutive(t) {
		return out
	}
	for _, find := range []func(*results.Record) *Event{cycle, zigzag, overshoot, plateau} {
		if e := find(r); e != nil {
			out = append(out, *e)
			if e.Kind == Cycle { // the others follow from it
				break
			}
		}
	}
	return out
}

// consecutive reports whether each iteration is in the trace.
func consecutive(t *results.Trace) bool {
	n := len(t.Iteration)
	return n > 1 && t.Iteration[n-1] == int64(n-1)
}

// longestCycle is the longest period that is looked for.
const longestCycle = 8

// cycle finds iterates that come back to the same few points, and stay apart from each other: those of
// a run that converges come together.
func cycle(r *results.Record) *Event {
	t := r.Trace
	for p := 2; p <= longestCycle; p++ {
		if from, ok := repeats(t, p); ok {
			said := fmt.Sprintf("from iteration %d on it cycles through %d points", from, p)
			if dim := len(t.X[0]); dim <= 2 && p <= 4 {
				for i, x := range t.X[len(t.X)-p:] {
					joint := ", "
					if i == 0 {
						joint = ": "
					}
					said += joint + vector(x, extent(r))
				}
			}
			return &Event{Cycle, from, said}
		}
	}
	return nil
}

// repeats reports whether the iterates have a period at their end, for four periods at least, and
// from where on.
func repeats(t *results.Trace, p int) (from int, ok bool) {
	const times, near = 4, 1e-9
	n := len(t.X)
	if n <= times*p+1 {
		return 0, false
	}
	least, largest := math.Inf(1), 0.0
	for i := n - p; i < n; i++ {
		d := apart(t.X[i], t.X[i-1])
		least, largest = math.Min(least, d), math.Max(largest, d)
	}
	if !(least > near*largest) || math.IsInf(largest, 0) {
		return 0, false
	}
	for from = n - 1; from >= p && apart(t.X[from], t.X[from-p]) <= near*largest; from-- {
	}
	from = from - p + 1
	return from, n-from >= times*p
}

// apart is the distance of two points.
func apart(x, y []float64) float64 {
	sum := 0.0
	for i, v := range x {
		d := v - y[i]
		sum += float64(d * d)
	}
	return math.Sqrt(sum)
}

// zigzag finds steps of which each turns against the one before.
func zigzag(r *results.Record) *Event {
	t := r.Trace
	const fewest, turned = 6, -0.8
	turns, first := 0, -1
	for k := 2; k < len(t.X); k++ {
		if cosine(t.X[k-2], t.X[k-1], t.X[k]) < turned {
			if first < 0 {
				first = k
			}
			turns++
		}
	}
	if turns < fewest || turns < (len(t.X)-2)/2 {
		return nil
	}
	return &Event{Zigzag, first, fmt.Sprintf("the steps jump from side to side: %d of %d turn against the step before", turns, len(t.X)-2)}
}

// cosine is that of the angle between two steps in succession.
func cosine(x, y, z []float64) float64 {
	product := 0.0
	for i := range x {
		product += float64((y[i] - x[i]) * (z[i] - y[i]))
	}
	return product / (apart(x, y) * apart(y, z))
}

// overshoot finds steps that raise f by more than rounding.
func overshoot(r *results.Record) *Event {
	f := r.Trace.Value
	rises, first := 0, -1
	for k := 1; k < len(f); k++ {
		const rounding = 64 * 0x1p-52
		if f[k] > f[k-1]+float64(rounding*(math.Abs(f[k])+math.Abs(f[k-1]))) {
			if first < 0 {
				first = k
			}
			rises++
		}
	}
	if rises == 0 {
		return nil
	}
	digits := text.Apart(f[first-1], f[first], 3)
	return &Event{Overshoot, first, fmt.Sprintf("f rose in %d of %s, first at iteration %d, from %s to %s%s",
		rises, english.Count(len(f)-1, "step"), first, text.Digits(f[first-1], digits), text.Digits(f[first], digits), blame(r))}
}

// blame is why f rose, where a step of a constant length along the gradient can be the only reason: it is
// stable up to the curvature 2/lr. Momentum, long steps and the open loop of Frank and Wolfe raise f on
// purpose.
func blame(r *results.Record) string {
	if r.LearningRate == nil || r.Stability == nil || math.Abs(float64(r.LearningRate.Value*r.Stability.Curvature)-2) > 1e-9 {
		return ""
	}
	return ": the step went too far"
}

// plateau finds a long stretch in which f hardly moves, before it falls again.
func plateau(r *results.Record) *Event {
	f := r.Trace.Value
	const fewest, flat, fall = 20, 1e-3, 0.05
	least := math.Inf(1)
	for _, v := range f {
		least = math.Min(least, v)
	}
	span := f[0] - least
	if !(span > 0) || math.IsInf(span, 0) {
		return nil
	}
	best, bestFrom := 0, 0
	for from, to := 0, 0; from < len(f); from++ { // the longest window within the span
		to = max(to, from)
		for to+1 < len(f) && math.Abs(f[to+1]-f[from]) <= flat*span {
			to++
		}
		if to-from > best && f[to]-least >= fall*span {
			best, bestFrom = to-from, from
		}
	}
	if best < max(fewest, len(f)/5) {
		return nil
	}
	return &Event{Plateau, bestFrom, fmt.Sprintf("a plateau: from iteration %d to %d f stays near %s, and falls again later", bestFrom, bestFrom+best, text.Short(f[bestFrom]))}
}
