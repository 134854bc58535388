package evidence

import (
	"math"
	"slices"
	"sort"

	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/words"
	"github.com/gdbench/gdbench/results"
)

// PromisedRest is the mean of the least bound on E‖x − x*‖² over the second half of a
// run; NaN where no theorem gives one.
func (e *Entry) PromisedRest() float64 {
	least := math.NaN()
	for _, x := range e.Expected {
		means := x.Means()
		if x.Quantity != results.SquaredDistance || len(means) == 0 {
			continue
		}
		end := means[len(means)-1].Iteration
		var bounds []float64
		for _, m := range means {
			if m.Iteration >= end/2 {
				bounds = append(bounds, m.Bound)
			}
		}
		if rest := statistics.Mean(bounds); !(rest >= least) {
			least = rest
		}
	}
	return least
}

// Promises are the bounds on a quantity that the runs of an entry have by one theorem.
type Promises struct {
	Theorem string
	Of      []*results.Theorem // one a run
	square  bool               // they are on the square of the quantity
}

// Promised is by the theorem that promises most at the end of the first run that has any;
// of is empty where no theorem bounds the quantity.
func (e *Entry) Promised(q Quantity) Promises {
	var out Promises
	for _, c := range e.Ran() {
		least := words.Strongest(c.Theorems, quantityOf(q), out.Theorem)
		if least != nil {
			out.Theorem, out.square = least.Name, least.Quantity == results.SquaredDistance
			out.Of = append(out.Of, least)
		}
	}
	return out
}

// Curve is the median bound over the runs: where each run keeps to its bound, so do the
// medians.
func (p *Promises) Curve() Band {
	curves := make([]Curve, len(p.Of))
	for i, t := range p.Of {
		curves[i] = Curve{Y: slices.Clone(t.Bound), Then: math.NaN()}
		for k, iteration := range t.Iteration {
			curves[i].X = append(curves[i].X, float64(iteration))
			if p.square {
				curves[i].Y[k] = math.Sqrt(t.Bound[k])
			}
		}
	}
	return bandOf(curves, 0)
}

// Ratios are the largest of measured/bound over the runs: what the theorem says, it says of each of
// them. Where a run has no point, and after its end, its last ratio counts: the largest over those
// that happen to have a point would jump.
func (p *Promises) Ratios() (x, y []float64) {
	points := map[int64]bool{}
	curves := make([]Curve, len(p.Of))
	for i, t := range p.Of {
		for k, r := range t.Ratios {
			points[t.Iteration[k]] = true
			if !math.IsNaN(r) {
				curves[i].X, curves[i].Y = append(curves[i].X, float64(t.Iteration[k])), append(curves[i].Y, r)
			}
		}
	}
	for _, k := range sortedKeys(points) {
		largest := math.NaN()
		for i := range curves {
			if r := curves[i].last(float64(k)); !(r <= largest) && !math.IsNaN(r) {
				largest = r
			}
		}
		x, y = append(x, float64(k)), append(y, largest)
	}
	return x, y
}

// last is the value of the last point at or before x; NaN: there is none.
func (c *Curve) last(x float64) float64 {
	k := sort.SearchFloat64s(c.X, x)
	switch {
	case k < len(c.X) && c.X[k] == x:
		return c.Y[k]
	case k == 0:
		return math.NaN()
	}
	return c.Y[k-1]
}
