package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/suites"
)

// theorySuite is the shipped suite in which every theorem applies.
const theorySuite = "theory"

func listTheorems() []listed {
	var lines []listed
	for _, t := range theory.All() {
		lines = append(lines, listed{Name: t.Name, Summary: t.Statement, Source: t.Source})
	}
	return lines
}

// writeTheorems writes docs/theory.md.
func writeTheorems(out io.Writer) error {
	cells, err := cellsOfTheorems()
	if err != nil {
		return err
	}
	all := theory.All()
	fmt.Fprintf(out, "# Theorems\n\nMade by `gdbench list theorems --markdown`; %s. A run is compared with those whose hypotheses\nhold by what is known of its problem, method and settings; the others do not apply, which is not the\nsame as holding. Comparisons end where rounding, or the accuracy of f\\*, decides.\n\n", english.Count(len(all), "theorem"))
	fmt.Fprint(out, "All demand exact gradients: no approximation by differences, and no noise or batches unless the theorem\nis about them. A constant counts where it is global and certain. *Tight*: an instance attains equality,\nand `gdbench check --theory` checks that it does. *In expectation*: compared with the mean over repeats.\n\n")
	fmt.Fprintf(out, "In statements %s.\n", theory.Notation)
	for _, t := range all {
		fmt.Fprintf(out, "\n## %s\n\n    %s\n\n- kind: %s\n- checked: %s\n", t.Name, t.Statement, t.Kind(), cell(t.Hypotheses))
		source := cell(t.Source)
		if t.DOI != "" {
			source += fmt.Sprintf(", [doi:%s](https://doi.org/%s)", t.DOI, t.DOI)
		}
		fmt.Fprintf(out, "- source: %s\n- applies in `suites/%s.yaml`: %s\n", source, theorySuite, cells[t.Name])
	}
	return nil
}

// cellsOfTheorems names for each theorem the first cell of the suite in which it applies.
func cellsOfTheorems() (map[string]string, error) {
	file, err := suites.Open(theorySuite)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	s, err := suite.Read(theorySuite, "", file, nil)
	if err != nil {
		return nil, err
	}
	built, cells := map[*suite.Problem]*prepare.Built{}, map[string]string{}
	for c := range s.Cells() {
		if c.Repeat > 0 {
			continue
		}
		b := built[c.Problem]
		if b == nil {
			if b, err = prepare.Problem(s, c.Problem); err != nil {
				return nil, err
			}
			built[c.Problem] = b
		}
		names, err := applying(s, c, b)
		if err != nil {
			return nil, err
		}
		labels := c.Labels()
		for _, name := range names {
			if cells[name] == "" {
				cells[name] = fmt.Sprintf("%s with %s", strings.TrimSpace(cell(labels.Problem)), cell(labels.Method))
			}
		}
	}
	return cells, nil
}

// applying names the theorems that apply to a cell.
func applying(s *suite.Suite, c suite.Cell, b *prepare.Built) ([]string, error) {
	component, err := prepare.Method(c.Method, b)
	if err != nil {
		return nil, err
	}
	method, err := traits.Behind(component, b.Facts)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, g := range theory.For(theory.Setting{
		Method: method, Problem: b.Problem, Facts: b.Facts,
		Batch: c.Method.Keys.Batch.Size, Replacement: c.Method.Keys.Sampling == "replace",
		Horizon: s.Horizon(c.Method, b.Samples()),
	}) {
		names = append(names, g.Name)
	}
	return names, nil
}
