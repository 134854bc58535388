package claims

import (
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/results"
)

// LookTable is what the suites of some runs say to look at, sentence by sentence, with what
// the runs say of the claims that each rests on. It has no rows where no suite says anything.
// cells says which cells of a run the report has, and which its reader has left out: a sentence of
// which all claims are about the latter is left out, and a claim about some of them is not tested.
func LookTable(runs []*results.Run, cells func(*results.Run) func(problem, method string) (had, left bool)) (*table.Table, error) {
	t := &table.Table{Name: "look", Title: "What to look at",
		Columns: []table.Column{{Name: "suite"}, {Name: "what to look at"}, {Name: "found"}, {Name: "because"}},
		Notes: []string{"Each sentence rests on claims of the suite (`expect`), which are checked against the runs: " +
			"TRUE where all of them hold, FALSE where one is refuted, and not tested where the runs do not decide."}}
	for _, run := range runs {
		m := run.Manifest
		if len(m.Look) == 0 {
			continue
		}
		whole, excluded := partly(m.Claims, cells(run))
		found, err := Check(whole, run.Records())
		if err != nil {
			return nil, err
		}
		for _, look := range m.Look {
			if !slices.ContainsFunc(look.Expect, func(name string) bool { return !excluded[name] }) {
				continue
			}
			verdict, because := Shown(look, found)
			t.Rows = append(t.Rows, []table.Cell{table.Text(m.Suite), table.Text(look.Text), table.Text(verdict), table.Text(because)})
		}
	}
	return t, nil
}

// Checks are those of the targets whose costs the claims are about that LookTable cites.
func Checks(runs []*results.Run, e *evidence.Evidence) *evidence.Checks {
	checks := &evidence.Checks{}
	for _, run := range runs {
		for i := range run.Manifest.Claims {
			c := &run.Manifest.Claims[i]
			target, costs := costly(c)
			if !costs || !slices.ContainsFunc(run.Manifest.Look, func(l results.Look) bool { return slices.Contains(l.Expect, c.Name) }) {
				continue
			}
			for _, on := range slices.Concat(c.About, c.Rivals) {
				checks.AddTarget(e, on.Problem, c.Kind, target)
			}
		}
	}
	return checks
}

// costly is the target of a claim; false: what it costs to reach one does not matter.
func costly(c *results.Claim) (target float64, costs bool) {
	if c.In != "" {
		return c.At, c.In != finalGap
	}
	return c.Reaches, c.Within != nil
}

// partly are the claims of which no cell is left out, and the names of those of which all are.
func partly(claims []results.Claim, cell func(problem, method string) (had, left bool)) (whole []results.Claim, excluded map[string]bool) {
	excluded = map[string]bool{}
	for _, c := range claims {
		kept, dropped := false, false
		for _, on := range slices.Concat(c.About, c.Rivals) {
			for _, method := range on.Methods {
				had, left := cell(on.Problem, method)
				kept, dropped = kept || had, dropped || left
			}
		}
		if excluded[c.Name] = dropped && !kept; !dropped {
			whole = append(whole, c)
		}
	}
	return whole, excluded
}

// The verdicts on what to look at.
const (
	True      = "TRUE"
	False     = "FALSE"
	NotTested = "not tested"
)

// Shown says whether the claims that a sentence cites show it, and what decided. A claim that
// the run lacks, since it ran without the cells of the claim, is not tested.
func Shown(look results.Look, found []verdict.Claim) (word, because string) {
	word = True
	var reasons []string
	for _, name := range look.Expect {
		i := slices.IndexFunc(found, func(c verdict.Claim) bool { return c.Name == name })
		switch {
		case i < 0:
			reasons = append(reasons, name+": not all of its cells are part of this report")
		default:
			reasons = append(reasons, found[i].Statement()+" ("+found[i].Evidence+")")
		}
		switch {
		case i >= 0 && found[i].Verdict == verdict.Refuted:
			word = False
		case (i < 0 || found[i].Verdict == verdict.Untested) && word == True:
			word = NotTested
		}
	}
	return word, strings.Join(reasons, "; ")
}
