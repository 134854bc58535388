package compare

// Decision is what a CI is to do about a comparison: let the change pass, or not.
type Decision string

const (
	Pass          Decision = "pass"
	Fail          Decision = "fail"         // regressed, broke, missing, refuted; or changed where nothing may
	NotComparable Decision = "incomparable" // some cells met different conditions
	TooLittleData Decision = "underpowered" // and the gate is strict
)

// Code is the exit code of a decision.
func (o Decision) Code() int {
	return map[Decision]int{Pass: 0, Fail: 1, NotComparable: 3, TooLittleData: 4}[o]
}

// Gate says when a comparison fails.
type Gate struct {
	Unchanged bool // any change fails
	Strict    bool // too few repeats fail
}

// Judge is the decision on a report: incomparable before fail before underpowered.
func (g Gate) Judge(r *Report) Decision {
	var incomparable, bad, weak bool
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Accepted != "" {
			continue
		}
		incomparable = incomparable || row.Verdict == Incomparable
		bad = bad || row.Gated && row.Verdict.Bad() || g.Unchanged && row.Class != Timing && row.Verdict != Same
		weak = weak || row.Gated && row.Verdict == Underpowered
	}
	for i := range r.Rollups {
		row := &r.Rollups[i]
		bad = bad || row.Accepted == "" && row.Verdict.Bad()
	}
	switch {
	case incomparable:
		return NotComparable
	case bad:
		return Fail
	case weak && g.Strict:
		return TooLittleData
	}
	return Pass
}

// Worst is the decision that counts among several: incomparable, fail, underpowered, pass.
func Worst(outcomes ...Decision) Decision {
	for _, o := range []Decision{NotComparable, Fail, TooLittleData} {
		for _, found := range outcomes {
			if found == o {
				return o
			}
		}
	}
	return Pass
}
