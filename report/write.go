package report

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/gdbench/gdbench/report/draw"
	"github.com/gdbench/gdbench/report/figure"
	"github.com/gdbench/gdbench/report/table"
	"github.com/gdbench/gdbench/results"
)

// Options are what a report may be told. The zero value is a full report without
// landscapes.
type Options struct {
	// Rebuild makes a problem again from its record, for level lines, critical points
	// and 2/L; nil, or an error, leaves them out.
	Rebuild  Rebuild
	Formats  []draw.Format // of figures; nil: SVG and PNG
	Problems int           // for which figures are drawn; 0: 12
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
	evidence, err := Gather(runs)
	if err != nil {
		return nil, err
	}
	w := &writer{folder: folder, options: o, report: &Report{}}
	if err := os.MkdirAll(filepath.Join(folder, "figures"), 0o755); err != nil {
		return nil, fmt.Errorf("the report has no place: %w", err)
	}
	tables := []*table.Table{evidence.Summary(), evidence.TargetTable()}
	if err := w.tables(tables); err != nil {
		return nil, err
	}
	if err := w.figures(evidence.Figures(o, w.warn)); err != nil {
		return nil, err
	}
	w.report.Warnings = append(evidence.Warnings, w.report.Warnings...)
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
	for _, t := range tables {
		for _, format := range table.Formats {
			var b bytes.Buffer
			if err := table.Write(&b, format, t); err != nil {
				return err
			}
			path := filepath.Join(w.folder, t.Name+"."+string(format))
			if err := replace(path, b.Bytes()); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
			w.report.Files = append(w.report.Files, path)
		}
	}
	return nil
}

func (w *writer) figures(figures []*figure.Figure) error {
	formats := w.options.Formats
	if formats == nil {
		formats = []draw.Format{draw.SVG, draw.PNG}
	}
	for _, f := range figures {
		paths, err := draw.Save(f, filepath.Join(w.folder, "figures"), formats...)
		w.report.Files = append(w.report.Files, paths...)
		var onDisk *os.PathError
		switch {
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

// Figures are the figures of the evidence, bounded in number. Complaints go to warn.
func (e *Evidence) Figures(o Options, warn func(string, ...any)) []*figure.Figure {
	most := o.Problems
	if most == 0 {
		most = 12
	}
	if len(e.Problems) > most {
		warn("figures are drawn for the first %d of %d problems; the tables have all of them", most, len(e.Problems))
	}
	var out []*figure.Figure
	for _, p := range e.Problems[:min(most, len(e.Problems))] {
		out = append(out, p.figures(o.Rebuild, warn)...)
	}
	return unique(out)
}

func (p *Problem) figures(rebuild Rebuild, warn func(string, ...any)) []*figure.Figure {
	var l *Landscape
	if rebuild != nil {
		problem, facts, err := rebuild(p.Example)
		if err != nil {
			warn("%s: no level lines and no 2/L: %v", p.Label, err)
		} else {
			l = &Landscape{problem, facts}
		}
	}
	candidates := []*figure.Figure{p.Convergence(Iterations, Gap), p.Convergence(Evaluations, Gap)}
	if p.Samples > 0 {
		candidates = append(candidates, p.Convergence(Epochs, Gap))
	}
	candidates = append(candidates, p.Paths(l), p.Sensitivity(p.stability(l)), p.RateByBatch())
	var out []*figure.Figure
	for _, f := range candidates {
		if f != nil && !f.Empty() {
			out = append(out, f)
		}
	}
	return out
}

// stability is 2/L: from the facts, or from an entry whose rate was written as 1/L; NaN
// where L is unknown.
func (p *Problem) stability(l *Landscape) float64 {
	if l != nil && l.Facts != nil {
		if constant, err := l.Facts.Global("L"); err == nil {
			return 2 / constant
		}
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
	if err := os.WriteFile(temporary, content, 0o644); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return os.Rename(temporary, path)
}
