package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// Decision is what a CI is to do about a comparison: let the change pass, or not.
type Decision string

const (
	Pass          Decision = "pass"
	Fail          Decision = "fail"         // regressed, broke, missing, refuted; or changed where nothing may
	NotComparable Decision = "incomparable" // some cells met different conditions
	TooLittleData Decision = "underpowered" // a loss of the sensitivity asked for could not have been found
)

// Code is the exit code of a decision.
func (o Decision) Code() int {
	return map[Decision]int{Pass: 0, Fail: 1, NotComparable: 3, TooLittleData: 4}[o]
}

// Gate says when a comparison fails.
type Gate struct {
	Unchanged bool // any change fails
	Strict    bool // methods and cells must be able to show a loss of the sensitivity, too
}

// Judge is the decision on a report: incomparable before fail before underpowered. Where every cell
// is incomparable nothing was compared, whatever is accepted.
func (g Gate) Judge(r *Report) Decision {
	var incomparable, bad, weak bool
	for row := range r.gated() {
		incomparable = incomparable || row.Verdict == Incomparable
		bad = bad || row.Verdict.Bad() || g.Unchanged && row.Class != Timing && row.Verdict != Same
		weak = weak || row.Verdict == Underpowered && (g.Strict || r.isSuite(row))
	}
	switch {
	case incomparable || r.nothing():
		return NotComparable
	case bad:
		return Fail
	case weak:
		return TooLittleData
	}
	return Pass
}

// nothing reports whether no cell could be compared, though both runs have some in common.
func (r *Report) nothing() bool {
	return r.Cells == 0 && slices.ContainsFunc(r.Rows, func(row Row) bool { return row.Verdict == Incomparable })
}

// Headline is that of a report, or, where the gate fails for a change that is no loss, that change.
func (g Gate) Headline(r *Report) string {
	var changed []*Row
	for row := range r.gated() {
		if row.Verdict.Bad() || row.Verdict == Incomparable {
			return r.Headline
		}
		if row.Class != Timing && row.Verdict != Same {
			changed = append(changed, row)
		}
	}
	if !g.Unchanged || len(changed) == 0 {
		return r.Headline
	}
	return fmt.Sprintf("Nothing may change, and %s did. %s", english.Count(len(changed), "row"), changed[0].Sentence())
}

// gated are the rows that count: those of levels and cells, as far as they are neither advisory
// nor accepted.
func (r *Report) gated() func(yield func(*Row) bool) {
	return func(yield func(*Row) bool) {
		for _, rows := range [][]Row{r.Levels, r.Rows} {
			for i := range rows {
				if rows[i].Gated && rows[i].Accepted == "" && !yield(&rows[i]) {
					return
				}
			}
		}
	}
}

// Worst is the decision that counts among several: incomparable, fail, underpowered, pass.
func Worst(outcomes ...Decision) Decision {
	for _, o := range []Decision{NotComparable, Fail, TooLittleData} {
		if slices.Contains(outcomes, o) {
			return o
		}
	}
	return Pass
}

// finds says which loss the comparison would have found with a probability of 80%, at each
// level; empty where nothing random differs.
func (r *Report) finds() string {
	var parts []string
	for _, level := range []struct {
		rows   []Row
		of     func(*Row) bool
		one    string
		plural string
	}{
		{r.Levels, r.isSuite, "the whole suite", ""},
		{r.Levels, func(row *Row) bool { return row.Method != AllMethods }, "any method", "methods"},
		{r.Rows, func(row *Row) bool { return row.Class == Random || row.Class == Moved }, "any cell", "cells"},
	} {
		if found := foundIn(level.rows, level.of, level.one, level.plural); found != "" {
			parts = append(parts, found)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("Would have been found with a probability of %s: %s.", percent(wanted), strings.Join(parts, "; "))
}

// foundIn says which loss the tests of a level would have found.
func foundIn(rows []Row, of func(*Row) bool, one, plural string) string {
	var tested, blind []*Row
	worst := 0.0
	for i := range rows {
		row := &rows[i]
		if row.Power == nil || !row.differs || row.Drift || !of(row) {
			continue
		}
		tested = append(tested, row)
		if finds := float64(row.Power.Detectable); math.IsNaN(finds) {
			blind = append(blind, row)
		} else {
			worst = math.Max(worst, finds)
		}
	}
	switch {
	case len(tested) == 0:
		return ""
	case len(blind) == 0:
		return fmt.Sprintf("a loss of %s in %s", percentMore(elementary.Log(worst)), one)
	case len(blind) == len(tested):
		return fmt.Sprintf("no loss in %s%s", one, blind[0].needs(plural == ""))
	}
	return fmt.Sprintf("a loss of %s in %d of %s, and none in the others%s", percentMore(elementary.Log(worst)), len(tested)-len(blind), english.Count(len(tested), strings.TrimSuffix(plural, "s")), blind[0].needs(false))
}

// needs says why a row would have found nothing.
func (r *Row) needs(only bool) string {
	name := ""
	if !only {
		name = "such as " + r.Cell() + ", "
	}
	if r.Power.Needed == 0 || r.Power.Needed <= r.N {
		return ""
	}
	return fmt.Sprintf(" (%swhich has %s of problem and repeat and needs %d)", name, english.Count(r.N, "pair"), r.Power.Needed)
}

// percentMore reads a logarithm as a loss: 0.1 is "11%"; large ones as a factor.
func percentMore(log float64) string {
	switch factor := elementary.Exp(log); {
	case factor >= 3:
		return "a factor of " + text.Digits(factor, 2)
	default:
		return text.Digits(100*(factor-1), 2) + "%"
	}
}
