// Package claims checks what a suite says about itself against the records of its run.
//
// A claim is universal: it is about every run that it covers, or about a share of them.
// One run is enough to refute it, and that run is named. A claim with `holds: false` says
// that such a run exists. A claim that no run could test is untested, which is no pass.
package claims

import (
	"fmt"
	"iter"

	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/results"
)

// check gathers the evidence on one claim, record by record.
type check interface {
	see(r *results.Record, rival bool)
	// conclude says what was found; tested is false where no record tests it.
	conclude() (f finding, tested bool)
}

// finding is what the records say of a claim as it is worded.
type finding struct {
	true     bool
	evidence string
	example  string // the cell that decided, where one did
	id       string
}

// Check goes through the records of a run once and returns a verdict on each of the claims
// that its manifest keeps, in their order.
func Check(claims []results.Claim, records iter.Seq2[*results.Record, error]) ([]verdict.Claim, error) {
	checks := make([]check, len(claims))
	for i := range claims {
		checks[i] = newCheck(&claims[i])
	}
	if len(checks) > 0 {
		for r, err := range records {
			if err != nil {
				return nil, err
			}
			for i := range claims {
				if c := &claims[i]; c.Covers(r) {
					checks[i].see(r, false)
				} else if c.Rival(r) {
					checks[i].see(r, true)
				}
			}
		}
	}
	out := make([]verdict.Claim, len(checks))
	for i := range claims {
		out[i] = conclude(&claims[i], checks[i])
	}
	return out, nil
}

func conclude(c *results.Claim, evidence check) verdict.Claim {
	f, tested := evidence.conclude()
	v := verdict.Claim{Name: c.Name, Text: c.Text, Denied: !c.Holds, Lesson: c.Lesson, Place: c.Place, Evidence: f.evidence, Counterexample: f.example, ID: f.id}
	switch {
	case !tested:
		v.Verdict = verdict.Untested
	case f.true == c.Holds:
		v.Verdict = verdict.Holds
	default:
		v.Verdict = verdict.Refuted
	}
	return v
}

func newCheck(c *results.Claim) check {
	switch {
	case c.In != "":
		return &contest{claim: c, costs: map[string]*pairing{}}
	case c.Status != "":
		return &share{claim: c, ask: status(c)}
	case c.Ends != "":
		return &share{claim: c, ask: ends(c)}
	case c.OnlyOne != "":
		return &share{claim: c, ask: onlyOne(c)}
	case c.Descends:
		return &share{claim: c, ask: descends}
	case c.Consistent:
		return &share{claim: c, ask: consistent}
	case c.Measure != nil:
		return &share{claim: c, ask: measured(c.Measure)}
	case c.Gradient != 0:
		return &share{claim: c, ask: near(c)}
	}
	return &share{claim: c, ask: reaches(c)}
}

// cellName names a run for people.
func cellName(r *results.Record) string {
	name := r.Labels.Method + " on " + r.Labels.Problem
	if !r.Deterministic {
		name += fmt.Sprintf(", repeat %d", r.Repeat)
	}
	return name
}
