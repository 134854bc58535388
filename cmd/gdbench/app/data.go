package app

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
)

func dataCommand() *cli.Command {
	return &cli.Command{
		Name:      "data",
		Usage:     "show how a data file is read: samples, columns, label, and the line for a suite",
		ArgsUsage: "FILE",
		Description: "FILE is a text with columns, a file in LIBSVM format or Parquet, or the name of a data set that comes with gdbench.\n" +
			"If something keeps the file from being read, the message lists all of it, and the line that reads the file.",
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "set", Usage: "key `KEY=VALUE` of the data set, such as label=survived or drop=[name, deck]; may be repeated"},
			jsonFlag(),
		},
		Action: showData,
	}
}

// dataView is what `data --json` prints.
type dataView struct {
	Data     string        `json:"data"` // as a suite writes it
	Samples  int           `json:"samples"`
	Features int           `json:"features"`
	Stored   int           `json:"stored"` // numbers
	Classes  []classView   `json:"classes,omitempty"`
	Targets  *targetView   `json:"targets,omitempty"`
	Columns  []data.Column `json:"columns,omitempty"`
	Notes    []string      `json:"notes"`
}

// classView is a label with the number of its samples.
type classView struct {
	Label   string `json:"label"`
	Samples int    `json:"samples"`
}

// targetView says of labels that are measured, and no classes, what numbers they are.
type targetView struct {
	Least     float64 `json:"least"`
	Most      float64 `json:"most"`
	Different int     `json:"different"`
}

func showData(c *cli.Context) error {
	if c.NArg() != 1 {
		return missing(c, "file", "a data file, or a name; see `gdbench list data`")
	}
	spec, err := dataSpec(c.Args().First(), c.StringSlice("set"))
	if err != nil {
		return err
	}
	set, err := spec.New()
	if err != nil {
		return err
	}
	samples, err := set.(data.Set).Load(problems.Env{Dir: ".", Seed: 1, Name: spec.Text()})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w\n  here each key is an option: gdbench data %s --set KEY=VALUE", err, text.Terminal(c.Args().First()))
	}
	if err != nil {
		return err
	}
	m, d := samples.X.Dims()
	v := dataView{
		Data: spec.Text(), Samples: m, Features: d, Stored: samples.X.Entries(), Classes: classesOf(samples), Targets: targetsOf(samples),
		Columns: samples.Columns, Notes: append([]string{}, samples.Notes...),
	}
	if c.Bool("json") {
		return writeJSON(c.App.Writer, v)
	}
	printData(c, v)
	return nil
}

// dataSpec is the data set of a path or of a name.
func dataSpec(name string, set []string) (*param.Spec, error) {
	path := name
	if !data.Registry.Has(name) && !strings.ContainsAny(name, `./\`) {
		path = "./" + name
	}
	n, err := param.Component(path, nil)
	if err != nil {
		return nil, err
	}
	if long := data.Registry.Shorthand(param.Get(n, "name")); long != nil && !data.Registry.Has(name) {
		n = long
	}
	for _, text := range set {
		if err := param.Override(n, text); err != nil {
			return nil, err
		}
	}
	return data.Registry.Only("--set", n, nil)
}

// classesOf counts the samples of each class, where there are few.
func classesOf(s *data.Samples) []classView {
	const most = 20
	counts := countsOf(s)
	if measured(s, counts) || len(counts) > most {
		return nil
	}
	var out []classView
	for _, y := range slices.Sorted(maps.Keys(counts)) {
		name := text.Exact(y)
		if s.Classes != nil {
			name = s.Classes[int(y)]
		}
		out = append(out, classView{name, counts[y]})
	}
	return out
}

// targetsOf says what the labels are where they are measured.
func targetsOf(s *data.Samples) *targetView {
	counts := countsOf(s)
	if !measured(s, counts) {
		return nil
	}
	return &targetView{slices.Min(s.Y), slices.Max(s.Y), len(counts)}
}

func countsOf(s *data.Samples) map[float64]int {
	counts := map[float64]int{}
	for _, y := range s.Y {
		counts[y]++
	}
	return counts
}

// measured reports labels that are numbers and no classes: one of them is not whole, or each of
// several is another.
func measured(s *data.Samples, counts map[float64]int) bool {
	if s.Classes != nil {
		return false
	}
	for y := range counts {
		if y != float64(int64(y)) {
			return true
		}
	}
	return len(counts) == len(s.Y) && len(counts) > 2
}

func printData(c *cli.Context, v dataView) {
	out := c.App.Writer
	if len(v.Notes) == 0 {
		fmt.Fprintf(out, "%s: %s, %s\n", text.Terminal(v.Data), english.Count(v.Samples, "sample"), english.Count(v.Features, "feature"))
	}
	for i, note := range v.Notes {
		if i > 0 {
			note = "note: " + note
		}
		fmt.Fprintln(out, text.Terminal(note))
	}
	if v.Stored < v.Samples*v.Features {
		fmt.Fprintf(out, "%d of %d numbers are not zero\n", v.Stored, v.Samples*v.Features)
	}
	if t := v.Targets; t != nil {
		fmt.Fprintf(out, "labels: numbers from %s to %s, %d different\n", text.Exact(t.Least), text.Exact(t.Most), t.Different)
	}
	if len(v.Classes) > 0 {
		var parts []string
		for _, class := range v.Classes {
			parts = append(parts, fmt.Sprintf("%s (%s)", text.Terminal(class.Label), english.Count(class.Samples, "sample")))
		}
		fmt.Fprintf(out, "labels: %s\n", strings.Join(parts, ", "))
	}
	if len(v.Columns) > 0 {
		fmt.Fprintln(out)
		t := newTable(out, "column", "name", "read as", "values", "missing")
		for _, column := range v.Columns[:min(len(v.Columns), shownColumns)] {
			kind := column.Kind
			if column.Different > 0 {
				kind += fmt.Sprintf(" (%d different)", column.Different)
			}
			t.AppendRow(table.Row{column.Number, text.Terminal(column.Name), column.Role, kind, column.Missing})
		}
		t.Render()
		if more := len(v.Columns) - shownColumns; more > 0 {
			fmt.Fprintf(out, "and %s more; --json has all\n", english.Count(more, "column"))
		}
	}
	fmt.Fprintf(out, "\nin a suite: data: %s\n", text.Terminal(v.Data))
}

// shownColumns is the number of columns that a table of them has at most.
const shownColumns = 100
