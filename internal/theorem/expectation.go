package theorem

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
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
	bets                        [len(stakes)]float64
}

// stakes are parts of a fortune. Who stakes a part s of it on each repeat, and gets
// 1 + s(measured/bound − 1) times of it back, does not gain on average where the bound holds
// for the mean, as long as what is measured is not negative. His fortune passes 1/α with a
// probability of at most α, whatever the distribution and the number of repeats (Ville's
// inequality; Waudby-Smith & Ramdas 2024, doi:10.1093/jrsssb/qkad009). The interval of a
// mean is no such proof: few repeats of a skewed distribution may all lie above it. The
// fortune is the mean of those by several stakes.
var stakes = [...]float64{0.05, 0.2, 0.5, 1}

// wealth is the fortune at which a bound counts as refuted: α = 1e-5 an iteration.
const wealth = 1e5

// bet takes one repeat in; the bets are logarithms.
func (m *moments) bet(c Comparison) {
	excess := math.Max(0, c.Measured-c.Floor)/c.Bound - 1
	switch {
	case c.Drowned():
		excess = 0
	case math.IsNaN(excess):
		excess = math.Inf(1) // what is no number is above every bound
	}
	for i, s := range stakes {
		m.bets[i] += elementary.Log(1 + float64(s*excess))
	}
}

// fortune is the mean of what the bets have made of 1.
func (m *moments) fortune() float64 {
	sum := 0.0
	for _, b := range m.bets {
		sum += float64(elementary.Exp(b))
	}
	return sum / float64(len(stakes))
}

// Mean is a mean over repeats at an iteration, with the half-width of its interval.
type Mean struct {
	Iteration                     int64
	Measured, Width, Bound, Floor float64
	fortune                       float64 // of who bets against the bound
}

// deviations is the half-width of the interval of a mean, in standard errors.
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
		m.bet(Comparison{Measured: c.Measured[i], Bound: c.Bound[i], Floor: c.Floor[i]})
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
		out = append(out, Mean{k, m.mean, width, m.bound, m.floor, m.fortune()})
	}
	return out
}

// Verdict compares the means with their bounds, which takes two repeats. A bound is refuted
// where the mean lies above it by more than its interval, and the repeats leave no doubt
// whatever their distribution. Where both drown in rounding there is nothing to compare.
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
		if !(m.Measured-m.Width-m.Floor <= m.Bound*(1+Slack)) && m.fortune >= wealth {
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
