package compare

import (
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// compared is the comparison of two runs, without seconds.
func compared(t *testing.T, base, new *results.Baseline) *Report {
	t.Helper()
	r, err := Compare(base, new, Options{Metrics: []Metric{SuccessMetric, Evaluations}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// noisy is two methods on two problems whose costs scatter around 1000, of NEW times a factor for
// the first method.
func noisy(seed uint64, factor float64) *results.Baseline {
	rng := rand.New(rand.NewPCG(3, seed))
	w := world{problems: names("p", 2), methods: names("m", 2), repeats: 10}
	w.evaluations = func(_, method string, _ int) float64 {
		n := 1000 * math.Exp(0.1*rng.NormFloat64())
		if method == "m00" {
			n *= factor
		}
		return math.Round(n)
	}
	return w.run()
}

func TestConfirm(t *testing.T) {
	red := func() *Report { return compared(t, noisy(1, 1), noisy(2, 1.5)) }
	if len(red().Doubtful()) < 3 { // the suite, the method and its cells
		t.Fatalf("%d losses at first", len(red().Doubtful()))
	}

	r, found := red(), len(red().Doubtful())
	r.Confirm(compared(t, noisy(3, 1), noisy(4, 1.5)), "7")
	if (Gate{}).Judge(r) != Fail || len(r.Doubtful()) != found || !strings.Contains(r.Headline, "regressed") {
		t.Errorf("a loss that is found twice: %d of %d left; %s", len(r.Doubtful()), found, r.Headline)
	}

	r = red()
	r.Confirm(compared(t, noisy(3, 1), noisy(4, 1)), "7")
	if (Gate{}).Judge(r) != Pass || r.Verdicts[Regressed] != 0 || !strings.Contains(r.Again, "another seed, 7, confirm 0 of") {
		t.Errorf("a loss that is found once: %v; %s %s", r.Verdicts, r.Headline, r.Again)
	}
	for i := range r.Levels {
		if row := &r.Levels[i]; row.Verdict == Changed && row.Method == AllMethods && !strings.Contains(row.Note, "but not with seed 7") {
			t.Errorf("%s: %q", row.Cell(), row.Note)
		}
	}
}

// What no test decided needs no second look, and a second look cannot take it back: cells that
// are gone or fail, and exact counts.
func TestConfirmKeepsWhatIsCertain(t *testing.T) {
	failing := func() *results.Baseline {
		b := noisy(2, 1)
		b.Summaries[0].Status = results.Failed
		return b
	}
	r := compared(t, noisy(1, 1), failing())
	if n := len(r.Doubtful()); n != 0 {
		t.Errorf("%d rows are doubtful", n)
	}
	r.Confirm(compared(t, noisy(3, 1), noisy(4, 1)), "7")
	if (Gate{}).Judge(r) != Fail || r.Again != "" {
		t.Errorf("a failure was taken back: %s %s", r.Headline, r.Again)
	}
}

// A second run that lost a cell, or that cannot be compared, refutes nothing.
func TestConfirmNeedsASecondLook(t *testing.T) {
	for name, spoil := range map[string]func(*results.Baseline){
		"without the cells": func(b *results.Baseline) { b.Summaries, b.Cells, b.Grid = b.Summaries[20:], 20, 20 },
		"another start":     func(b *results.Baseline) { b.Summaries[0].Conditions = "elsewhere" },
	} {
		r := compared(t, noisy(1, 1), noisy(2, 1.5))
		second := noisy(4, 1)
		spoil(second)
		r.Confirm(compared(t, noisy(3, 1), second), "7")
		if (Gate{}).Judge(r) != Fail {
			t.Errorf("%s: %s %s", name, r.Headline, r.Again)
		}
	}
}

// Two looks make false alarms rare, and seldom lose a loss that matters.
func TestSoakConfirmed(t *testing.T) {
	pairs := 40
	if os.Getenv("GDBENCH_SOAK") != "" {
		pairs = 1000
	}
	for i, c := range []struct {
		factor      float64
		least, most float64
	}{{1.05, 0, 0.01}, {1.5, 0.9, 1}} {
		s := suiteWorld{problems: 2, methods: 3, repeats: 10, spread: 0.2, correlation: 0.5, factor: uniformly(c.factor)}
		rng := rand.New(rand.NewPCG(9, uint64(i)))
		n := 0
		for range pairs {
			base, new := s.draw(rng)
			r := compared(t, base, new)
			base, new = s.draw(rng)
			r.Confirm(compared(t, base, new), "2")
			if red(r) {
				n++
			}
		}
		rate := float64(n) / float64(pairs)
		t.Logf("factor %v: %.1f%% red", c.factor, 100*rate)
		if slack := 2 / float64(pairs); rate < c.least-slack || rate > c.most+slack {
			t.Errorf("factor %v: %.1f%% red; expected %.0f%% to %.0f%%", c.factor, 100*rate, 100*c.least, 100*c.most)
		}
	}
}
