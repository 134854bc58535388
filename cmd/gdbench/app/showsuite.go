package app

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/suites"
)

// isSuite reports whether a name is that of a file, or of a built-in suite and no component.
func isSuite(name string, among []kind) bool {
	return strings.HasSuffix(name, ".yaml") || slices.Contains(suites.Names(), name) && !slices.ContainsFunc(among, func(k kind) bool {
		_, err := k.registry.Lookup(name)
		return err == nil
	})
}

// suiteView is what show says of a suite.
type suiteView struct {
	Name     string         `json:"name"`
	About    string         `json:"about,omitempty"`
	Problems int            `json:"problems"`
	Methods  int            `json:"methods"` // with their settings
	Cells    int            `json:"cells"`
	Look     []results.Look `json:"look"`
	Claims   []claimView    `json:"claims"`
}

// claimView is a claim that a run of the suite checks.
type claimView struct {
	Name  string `json:"name,omitempty"`
	Text  string `json:"text"`
	Holds bool   `json:"holds"` // false: the suite claims that the text is wrong
}

// showSuite prints what a suite asks, what to look at in its results, and the claims that a
// run of it checks.
func showSuite(c *cli.Context, name string) error {
	if err := onlyProblems(c, "the suite "+name); err != nil {
		return err
	}
	s, err := loadSuite(name, nil)
	if err != nil {
		return err
	}
	v := suiteView{Name: s.Name, About: s.About, Problems: len(s.Problems), Methods: len(s.Methods), Cells: s.Count(), Look: []results.Look{}, Claims: []claimView{}}
	v.Look = append(v.Look, s.Looks()...)
	for _, claim := range s.Claims() {
		v.Claims = append(v.Claims, claimView{Name: claim.Name, Text: claim.Text, Holds: claim.Holds})
	}
	if c.Bool("json") {
		return writeJSON(c.App.Writer, v)
	}
	out := c.App.Writer
	fmt.Fprintf(out, "suite: %s\n  %s\n  %s, %s with their settings, %s\n", v.Name, text.Terminal(v.About),
		english.Count(v.Problems, "problem"), english.Count(v.Methods, "method"), english.Count(v.Cells, "cell"))
	if len(v.Look) > 0 {
		fmt.Fprint(out, "\nwhat to look at\n")
	}
	for _, l := range v.Look {
		fmt.Fprintf(out, "  - %s\n", text.Terminal(l.Text))
	}
	if len(v.Claims) > 0 {
		fmt.Fprint(out, "\nclaims that a run checks\n")
	}
	for _, claim := range v.Claims {
		word := "true"
		if !claim.Holds {
			word = "false"
		}
		fmt.Fprintf(out, "  - %s: %s\n", word, text.Terminal(claim.Text))
	}
	fmt.Fprintf(out, "\nrun it: gdbench run %s\n", name)
	return nil
}
