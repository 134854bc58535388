package page

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/report/tables"
	"github.com/gdbench/gdbench/internal/report/words"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// What a page holds in full; beyond, it is thinned and says so, so that it stays below
// 15 MB and opens at once.
const (
	mostRuns    = 10_000 // rows of the table of runs
	mostEntries = 2_000  // with curves at all
	fullEntries = 400    // with curves of all quantities against all costs, and single runs
	singleRuns  = 5      // of an entry
	singlePoint = 60     // of a single run
)

// Of gathers what the page shows. Figures and tables are those of the report.
func Of(e *evidence.Evidence, figures []*figure.Figure, all []*table.Table) *Data {
	d := &Data{Title: title(e), Headline: e.Headline("RUN"), Looks: e.Looks, Warnings: []string{}, Notes: []string{},
		Runs: []Run{}, Problems: []Problem{}, Figures: []*figure.Figure{}, Tables: []Table{}}
	for _, w := range e.Warnings {
		d.Warnings = append(d.Warnings, string(w))
	}
	for i, run := range e.Runs {
		d.Runs = append(d.Runs, runOf(run, e.Read[i]))
	}
	entries := e.Size()
	if entries > fullEntries {
		d.Notes = append(d.Notes, fmt.Sprintf("This is a large run (%d pairs of a problem and settings): curves show the gap against iterations and work only, without single runs. The CSV files have everything.", entries))
	}
	if entries > mostEntries {
		d.Notes = append(d.Notes, "Only the best learning rate of each method has a curve.")
	}
	d.Versus, d.Failed = versusOf(e), failures(e)
	for _, p := range e.Problems {
		one := problemOf(p, entries)
		for _, f := range figures {
			if f.Role == plots.RolePath && f.Problem == p.Label {
				one.Path, one.Tracks = f, tracks(p, f)
			}
		}
		d.Problems = append(d.Problems, one)
	}
	for _, f := range figures {
		if f.Role != plots.RoleConvergence && f.Role != plots.RolePath { // the page draws these itself
			d.Figures = append(d.Figures, f)
		}
	}
	for _, t := range all {
		if entries > fullEntries && t.Name == "targets" {
			continue
		}
		d.Tables = append(d.Tables, NewTable(t))
	}
	if e.Cells <= mostRuns {
		d.Tables = append(d.Tables, NewTable(tables.RunTable(e)))
	} else {
		d.Notes = append(d.Notes, fmt.Sprintf("The %d single runs are in runs.jsonl, not on this page.", e.Cells))
	}
	return d
}

func title(e *evidence.Evidence) string {
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

func runOf(run *results.Run, read int) Run {
	m := run.Manifest
	facts := [][2]string{{"suite", m.Suite}, {"about", m.About}, {"gdbench", m.Version + ", commit " + m.Commit},
		{"toolchain", strings.TrimSpace(fmt.Sprintf("%s %s/%s %s", m.Toolchain.Go, m.Toolchain.OS, m.Toolchain.Arch, m.Toolchain.AMD64))},
		{"processor", fmt.Sprintf("%s, %d cores, %d workers", m.Processor, m.Cores, m.Workers)},
		{"times", m.Times()},
		{"started", m.Started.Format("2006-01-02 15:04:05 MST")}, {"cells", fmt.Sprintf("%d of %d finished", read, m.Cells)},
		{"suite hash", m.Hash}, {"overrides", strings.Join(m.Overrides, " ")}}
	facts = slices.DeleteFunc(facts, func(f [2]string) bool { return f[1] == "" })
	how, again := makeAgain(m)
	return Run{Folder: filepath.Base(run.Folder), Facts: facts, Text: m.Text, How: how, Again: again}
}

// makeAgain is how to make a run again: of the suite that the page holds, since one that was a file
// has no name that gdbench knows.
func makeAgain(m *results.Manifest) (how, command string) {
	file := plots.FileName(m.Suite) + ".yaml"
	how = "To make it again, save the suite below as " + file + " beside the data that it names, and run this command"
	if len(m.Own) > 0 {
		how += " with the program that has the methods " + text.Some(m.Own)
	}
	return how + ":", words.Again(m, file)
}

// problemOf is a problem with its curves.
func problemOf(p *evidence.Problem, entries int) Problem {
	out := Problem{Label: p.Label, Facts: facts(p), Methods: []Method{}}
	quantities, costs := evidence.Quantities, p.CurveCosts()
	if entries > fullEntries {
		quantities, costs = []evidence.Quantity{evidence.Gap}, []evidence.Cost{evidence.Iterations, p.Work()}
	}
	leaders, _ := p.Leaders(evidence.CurveRoom)
	best := map[*evidence.Entry]bool{}
	for _, family := range p.ByGroup() {
		best[p.Best(family, evidence.EveryRun)] = true
	}
	for _, entry := range p.Entries {
		if len(entry.Ran()) == 0 || entries > mostEntries && !best[entry] {
			continue
		}
		m := Method{Label: entry.Label, Family: entry.Group, Rate: Number(entry.Rate), Detail: entry.Ended(),
			Best: best[entry], Leading: slices.Contains(leaders, entry), Color: entry.Identity.Setting, Curves: []Curve{}}
		for qi, q := range quantities {
			for ci, cost := range costs {
				if curve, ok := curveOf(entry, q, cost, entries <= fullEntries); ok {
					curve.Quantity, curve.Cost = qi, ci
					if cost.Name == evidence.Iterations.Name {
						curve.Bound = boundOf(entry, q)
					}
					m.Curves = append(m.Curves, curve)
				}
			}
		}
		out.Methods = append(out.Methods, m)
	}
	out.Shared = nameAll(out.Methods)
	for _, q := range quantities {
		axis := p.Axis(q)
		out.Quantities = append(out.Quantities, Axis{Name: q.Name, Label: axis.Label, Log: axis.Scale == figure.Log, Floor: Number(axis.Floor), Ceiling: Number(axis.Ceiling)})
	}
	for _, cost := range costs {
		out.Costs = append(out.Costs, Axis{Name: cost.Name, Label: cost.Label, Log: wide(p, leaders, cost)})
	}
	return out
}

// nameAll names methods as the figures do, and returns what the names leave out.
func nameAll(methods []Method) string {
	var labels []string
	for _, m := range methods {
		labels = append(labels, m.Label)
	}
	names := evidence.LegendNames(labels)
	for i := range methods {
		if name := names.Of(methods[i].Label); name != methods[i].Label {
			methods[i].Name = name
		}
	}
	return strings.Join(append(slices.DeleteFunc([]string{names.Title()}, func(title string) bool { return title == "" }), names.Notes()...), ". ")
}

// facts are what is known about the problem, in words.
func facts(p *evidence.Problem) []string {
	out := []string{p.Minimum()}
	if p.Dim > 0 {
		out = append(out, english.Count(p.Dim, "variable"))
	}
	if p.Samples > 0 {
		out = append(out, english.Count(p.Samples, "sample"))
	}
	return out
}
