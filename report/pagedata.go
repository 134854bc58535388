package report

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/page"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// fullEntries is the number of settings on problems up to which everything is shown: all
// quantities, costs and single runs on the page, all settings in the table of running times.
const fullEntries = 150

// What a page holds in full; beyond, it is thinned and says so, so that it stays below
// 15 MB and opens at once.
const (
	mostRuns    = 10_000 // rows of the table of runs
	mostEntries = 2_000  // with curves at all
	singleRuns  = 5      // of an entry
	singlePoint = 60     // of a single run
)

// Page gathers what the page shows. The figures are those of the report; the page draws
// convergence and paths itself.
func (e *Evidence) Page(figures []*figure.Figure, tables []*table.Table, paths map[*Problem]*figure.Figure) *page.Data {
	d := &page.Data{Title: e.title(), Headline: e.Headline(), Warnings: []string{}, Notes: []string{},
		Runs: []page.Run{}, Problems: []page.Problem{}, Figures: []*figure.Figure{}, Tables: []page.Table{}}
	for _, w := range e.Warnings {
		d.Warnings = append(d.Warnings, string(w))
	}
	for i, run := range e.Runs {
		d.Runs = append(d.Runs, pageRun(run, e.Read[i]))
	}
	entries := e.entries()
	if entries > fullEntries {
		d.Notes = append(d.Notes, fmt.Sprintf("This is a large run (%d settings on problems): curves show the gap against iterations and work only, without single runs. The CSV files have everything.", entries))
	}
	if entries > mostEntries {
		d.Notes = append(d.Notes, "Only the best learning rate of each method has a curve.")
	}
	for _, p := range e.Problems {
		one := p.page(entries)
		if path := paths[p]; path != nil {
			one.Path, one.Tracks = path, p.tracks(path)
		}
		d.Problems = append(d.Problems, one)
	}
	for _, f := range figures {
		if !drawnByPage(f) && !slices.ContainsFunc(e.Problems, func(p *Problem) bool { return paths[p] == f }) {
			d.Figures = append(d.Figures, f)
		}
	}
	for _, t := range tables {
		if entries > fullEntries && t.Name == "targets" {
			continue
		}
		d.Tables = append(d.Tables, page.NewTable(t))
	}
	if e.Cells <= mostRuns {
		d.Tables = append(d.Tables, page.NewTable(e.RunTable()))
	} else {
		d.Notes = append(d.Notes, fmt.Sprintf("The %d single runs are in runs.jsonl, not on this page.", e.Cells))
	}
	return d
}

// drawnByPage reports the figures of convergence, which the page draws itself.
func drawnByPage(f *figure.Figure) bool {
	return strings.HasPrefix(f.Name, "gap-") || strings.HasPrefix(f.Name, "gradient-norm-")
}

// entries is the number of pairs of a problem and a method with settings.
func (e *Evidence) entries() int {
	n := 0
	for _, p := range e.Problems {
		n += len(p.Entries)
	}
	return n
}

func (e *Evidence) title() string {
	var names []string
	for _, run := range e.Runs {
		if name := run.Manifest.Suite; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "Report"
	}
	return "Report: " + strings.Join(names, ", ")
}

func pageRun(run *results.Run, read int) page.Run {
	m := run.Manifest
	facts := [][2]string{{"suite", m.Suite}, {"about", m.About}, {"gdbench", m.Version + ", commit " + m.Commit},
		{"toolchain", strings.TrimSpace(fmt.Sprintf("%s %s/%s %s", m.Toolchain.Go, m.Toolchain.OS, m.Toolchain.Arch, m.Toolchain.AMD64))},
		{"processor", fmt.Sprintf("%s, %d cores, %d workers", m.Processor, m.Cores, m.Workers)},
		{"times", m.Timing.String()},
		{"started", m.Started.Format("2006-01-02 15:04:05 MST")}, {"cells", fmt.Sprintf("%d of %d finished", read, m.Cells)},
		{"suite hash", m.Hash}, {"overrides", strings.Join(m.Overrides, " ")}}
	facts = slices.DeleteFunc(facts, func(f [2]string) bool { return f[1] == "" })
	again := fmt.Sprintf("gdbench run %s", m.Suite)
	for _, o := range m.Overrides {
		again += " --set " + o
	}
	return page.Run{Folder: filepath.Base(run.Folder), Facts: facts, Text: m.Text, Again: again}
}

// page is a problem with its curves.
func (p *Problem) page(entries int) page.Problem {
	out := page.Problem{Label: p.Label, Facts: p.facts(), Methods: []page.Method{}}
	quantities, costs := Quantities, p.curveCosts()
	if entries > fullEntries {
		quantities, costs = []Quantity{Gap}, []Cost{Iterations, p.Work()}
	}
	leaders, _ := p.Leaders(curveRoom)
	best := map[*Entry]bool{}
	for _, family := range p.byGroup() {
		best[bestOf(family)] = true
	}
	for i, entry := range p.Entries {
		if len(entry.Ran()) == 0 || entries > mostEntries && !best[entry] {
			continue
		}
		m := page.Method{Label: entry.Label, Family: entry.Group, Rate: page.Number(entry.Rate), Detail: entry.Ended(),
			Best: best[entry], Leading: slices.Contains(leaders, entry), Color: p.familyColor(leaders, entry, i), Curves: []page.Curve{}}
		for qi, q := range quantities {
			for ci, cost := range costs {
				if curve, ok := entry.pageCurve(q, cost, entries <= fullEntries); ok {
					curve.Quantity, curve.Cost = qi, ci
					if cost.Name == Iterations.Name {
						curve.Bound = entry.pageBound(q)
					}
					m.Curves = append(m.Curves, curve)
				}
			}
		}
		out.Methods = append(out.Methods, m)
	}
	for _, q := range quantities {
		axis := p.quantityAxis(q)
		out.Quantities = append(out.Quantities, page.Axis{Name: q.Name, Label: axis.Label, Log: axis.Scale == figure.Log, Floor: page.Number(axis.Floor), Ceiling: page.Number(axis.Ceiling)})
	}
	for _, cost := range costs {
		out.Costs = append(out.Costs, page.Axis{Name: cost.Name, Label: cost.Label, Log: p.wide(leaders, cost)})
	}
	return out
}

// curveCosts are the costs that tell methods apart on the problem, as far as they were
// recorded.
func (p *Problem) curveCosts() []Cost {
	costs := []Cost{Iterations, Evaluations}
	if p.some(func(c *Cell) bool { return c.Counts.Gradients != c.Counts.Evaluations }) {
		costs = append(costs, Gradients)
	}
	if p.Samples > 0 {
		costs = append(costs, Epochs)
	}
	if p.secondOrder() {
		costs = append(costs, GradientEquivalents)
	}
	if p.some(func(c *Cell) bool { return c.Trace != nil && hasFinite(c.Trace.Seconds) }) {
		costs = append(costs, Seconds)
	}
	return costs
}

// facts are what is known about the problem, in words.
func (p *Problem) facts() []string {
	out := []string{p.minimum()}
	if p.Dim > 0 {
		out = append(out, fmt.Sprintf("%d variables", p.Dim))
	}
	if p.Samples > 0 {
		out = append(out, fmt.Sprintf("%d samples", p.Samples))
	}
	return out
}

// familyColor gives the settings of a family the colour of its leader.
func (p *Problem) familyColor(leaders []*Entry, e *Entry, place int) int {
	for i, leader := range leaders {
		if leader == e {
			return i
		}
	}
	for i, leader := range leaders {
		if leader.Group == e.Group {
			return i
		}
	}
	return place
}

// wide reports whether a linear axis of cost would hide the beginnings.
func (p *Problem) wide(entries []*Entry, cost Cost) bool {
	first, end := math.Inf(1), 0.0
	for _, entry := range entries {
		for _, c := range entry.Ran() {
			if c.Trace == nil {
				continue
			}
			for k := range c.Trace.Len() {
				if x := cost.at(c.Trace, k, p); x > 0 {
					first, end = math.Min(first, x), math.Max(end, x)
				}
			}
		}
	}
	return hidesBeginnings(first, end)
}

func (e *Entry) pageCurve(q Quantity, cost Cost, full bool) (page.Curve, bool) {
	b := e.Band(cost, q, 0)
	if !slices.ContainsFunc(b.Median, finite) {
		return page.Curve{}, false
	}
	keep := places(len(b.X), singlePoint)
	curve := page.Curve{X: pick(b.X, keep), Median: pick(b.Median, keep)}
	if b.Runs < 2 {
		return curve, true
	}
	curve.Low, curve.High = pick(b.Low, keep), pick(b.High, keep)
	if !full {
		return curve, true
	}
	curve.Mean = pick(b.Mean, keep)
	for _, c := range e.Ran()[:min(singleRuns, len(e.Ran()))] {
		one := c.Curve(e.Problem, cost, q)
		at := places(len(one.X), singlePoint)
		curve.Runs = append(curve.Runs, []page.Numbers{pick(one.X, at), pick(one.Y, at)})
	}
	return curve, true
}

// pageBound is nil where no theorem bounds the quantity.
func (e *Entry) pageBound(q Quantity) *page.Bound {
	p := e.promised(q)
	if len(p.of) == 0 {
		return nil
	}
	b := p.curve()
	keep := places(len(b.X), singlePoint)
	rx, ratio := p.ratios()
	keepRatios := places(len(rx), singlePoint)
	return &page.Bound{Theorem: p.theorem, X: pick(b.X, keep), Y: pick(b.Median, keep), RatioX: pick(rx, keepRatios), Ratio: pick(ratio, keepRatios)}
}

// places are at most so many of n indices, evenly spread, first and last among them.
func places(n, most int) []int {
	var out []int
	for k := range min(n, most) {
		if n <= most {
			out = append(out, k)
		} else {
			out = append(out, k*(n-1)/(most-1))
		}
	}
	return out
}

// tracks tell the iteration of each point of the paths in a figure.
func (p *Problem) tracks(path *figure.Figure) []page.Track {
	out := []page.Track{}
	for _, s := range path.Series {
		for _, entry := range p.Entries {
			if c := entry.withPath(); entry.Label == s.Label && c != nil {
				t := page.Track{Label: s.Label}
				for _, k := range c.Trace.Iteration {
					t.Iteration = append(t.Iteration, float64(k))
				}
				out = append(out, t)
			}
		}
	}
	return out
}

// RunTable has one row a run.
func (e *Evidence) RunTable() *table.Table {
	t := &table.Table{Name: "runs", Title: "Every run", Columns: columns("problem", "method", "repeat", "ended", "iterations", "evaluations", "final gap", "message")}
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			for _, c := range entry.Cells {
				t.Rows = append(t.Rows, []table.Cell{table.Text(p.Label), table.Text(entry.Label), table.Count(c.Repeat), table.Text(string(c.Status)),
					table.Count(c.Iterations), table.Count(int(c.Counts.Evaluations)), table.Number(c.Gap(p)), table.Text(c.Message)})
			}
		}
	}
	return t
}

// Headline says in words which method won where, and by how much.
func (e *Evidence) Headline() []string {
	if e.Cells == 0 {
		return []string{"No run has finished; there is nothing to compare."}
	}
	c := e.NewContest(math.MaxInt)
	goal, ok := c.Finest()
	if !ok {
		return []string{fmt.Sprintf("Runs: %d; problems: %d. No method reached a target in half of its runs: see how the runs ended in the tables.", e.Cells, len(e.Problems))}
	}
	cost := e.work()
	var out []string
	if len(e.Problems) > 1 {
		out = append(out, c.overall(goal, cost))
	}
	const most = 6
	for i, o := range c.medians(goal, cost) {
		if i == most {
			out = append(out, fmt.Sprintf("%d more problems are in the tables.", len(e.Problems)-most))
			break
		}
		out = append(out, c.winner(o, goal, cost))
	}
	return out
}

// overall says who is best over all problems, and of those who are told nothing where that
// is another.
func (c *Contest) overall(goal Goal, cost Cost) string {
	scores := c.scores(goal, cost)
	best := leading(scores, func(int) bool { return true })
	s := scores[best]
	said := fmt.Sprintf("Over %d problems %s is ahead: it reached %s in %d of %d runs at %s times the cost of the best method on each problem (geometric mean, in %s)",
		s.problems, c.Methods[best], goal.Text(), s.reached.Part, s.reached.Of, table.Short(s.ratio), cost.Name)
	uses := c.uses(best)
	if uses == "–" {
		return said + "."
	}
	said += ", being told " + uses + "."
	like := leading(scores, func(m int) bool { return c.uses(m) == "–" })
	if like < 0 {
		return said
	}
	return said + fmt.Sprintf(" Of the methods that are told nothing %s is ahead, at %s times.", c.Methods[like], table.Short(scores[like].ratio))
}

// winner says who won on one problem, by how much.
func (c *Contest) winner(o outcome, goal Goal, cost Cost) string {
	best, next := math.Inf(1), math.Inf(1)
	for _, v := range o.cost {
		switch {
		case v < best:
			best, next = v, best
		case v > best && v < next:
			next = v
		}
	}
	if math.IsInf(best, 1) {
		return fmt.Sprintf("%s: nobody reached %s.", o.problem.Label, goal.Text())
	}
	said := fmt.Sprintf("%s: %s reached %s first, with %s %s", o.problem.Label, c.with(o, best), goal.Text(), table.Short(best), cost.Name)
	switch {
	case len(defined(o.cost)) == 1:
		return said + "; no other method ran."
	case math.IsInf(next, 1):
		return said + "; nobody else did."
	}
	return fmt.Sprintf("%s; next %s with %s, %s times as many.", said, c.with(o, next), table.Short(next), table.Short(next/best))
}

// with names the methods with that cost.
func (c *Contest) with(o outcome, cost float64) string {
	var names []string
	for m, v := range o.cost {
		if v == cost {
			names = append(names, c.Methods[m])
		}
	}
	return strings.Join(names, " and ")
}
