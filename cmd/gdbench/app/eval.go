package app

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

func evalCommand() *cli.Command {
	return &cli.Command{
		Name:      "eval",
		Usage:     "value, gradient and Hessian of a problem at a point",
		ArgsUsage: "PROBLEM",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "at", Usage: "the point, `X1,X2,…` (default: the standard start)"},
			&cli.StringSliceFlag{Name: "set", Usage: "`KEY=VALUE`, a parameter of the problem"},
			&cli.BoolFlag{Name: "json", Usage: "for programs"},
		},
		Action: eval,
	}
}

// evaluation is what `eval --json` prints. Numbers that are not finite are null.
type evaluation struct {
	Problem  string           `json:"problem"`
	At       results.Series   `json:"at"`
	Value    results.Number   `json:"value"`
	Gradient results.Series   `json:"gradient"`
	Hessian  []results.Series `json:"hessian"` // null where the problem has none
	Facts    factsView        `json:"facts"`
}

func eval(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("eval: which problem? See `gdbench list problems`")
	}
	p, facts, label, err := buildProblem(c.Args().First(), c.StringSlice("set"))
	if err != nil {
		return err
	}
	x := make([]float64, p.Dim())
	if at := c.String("at"); at != "" {
		if x, err = parsePoint(at, p.Dim()); err != nil {
			return err
		}
	} else if len(facts.Starts) > 0 {
		copy(x, facts.Starts[0].X)
	}
	e := evaluate(p, x)
	e.Problem, e.Facts = label, viewFacts(facts)
	if c.Bool("json") {
		return writeJSON(c.App.Writer, e)
	}
	printEvaluation(c, e)
	return nil
}

// buildProblem makes a problem that was named on the command line.
func buildProblem(name string, set []string) (problems.Problem, *problems.Facts, string, error) {
	if _, err := lookup(param.Of[problems.Problem](), name); err != nil {
		return nil, nil, "", err
	}
	node, err := param.Component(name, set)
	if err != nil {
		return nil, nil, "", err
	}
	spec, err := param.Of[problems.Problem]().Only("--set", node, nil)
	if err != nil {
		return nil, nil, "", err
	}
	b, err := prepare.Problem(&suite.Suite{Header: suite.Header{Seed: 1}, Dir: "."}, &suite.Problem{Spec: spec, Label: spec.Label()})
	if err != nil {
		return nil, nil, "", err
	}
	return b.Problem, b.Facts, spec.Label(), nil
}

func parsePoint(text string, dim int) ([]float64, error) {
	parts := strings.Split(text, ",")
	if len(parts) != dim {
		return nil, usage("eval: --at has %d coordinates; the problem has %d variables", len(parts), dim)
	}
	x := make([]float64, dim)
	for i, part := range parts {
		v, err := param.ParseNumber(strings.TrimSpace(part))
		if err != nil {
			return nil, usage("eval: --at, coordinate %d: %v", i+1, err)
		}
		x[i] = v
	}
	return x, nil
}

func evaluate(p problems.Problem, x []float64) evaluation {
	grad := make([]float64, len(x))
	e := evaluation{At: x, Gradient: grad}
	e.Value = results.Number(p.Evaluate(x, grad))
	if h, ok := problems.As[problems.Hessian](p); ok {
		m := mat.NewSymDense(len(x), nil)
		h.Hessian(x, m)
		for i := range x {
			row := make(results.Series, len(x))
			for j := range row {
				row[j] = m.At(i, j)
			}
			e.Hessian = append(e.Hessian, row)
		}
	}
	return e
}

func printEvaluation(c *cli.Context, e evaluation) {
	out := c.App.Writer
	fmt.Fprintf(out, "%s at %s\n", e.Problem, numbers(e.At))
	fmt.Fprintf(out, "  value     %s\n", param.Number(float64(e.Value)))
	fmt.Fprintf(out, "  gradient  %s\n", numbers(e.Gradient))
	for i, row := range e.Hessian {
		name := ""
		if i == 0 {
			name = "Hessian"
		}
		fmt.Fprintf(out, "  %-9s %s\n", name, numbers(row))
	}
}

func numbers(x []float64) string {
	parts := make([]string, len(x))
	for i, v := range x {
		parts[i] = param.Number(v)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
