package theorem

import (
	"fmt"
	"math"
	"slices"
)

// Expectation gathers what the repeats of one cell measured by a theorem in expectation:
// at each iteration the mean, its interval, and the mean bound. An iteration counts where
// all repeats observed it.
type Expectation struct {
	Theorem
	Repeats    int
	iterations []int64 // of the first repeat
	at         map[int64]*moments
}

// moments are those of the comparisons at an iteration, updated as by Welford 1962,
// Technometrics 4, 419–420.
type moments struct {
	n                           int
	mean, squares, bound, floor float64 // squares: Σ(measured − mean)²
}

// Mean is a mean over repeats at an iteration, with the half-width of its interval.
type Mean struct {
	Iteration                     int64
	Measured, Width, Bound, Floor float64
}

// deviations is the half-width of the interval of a mean, in standard errors: with it a
// true bound is refuted at one of 15,000 iterations.
const deviations = 4

// Add takes a repeat in; their order decides the last digits.
func (e *Expectation) Add(c Curve) {
	if e.Repeats == 0 {
		e.iterations, e.at = slices.Clone(c.Iteration), map[int64]*moments{}
	}
	e.Repeats++
	for i, k := range c.Iteration {
		m := e.at[k]
		if m == nil {
			m = &moments{}
			e.at[k] = m
		}
		m.n++
		n := float64(m.n)
		away := c.Measured[i] - m.mean
		m.mean += away / n
		m.squares += float64(away * (c.Measured[i] - m.mean))
		m.bound += (c.Bound[i] - m.bound) / n
		m.floor += (c.Floor[i] - m.floor) / n
	}
}

// Means are those at the iterations that all repeats observed. The interval of a single
// repeat is infinite.
func (e *Expectation) Means() []Mean {
	var out []Mean
	n := float64(e.Repeats)
	for _, k := range e.iterations {
		m := e.at[k]
		if m.n < e.Repeats {
			continue
		}
		width := math.Inf(1)
		if m.n > 1 {
			width = deviations * math.Sqrt(m.squares/(n-1)/n)
		}
		out = append(out, Mean{k, m.mean, width, m.bound, m.floor})
	}
	return out
}

// Verdict compares the means with their bounds, which takes two repeats. Where both drown
// in rounding there is nothing to compare.
func (e *Expectation) Verdict() Verdict {
	v := Open(e.Theorem)
	if e.Repeats < 2 {
		v.Message = "a mean needs two repeats"
		return v
	}
	for _, m := range e.Means() {
		if (Comparison{Measured: m.Measured, Bound: m.Bound, Floor: m.Floor}).Drowned() {
			continue
		}
		v.Compared++
		if v.Outcome == Unmeasured {
			v.Outcome = NotRefuted
		}
		if !(m.Measured-m.Width-m.Floor <= m.Bound*(1+Slack)) {
			if v.Outcome != Refuted {
				v.Message = fmt.Sprintf("mean %.6g ± %.2g over %d repeats at iteration %d; the bound is %.6g", m.Measured, m.Width, e.Repeats, m.Iteration, m.Bound)
			}
			v.Outcome = Refuted
		}
		if ratio := m.Measured / m.Bound; !(ratio <= v.Ratio) {
			v.Ratio, v.Interval, v.Iteration = ratio, m.Width/m.Bound, int(m.Iteration)
		}
	}
	return v
}
