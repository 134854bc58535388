package history

import (
	"fmt"
	"math"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
)

// Table is one row a trend, one column a run: of the latest runs, or of all for 0.
func (h *History) Table(latest int) *table.Table {
	t := &table.Table{Name: "history", Title: "The trend of each method since the first run",
		Columns: []table.Column{{Name: "method"}, {Name: "metric"}, {Name: "trend"}},
		Notes:   []string{"success: share of runs that reach their target. Other metrics: geometric mean over the cells of the ratio to the first run; a run that missed its target counts as its budget."}}
	from := 0
	if latest > 0 {
		from = max(0, len(h.Runs)-latest)
	}
	if from > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("%s in the trend, and in the CSV, JSON and HTML forms.", english.Count(from, "earlier run")+" "+english.Verb(from, "is", "are")))
	}
	t.Notes = append(t.Notes, h.Notes...)
	for _, r := range h.Runs[from:] {
		t.Columns = append(t.Columns, table.Column{Name: r.Name})
		t.Notes = append(t.Notes, fmt.Sprintf("%s: %s, commit %s.", r.Name, r.Started.UTC().Format("2006-01-02 15:04"), r.CommitName()))
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

// CommitName is the commit as people read it.
func (r *Run) CommitName() string {
	if r.Commit == "" {
		return "unknown"
	}
	short := r.Commit[:min(10, len(r.Commit))]
	if strings.HasPrefix(r.Baseline.Commit, r.Commit) && strings.HasSuffix(r.Baseline.Commit, "+modified") {
		short += " with modified files"
	}
	return short
}

// Changes is one row a change of a trend, in the order of the runs, and says what was tested.
func (h *History) Changes() *table.Table {
	t := &table.Table{Name: "changes", Title: "Changes"}
	for _, name := range []string{"change", "method", "metric", "before", "after", "ratio", "p", "last run before", "first run after", "commits"} {
		t.Columns = append(t.Columns, table.Column{Name: name})
	}
	for k := range h.Runs {
		for i := range h.Trends {
			trend := &h.Trends[i]
			for j := range trend.Changes {
				if c := &trend.Changes[j]; c.To == k {
					t.Rows = append(t.Rows, h.row(trend, c))
				}
			}
		}
	}
	if len(t.Rows) == 0 {
		t.Notes = append(t.Notes, "No change was found.")
	}
	t.Notes = append(t.Notes, h.Tested()...)
	return t
}

func (h *History) row(t *Trend, c *Change) []table.Cell {
	from, to := &h.Runs[c.From], &h.Runs[c.To]
	return []table.Cell{
		table.Text(c.direction()), table.Text(t.Method), table.Text(t.Metric), table.Number(c.Before), table.Number(c.After),
		table.Number(c.ratio(t)), table.Number(c.P), table.Text(from.Name), table.Text(to.Name), table.Text(h.suspects(c)),
	}
}

func (c *Change) direction() string {
	if c.Worse {
		return "worse"
	}
	return "better"
}

// sentence says how large a change is: "evaluations of sgd: 1.2 times as before (p = 0.002)".
func (c *Change) sentence(t *Trend) string {
	said := fmt.Sprintf("%s of %s: ", t.Metric, t.Method)
	if t.Metric == compare.SuccessMetric {
		said += fmt.Sprintf("%s%% → %s%%", text.Short(100*c.Before), text.Short(100*c.After))
	} else {
		said += text.Short(c.ratio(t)) + " times as before"
	}
	if !math.IsNaN(c.P) {
		said += " (p = " + text.Short(c.P) + ")"
	}
	return said
}

// ratio is NaN of shares.
func (c *Change) ratio(t *Trend) float64 {
	if t.Metric == compare.SuccessMetric {
		return math.NaN()
	}
	return c.After / c.Before
}

// suspects is the range of commits that may have made a change: "3 commits after 1a2b3c4d5e up
// to 9f8e7d6c5b".
func (h *History) suspects(c *Change) string {
	from, to := &h.Runs[c.From], &h.Runs[c.To]
	n := len(c.Commits) + c.More
	switch {
	case n > 0:
		return fmt.Sprintf("%s after %.10s up to %.10s", english.Count(n, "commit"), from.Commit, to.Commit)
	case from.Commit == "" || to.Commit == "":
		return "unknown"
	case from.Commit == to.Commit:
		return "none: both runs are of " + from.CommitName()
	}
	return fmt.Sprintf("after %.10s up to %.10s", from.Commit, to.Commit)
}

// Tested says how changes are found, what could not be, and how symmetric the runs are.
func (h *History) Tested() []string {
	if len(h.Runs) < 2 {
		return nil
	}
	exact, needs, short := false, 0, 0
	for _, t := range h.Trends {
		exact = exact || t.Exact
		if t.Needs > 0 {
			needs, short = t.Needs, short+1
		}
	}
	var out []string
	if exact {
		out = append(out, fmt.Sprintf("Without randomness a step of more than %s%% is a change, and so is any change of success; it has no p.", text.Short(100*tolerated)))
	}
	if h.Tests > 0 {
		out = append(out, fmt.Sprintf("p: permutation test of E-divisive (doi:10.1080/01621459.2013.849605); %s %s α = %s. Runs with the same results count once, steps of up to %s%% are not shown.",
			english.Count(h.Tests, "random trend"), english.Verb(h.Tests, "has", "share"), text.Short(h.Alpha), text.Short(100*tolerated)))
	}
	if short > 0 {
		out = append(out, fmt.Sprintf("%s too few different results for the test, which needs %d.", english.Count(short, "trend")+" "+english.Verb(short, "has", "have"), needs))
	}
	if s := h.Symmetry.Sentence(h.Alpha); s != "" {
		out = append(out, s)
	}
	return out
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
