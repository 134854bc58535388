package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// writeCatalogue writes all components of a kind as Markdown: docs/problems.md and its
// like are made by it, and a test keeps them in step.
func writeCatalogue(out io.Writer, k kind) error {
	names := k.registry.Names()
	fmt.Fprintf(out, "# %s%s\n\nMade by `gdbench list %s --markdown`; %s.\n", strings.ToUpper(k.name[:1]), k.name[1:], k.name, english.Count(len(names), "entry"))
	switch k.registry {
	case param.Of[methods.Method](), param.Of[methods.Direction](), param.Of[methods.StepRule]():
		fmt.Fprintf(out, "\nIn theorems %s.\n", theory.Notation)
	}
	for _, name := range names {
		e, err := k.registry.Lookup(name)
		if err != nil {
			return err
		}
		if err := writeEntry(out, e); err != nil {
			return err
		}
		if e.Kind == param.Of[problems.Problem]().Kind {
			writeFacts(out, e)
		}
	}
	return nil
}

func writeEntry(out io.Writer, e *param.Entry) error {
	fmt.Fprintf(out, "\n## %s\n\n%s.\n", e.Name, cell(e.Summary))
	if e.Formula != "" {
		fmt.Fprintf(out, "\n    %s\n", strings.ReplaceAll(e.Formula, "\n", "\n    "))
	}
	if len(e.Aliases) > 0 {
		fmt.Fprintf(out, "\nAlso called %s.\n", strings.Join(e.Aliases, ", "))
	}
	if len(e.Fields()) > 0 {
		fmt.Fprint(out, "\n| parameter | default | range | meaning |\n|---|---|---|---|\n")
		for _, f := range e.Fields() {
			fmt.Fprintf(out, "| `%s` | %s | %s | %s |\n", f.Name, cell(defaultText(f)), cell(rangeText(f)), cell(meaning(f)))
		}
	}
	source := e.Source
	if e.DOI != "" {
		source = fmt.Sprintf("%s, [doi:%s](https://doi.org/%s)", source, e.DOI, e.DOI)
	}
	if source != "" {
		fmt.Fprintf(out, "\nSource: %s.\n", strings.TrimPrefix(source, ", "))
	}
	g, err := guideTo(e)
	if err != nil || g == nil {
		return err
	}
	fmt.Fprintln(out)
	for _, line := range g.lines() {
		fmt.Fprintf(out, "- %s\n", line)
	}
	for _, t := range g.theorems {
		fmt.Fprintf(out, "- theorem: %s\n", cell(statement(t)))
	}
	if len(g.theorems) == 0 {
		fmt.Fprintln(out, "- "+noTheorem)
	}
	return nil
}

// noTheorem is said of methods and their parts that no theorem is checked of. There may be some: mirror descent
// has a rate.
const noTheorem = "theorem: none known to gdbench"

// writeFacts lists what is known of a problem with its defaults.
func writeFacts(out io.Writer, e *param.Entry) {
	built, _, err := buildProblem(e.Name, nil)
	if err != nil {
		return // it needs parameters, as its table says
	}
	fmt.Fprintf(out, "\nWith the defaults, %s:\n\n", english.Count(built.Problem.Dim(), "variable"))
	for _, line := range viewFacts(built.Facts).lines() {
		fmt.Fprintf(out, "- %s\n", line)
	}
}

// cell is text fit for a Markdown table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;").Replace(strings.TrimSuffix(text, "."))
}
