package tables

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
)

// A duel in which both missed compares nothing; one of equal costs is a tie, and one that a test does
// not decide as well.
func TestBothMissedIsNoTie(t *testing.T) {
	for _, c := range []struct {
		duel evidence.Duel
		want string
	}{
		{evidence.Duel{Pairs: 1, Missed: 1, P: math.NaN()}, untested},
		{evidence.Duel{Pairs: 1, Missed: 1, Exact: true, Ratio: 1, P: math.NaN()}, untested},
		{evidence.Duel{Pairs: 1, Exact: true, Ratio: 1, P: math.NaN()}, tied},
		{evidence.Duel{Pairs: 20, Missed: 3, Ratio: 1, P: 0.9}, tied},
		{evidence.Duel{Pairs: 2, Ratio: 1, P: 0.9}, untested},
	} {
		if got := sideOf(verdictOf(c.duel, c.duel.P, 1)); got != c.want {
			t.Errorf("%+v counts as %q; expected %q", c.duel, got, c.want)
		}
	}
}
