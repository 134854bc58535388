// Package gate judges a run against a baseline: the comparison, the claims of the suite and
// the outcome. The command `gdbench gate` and the package gdbenchtest are two fronts of it.
package gate

import (
	"fmt"
	"os"
	"time"

	"github.com/gdbench/gdbench/internal/report/claims"
	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// Options configure a gate. The zero value is what `gdbench gate` does without flags.
type Options struct {
	compare.Options
	compare.Gate

	Pinned string // baseline to compare with as well; "": none
	Accept string // file of accepted verdicts; "": none

	// Again, where it is given, runs the suites of BASE and NEW again with another seed, as far as
	// they are about methods (nil: all), and returns the run folders and the seed.
	Again func(methods []string) (base, new, seed string, err error)
}

// Judge compares the run or baseline in the file new with the one in the file base, and with
// the pinned one, and checks the claims of the suite. With a pinned baseline the two
// comparisons share the probability of a false alarm. The error wraps
// compare.ErrIncomparable where two files have nothing in common.
func Judge(base, new string, o Options) (*verdict.Summary, error) {
	if o.Accept != "" {
		var err error
		if o.Accepted, err = compare.ReadAccepted(o.Accept); err != nil {
			return nil, err
		}
		o.Today = time.Now()
	}
	if o.Alpha == 0 {
		o.Alpha = compare.DefaultAlpha
	}
	bases := []string{base}
	if o.Pinned != "" {
		bases = append(bases, o.Pinned)
		o.Alpha /= 2
	}
	var reports []*compare.Report
	for _, base := range bases {
		r, err := compare.Files(base, new, o.Options)
		if err != nil {
			return nil, err
		}
		reports = append(reports, r)
	}
	if err := confirm(reports[0], o); err != nil {
		return nil, err
	}
	found, unchecked, err := claimsOf(new)
	if err != nil {
		return nil, err
	}
	if unchecked != "" {
		reports[0].Warn("%s", unchecked)
	}
	return verdict.New(o.Gate, reports, found), nil
}

// confirm looks at the losses again that chance may have made.
func confirm(r *compare.Report, o Options) error {
	rows := r.Doubtful()
	if o.Again == nil || len(rows) == 0 {
		return nil
	}
	base, new, seed, err := o.Again(compare.MethodsOf(rows))
	if err != nil {
		return err
	}
	second, err := compare.Files(base, new, o.Options)
	if err != nil {
		return err
	}
	r.Confirm(second, seed)
	return nil
}

// claimsOf checks the claims of a run folder; unchecked says why it does not. A baseline
// file has neither the suite nor the curves, and a shard only some of the cells that a claim
// is about.
func claimsOf(path string) (found []verdict.Claim, unchecked string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", err
	}
	if !info.IsDir() {
		return nil, "NEW is a baseline file, which keeps no claims: those of the suite, if it makes any, were not checked; give the run folder", nil
	}
	run, err := results.Open(path)
	if err != nil {
		return nil, "", err
	}
	if s := run.Manifest.Shard; s != nil {
		return nil, fmt.Sprintf("NEW is shard %d/%d of a run: the claims of the suite, if it makes any, were not checked; merge the shards first", s.Index, s.Of), nil
	}
	found, err = Claims(run)
	return found, "", err
}

// Claims checks the claims that the manifest of a run keeps. That of schema 1 keeps none:
// they are read from its suite, which needs the components that the suite names.
func Claims(run *results.Run) ([]verdict.Claim, error) {
	made := run.Manifest.Claims
	if made == nil {
		s, err := suite.Of(run.Manifest, ".")
		if err != nil {
			return nil, err
		}
		made = s.Claims()
	}
	return claims.Check(made, run.Records())
}
