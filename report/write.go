package report

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/report/claims"
	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/page"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/report/tables"
	"github.com/gdbench/gdbench/results"
)

// Written is what Write wrote.
type Written struct {
	Text     string    // the summary, for the terminal
	Files    []string  // paths, in the order of writing
	Figures  []string  // titles
	Warnings []Warning // what a reader must know, said where the numbers are
	Sparse   int       // figures that were left out since hardly a point is in them
	Details  int       // those that were, since others say the same more briefly
}

// opened is an error where a run was not made by results.Open.
func opened(runs []*results.Run) error {
	for i, r := range runs {
		if r == nil || r.Manifest == nil {
			return fmt.Errorf("run %d of %d has no manifest; results.Open reads one", i+1, len(runs))
		}
	}
	return nil
}

// Write writes the report of some runs into a folder, which is created: each table as text,
// Markdown, CSV, LaTeX and JSON, the figures in figures/ with their numbers as CSV, and the
// page report.html. A figure that cannot be drawn and a run that ends early are warnings.
// Write returns an error where the options name what there is not, the folder cannot be
// written, or nothing of the runs can be read.
func Write(runs []*results.Run, folder string, o Options) (*Written, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	if err := opened(runs); err != nil {
		return nil, err
	}
	axes, _ := o.axes() // checked
	defer evidence.Frugal(runs)()
	e, err := evidence.Gather(runs, axes.Columns()...)
	if err != nil {
		return nil, err
	}
	said, err := e.Choose(evidence.Choice{Methods: o.Only.Methods, Problems: o.Only.Problems, Baseline: o.Baseline})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrChoice, err)
	}
	if err := e.Restyle(o.Styles); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrChoice, err)
	}
	w := &writer{folder: folder, options: o, report: &Written{}}
	if err := os.MkdirAll(filepath.Join(folder, figureFolder), 0o755); err != nil {
		return nil, fmt.Errorf("creating the folder of the report: %w", err)
	}
	figures, err := o.figures(e, axes, w)
	if err != nil {
		return nil, err
	}
	drawn, split := w.panels(figures)
	said = append(said, split...)
	plots.Name(figures)
	all := tables.Of(e)
	look, err := claims.LookTable(runs, e.CellsOf)
	if err != nil {
		return nil, err
	}
	if len(look.Rows) > 0 {
		look.Notes = append(look.Notes, claims.Checks(runs, e).Notes()...)
		all = append(all, look)
	}
	if err := w.tables(all); err != nil {
		return nil, err
	}
	if err := w.figures(drawn); err != nil {
		return nil, err
	}
	e.Warnings = append(e.Warnings, w.report.Warnings...)
	w.report.Warnings = e.Warnings
	if err := w.page(page.Of(e, figures, all)); err != nil {
		return nil, err
	}
	if err := w.index(e, drawn, all); err != nil {
		return nil, err
	}
	for _, sentence := range said {
		w.report.Text += sentence + "\n"
	}
	w.report.Text += tables.Screen(e)
	return w.report, nil
}

// ErrChoice is the error of options that choose what the runs do not have.
var ErrChoice = errors.New("the choice does not fit the runs")

type writer struct {
	folder  string
	options Options
	report  *Written
}

func (w *writer) warn(format string, args ...any) {
	w.report.Warnings = append(w.report.Warnings, Warning(fmt.Sprintf(format, args...)))
}

// textWidth bounds the lines of tables as text.
const textWidth = 100

// tables writes each table in each format, and the summary under that name.
func (w *writer) tables(tables []*table.Table) error {
	paths, failures := make([]string, len(tables)*len(table.Formats)), make([]error, len(tables)*len(table.Formats))
	atOnce(len(paths), func(i int) {
		t, format := *tables[i/len(table.Formats)], table.Formats[i%len(table.Formats)]
		t.Width, t.Whole = textWidth, true
		var b bytes.Buffer
		if failures[i] = table.Write(&b, format, &t); failures[i] != nil {
			return
		}
		paths[i] = filepath.Join(w.folder, t.Name+"."+string(format))
		if err := atomicfile.Write(paths[i], b.Bytes(), 0o644); err != nil {
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
	paper, _ := w.options.paper() // checked
	paths, failures := make([][]string, len(figures)), make([]error, len(figures))
	atOnce(len(figures), func(i int) {
		paths[i], failures[i] = paper.Save(figures[i], filepath.Join(w.folder, figureFolder), formats...)
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

// figures are those that are chosen.
func (o *Options) figures(e *evidence.Evidence, axes *plots.Axes, w *writer) ([]*figure.Figure, error) {
	problems := o.Problems
	if len(o.Only.Problems) > 0 || o.All {
		problems = max(problems, len(e.Problems))
	}
	all := plots.Of(e, plots.Selection{Rebuild: o.Rebuild, Problems: problems, Show: axes}, w.warn)
	if !o.All && len(o.Only.Figures) == 0 {
		before := len(all)
		all = slices.DeleteFunc(all, (*figure.Figure).Sparse)
		w.report.Sparse = before - len(all)
		before = len(all)
		all = slices.DeleteFunc(all, func(f *figure.Figure) bool { return f.Detail })
		w.report.Details = before - len(all)
	}
	var names [][]string
	for _, f := range all {
		names = append(names, []string{f.Name, string(f.Role)})
	}
	chosen, err := evidence.PickNames("figure", o.Only.Figures, names)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrChoice, err)
	}
	figures := evidence.Pick(all, chosen)
	for i := range o.Frames {
		if err := o.Frames[i].put(figures); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrChoice, err)
		}
	}
	return figures, nil
}

// panels are the figures that are drawn: those of one kind as panels of one, where that is asked for.
// The page, on which a figure follows the problem, has them one by one.
func (w *writer) panels(figures []*figure.Figure) (drawn []*figure.Figure, said []string) {
	if !w.options.Panels {
		return figures, nil
	}
	paper, _ := w.options.paper() // checked
	return plots.Panels(figures, paper.Fits)
}

// figureFolder is that of the figures in a report.
const figureFolder = "figures"

// PageFile is the name of the interactive page.
const PageFile = "report.html"

func (w *writer) page(d *page.Data) error {
	var b bytes.Buffer
	if err := page.Write(&b, d); err != nil {
		return err
	}
	path := filepath.Join(w.folder, PageFile)
	if err := atomicfile.Write(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	w.report.Files = append(w.report.Files, path)
	return nil
}
