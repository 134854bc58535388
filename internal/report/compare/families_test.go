package compare

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// Six problems of two families are two clusters, whoever compares them; where one side is
// of schema 1 the other names the families; where both are, each problem is a cluster and
// the report says so.
func TestFamiliesComeFromTheFiles(t *testing.T) {
	w := world{problems: names("p", 6), methods: []string{"sgd"}, repeats: 4, evaluations: func(_, _ string, repeat int) float64 { return float64(1000 + repeat) }}
	clusters := func(base, new bool) (int, bool) {
		side := func(named bool, factor float64) *results.Baseline {
			of := w
			of.evaluations = func(p, m string, repeat int) float64 { return factor * w.evaluations(p, m, repeat) }
			of.change = func(o *results.Summary) {
				o.Families = nil
				if named {
					o.Families = &results.Families{Problem: map[bool]string{true: "even", false: "odd"}[o.Problem[2]%2 == 0], Method: "sgd"}
				}
			}
			return of.run()
		}
		r, err := Compare(side(base, 1), side(new, 1.3), Options{})
		if err != nil {
			t.Fatal(err)
		}
		n, warned := 0, false
		for _, row := range r.Rollups {
			if row.Metric == Evaluations {
				n = row.N
			}
		}
		for _, text := range r.Warnings {
			warned = warned || strings.Contains(text, "each problem counts as a family of its own")
		}
		return n, warned
	}
	for _, c := range []struct {
		base, new bool
		clusters  int
		warned    bool
	}{{true, true, 2, false}, {false, true, 2, false}, {true, false, 2, false}, {false, false, 6, true}} {
		if n, warned := clusters(c.base, c.new); n != c.clusters || warned != c.warned {
			t.Errorf("families named in BASE %t, in NEW %t: %d clusters, warned %t; expected %d, %t", c.base, c.new, n, warned, c.clusters, c.warned)
		}
	}
}

// A ratio that is no number is said in words.
func TestSentenceOfMissesAndRatios(t *testing.T) {
	inf := results.Number(math.Inf(1))
	row := func(base, new, effect results.Number) string {
		r := Row{Method: "gd", Problem: "bowl", Metric: Evaluations, Goal: "gap 1e-06", Verdict: Changed, Base: base, New: new, Effect: effect, P: results.Number(math.NaN())}
		return r.Sentence()
	}
	for got, want := range map[string]string{
		row(100, inf, inf): "gd on bowl changed: evaluations to gap 1e-06 are not finite, unlike those of BASE.",
		row(100, 130, 1.3): "gd on bowl changed: evaluations to gap 1e-06 are 1.3 times those of BASE.",
	} {
		if got != want {
			t.Errorf("%q; expected %q", got, want)
		}
	}
}
