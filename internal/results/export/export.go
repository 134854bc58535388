package export

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/results"
)

// Format is a kind of output.
type Format struct {
	Name    string
	Summary string
	Next    string // what a user types next, where OUT is the output
	Folder  bool   // writes a folder, and a file otherwise
	Binary  bool   // is nothing for a terminal
	Prices  bool   // has costs in which a gradient may be priced
	Goals   bool   // has costs up to targets

	write func(*job) error
}

// Formats are all of them, in the order of help texts.
var Formats = []Format{
	{Name: "csv", Summary: "one long table as text", write: writeCSV,
		Next: `python3 -c 'import pandas; print(pandas.read_csv("OUT").groupby(["problem", "method"]).last())'`},
	{Name: "parquet", Summary: "one long table for pandas, polars and DuckDB", Binary: true, write: writeParquet,
		Next: `python3 -c 'import pandas; print(pandas.read_parquet("OUT").groupby(["problem", "method"]).last())'`},
	{Name: "coco", Summary: "COCO's logs of BBOB problems, for cocopp", Folder: true, Prices: true, write: writeCOCO,
		Next: "python3 -m cocopp OUT/*"},
	{Name: "ioh", Summary: "IOHprofiler's logs, for IOHanalyzer and IOHinspector", Folder: true, Prices: true, write: writeIOH,
		Next: `python3 -c 'import iohinspector; m = iohinspector.DataManager(); m.add_folder("OUT"); print(m.overview)'`},
	{Name: "benchopt", Summary: "benchopt's table of results", Binary: true, write: writeBenchopt,
		Next: "benchopt plot . -f OUT"},
	{Name: "benchfmt", Summary: "Go's benchmark format, for benchstat", Goals: true, write: writeBenchfmt,
		Next: "benchstat -col .file OLD OUT"},
	{Name: "github", Summary: "customSmallerIsBetter of github-action-benchmark", Goals: true, write: writeGitHub,
		Next: "- uses: benchmark-action/github-action-benchmark@d48d326b4ca9ba73ca0cd0d59f108f9e02a381c7 # v1.20.4\n  with: {tool: customSmallerIsBetter, output-file-path: OUT}"},
	{Name: "bencher", Summary: "Bencher Metric Format", Goals: true, write: writeBencher,
		Next: "bencher run --adapter json --file OUT"},
}

// Named is the format of that name.
func Named(name string) (Format, bool) {
	i := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return Formats[i], true
}

// Options are what a caller may choose.
type Options struct {
	Out     io.Writer      // of a format that writes a file
	Folder  string         // of one that writes a folder; it exists
	Prices  []counts.Price // of a gradient; none: 1 evaluation
	Targets []float64      // up to which costs are written; none: the hardest of each cell
	Version string         // of gdbench
}

// Outcome is what was exported, and what was not.
type Outcome struct {
	Cells int // that are in the output
	Left  []Left
	Notes []string
}

// Left are cells that the format cannot hold.
type Left struct {
	Reason  string // "its problem is not in the suite bbob"
	Cells   int
	Example string // label of the first of them
}

// ErrNothing says that the format could hold no cell of the run.
var ErrNothing = errors.New("nothing to export")

// job is one export.
type job struct {
	Options
	run     *results.Run
	outcome Outcome
}

// Write exports a run. Where no cell remains the error is ErrNothing, and the outcome says why.
func Write(run *results.Run, f Format, o Options) (Outcome, error) {
	if len(o.Prices) == 0 {
		o.Prices = []counts.Price{counts.OneEvaluation}
	}
	j := &job{Options: o, run: run}
	err := f.write(j)
	if err == nil && j.outcome.Cells == 0 {
		err = ErrNothing
	}
	return j.outcome, err
}

// each goes through the records with the columns of traces that are wanted.
func (j *job) each(columns results.Columns, visit func(*results.Record) error) error {
	if columns == nil {
		columns = results.Columns{} // nil would be all
	}
	read, trials := 0, 0
	for r, err := range j.run.RecordsWith(columns) {
		if err != nil {
			return err
		}
		read++
		if !j.run.Manifest.IsResult(r) {
			trials++
			continue
		}
		if err := visit(r); err != nil {
			return err
		}
	}
	if trials > 0 {
		j.note("%s of tuning %s left out; they are in %s", english.Count(trials, "run"), english.Verb(trials, "is", "are"), results.RunsFile)
	}
	if read < j.run.Manifest.Cells {
		j.note("%s is a partial run, %d of %d cells", j.run.Folder, read, j.run.Manifest.Cells)
	}
	return nil
}

// leave notes that a cell is not in the output.
func (j *job) leave(r *results.Record, format string, args ...any) {
	reason := fmt.Sprintf(format, args...)
	i := slices.IndexFunc(j.outcome.Left, func(l Left) bool { return l.Reason == reason })
	if i < 0 {
		i = len(j.outcome.Left)
		j.outcome.Left = append(j.outcome.Left, Left{Reason: reason, Example: r.Labels.Method + " on " + r.Labels.Problem})
	}
	j.outcome.Left[i].Cells++
}

// note adds a sentence about the output, once.
func (j *job) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(j.outcome.Notes, text) {
		j.outcome.Notes = append(j.outcome.Notes, text)
	}
}
