package history

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Metrics are those that the trends have, in the order of tables.
func (h *History) Metrics() (out []compare.Metric) {
	for _, m := range compare.Metrics {
		for i := range h.Trends {
			if h.Trends[i].Metric == m {
				out = append(out, m)
				break
			}
		}
	}
	return out
}

// Figure draws one metric of each method, run by run, with a diamond at the first run after each
// change.
func (h *History) Figure(m compare.Metric) *figure.Figure {
	f := &figure.Figure{
		Name: "history-" + string(m), Title: "History of " + string(m),
		Caption: "Ratio to the first run, geometric mean over cells; above 1 is worse. A diamond is the first run after a change.",
		X:       figure.Axis{Label: "run", Scale: figure.Linear}, Y: figure.Axis{Label: string(m) + ", ratio to the first run", Scale: figure.Linear},
		Rules: []figure.Rule{{Label: "as in the first run", At: 1, Color: figure.Ink}},
	}
	if m == compare.SuccessMetric {
		f.Caption = "Share of runs that reach their target. A diamond is the first run after a change."
		f.Y.Label, f.Rules = "share of runs that reach their target", nil
	}
	var methods []string // a method has its colour in every figure
	for i := range h.Trends {
		t := &h.Trends[i]
		if n := len(methods); n == 0 || methods[n-1] != t.Method {
			methods = append(methods, t.Method) // trends are sorted by method
		}
		if t.Metric != m {
			continue
		}
		color := len(methods) - 1
		s := figure.Series{Label: t.Method, Kind: figure.Both, Color: color}
		for _, k := range t.known() {
			s.X, s.Y = append(s.X, float64(k+1)), append(s.Y, t.Ratio[k])
			s.Detail = append(s.Detail, h.Runs[k].Name)
		}
		f.Series = append(f.Series, s)
		if marks := h.marks(t, color); len(marks.X) > 0 {
			f.Series = append(f.Series, marks)
		}
	}
	return f
}

func (h *History) marks(t *Trend, color int) figure.Series {
	s := figure.Series{Label: t.Method + ", changed", Unlisted: true, Kind: figure.Points, Symbol: figure.Diamond, Color: color}
	for _, c := range t.Changes {
		if v := t.Ratio[c.To]; !math.IsNaN(v) {
			s.X, s.Y = append(s.X, float64(c.To+1)), append(s.Y, v)
			s.Detail = append(s.Detail, h.Runs[c.To].Name)
		}
	}
	return s
}
