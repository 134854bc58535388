package app

import (
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/gdbenchtest/gate"
	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/results"
)

// printClaims prints the verdicts on the claims of a run; a claim that does not hold is a
// verdict against it.
func printClaims(out io.Writer, folder string) error {
	run, err := results.Open(folder)
	if err != nil {
		return err
	}
	found, err := gate.Claims(run)
	if err != nil || len(found) == 0 {
		return err
	}
	fmt.Fprintln(out)
	if err := verdict.WriteClaims(out, found); err != nil && !errors.Is(err, syscall.EPIPE) { // a reader may have left
		return err
	}
	failed := 0
	for _, c := range found {
		if c.Verdict != verdict.Holds {
			failed++
		}
	}
	if failed > 0 {
		return against("%d of %s of the suite %s not hold; they are printed above", failed, english.Count(len(found), "claim"), english.Verb(failed, "does", "do"))
	}
	return nil
}
