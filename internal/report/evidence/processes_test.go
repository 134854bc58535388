package evidence

import (
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// Methods whose iterates are not known are named, in the warnings and wherever methods compete, and
// no others are.
func TestAsked(t *testing.T) {
	drafts := func(observed string) (out []synthetic.Draft) {
		for _, problem := range []string{"p", "q"} {
			out = append(out, synthetic.Reaching(problem, "plain", 2, 4))
			d := synthetic.Reaching(problem, "silent", 3, 6)
			d.Mend = func(r *results.Record) { r.Observed = observed }
			out = append(out, d)
		}
		return out
	}
	says := func(e *Evidence) (warning, note bool) {
		const said = "since no iterates are announced: silent."
		return slices.ContainsFunc(e.Warnings, func(w Warning) bool { return strings.Contains(string(w), said) }),
			strings.Contains(strings.Join(e.NewContest().Notes, "\n"), said)
	}
	if warning, note := says(gather(t, drafts("questions")...)); !warning || !note {
		t.Errorf("warned: %v, noted: %v; expected both", warning, note)
	}
	if warning, note := says(gather(t, drafts("")...)); warning || note {
		t.Errorf("warned: %v, noted: %v, of iterates that are known", warning, note)
	}
}

// The time on the way is that of the program of the method, of the problem, or of both.
func TestRoundTrip(t *testing.T) {
	run := synthetic.Write(t, []synthetic.Draft{
		synthetic.Reaching("p", "plain", 2, 4), synthetic.Reaching("p", "other.slow", 2, 4),
		synthetic.Reaching("mine.q", "plain", 2, 4), synthetic.Reaching("mine.q", "other.slow", 2, 4), synthetic.Reaching("mine.q", "unknown.m", 2, 4),
	}, "")
	run.Manifest.Processes = []results.Process{{Name: "other", RoundTrip: 20e-6}, {Name: "mine", RoundTrip: 7e-6}}
	e, err := Gather([]*results.Run{run})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"Each question takes some of the time between the programs: other.slow 20 µs.",
		"Each question takes some of the time between the programs: plain 7 µs; other.slow 27 µs; unknown.m 7 µs.",
	} {
		if got := RoundTripNote(e.Problems[i].Entries); got != want {
			t.Errorf("%s: %q; expected %q", e.Problems[i].Label, got, want)
		}
	}
	if got := RoundTripNote(gather(t, synthetic.Reaching("p", "other.slow", 2, 4)).Problems[0].Entries); got != "" {
		t.Errorf("a run without programs: %q", got)
	}
}
