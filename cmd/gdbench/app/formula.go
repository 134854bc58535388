package app

import (
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// formulaProblem is the problem that a formula is.
const formulaProblem = "expression"

func expressionFlag() cli.Flag {
	return &cli.StringFlag{Name: "expression", Usage: "problem as a `FORMULA`, such as 'x^2 + 3*sin(5*x)'; a formula in place of PROBLEM means the same"}
}

// problemOf is the problem of a call: a name, or a formula, which is then a setting of it whose
// key has the given prefix.
func problemOf(c *cli.Context, prefix string) (name string, set []string, err error) {
	name, set = c.Args().First(), c.StringSlice("set")
	of := c.String("expression")
	switch {
	case of != "" && c.NArg() != 0:
		return "", nil, usage("%s: found a problem and --expression; expected one of them", c.Command.Name)
	case of == "" && c.NArg() != 1:
		return "", nil, missing(c, "problem", "a name (see `gdbench list problems`) or a formula, such as 'x^2 + 3*sin(5*x)'")
	case of == "" && isFormula(name):
		of = name
	case of == "":
		return name, set, nil
	}
	return formulaProblem, slices.Concat([]string{prefix + "of=" + strconv.Quote(of)}, set), nil
}

// isFormula reports whether an argument is no name but a formula. Names have letters, digits,
// dashes and dots.
func isFormula(text string) bool {
	if param.Of[problems.Problem]().Has(text) || text == "" {
		return false
	}
	return strings.ContainsAny(text, "^*/+()[]<>?= ²³·π√|") || text[0] >= '0' && text[0] <= '9'
}
