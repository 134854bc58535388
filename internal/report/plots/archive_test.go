package plots

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidencetest"
)

// The curve of an archived method ends where its longest run ended; that of ours goes on. A
// performance profile has no method on an instance in which an archived one ended before the first
// arrived.
func TestCurvesOfArchivedMethods(t *testing.T) {
	const note = "ends where the longest of its runs ended"
	for _, archived := range []bool{false, true} {
		c := evidencetest.Race(t, 20, []int{30, 0}, []int{100, 5}) // m1 gave up at 20, and arrived at 5
		for _, i := range c.Instances {
			i.Cells[1].Entry.Archived = archived
		}
		f := Runtimes(c, evaluations)
		ends := []float64{f.Series[0].X[len(f.Series[0].X)-1], f.Series[1].X[len(f.Series[1].X)-1]}
		want := []float64{100, 100}
		if archived {
			want[1] = 20
		}
		said := slices.ContainsFunc(f.Notes, func(n string) bool { return strings.Contains(n, note) })
		if !slices.Equal(ends, want) || said != archived {
			t.Errorf("archived %v: curves end at %v, expected %v; notes %q", archived, ends, want, f.Notes)
		}
		p := PerformanceProfile(c, c.Goals[0], evaluations)
		shares := map[bool][]float64{false: {0.5, 0.5}, true: {0, 1}}[archived]
		for m, share := range shares {
			if got := at(p.Series[m], 1); math.Abs(got-share) > 1e-15 {
				t.Errorf("archived %v: ρ(1) of m%d is %g; expected %g", archived, m, got, share)
			}
		}
		if said := slices.ContainsFunc(p.Notes, func(n string) bool { return strings.Contains(n, "Left out for all methods: 1 instance") }); said != archived {
			t.Errorf("archived %v: notes %q", archived, p.Notes)
		}
	}
}
