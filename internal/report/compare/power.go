package compare

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
)

// probability with which the stated loss is found.
const probability = 0.8

// design is what the power of a signed-rank test depends on.
type design struct {
	pairs, pilot int // the spread is estimated from so many
	level        float64
}

// powers remembers the shifts that tests find with that probability: most cells share
// number of pairs and level.
type powers map[design]float64

func (p powers) shift(d design) float64 {
	shift, known := p[d]
	if !known {
		shift = statistics.NewPower(d.pairs, d.level, d.pilot).Shift(probability)
		p[d] = shift
	}
	return shift
}

// state writes down what the test of a row could have found: with probability 80%, a loss
// whose logarithm lies beyond δ by as many standard deviations of the log ratio as the
// test needs.
func (p powers) state(r *Row, level float64, fewest int, delta float64) {
	if r.Power == nil {
		r.Power = &Power{Spread: number(math.NaN())}
	}
	r.Power.Level, r.Power.Detectable = number(level), number(math.NaN())
	if r.N < fewest {
		r.Power.Needed = fewest
		return
	}
	if r.Class == Paired {
		shift := p.shift(design{pairs: r.N, pilot: r.N, level: level})
		r.Power.Detectable = number((1 + delta) * elementary.Exp(shift*float64(r.Power.Spread)))
	}
}
