package words

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// promising is a theorem with bounds at the iterations 1 and 2.
func promising(name, quantity string, first, last float64) results.Theorem {
	return results.Theorem{Name: name, Quantity: quantity, Outcome: "holds", Compared: 2, Ratio: 0.5,
		Iteration: []int64{1, 2}, Bound: results.Series{first, last}, Ratios: results.Series{0.5, 0.5}}
}

// The theorem that promises most at the end is taken, wherever it is and however it began, the square
// of a distance as a distance.
func TestStrongest(t *testing.T) {
	mean, lower, edited := promising("mean", Gap, 1, 1e-9), promising("lower", Gap, 1, 1e-9), promising("edited", Gap, 1, 1e-9)
	mean.InExpectation, lower.Lower, edited.Ratios = true, true, results.Series{1, 1, 1}
	all := []results.Theorem{mean, lower, edited, promising("slow", Gap, 1, 0.5), promising("fast", Gap, 4, 0.1), promising("slower", Gap, 1, 0.7),
		promising("square", results.SquaredDistance, 1, 0.01), promising("distance", distance, 1, 0.05)}
	for _, c := range []struct{ quantity, name, want string }{
		{Gap, "", "fast"}, {Gap, "slower", "slower"}, {distance, "", "distance"}, {distance, "square", "square"}, {gradientNorm, "", ""}, {Gap, "edited", ""},
	} {
		for range 2 {
			got := ""
			if found := Strongest(all, c.quantity, c.name); found != nil {
				got = found.Name
			}
			if got != c.want {
				t.Errorf("%s %s: %q; expected %q", c.quantity, c.name, got, c.want)
			}
			slices.Reverse(all)
		}
	}
}

// descent is a run of two steps, its learning rate so many times the limit.
func descent(over float64, change func(*results.Record)) *results.Record {
	r := run(results.Budget, func(r *results.Record) {
		r.LearningRate, r.Stability = &results.LearningRate{Parameter: "lr", Value: results.Number(over)}, &results.Stability{Limit: 1, Formula: PlainLimit}
		r.Start.Distance, r.Start.GradientNorm = 4, 4
		r.Trace = &results.Trace{Iteration: []int64{0, 1, 2}, Gap: results.Series{8, 2, 0.1}, Distance: results.Series{4, 2, 1}, GradientNorm: results.Series{4, 2, 1}}
	})
	if change != nil {
		change(r)
	}
	return r
}

func TestPromised(t *testing.T) {
	with := func(theorems ...results.Theorem) func(*results.Record) {
		return func(r *results.Record) { r.Theorems = theorems }
	}
	condition := results.Theorem{Name: "descent condition", Outcome: "holds", Compared: 3, Condition: true}
	both := func(changes ...func(*results.Record)) func(*results.Record) {
		return func(r *results.Record) {
			for _, change := range changes {
				change(r)
			}
		}
	}
	grew := func(r *results.Record) { r.Status = results.Diverged }
	unknown := func(r *results.Record) { r.Stability.Limit = results.Number(math.NaN()) }
	rateless := func(r *results.Record) { r.LearningRate = nil }
	coarse := func(r *results.Record) { r.Minimum.Accuracy = 1e-9 }
	below := func(r *results.Record) { r.Trace.Gap[2] = -1e-17 }
	mean, broken, lower := promising("M", Gap, 1, 1e-9), promising("B", Gap, 1, 0.5), promising("least gap", Gap, 1, 0.01)
	lower.Lower = true
	mean.InExpectation = true
	broken.Outcome, broken.Message = "violated", "measured 2; the bound is 1"
	unmeasured := results.Theorem{Name: "pure step", Outcome: "not measured"}
	unbounded := results.Theorem{Name: "least gradient", Outcome: "holds", Compared: 3}
	for _, c := range []struct {
		name string
		r    *results.Record
		want string // the whole sentence, or its beginning before …
		by   string
	}{
		{"a bound", descent(0.5, with(promising("A", Gap, 1, 0.12345))), "theory promises that f − f* is at most 0.1235 after 2 steps; it is 0.1", "A"},
		{"the least bound", descent(0.5, with(promising("A", Gap, 1, 0.5), promising("C", Gap, 1, 0.2), condition)), "theory promises that f − f* is at most 0.2 after 2 steps; it is 0.1", "C"},
		{"far", descent(0.5, with(promising("A", Gap, 9, 1.5))), "theory promises that f − f* is at most 1.5 after 2 steps; it is 0.1, far less: the promise holds for the hardest functions of this kind, too", "A"},
		{"alike in four digits", descent(0.5, with(promising("A", Gap, 1, 0.1000004))), "theory promises that f − f* is at most 0.1000004 after 2 steps; it is 0.1", "A"},
		{"equal", descent(0.5, with(promising("A", Gap, 1, 0.1*(1+1e-12)))), "theory promises that f − f* is at most 0.1 after 2 steps; it is that, up to rounding", "A"},
		{"finer than f*", descent(0.5, both(coarse, with(promising("A", Gap, 1, 1e-10)))), "theory promises that f − f* is at most 1e-10 after 2 steps, which is finer than f* is known and f is computed", "A"},
		{"not finer than f*", descent(0.5, both(coarse, with(promising("A", Gap, 1, 0.2)))), "theory promises that f − f* is at most 0.2 after 2 steps; it is 0.1", "A"},
		{"nothing to compare", descent(0.5, with(condition, unmeasured)), "a theorem applies, and nothing of this run could be compared with it: pure step", "pure step"},
		{"a lower bound promises nothing", descent(0.5, with(condition, lower)), "gdbench knows no theorem that bounds the progress of this method with these settings on this function", ""},
		{"a gap below zero", descent(0.5, both(coarse, below, with(promising("A", Gap, 1, 1e-3)))), "theory promises that f − f* is at most 0.001 after 2 steps; it is zero, as far as f* is known and f is computed", "A"},
		{"one step", descent(0.5, func(r *results.Record) {
			p := promising("A", Gap, 3, 3)
			p.Iteration, p.Bound, p.Ratios = p.Iteration[:1], p.Bound[:1], p.Ratios[:1]
			r.Theorems = []results.Theorem{p}
		}), "theory promises that f − f* is at most 3 after 1 step; it is 2", "A"},
		{"the square of a distance", descent(0.5, with(promising("S", results.SquaredDistance, 9, 4))), "theory promises that the distance to the nearest minimum is at most 2 after 2 steps; it is 1", "S"},
		{"a gradient", descent(0.5, with(promising("G", gradientNorm, 9, 3))), "theory promises that the length of the slope is at most 3 after 2 steps; it is 1", "G"},
		{"the gap before a gradient", descent(0.5, with(promising("G", gradientNorm, 9, 3), promising("A", Gap, 1, 0.2))), "theory promises that f − f* is …", "A"},
		{"no bound on a curve", descent(0.5, with(condition, unbounded)), "a theorem applies, and this run keeps it: least gradient", "least gradient"},
		{"beyond the limit", descent(1.25, with(condition, promising("stability", distance, 5, 9))), "no theorem promises that it converges: lr is 1.25 × the limit 2/L, and from that limit on there are functions with this L on which the method does not converge", ""},
		{"beyond the limit, and diverged", descent(1.25, both(grew, with(condition, unbounded, promising("stability", distance, 5, 9)))), "no theorem promises that it converges: lr is 1.25 × the limit 2/L…", ""},
		{"at the limit", descent(1-1e-15, with(promising("stability", distance, 4, 4))), "no theorem promises that it converges: lr is 1 × the limit 2/L…", ""},
		{"just beyond the limit", descent(1.00001, with(condition)), "no theorem promises that it converges: lr is 1.00001 × the limit 2/L…", ""},
		{"just below the limit", descent(0.999, with(promising("stability", distance, 4, 3.9))), "theory promises that the distance…", "stability"},
		{"beyond the limit, with a bound that falls", descent(1.25, with(promising("stability", distance, 4, 3.9))), "theory promises that the distance…", "stability"},
		{"L unknown", descent(0.5, both(unknown, with(condition))), "no theorem promises that it converges: no largest curvature L is known of this function, and so no learning rate that is safe everywhere", ""},
		{"L unknown, diverged", descent(0.5, both(unknown, grew, with(condition))), "no theorem promises that it converges: no largest curvature L…", ""},
		{"no learning rate", descent(0.5, both(unknown, grew, rateless, with(condition))), "gdbench knows no theorem that bounds the progress of this method with these settings on this function", ""},
		{"the mean of runs", descent(0.5, with(mean)), "a theorem bounds the mean over many such runs, and promises nothing of a single one: M", ""},
		{"nothing", descent(0.5, with(condition)), "gdbench knows no theorem that bounds the progress of this method with these settings on this function", ""},
		{"violated", descent(0.5, with(promising("A", Gap, 1, 0.2), broken)), "violates a theorem (B): measured 2; the bound is 1…", "B"},
		{"did not begin", &results.Record{Status: results.Skipped, Message: "needs L"}, "", ""},
	} {
		said, by := Promised(c.r)
		got := ""
		if by != nil {
			got = by.Name
		}
		if begin, cut := strings.CutSuffix(c.want, "…"); got != c.by || !cut && said != c.want || cut && !strings.HasPrefix(said, begin) {
			t.Errorf("%s: by %q\n%s\nexpected by %q\n%s", c.name, got, said, c.by, c.want)
		}
	}
}

// On a run of which theory promises nothing, no condition and no theorem that it keeps is named.
func TestNoComfortWhereNothingIsPromised(t *testing.T) {
	theorems := []results.Theorem{{Name: "descent condition", Outcome: "holds", Compared: 3, Condition: true}, promising("stability", distance, 5, 9)}
	for over, want := range map[float64]string{0.5: "consistent with the theorem that applies; closest to its bound (measured/bound 0.5): stability", 1.25: "no theorem promises that it converges: lr is 1.25 × the limit 2/L"} {
		r := descent(over, func(r *results.Record) { r.Theorems = theorems })
		if said := Theory(r); !strings.HasPrefix(said, want) || over > 1 && (strings.Contains(said, "condition") || strings.Contains(said, "consistent")) {
			t.Errorf("%v × the limit: %q; expected %q", over, said, want)
		}
	}
	if said := Theory(descent(1.25, nil)); said != "" {
		t.Errorf("where no theorem was compared: %q", said)
	}
}

// Two values of which one is said to be above the other are not written alike.
func TestComparedValuesAreApart(t *testing.T) {
	r := run(results.Budget, func(r *results.Record) {
		r.Start.Value, r.Final.Value = 0.69314718, 0.69314712
		r.Trace = &results.Trace{Iteration: []int64{0, 1, 2}, Value: results.Series{0.69314718, 0.69314711, 0.69314712}}
	})
	said := strings.Join(Tell(r, Problem{}), "\n")
	for _, want := range []string{"from 0.69314711 to 0.69314712", "f went from 0.6931472 to 0.6931471;"} {
		if !strings.Contains(said, want) {
			t.Errorf("expected %q; said\n%s", want, said)
		}
	}
	for _, c := range []struct {
		a, b float64
		want int
	}{{1, 2, 3}, {0.1004, 0.10042, 5}, {1, 1, 3}, {math.NaN(), 1, 3}, {1, math.Nextafter(1, 2), 17}, {-0.25, -0.2500001, 7}} {
		if got := text.Apart(c.a, c.b, 3); got != c.want {
			t.Errorf("%v and %v: %d digits; expected %d", c.a, c.b, got, c.want)
		}
	}
}
