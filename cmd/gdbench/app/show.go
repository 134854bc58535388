package app

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/plots"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/suites"
)

func showCommand() *cli.Command {
	return &cli.Command{
		Name:      "show",
		Usage:     "describe a problem, method, step rule, …: formula, parameters, facts, cost, theorems, source; or what a suite shows",
		ArgsUsage: "[KIND] NAME",
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "set", Usage: "parameter `KEY=VALUE` of a problem, for its facts; may be repeated"},
			jsonFlag(), processFlag(),
			&cli.StringFlag{Name: "picture", Usage: "draw the level lines or a slice of the problem into `FILE`.svg, .png or .pdf"},
		},
		Action: withProcesses(show),
	}
}

// onlyProblems refuses the flags that are about a problem where something else is shown.
func onlyProblems(c *cli.Context, what string) error {
	for _, flag := range []string{"set", "picture"} {
		if c.IsSet(flag) {
			return usage("show: --%s is for problems, and %s is none", flag, what)
		}
	}
	return nil
}

func show(c *cli.Context) error {
	args := c.Args().Slice()
	among := kinds()
	switch len(args) {
	case 1:
		if isSuite(args[0], among) {
			return showSuite(c, args[0])
		}
	case 2:
		if args[0] == "suite" || args[0] == "suites" {
			return showSuite(c, args[1])
		}
		among = slices.DeleteFunc(among, func(k kind) bool { return k.name != args[0] && k.name != args[0]+"s" })
		if len(among) == 0 {
			return usage("show: unknown kind %q; expected problem, method, direction, step, schedule, start, data or suite", args[0])
		}
		args = args[1:]
	default:
		return usage("show: expected a name, such as rosenbrock, or a kind and a name, such as step fixed")
	}
	entries, err := findEntries(among, args[0])
	if err != nil {
		return err
	}
	isProblem := func(e *param.Entry) bool { return e.Kind == param.Of[problems.Problem]().Kind }
	if !slices.ContainsFunc(entries, isProblem) {
		if err := onlyProblems(c, args[0]); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		return showJSON(c, entries)
	}
	for i, e := range entries {
		if i > 0 {
			fmt.Fprintln(c.App.Writer)
		}
		if err := showEntry(c.App.Writer, e); err != nil {
			return err
		}
		if isProblem(e) {
			if err := showFacts(c, e); err != nil {
				return err
			}
			if path := c.String("picture"); path != "" {
				if err := drawProblem(c, e, path); err != nil {
					return err
				}
			}
		}
	}
	fmt.Fprintln(c.App.Writer, "\nterms: docs/glossary.md")
	return nil
}

// showJSON prints a list: a name may be that of several components.
func showJSON(c *cli.Context, entries []*param.Entry) error {
	views := []*componentView{}
	for _, e := range entries {
		v, err := viewComponent(e, c.StringSlice("set"))
		if err != nil {
			return err
		}
		views = append(views, v)
		if e.Kind == param.Of[problems.Problem]().Kind && c.String("picture") != "" {
			if err := drawProblem(c, e, c.String("picture")); err != nil {
				return err
			}
		}
	}
	return writeJSON(c.App.Writer, views)
}

// drawProblem writes the picture of a problem to a file.
func drawProblem(c *cli.Context, e *param.Entry, path string) error {
	format, err := pictureFormat(c, "picture")
	if err != nil {
		return err
	}
	built, label, err := buildProblem(e.Name, c.StringSlice("set"))
	if err != nil {
		return err
	}
	picture, err := draw.Render(plots.Picture(label, landscape(built.Problem, built.Facts)), draw.Format(format))
	if err != nil {
		return fmt.Errorf("show: picture of %s: %w", label, err)
	}
	return atomicfile.Write(path, picture, 0o644)
}

// findEntries finds a name in every kind that has it.
func findEntries(among []kind, name string) ([]*param.Entry, error) {
	var found []*param.Entry
	var known []string
	for _, k := range among {
		if e, err := k.registry.Lookup(name); err == nil {
			found = append(found, e)
		}
		known = append(known, k.registry.Names()...)
	}
	if len(found) == 0 {
		known = append(known, suites.Names()...)
		return nil, usage("show: no component or suite named %q%s", name, text.Suggest(name, known))
	}
	return found, nil
}

func showEntry(out io.Writer, e *param.Entry) error {
	fmt.Fprintf(out, "%s: %s\n", e.Kind, strings.Join(append([]string{e.Name}, e.Aliases...), ", "))
	fmt.Fprintf(out, "  %s\n", e.Summary)
	if e.Formula != "" {
		fmt.Fprintf(out, "  %s\n", strings.ReplaceAll(e.Formula, "\n", "\n  "))
	}
	if e.Source != "" {
		fmt.Fprintf(out, "  source: %s\n", e.Source)
	}
	if e.DOI != "" {
		fmt.Fprintf(out, "  https://doi.org/%s\n", e.DOI)
	}
	g, err := guideTo(e)
	if err != nil {
		return err
	}
	if g != nil {
		fmt.Fprintf(out, "  %s\n", strings.Join(g.lines(), "\n  "))
	}
	if len(e.Fields()) > 0 {
		fmt.Fprintln(out)
		t := newTable(out, "parameter", "default", "range", "meaning")
		for _, f := range e.Fields() {
			t.AppendRow(table.Row{f.Name, defaultText(f), rangeText(f), meaning(f)})
		}
		t.Render()
	}
	switch {
	case g == nil:
	case len(g.theorems) == 0:
		fmt.Fprintln(out, "\n"+noTheorem)
	default:
		fmt.Fprintln(out, "\ntheorems that apply where their hypotheses hold")
		for _, t := range g.theorems {
			fmt.Fprintf(out, "  %s\n", statement(t))
		}
		fmt.Fprintf(out, "  where %s\n  hypotheses and cells to see them in: docs/theory.md\n", theory.Notation)
	}
	return nil
}

func defaultText(f *param.Field) string {
	switch {
	case f.Required:
		return "(required)"
	case f.Default == "":
		return "none"
	}
	return f.Default
}

func rangeText(f *param.Field) string {
	if f.OneOf != nil {
		return strings.Join(f.OneOf, ", ")
	}
	if r := f.Registry(); r != nil {
		return "any " + r.Kind
	}
	return f.Range.String()
}

// showFacts prints what is known about a problem with the given parameters. One that cannot
// be built without further parameters, such as a data set, has no facts yet.
func showFacts(c *cli.Context, e *param.Entry) error {
	built, label, err := buildProblem(e.Name, c.StringSlice("set"))
	switch {
	case err != nil && c.IsSet("set"):
		return err
	case err != nil: // it has parameters without a default
		fmt.Fprintf(c.App.Writer, "\nno facts without more parameters, given by --set: %s\n", strings.TrimPrefix(err.Error(), "--set: "))
		return nil
	}
	fmt.Fprintf(c.App.Writer, "\n%s, %s\n", text.Terminal(label), english.Count(built.Problem.Dim(), "variable"))
	for _, line := range viewFacts(built.Facts).lines() {
		fmt.Fprintf(c.App.Writer, "  %s\n", line)
	}
	return nil
}

// meaning is what a parameter means, and where `tune: default` draws it from.
func meaning(f *param.Field) string {
	if f.Space == "" {
		return f.Doc
	}
	return f.Doc + "; tune: default draws " + f.Space
}
