package history

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/text"
)

// Symmetry counts from run to run whether the random methods became worse or better together.
// Noise does both equally often; a sequence of losses that are each within the noise does not.
// Runs are counted and not methods, which one commit often moves together. Where values only
// scatter around a level, a step up makes the next step down more probable, so that the test
// errs on the safe side.
type Symmetry struct {
	Metric        compare.Metric
	Worse, Better int
}

// symmetryOf takes the first cost metric that the trends have.
func symmetryOf(trends []Trend) (s Symmetry) {
	for _, m := range compare.Metrics {
		var chosen []*Trend
		for i := range trends {
			if t := &trends[i]; t.Metric == m && m != compare.SuccessMetric && !t.Exact {
				chosen = append(chosen, t)
			}
		}
		if len(chosen) == 0 {
			continue
		}
		s.Metric = m
		for k := 1; k < len(chosen[0].Ratio); k++ {
			sum := 0.0
			for _, t := range chosen {
				if before, now := t.Ratio[k-1], t.Ratio[k]; before > 0 && now > 0 { // NaN is not
					sum += elementary.Log(now / before)
				}
			}
			switch {
			case sum > 0:
				s.Worse++
			case sum < 0:
				s.Better++
			}
		}
		return s
	}
	return s
}

// Sentence says what the counts show at an error rate; "" where there are none.
func (s Symmetry) Sentence(alpha float64) string {
	n := s.Worse + s.Better
	if n == 0 {
		return ""
	}
	p := statistics.SignTest(s.Worse, s.Better)
	said := fmt.Sprintf("From run to run the random methods changed %s in %s: %d worse, %d better", english.Count(n, "time"), s.Metric, s.Worse, s.Better)
	switch {
	case statistics.SignTest(n, 0) > alpha:
		return said + "; these are too few to compare their numbers."
	case p > alpha:
		return fmt.Sprintf("%s, as noise does (sign test, p = %s).", said, text.Short(p))
	case s.Worse > s.Better:
		return fmt.Sprintf("%s. Noise rarely does this (sign test, p = %s): losses add up that no single comparison shows.", said, text.Short(p))
	}
	return fmt.Sprintf("%s. Noise rarely does this (sign test, p = %s): gains add up.", said, text.Short(p))
}
