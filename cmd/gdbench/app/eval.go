package app

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

func evalCommand() *cli.Command {
	return &cli.Command{
		Name:      "eval",
		Usage:     "evaluate a problem, its gradient and its Hessian at a point",
		ArgsUsage: "PROBLEM",
		Flags: []cli.Flag{
			expressionFlag(),
			&cli.StringFlag{Name: "at", Usage: "point `X1,X2,…`", DefaultText: "the standard start"},
			&cli.StringSliceFlag{Name: "set", Usage: "parameter `KEY=VALUE` of the problem; may be repeated"},
			jsonFlag(), processFlag(),
		},
		Action: withProcesses(eval),
	}
}

// evaluation is what `eval --json` prints. Numbers that are not finite are null.
type evaluation struct {
	Problem  string           `json:"problem"`
	At       results.Series   `json:"at"`
	Value    results.Number   `json:"value"`
	Smooth   *results.Number  `json:"smooth_part,omitempty"` // of a composite objective, to which gradient and Hessian belong
	Gradient results.Series   `json:"gradient"`
	Hessian  []results.Series `json:"hessian"` // null where the problem has none
	Facts    factsView        `json:"facts"`
}

func eval(c *cli.Context) error {
	problem, set, err := problemOf(c, "")
	if err != nil {
		return err
	}
	built, label, err := buildProblem(problem, set)
	if err != nil {
		return err
	}
	x := make([]float64, built.Problem.Dim())
	if at := c.String("at"); at != "" {
		if x, err = parsePoint(at, len(x)); err != nil {
			return err
		}
	} else if starts := built.Facts.Starts; len(starts) > 0 {
		copy(x, starts[0].X)
	}
	found, err := built.At(x)
	if err != nil {
		return against("eval: %s: %w", label, err)
	}
	if found.TooLarge != nil {
		fmt.Fprintf(c.App.ErrWriter, "gdbench: note: the Hessian is left out, which is %v\n", found.TooLarge)
	}
	e := evaluation{Problem: label, At: x, Value: results.Number(found.Value), Gradient: found.Gradient, Facts: viewFacts(built.Facts)}
	if found.Composite {
		smooth := results.Number(found.Smooth)
		e.Smooth = &smooth
	}
	for _, row := range found.Hessian {
		e.Hessian = append(e.Hessian, row)
	}
	if c.Bool("json") {
		return writeEvaluation(c.App.Writer, e)
	}
	printEvaluation(c, e)
	return nil
}

// buildProblem builds a problem that was named on the command line, with the seed 1 and
// paths that start in the current folder.
func buildProblem(name string, set []string) (built *prepare.Built, label string, err error) {
	if _, err := lookup(param.Of[problems.Problem](), name); err != nil {
		return nil, "", err
	}
	node, err := param.Component(name, set)
	if err != nil {
		return nil, "", err
	}
	spec, err := param.Of[problems.Problem]().Only("--set", node, &suite.ProblemKeys{})
	if err != nil {
		return nil, "", err
	}
	for _, extra := range spec.Extra {
		if key := extra.Field.Name; key != "constraint" {
			return nil, "", usage("--set %s: it means something in a suite, not for the function itself; expected a parameter of %s, or constraint", key, name)
		}
	}
	built, err = prepare.Problem(&suite.Suite{Header: suite.Header{Seed: 1}, Dir: "."}, &suite.Problem{Spec: spec, Label: spec.Label()})
	return built, spec.Label(), err
}

func parsePoint(text string, dim int) ([]float64, error) {
	parts := strings.Split(text, ",")
	if len(parts) != dim {
		return nil, usage("eval: --at has %s; expected %d, one for each variable", english.Count(len(parts), "coordinate"), dim)
	}
	x := make([]float64, dim)
	for i, part := range parts {
		v, err := param.ParseNumber(strings.TrimSpace(part))
		if err != nil {
			return nil, usage("eval: --at, coordinate %d: %w", i+1, err)
		}
		x[i] = v
	}
	return x, nil
}

func printEvaluation(c *cli.Context, e evaluation) {
	out := c.App.Writer
	fmt.Fprintf(out, "%s at %s\n", text.Terminal(e.Problem), numbers(e.At))
	fmt.Fprintf(out, "  value     %s\n", text.Exact(float64(e.Value)))
	if e.Smooth != nil {
		fmt.Fprintf(out, "  smooth    %s (the smooth part of f; the gradient and the Hessian are those of this part)\n", text.Exact(float64(*e.Smooth)))
	}
	fmt.Fprintf(out, "  gradient  %s\n", numbers(e.Gradient))
	first, last := ends(len(e.Hessian))
	for i, row := range e.Hessian {
		switch {
		case i == 0:
			fmt.Fprintf(out, "  Hessian   %s\n", numbers(row))
		case i < first, i >= last:
			fmt.Fprintf(out, "            %s\n", numbers(row))
		case i == first:
			fmt.Fprintf(out, "            … (%s) …\n", english.Count(last-first, "more row"))
		}
	}
	if first < last || len(e.At) > mostShown {
		fmt.Fprintf(out, "  --json writes all numbers\n")
	}
}

// writeEvaluation is writeJSON, but for a Hessian of which only a row at a time is in memory as text.
func writeEvaluation(out io.Writer, e evaluation) error {
	rows := e.Hessian
	if len(rows) == 0 {
		return writeJSON(out, e)
	}
	e.Hessian = nil
	var rest bytes.Buffer
	if err := writeJSON(&rest, e); err != nil {
		return err
	}
	const key = "\n  \"hessian\": "
	before, after, _ := bytes.Cut(rest.Bytes(), []byte(key+"null"))
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "%s%s[", before, key)
	separator := ""
	for _, row := range rows {
		text, err := json.MarshalIndent(row, "    ", "  ")
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\n    %s", separator, text)
		separator = ","
	}
	fmt.Fprintf(w, "\n  ]%s", after)
	return w.Flush() // with the first error
}

// mostShown is how many numbers of a vector, and rows of a matrix, a terminal shows.
const mostShown = 60

// ends are the parts of n that are shown: those before the first and from the last.
func ends(n int) (first, last int) {
	if n <= mostShown {
		return n, n
	}
	return mostShown / 2, n - mostShown/2
}

func numbers(x []float64) string {
	first, last := ends(len(x))
	var parts []string
	for _, v := range x[:first] {
		parts = append(parts, text.Exact(v))
	}
	if first < last {
		parts = append(parts, fmt.Sprintf("… %d more …", last-first))
	}
	for _, v := range x[last:] {
		parts = append(parts, text.Exact(v))
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
