package compare

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// One count more in each of many cells is tolerated in each, and not in all of them together. What
// rounding does, up here and down there, is; so is a little everywhere.
func TestSmallLossesTogether(t *testing.T) {
	for _, c := range []struct {
		name      string
		problems  int
		base, new func(problem, method string) float64
		want      Decision
		said      string
	}{
		{"5 to 6 everywhere", 6, all(5), all(6), Fail, "The whole suite regressed: evaluations are 1.2 times those of BASE, on average over cells without randomness: worse in 18 of 18 cells and better in 0"},
		{"twice, in one count", 6, all(1), all(2), Fail, "2 times those of BASE"},
		{"one method of three", 12, all(10), of("m01", 11, 10), Fail, "m01 on all problems regressed: evaluations are 1.1 times"},
		{"2% everywhere", 6, all(1000), all(1020), Pass, ""},
		{"one of 1000 everywhere", 6, all(1000), all(1001), Pass, ""},
		{"six cells", 2, all(5), all(6), Pass, ""}, // 2⁻⁶: rounding may do that
		{"up and down", 6, all(10), func(problem, method string) float64 { return 10 + float64(2*(number2(problem)%2)-1) }, Pass, ""},
		{"better everywhere", 6, all(6), all(5), Pass, ""},
	} {
		side := func(cost func(problem, method string) float64) *results.Baseline {
			return world{problems: names("p", c.problems), methods: names("m", 3), evaluations: func(p, m string, _ int) float64 { return cost(p, m) }}.run()
		}
		r := mustCompare(t, side(c.base), side(c.new), Options{})
		said := r.Headline
		for i := range r.Levels {
			said += " " + r.Levels[i].Sentence()
		}
		if got := (Gate{}).Judge(r); got != c.want || !strings.Contains(said, c.said) || (c.want == Pass) != (len(r.Levels) == 0) {
			t.Errorf("%s: the gate says %s, %s; expected %s, %s", c.name, got, said, c.want, c.said)
		}
	}
}

// Cells that count by themselves, or whose loss is accepted, add nothing to the others.
func TestSmallLossesOfOtherCells(t *testing.T) {
	w := world{problems: names("p", 12), methods: names("m", 1), evaluations: constant(5)}
	base := w.run()
	w.evaluations = constant(6)
	accepted := Options{Accepted: []Accepted{{Cell: "m00 on p*", Metric: string(Evaluations), UpTo: 1.3, Reason: "known"}}}
	if r := mustCompare(t, base, w.run(), accepted); (Gate{}).Judge(r) != Pass {
		t.Errorf("accepted losses: %s", r.Headline)
	}
	w.evaluations = constant(10)
	if r := mustCompare(t, base, w.run(), Options{}); len(r.Levels) != 0 || (Gate{}).Judge(r) != Fail {
		t.Errorf("losses that count by themselves: %s, %d rows of levels", r.Headline, len(r.Levels))
	}
}

func all(v float64) func(string, string) float64 {
	return func(string, string) float64 { return v }
}

func of(method string, v, others float64) func(string, string) float64 {
	return func(_, m string) float64 {
		if m == method {
			return v
		}
		return others
	}
}
