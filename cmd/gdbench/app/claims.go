package app

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/gdbenchtest/gate"
	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/results"
)

// printClaims prints the verdicts on the claims of a run; a claim that does not hold is a
// verdict against it. Of the claims that the suite only cites in what it says to look at, those
// that hold are counted: the report has them, with the sentences that they show.
func printClaims(out io.Writer, folder string) error {
	run, err := results.Open(folder)
	if err != nil {
		return err
	}
	found, err := gate.Claims(run)
	if err != nil || len(found) == 0 {
		return err
	}
	shown := slices.DeleteFunc(slices.Clone(found), func(c verdict.Claim) bool {
		return c.Verdict == verdict.Holds && cited(run.Manifest.Look, c.Name)
	})
	fmt.Fprintln(out)
	if n := len(found) - len(shown); n > 0 {
		fmt.Fprintf(out, "%d of %s behind \"What to look at\" %s; look.txt in the report has the sentences.\n",
			n, english.Count(citations(run.Manifest.Look), "claim"), english.Verb(n, "holds", "hold"))
	}
	if err := verdict.WriteClaims(out, shown); err != nil && !errors.Is(err, syscall.EPIPE) { // a reader may have left
		return err
	}
	return failures(found)
}

// failures is the error of claims that do not hold, and of those that were not tested, which is no pass.
func failures(claims []verdict.Claim) error {
	count := map[string]int{}
	for _, c := range claims {
		count[c.Verdict]++
	}
	var said []string
	if n := count[verdict.Refuted]; n > 0 {
		said = append(said, fmt.Sprintf("%d %s not hold", n, english.Verb(n, "does", "do")))
	}
	if n := count[verdict.Untested]; n > 0 {
		said = append(said, fmt.Sprintf("%d %s not tested", n, english.Verb(n, "is", "are")))
	}
	if len(said) == 0 {
		return nil
	}
	return against("of %s of the suite %s; see above", english.Count(len(claims), "claim"), strings.Join(said, " and "))
}

// cited reports whether what a suite says to look at rests on the claim of that name.
func cited(looks []results.Look, name string) bool {
	return slices.ContainsFunc(looks, func(l results.Look) bool { return slices.Contains(l.Expect, name) })
}

// citations is the number of claims that what a suite says to look at rests on.
func citations(looks []results.Look) int {
	names := map[string]bool{}
	for _, l := range looks {
		for _, name := range l.Expect {
			names[name] = true
		}
	}
	return len(names)
}
