package compare

// Outcome is what a CI should do.
type Outcome string

const (
	Pass          Outcome = "pass"
	Fail          Outcome = "fail"         // regressed, broke, missing, refuted; or changed where nothing may
	NotComparable Outcome = "incomparable" // some cells met different conditions
	TooLittleData Outcome = "underpowered" // and the gate is strict
)

// Code is the exit code of an outcome.
func (o Outcome) Code() int {
	return map[Outcome]int{Pass: 0, Fail: 1, NotComparable: 3, TooLittleData: 4}[o]
}

// Gate says when a comparison fails.
type Gate struct {
	Unchanged bool // any change fails
	Strict    bool // too few repeats fail
}

// Judge is the outcome of a report: incomparable before fail before underpowered.
func (g Gate) Judge(r *Report) Outcome {
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

// Worst is the outcome that decides among several: incomparable, fail, underpowered, pass.
func Worst(outcomes ...Outcome) Outcome {
	for _, o := range []Outcome{NotComparable, Fail, TooLittleData} {
		for _, found := range outcomes {
			if found == o {
				return o
			}
		}
	}
	return Pass
}
