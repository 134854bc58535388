package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// Entry is one stored run of a history.
type Entry struct {
	Name string
	Run  *results.Baseline
}

// History is how the gated metrics of each method have moved since the first run: the
// geometric mean over cells of the ratio to the first, failures at their budget, and the share of
// runs that met their target. Cells that met other conditions than in the first run are
// left out, and counted.
type History struct {
	Entries []Entry
	Trends  []Trend
}

// Trend is one metric of one method over the entries.
type Trend struct {
	Method string
	Metric Metric
	Ratio  []float64 // to the first entry; for success the share itself; NaN: nothing to compare
	Cells  []int
}

// HistoryOf orders runs by time and follows their metrics.
func HistoryOf(entries []Entry, o Options) (*History, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("no run and no baseline")
	}
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(a.Run.Started.Compare(b.Run.Started), cmp.Compare(a.Name, b.Name))
	})
	h := &History{Entries: entries}
	at := map[[2]string]int{}
	for k, e := range entries {
		for key, p := range points(entries[0].Run, e.Run, &o) {
			if _, ok := at[key]; !ok {
				at[key] = len(h.Trends)
				h.Trends = append(h.Trends, newTrend(key, len(entries)))
			}
			t := &h.Trends[at[key]]
			t.Ratio[k], t.Cells[k] = statistics.Mean(p), len(p)
			if t.Metric != SuccessMetric {
				t.Ratio[k] = elementary.Exp(t.Ratio[k])
			}
		}
	}
	slices.SortFunc(h.Trends, func(a, b Trend) int {
		return cmp.Or(cmp.Compare(a.Method, b.Method), cmp.Compare(slices.Index(Metrics, a.Metric), slices.Index(Metrics, b.Metric)))
	})
	return h, nil
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
	paired, _ := pair(first, run)
	for _, c := range paired {
		if len(c.base) > 0 && len(c.new) > 0 && c.obstacle([2]map[string]string{first.Asked, run.Asked}) == "" && c.chooseGoal(o.Target) == "" && !c.skipped() {
			cells = append(cells, c)
		}
	}
	settings := &Settings{Delta: DefaultDelta, Tolerance: tolerance, most: mostSpent(cells, o.Metrics)}
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
	for _, w := range c.works(m, s.price(c, m)) {
		logs = append(logs, w.log())
	}
	return statistics.Median(logs)
}

// Table is one row a trend, one column a run: of the latest runs, or of all for 0.
func (h *History) Table(latest int) *table.Table {
	t := &table.Table{Name: "history", Title: "The trend of each method since the first run",
		Columns: []table.Column{{Name: "method"}, {Name: "metric"}, {Name: "trend"}},
		Notes:   []string{"success: share of runs that reach their target. Other metrics: geometric mean over the cells of the ratio to the first run; a run that missed its target counts as its budget."}}
	from := 0
	if latest > 0 {
		from = max(0, len(h.Entries)-latest)
	}
	if from > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("%d earlier runs are in the trend, and in the CSV and JSON forms.", from))
	}
	for _, e := range h.Entries[from:] {
		t.Columns = append(t.Columns, table.Column{Name: e.Name})
		t.Notes = append(t.Notes, fmt.Sprintf("%s: %s, commit %.10s.", e.Name, e.Run.Started.UTC().Format("2006-01-02 15:04"), e.Run.Commit))
	}
	for _, trend := range h.Trends {
		row := []table.Cell{table.Text(trend.Method), table.Text(trend.Metric), table.Text(bars(trend.Ratio))}
		for _, v := range trend.Ratio[from:] {
			row = append(row, table.Number(v))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// bars draws numbers as a line of text, from the least to the greatest; a blank is printed
// where there is none.
func bars(values []float64) string {
	const heights = "▁▂▃▄▅▆▇█"
	levels := []rune(heights)
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if !math.IsNaN(v) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	var b strings.Builder
	for _, v := range values {
		switch {
		case math.IsNaN(v):
			b.WriteRune(' ')
		case low == high:
			b.WriteRune(levels[0])
		default:
			b.WriteRune(levels[int(math.Round((v-low)/(high-low)*float64(len(levels)-1)))])
		}
	}
	return b.String()
}

// Figure draws the ratios of one metric, run by run.
func (h *History) Figure(m Metric) *figure.Figure {
	f := &figure.Figure{
		Name: "history-" + string(m), Title: "History of " + string(m),
		Caption: "Ratio to the first run, geometric mean over cells; above 1 is worse.",
		X:       figure.Axis{Label: "run", Scale: figure.Linear}, Y: figure.Axis{Label: string(m) + ", ratio to the first run", Scale: figure.Linear},
		Rules: []figure.Rule{{Label: "as in the first run", At: 1, Color: figure.Ink}},
	}
	for i, trend := range h.Trends {
		if trend.Metric != m {
			continue
		}
		s := figure.Series{Label: trend.Method, Kind: figure.Both, Color: i}
		for k, v := range trend.Ratio {
			if !math.IsNaN(v) {
				s.X, s.Y = append(s.X, float64(k+1)), append(s.Y, v)
				s.Detail = append(s.Detail, h.Entries[k].Name)
			}
		}
		f.Series = append(f.Series, s)
	}
	return f
}
