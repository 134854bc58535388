package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/results"
)

// Trend is one metric of one method over several runs: the geometric mean over cells of the
// ratio to the first run, a miss at its budget, and for success the share of runs that met their
// target. Cells that met other conditions than in the first run are left out, and counted.
type Trend struct {
	Method string
	Metric Metric
	Ratio  []float64 // to the first run; for success the share itself; NaN: nothing to compare
	Cells  []int
}

// Trends follows the gated metrics of each method over runs, in the order given.
func Trends(runs []*results.Baseline, o Options) ([]Trend, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, fmt.Errorf("no run and no baseline")
	}
	var out []Trend
	at := map[[2]string]int{}
	for k, run := range runs {
		for key, p := range points(runs[0], run, &o) {
			if _, ok := at[key]; !ok {
				at[key] = len(out)
				out = append(out, newTrend(key, len(runs)))
			}
			t := &out[at[key]]
			t.Ratio[k], t.Cells[k] = statistics.Mean(p), len(p)
			if t.Metric != SuccessMetric {
				t.Ratio[k] = elementary.Exp(t.Ratio[k])
			}
		}
	}
	slices.SortFunc(out, func(a, b Trend) int {
		return cmp.Or(cmp.Compare(a.Method, b.Method), cmp.Compare(slices.Index(Metrics, a.Metric), slices.Index(Metrics, b.Metric)))
	})
	return out, nil
}

func newTrend(key [2]string, n int) Trend {
	t := Trend{Method: key[0], Metric: Metric(key[1]), Ratio: make([]float64, n), Cells: make([]int, n)}
	for i := range t.Ratio {
		t.Ratio[i] = math.NaN()
	}
	return t
}

// points are the values of one run by method and metric, one a cell: shares of success, and
// medians of log ratios.
func points(first, run *results.Baseline, o *Options) map[[2]string][]float64 {
	var cells []*cell
	settings := &Settings{Delta: DefaultDelta, Tolerance: tolerance, asked: [2]map[string]string{first.Asked, run.Asked}}
	paired, _ := pair(first, run)
	for _, c := range paired {
		if len(c.base) > 0 && len(c.new) > 0 && c.obstacle(settings) == "" && c.chooseGoal(o.Target) == "" && !c.skipped() {
			cells = append(cells, c)
		}
	}
	settings.most = mostSpent(cells)
	out := map[[2]string][]float64{}
	for _, m := range o.Metrics {
		if m == Seconds {
			continue
		}
		for _, c := range cells {
			if v := c.point(m, settings); !math.IsNaN(v) && !math.IsInf(v, 0) {
				key := [2]string{c.first().Method, string(m)}
				out[key] = append(out[key], v)
			}
		}
	}
	return out
}

func (c *cell) point(m Metric, s *Settings) float64 {
	if m == SuccessMetric {
		return float64(c.judgeSuccess(s).New)
	}
	var logs []float64
	for _, w := range c.works(m, s) {
		logs = append(logs, w.log())
	}
	return statistics.Median(logs)
}
