package compare

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/probability"
	"github.com/gdbench/gdbench/internal/report/statistics"
)

// rarely is the probability up to which many small losses without randomness may fall together by
// the luck of rounding.
const rarely = 0.001

// together makes the rows of the suite and of each method with several cells whose exact costs are
// each within what is tolerated, and all of them together are not: one count more in every cell is
// a tenth of ten. Rounding makes a cell cheaper as often as dearer, so that losses must also be more
// frequent than gains (sign test, Conover 1999, Practical Nonparametric Statistics, section 3.4).
func (r *Report) together() {
	type key struct {
		metric Metric
		method string
	}
	groups, methods := map[key][]*Row{}, map[string]bool{}
	for i := range r.Rows {
		row := &r.Rows[i]
		methods[row.component] = true
		if row.Class == Exact && !row.Verdict.Bad() && !row.covered {
			groups[key{row.Metric, AllMethods}] = append(groups[key{row.Metric, AllMethods}], row)
			groups[key{row.Metric, row.component}] = append(groups[key{row.Metric, row.component}], row)
		}
	}
	for _, m := range r.Settings.Metrics {
		names := []string{AllMethods}
		if len(methods) > 1 {
			names = append(names, sortedKeys(methods)...)
		}
		for _, name := range names {
			if row, worse := smallLosses(groups[key{m, name}]); worse {
				row.Method, row.Metric, row.component = name, m, name
				r.Levels = append(r.Levels, row)
			}
		}
	}
}

// smallLosses is the row of cells that are worse together, and whether they are.
func smallLosses(cells []*Row) (row Row, worse bool) {
	var logs []float64
	excess, losses, gains := 0.0, 0, 0
	for _, c := range cells {
		log := elementary.Log(float64(c.Effect))
		logs = append(logs, log)
		excess += log - elementary.Log(1+float64(c.Delta))
		switch {
		case log > 0:
			losses++
		case log < 0:
			gains++
		}
	}
	if !(excess > 0) || probability.FairSurvival(losses+gains, losses) > rarely {
		return Row{}, false
	}
	nan := number(math.NaN())
	return Row{
		Problem: AllProblems, Class: Exact, Verdict: Regressed, Gated: true, N: len(cells),
		Base: nan, New: nan, Effect: number(elementary.Exp(statistics.Mean(logs))), P: nan, Delta: nan, pBetter: math.NaN(),
		Note: fmt.Sprintf("worse in %d of %d cells and better in %d, in each within what is tolerated", losses, len(cells), gains),
	}, true
}
