package report

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/page"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// Options are what a report may be told. The zero value is a full report without
// landscapes.
type Options struct {
	// Rebuild makes a problem again from its record, for level lines, critical points
	// and 2/L; nil, or an error, leaves them out.
	Rebuild  Rebuild
	Told     Told          // for what methods use; nil: only their expressions tell
	Formats  []draw.Format // of figures; nil: SVG and PNG
	Problems int           // for which figures are drawn; 0: 12

	// Show adds a figure of convergence to the usual ones; nil: none.
	Show *Axes
}

// Selection says which figures are made. The zero value is the usual ones without
// landscapes, for 12 problems.
type Selection struct {
	Rebuild  Rebuild // makes a problem again for level lines and 2/L; nil: without
	Problems int     // for which there are figures; 0: 12
	Show     *Axes   // of a further figure of convergence; nil: none
}

// Axes are those of a figure of convergence.
type Axes struct {
	X Cost
	Y Quantity
}

// columns are those of a trace that a large run must read for the axes. They have the names
// of quantities and costs; where a cost has none the usual ones tell it.
func (a *Axes) columns() []string {
	if a == nil {
		return nil
	}
	return []string{a.X.Name, strings.ReplaceAll(a.Y.Name, " ", "_")}
}

// Report is what was written.
type Report struct {
	Text     string    // the summary, for the terminal
	Files    []string  // paths, in the order of writing
	Figures  []string  // titles
	Warnings []Warning // for the reader of the report
}

// Write makes the whole report of some runs in a folder: tables in every format, and
// figures in a folder of that name. A figure that cannot be drawn is a warning; an error
// is a folder that cannot be written or runs of which nothing can be read.
func Write(runs []*results.Run, folder string, o Options) (*Report, error) {
	defer frugal(runs)()
	evidence, err := Gather(runs, o.Show.columns()...)
	if err != nil {
		return nil, err
	}
	evidence.inform(o.Told)
	w := &writer{folder: folder, options: o, report: &Report{}}
	if err := os.MkdirAll(filepath.Join(folder, "figures"), 0o755); err != nil {
		return nil, fmt.Errorf("the report has no place: %w", err)
	}
	figures := evidence.Figures(Selection{Rebuild: o.Rebuild, Problems: o.Problems, Show: o.Show}, w.warn)
	tables := evidence.Tables()
	if err := w.tables(tables); err != nil {
		return nil, err
	}
	if err := w.figures(figures); err != nil {
		return nil, err
	}
	evidence.Warnings = append(evidence.Warnings, w.report.Warnings...)
	w.report.Warnings = evidence.Warnings
	if err := w.page(evidence.Page(figures, tables, evidence.paths(figures))); err != nil {
		return nil, err
	}
	w.report.Text = evidence.headline()
	return w.report, nil
}

type writer struct {
	folder  string
	options Options
	report  *Report
}

func (w *writer) warn(format string, args ...any) {
	w.report.Warnings = append(w.report.Warnings, Warning(fmt.Sprintf(format, args...)))
}

// tables writes each table in each format, and the summary under that name.
func (w *writer) tables(tables []*table.Table) error {
	paths, failures := make([]string, len(tables)*len(table.Formats)), make([]error, len(tables)*len(table.Formats))
	atOnce(len(paths), func(i int) {
		t, format := tables[i/len(table.Formats)], table.Formats[i%len(table.Formats)]
		var b bytes.Buffer
		if failures[i] = table.Write(&b, format, t); failures[i] != nil {
			return
		}
		paths[i] = filepath.Join(w.folder, t.Name+"."+string(format))
		if err := replace(paths[i], b.Bytes()); err != nil {
			failures[i] = fmt.Errorf("table %s: %w", t.Name, err)
		}
	})
	w.report.Files = append(w.report.Files, paths...)
	return cmp.Or(failures...) // a folder that takes one file no more takes none
}

// atOnce does n things, as many at a time as there are processors.
func atOnce(n int, do func(i int)) {
	var group sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		room <- struct{}{}
		group.Go(func() {
			defer func() { <-room }()
			do(i)
		})
	}
	group.Wait()
}

func (w *writer) figures(figures []*figure.Figure) error {
	formats := w.options.Formats
	if formats == nil {
		formats = []draw.Format{draw.SVG, draw.PNG}
	}
	paths, failures := make([][]string, len(figures)), make([]error, len(figures))
	atOnce(len(figures), func(i int) {
		paths[i], failures[i] = draw.Save(figures[i], filepath.Join(w.folder, "figures"), formats...)
	})
	for i, f := range figures {
		w.report.Files = append(w.report.Files, paths[i]...)
		var onDisk *os.PathError
		switch err := failures[i]; {
		case errors.As(err, &onDisk):
			return fmt.Errorf("figure %s: %w", f.Name, err)
		case err != nil:
			w.warn("%v", err)
		default:
			w.report.Figures = append(w.report.Figures, f.Title)
		}
	}
	return nil
}

// PageFile is the name of the interactive page.
const PageFile = "report.html"

func (w *writer) page(d *page.Data) error {
	var b bytes.Buffer
	if err := page.Write(&b, d); err != nil {
		return err
	}
	path := filepath.Join(w.folder, PageFile)
	if err := replace(path, b.Bytes()); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	w.report.Files = append(w.report.Files, path)
	return nil
}

// paths finds the pictures of paths among the figures.
func (e *Evidence) paths(figures []*figure.Figure) map[*Problem]*figure.Figure {
	out := map[*Problem]*figure.Figure{}
	for _, p := range e.Problems {
		for _, f := range figures {
			if f.Equal && f.Title == p.pathTitle() {
				out[p] = f
			}
		}
	}
	return out
}

// Tables are all tables that have rows.
func (e *Evidence) Tables() []*table.Table {
	tables := []*table.Table{e.Summary(), e.TargetTable(), e.RunningTimes(), e.BestRates(), e.Theorems(), e.Orders()}
	if c := e.NewContest(math.MaxInt); len(e.Problems) > 1 {
		if goal, ok := c.Finest(); ok {
			tables = append(tables, c.Ranking(goal, e.work()))
		}
	}
	return slices.DeleteFunc(tables, func(t *table.Table) bool { return len(t.Rows) == 0 && t.Name != "summary" })
}

// work is the cost by which methods are compared across problems.
func (e *Evidence) work() Cost {
	for _, p := range e.Problems {
		if p.Dim == 0 {
			return Epochs
		}
	}
	return GradientEquivalents
}

// Figures are the figures of the evidence, bounded in number. Complaints go to warn.
func (e *Evidence) Figures(o Selection, warn func(string, ...any)) []*figure.Figure {
	most := o.Problems
	if most == 0 {
		most = 12
	}
	if len(e.Problems) > most {
		warn("figures are drawn for the first %d of %d problems; the tables have all of them", most, len(e.Problems))
	}
	var out []*figure.Figure
	for _, p := range e.Problems[:min(most, len(e.Problems))] {
		out = append(out, p.figures(o, warn)...)
	}
	return unique(append(e.comparisons(), out...))
}

// comparisons are the figures across problems.
func (e *Evidence) comparisons() []*figure.Figure {
	c := e.NewContest(curveRoom)
	if len(c.Methods) < 2 || len(c.Goals) == 0 {
		return nil
	}
	cost := e.work()
	out := []*figure.Figure{c.Runtimes(cost)}
	if goal, ok := c.Finest(); ok && len(c.Instances) > 1 {
		out = append(out, c.PerformanceProfile(goal, cost), c.DataProfile(goal, Evaluations), c.Ranks(goal, cost))
	}
	return present(out)
}

// present leaves out the figures that there is nothing for.
func present(figures []*figure.Figure) []*figure.Figure {
	return slices.DeleteFunc(figures, func(f *figure.Figure) bool { return f == nil || f.Empty() })
}

func (p *Problem) figures(o Selection, warn func(string, ...any)) []*figure.Figure {
	var l *Landscape
	if o.Rebuild != nil {
		var err error
		if l, err = o.Rebuild(p.Example); err != nil {
			warn("%s: no level lines and no 2/L: %v", p.Label, err)
			l = nil
		} else if p.Dim != l.Dim {
			p.SetDim(l.Dim)
		}
	}
	candidates := p.convergences(o.Show)
	candidates = append(candidates, p.Paths(l), p.OnTheCurve(l), p.Tangents(l), p.Decrease(), p.Basins(l), p.Sensitivity(p.stability(l)), p.CostByRate(p.stability(l)), p.RateByBatch(), p.EpochsByBatch(), p.Tuning(),
		p.StepLengths(), p.Trials(), p.Order(), p.Sharpness(), p.NoiseFloor(p.stability(l)))
	candidates = append(candidates, p.Expectations()...)
	candidates = append(candidates, p.Layers()...)
	return present(append(candidates, p.BatchSizes()...))
}

// convergences are the figures of convergence: the usual ones, and the one that was asked
// for.
func (p *Problem) convergences(asked *Axes) []*figure.Figure {
	figures := []*figure.Figure{p.Convergence(Iterations, Gap), p.Convergence(Evaluations, Gap)}
	if p.Samples > 0 {
		figures[1] = p.Convergence(Epochs, Gap)
	}
	if f := p.Convergence(Iterations, GradientNorm); f.Strip != nil { // a theorem speaks of it
		figures = append(figures, f)
	}
	if p.secondOrder() {
		figures = append(figures, p.Convergence(GradientEquivalents, Gap))
	}
	if asked == nil {
		return figures
	}
	f := p.Convergence(asked.X, asked.Y)
	if slices.ContainsFunc(figures, func(usual *figure.Figure) bool { return usual.Name == f.Name }) {
		return figures
	}
	return append(figures, f)
}

// secondOrder reports whether somebody asked for second derivatives, so that counting
// evaluations alone would flatter them.
func (p *Problem) secondOrder() bool {
	return p.Dim > 0 && p.some(func(c *Cell) bool { return c.Counts.Hessians+c.Counts.HessianProducts > 0 })
}

// SetDim says how many variables the problem has, by which work is weighed.
func (p *Problem) SetDim(n int) { p.Dim, p.ranked = n, nil }

// some reports whether something is so of any run of the problem.
func (p *Problem) some(so func(*Cell) bool) bool {
	return slices.ContainsFunc(p.Entries, func(e *Entry) bool { return slices.ContainsFunc(e.Cells, so) })
}

// stability is 2/L: from the facts, or from an entry whose rate was written as 1/L; NaN
// where L is unknown.
func (p *Problem) stability(l *Landscape) float64 {
	if limit := l.limit(); finite(limit) {
		return limit
	}
	for _, entry := range p.Entries {
		if entry.Written == "1/L" {
			return 2 * entry.Rate
		}
	}
	return math.NaN()
}

// unique gives figures whose names coincide numbers.
func unique(figures []*figure.Figure) []*figure.Figure {
	seen := map[string]int{}
	for _, f := range figures {
		seen[f.Name]++
		if n := seen[f.Name]; n > 1 {
			f.Name = fmt.Sprintf("%s-%d", f.Name, n)
		}
	}
	return figures
}

// fileName joins words into a name that every file system takes.
func fileName(words ...string) string {
	keep := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '=':
			return r
		}
		return '-'
	}
	name := strings.Trim(strings.Map(keep, strings.Join(words, "-")), ".-")
	for strings.Contains(name, "--") {
		name = strings.ReplaceAll(name, "--", "-")
	}
	if len(name) > 100 {
		name = name[:100]
	}
	return name
}

func replace(path string, content []byte) error {
	temporary := path + ".tmp"
	err := os.WriteFile(temporary, content, 0o644)
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return nil
}
