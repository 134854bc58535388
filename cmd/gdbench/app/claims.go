package app

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/claims"
	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// claimsOf checks the claims of the suite that a run folder keeps.
func claimsOf(folder string) ([]verdict.Claim, error) {
	run, err := results.Open(folder)
	if err != nil {
		return nil, err
	}
	m := run.Manifest
	s, err := suite.Read(m.Suite+".yaml", ".", strings.NewReader(m.Text), m.Overrides)
	if err != nil {
		return nil, fmt.Errorf("the suite of %s: %w", folder, err)
	}
	return claims.Check(s, run.Records())
}

// tellClaims prints what became of the claims of a run; a claim that does not hold is a
// verdict against it.
func tellClaims(out io.Writer, s *suite.Suite, folder string) error {
	if len(s.Expect) == 0 {
		return nil
	}
	run, err := results.Open(folder)
	if err != nil {
		return err
	}
	found, err := claims.Check(s, run.Records())
	if err != nil {
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
