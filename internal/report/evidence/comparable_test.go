package evidence

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/results/archive"
	"github.com/gdbench/gdbench/internal/results/export"
	"github.com/gdbench/gdbench/results"
)

// duel are runs of a and b on BBOB functions: each arrives at 0.1 after so many evaluations, or
// stalls after as many as are negative.
func duel(costs ...[2]int64) []*results.Record {
	var out []*results.Record
	for k, row := range costs {
		for m, name := range []string{"a", "b"} {
			cost, gap, target := row[m], 0.1, hitAt(results.AbsoluteTarget, 0.1, int(row[m]))
			if cost < 0 {
				cost, gap, target = -cost, 3, results.Target{Target: 0.1, Kind: results.AbsoluteTarget}
			}
			r := onBBOB(string(rune('p'+k)), name, 0, target, []int64{0, cost}, 9, gap)
			r.Status, r.Best = results.Stalled, &results.Best{Gap: results.Number(gap), Value: results.Number(gap)}
			r.Benchmark.Function = k + 1
			out = append(out, r)
		}
	}
	return out
}

// archivedCopy exports a run for COCO and reads the logs of one of its methods as an archive.
func archivedCopy(t *testing.T, run *results.Run, method string) *results.Run {
	t.Helper()
	format, _ := export.Named("coco")
	logs := filepath.Join(t.TempDir(), "logs")
	if _, err := export.Write(run, format, export.Options{Folder: logs}); err != nil {
		t.Fatal(err)
	}
	var records []*results.Record
	_, err := archive.Import(filepath.Join(logs, method), archive.Options{
		Problem: func(function, _, _ int) (*archive.Problem, error) {
			return &archive.Problem{Label: string(rune('o' + function)), Family: "p"}, nil
		},
		Put: func(r *results.Record) error { records = append(records, r); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	return stored(t, &results.Archive{Format: "coco", Name: method}, records...)
}

// A method and its archived copy are ranked alike, whatever it missed: where the archive ended before
// b arrived, what would have become of it is unknown, and the problem counts for no method.
func TestArchivedCopyRanksLikeItsOriginal(t *testing.T) {
	for name, c := range map[string]struct {
		costs    [][2]int64
		problems int
	}{
		"no miss":            {[][2]int64{{20, 40}, {30, 60}, {80, 40}}, 3},
		"misses early":       {[][2]int64{{20, 40}, {-30, 60}, {-10, 50}, {80, 40}, {50, 90}}, 3},
		"misses late":        {[][2]int64{{20, 40}, {-80, 60}, {-70, 50}, {80, 40}, {50, 90}}, 5},
		"the other is later": {[][2]int64{{20, 40}, {-30, 60}, {20, -500}}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			ours := stored(t, nil, duel(c.costs...)...)
			e, err := Gather([]*results.Run{ours, archivedCopy(t, ours, "a")})
			if err != nil {
				t.Fatal(err)
			}
			contest := e.NewContest()
			if len(contest.Methods) != 3 || len(contest.Instances) != len(c.costs) {
				t.Fatalf("methods %q, %d instances", contest.Methods, len(contest.Instances))
			}
			scores := contest.Scores(contest.Goals[0], Evaluations)
			original, copied := scores[0], scores[2]
			if original.Ratio != copied.Ratio || original.Rank != copied.Rank || original.Missed != copied.Missed || original.Fastest != copied.Fastest || original.Problems != c.problems {
				t.Errorf("%+v, and the archived copy %+v; expected %d problems", original, copied, c.problems)
			}
			if overall := e.overall(&Checks{}); strings.Contains(overall, "while all archived runs went on") != (c.problems < len(c.costs)) && overall != "" {
				t.Errorf("%q", overall)
			}
			known, omitted := contest.Known(contest.Goals[0], Evaluations)
			if len(known) != c.problems || omitted.Some() != (c.problems < len(c.costs)) || omitted.Method(2) {
				t.Errorf("%d instances are known, %v; expected %d", len(known), omitted, c.problems)
			}
		})
	}
}

// An archived method of which little is known is not ranked, and takes no problem from the others.
func TestArchivedMethodsThatEndedEarlyAreNotRanked(t *testing.T) {
	ours := stored(t, nil, duel([2]int64{-20, 40}, [2]int64{-30, 60}, [2]int64{-10, 50}, [2]int64{80, 40})...)
	e, err := Gather([]*results.Run{ours, archivedCopy(t, ours, "a")})
	if err != nil {
		t.Fatal(err)
	}
	c := e.NewContest()
	comparable := c.Comparable(c.Goals[0], Evaluations)
	scores := c.Scores(c.Goals[0], Evaluations)
	if !comparable.Method(2) || scores[2].Problems != 0 || !math.IsNaN(scores[2].Ratio) || scores[0].Problems != 4 || scores[1].Fastest != 4 {
		t.Errorf("%+v", scores)
	}
	const said = "ended before any method arrived in more than half of the problems: a (archived)"
	if notes := comparable.Notes("problem"); len(notes) != 1 || !strings.Contains(notes[0], said) {
		t.Errorf("notes %q", notes)
	}
	alone, err := Gather([]*results.Run{ours})
	if err != nil {
		t.Fatal(err)
	}
	c = alone.NewContest()
	comparable = c.Comparable(c.Goals[0], Evaluations)
	if comparable.Some() || len(comparable.Notes("problem")) > 0 || !slices.EqualFunc(c.Scores(c.Goals[0], Evaluations), scores[:2], func(a, b Score) bool { return a.Ratio == b.Ratio && a.Rank == b.Rank }) {
		t.Error("the archived method changes the scores of the others")
	}
}
