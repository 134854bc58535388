package compare

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

func mustCompare(t *testing.T, base, new *results.Baseline, o Options) *Report {
	t.Helper()
	r, err := Compare(base, new, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// row finds the row of a metric in a report of one cell.
func rowOf(t *testing.T, r *Report, m Metric) *Row {
	t.Helper()
	for i := range r.Rows {
		if r.Rows[i].Metric == m {
			return &r.Rows[i]
		}
	}
	t.Fatalf("no row for %s in %+v", m, r.Rows)
	return nil
}

// One deterministic cell: the count alone decides.
func TestExact(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		name      string
		base, new float64
		metric    Metric
		verdict   Verdict
		outcome   Decision
	}{
		{"equal", 1000, 1000, Evaluations, Same, Pass},
		{"one more of few", 20, 21, Evaluations, Changed, Pass},
		{"two more of few", 20, 22, Evaluations, Regressed, Fail},
		{"2% exactly", 1000, 1020, Evaluations, Changed, Pass},
		{"a little more than 2%", 1000, 1021, Evaluations, Regressed, Fail},
		{"fewer", 1021, 1000, Evaluations, Improved, Pass},
		{"lost", 1000, inf, SuccessMetric, Broke, Fail},
		{"found", inf, 1000, SuccessMetric, Fixed, Pass},
		{"never", inf, inf, SuccessMetric, Same, Pass},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := world{problems: []string{"bowl"}, methods: []string{"gd"}, evaluations: constant(c.base)}
			base := w.run()
			w.evaluations = constant(c.new)
			r := mustCompare(t, base, w.run(), Options{})
			if got := rowOf(t, r, c.metric).Verdict; got != c.verdict {
				t.Errorf("the verdict is %s; expected %s (%s)", got, c.verdict, r.Headline)
			}
			if got := (Gate{}).Judge(r); got != c.outcome {
				t.Errorf("the gate says %s; expected %s", got, c.outcome)
			}
			unchanged := Gate{Unchanged: true}.Judge(r)
			if same := c.base == c.new; same != (unchanged == Pass) {
				t.Errorf("where nothing may change the gate says %s", unchanged)
			}
		})
	}
}

// warned reports whether a comparison warns of drift.
func warned(r *Report) bool {
	return slices.ContainsFunc(r.Warnings, func(w string) bool { return strings.Contains(w, "may drift by rounding") })
}

// Across versions and toolchain classes a loss within δ is drift; one version gives the same
// bits everywhere, so that a loss is one.
func TestDrift(t *testing.T) {
	w := world{problems: []string{"bowl"}, methods: []string{"gd"}, evaluations: constant(1000)}
	base := w.run()
	for _, c := range []struct {
		new     float64
		version string
		drift   bool
		want    Verdict
		inexact string
	}{
		{1040, base.Version, true, Changed, "foreign sums"},
		{1051, base.Version, true, Regressed, "foreign sums"},
		{1040, "9.9.9", true, Changed, ""},
		{1051, "9.9.9", true, Regressed, ""},
		{1010, base.Version, false, Changed, ""},
		{1040, base.Version, false, Regressed, ""},
	} {
		w.evaluations = constant(c.new)
		other := w.run()
		other.Version = c.version
		for i := range other.Summaries {
			other.Summaries[i].Inexact = c.inexact
		}
		other.Toolchain = results.Toolchain{OS: "darwin", Arch: "arm64", Go: "go0", FMA: true}
		r := mustCompare(t, base, other, Options{})
		row := rowOf(t, r, Evaluations)
		if row.Verdict != c.want || row.Drift != c.drift || warned(r) != (c.version != base.Version) {
			t.Errorf("%v evaluations, version %q: %s, drift %v, warnings %v; expected %s, drift %v",
				c.new, c.version, row.Verdict, row.Drift, r.Warnings, c.want, c.drift)
		}
	}
}

// Ten seeds, each exactly 10% worse, are found in the paired test; ten seeds exactly at
// the tolerated 5% are not, and five repeats of two cells can prove nothing.
func TestPaired(t *testing.T) {
	for _, c := range []struct {
		name    string
		repeats int
		cells   int
		factor  float64
		verdict Verdict
	}{
		{"10% worse", 10, 1, 1.1, Regressed},
		{"10% better", 10, 1, 1 / 1.1, Improved},
		{"as tolerated", 10, 1, 1.05, Changed},
		{"identical", 10, 1, 1, Same},
		{"five repeats, one cell", 5, 1, 1.5, Regressed},
		{"five repeats, two cells", 5, 2, 1.5, Underpowered},
		{"identical, too few to test", 2, 2, 1, Same},
	} {
		t.Run(c.name, func(t *testing.T) {
			cost := func(factor float64) func(string, string, int) float64 {
				return func(_, _ string, repeat int) float64 { return math.Round(1e6 * float64(repeat+1) * factor) }
			}
			w := world{problems: names("p", c.cells), methods: []string{"sgd"}, repeats: c.repeats, evaluations: cost(1)}
			base := w.run()
			w.evaluations = cost(c.factor)
			r := mustCompare(t, base, w.run(), Options{})
			row := rowOf(t, r, Evaluations)
			if row.Verdict != c.verdict {
				t.Errorf("the verdict is %s (p %v, Holm %v); expected %s", row.Verdict, row.P, row.HolmP, c.verdict)
			}
			if c.verdict == Underpowered && (row.Power.Needed != 6 || Gate{Strict: true}.Judge(r) != TooLittleData || Gate{}.Judge(r) != Pass) {
				t.Errorf("needs %d repeats; expected 6, and a strict gate to say so", row.Power.Needed)
			}
			if c.factor != 1 && math.Abs(float64(row.Effect)-c.factor) > 1e-6 {
				t.Errorf("the effect is %v; expected %v", row.Effect, c.factor)
			}
		})
	}
}

func TestSuccess(t *testing.T) {
	// missing(k) misses the target in the first k repeats.
	missing := func(k int) func(string, string, int) float64 {
		return func(_, _ string, repeat int) float64 {
			if repeat < k {
				return math.Inf(1)
			}
			return 100
		}
	}
	for _, c := range []struct {
		name          string
		repeats       int
		before, after int
		verdict       Verdict
	}{
		{"total loss", 5, 0, 5, Broke},
		{"total gain", 5, 5, 0, Fixed},
		{"total loss of two repeats is chance", 2, 0, 2, Underpowered},
		{"five of ten lost", 10, 0, 5, Changed},
		{"eight of ten lost", 10, 0, 8, Regressed},
		{"eight of ten gained", 10, 8, 0, Improved},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := world{problems: []string{"p"}, methods: []string{"sgd"}, repeats: c.repeats, evaluations: missing(c.before)}
			base := w.run()
			w.evaluations = missing(c.after)
			r := mustCompare(t, base, w.run(), Options{Metrics: []Metric{SuccessMetric, Evaluations}})
			if row := rowOf(t, r, SuccessMetric); row.Verdict != c.verdict {
				t.Errorf("the verdict is %s (Holm p %v); expected %s", row.Verdict, row.HolmP, c.verdict)
			}
		})
	}
}

// A panic where there was none is a loss, target or no target.
func TestNewFailure(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(math.Inf(1))}
	base := w.run()
	w.change = func(o *results.Summary) { o.Status, o.Targets = results.Failed, nil }
	r := mustCompare(t, base, w.run(), Options{})
	if row := rowOf(t, r, SuccessMetric); row.Verdict != Broke || !strings.Contains(row.Note, "failed in NEW") {
		t.Errorf("the verdict is %s, %q", row.Verdict, row.Note)
	}
}

// Gaps below the floor are equal; above it a loss is one.
func TestGap(t *testing.T) {
	for _, c := range []struct {
		base, new float64
		verdict   Verdict
	}{
		{3e-15, 9e-15, Same},
		{3e-15, 3e-14, Regressed},
		{1e-3, 1.01e-3, Changed},
		{1e-3, math.NaN(), Regressed}, // it diverged
	} {
		w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(math.Inf(1))}
		w.change = func(o *results.Summary) { o.Gap = c.base }
		base := w.run()
		w.change = func(o *results.Summary) { o.Gap = c.new }
		r := mustCompare(t, base, w.run(), Options{})
		if row := rowOf(t, r, Gap); row.Verdict != c.verdict {
			t.Errorf("from %v to %v: %s; expected %s", c.base, c.new, row.Verdict, c.verdict)
		}
	}
}

// Where f* is unknown the gradient norm is compared.
func TestGapWithoutMinimum(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(math.Inf(1))}
	w.change = func(o *results.Summary) { o.Floor, o.Gap, o.GradientNorm = math.NaN(), math.NaN(), 1e-3 }
	base := w.run()
	w.change = func(o *results.Summary) { o.Floor, o.Gap, o.GradientNorm = math.NaN(), math.NaN(), 2e-3 }
	row := rowOf(t, mustCompare(t, base, w.run(), Options{}), Gap)
	if row.Verdict != Regressed || row.Goal != "gradient norm" {
		t.Errorf("%s, %q", row.Verdict, row.Goal)
	}
}

func TestTiming(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"sgd"}, repeats: 10, evaluations: constant(100)}
	seconds := func(s float64) func(*results.Summary) {
		return func(o *results.Summary) { o.Seconds = s * (1 + float64(o.Repeat)/100) }
	}
	w.change = seconds(1)
	base := w.run()
	w.change = seconds(1.5)
	slow := w.run()
	advisory := mustCompare(t, base, slow, Options{})
	if row := rowOf(t, advisory, Seconds); row.Verdict != Regressed || row.Gated || (Gate{}).Judge(advisory) != Pass {
		t.Errorf("advisory: %s, gated %v", row.Verdict, row.Gated)
	}
	gated := mustCompare(t, base, slow, Options{Time: true})
	if (Gate{}).Judge(gated) != Fail {
		t.Error("a gated time does not fail")
	}
	w.change = seconds(1.2)
	if row := rowOf(t, mustCompare(t, base, w.run(), Options{Time: true}), Seconds); row.Verdict != Same {
		t.Errorf("a ratio of 1.2 is %s; expected to be the same", row.Verdict)
	}
	// The same counts on another machine are the same.
	slow.Processor = "a slower abacus"
	other := mustCompare(t, base, slow, Options{})
	if (Gate{Unchanged: true}).Judge(other) != Pass || !strings.Contains(strings.Join(other.Warnings, "\n"), "times are not compared") {
		t.Errorf("another machine: %s, %v", other.Headline, other.Warnings)
	}
	if _, err := Compare(base, slow, Options{Time: true}); !errors.Is(err, ErrIncomparable) {
		t.Errorf("gated times across machines: %v", err)
	}
}

func TestComparability(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"gd", "sgd"}, evaluations: constant(100)}
	base := w.run()
	edit := func(change func(*results.Summary)) *results.Baseline {
		w := w
		w.change = change
		return w.run()
	}
	for _, c := range []struct {
		name    string
		new     *results.Baseline
		verdict Verdict
		note    string
	}{
		{"other conditions", edit(func(o *results.Summary) { o.Conditions = "q" }), Incomparable, "problem, data, start, seed, budget or stop differ"},
		{"became random", edit(func(o *results.Summary) { o.Deterministic = false }), Incomparable, "it was deterministic"},
		{"no common target", edit(func(o *results.Summary) {
			o.Targets = []results.Target{{Target: 0.5}}
		}), Incomparable, "no target in common"},
		{"a new label", edit(func(o *results.Summary) { o.Labels.Method += "!" }), Same, ""},
		{"a method whose defaults changed", edit(func(o *results.Summary) { o.Definition = "other" }), Same, ""},
		{"one missing", edit(func(o *results.Summary) {
			if o.Method == "gd" {
				o.ID = ""
			}
		}), Missing, "NEW has no such cell"},
		{"one renamed", edit(func(o *results.Summary) {
			if o.Method == "gd" {
				o.ID = "other"
			}
		}), Missing, "NEW has no such cell"},
	} {
		r := mustCompare(t, base, c.new, Options{})
		if r.Rows[0].Verdict != c.verdict || !strings.Contains(r.Rows[0].Note, c.note) {
			t.Errorf("%s: %s, %q; expected %s, %q", c.name, r.Rows[0].Verdict, r.Rows[0].Note, c.verdict, c.note)
		}
		want := map[Verdict]Decision{Incomparable: NotComparable, Missing: Fail, Same: Pass}[c.verdict]
		if got := (Gate{}).Judge(r); got != want {
			t.Errorf("%s: the gate says %s; expected %s", c.name, got, want)
		}
	}
}

func TestRunsThatCannotBeCompared(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(100)}
	base := w.run()
	partial := w.run()
	partial.Grid = 2
	w.problems = []string{"q"}
	for name, new := range map[string]*results.Baseline{"partial run": partial, "no cell in common": w.run()} {
		if _, err := Compare(base, new, Options{}); !errors.Is(err, ErrIncomparable) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, o := range []Options{{Alpha: 2}, {Delta: -1}, {Target: "1e-9"}} {
		if _, err := Compare(base, base, o); err == nil || errors.Is(err, ErrIncomparable) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

// A coarser target may be asked for; it must exist.
func TestChosenTarget(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(100)}
	r := mustCompare(t, w.run(), w.run(), Options{Target: "0.01"})
	if goal := rowOf(t, r, Evaluations).Goal; goal != "gap 0.01" {
		t.Errorf("the goal is %q", goal)
	}
	if goal := rowOf(t, mustCompare(t, w.run(), w.run(), Options{}), Evaluations).Goal; goal != "gap 1e-06" {
		t.Errorf("the goal is %q; expected the finest", goal)
	}
}

// A loss of 8% in each cell, hidden in each by its noise, shows over many problems.
func TestRollupFindsWhatCellsHide(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 10))
	w := world{problems: names("p", 20), methods: []string{"sgd"}, repeats: 10, evaluations: lognormal(rng, 0.1, 1)}
	base := w.run()
	w.evaluations = lognormal(rng, 0.1, 1.12)
	r := mustCompare(t, base, w.run(), Options{Metrics: []Metric{SuccessMetric, Evaluations}})
	if len(r.Rollups) != 1 || r.Rollups[0].Verdict != Regressed || r.Rollups[0].N != 20 {
		t.Fatalf("the roll-up is %+v", r.Rollups)
	}
	if found := r.Verdicts[Regressed]; found > 4 {
		t.Errorf("%d cells were found alone; the test means to show what hides", found)
	}
	low, high := (*r.Rollups[0].Interval)[0], (*r.Rollups[0].Interval)[1]
	if !(low < 1.12 && 1.12 < high) {
		t.Errorf("the interval of the geometric mean is [%v, %v]", low, high)
	}
	if (Gate{}).Judge(r) != Fail {
		t.Error("the gate does not fail")
	}
}

// Failures enter means at ten times the most that was spent.
func TestPenalty(t *testing.T) {
	cost := func(_, _ string, repeat int) float64 { return 1000 }
	w := world{problems: []string{"p", "q"}, methods: []string{"sgd"}, repeats: 4, evaluations: cost}
	base := w.run()
	w.evaluations = func(problem, _ string, repeat int) float64 {
		if problem == "p" {
			return math.Inf(1)
		}
		return 1000
	}
	r := mustCompare(t, base, w.run(), Options{Metrics: []Metric{Evaluations}})
	want := math.Sqrt(penalty * budget / 1000)
	if got := float64(r.Rollups[0].Effect); math.Abs(got-want) > 1e-9*want {
		t.Errorf("the geometric mean is %v; expected %v", got, want)
	}
}

func TestAccept(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(100)}
	base := w.run()
	w.evaluations = constant(200)
	r := mustCompare(t, base, w.run(), Options{})
	r.Accept([]Accepted{
		{Cell: "gd on p", Metric: "evaluations", Reason: "known"},
		{Cell: "gd on p", Metric: "success", Reason: "stale"},
	})
	if (Gate{}).Judge(r) != Pass || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "stale") {
		t.Errorf("the gate says %s, warnings %v", Gate{}.Judge(r), r.Warnings)
	}
}

func TestPrecedence(t *testing.T) {
	for _, c := range []struct {
		of   []Decision
		want Decision
	}{
		{nil, Pass}, {[]Decision{TooLittleData, Fail}, Fail}, {[]Decision{Fail, NotComparable, Pass}, NotComparable},
		{[]Decision{Pass, TooLittleData}, TooLittleData},
	} {
		if got := Worst(c.of...); got != c.want {
			t.Errorf("of %v the worst is %s; expected %s", c.of, got, c.want)
		}
	}
	for outcome, code := range map[Decision]int{Pass: 0, Fail: 1, NotComparable: 3, TooLittleData: 4} {
		if outcome.Code() != code {
			t.Errorf("%s exits with %d; expected %d", outcome, outcome.Code(), code)
		}
	}
}

// A count inside BASE's own envelope is no regression; one outside is.
func TestEnvelope(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"bb"}, evaluations: constant(1000)}
	base := w.run()
	w.evaluations = constant(3000)
	wide := w.run().Summaries[0]
	base.Summaries[0].Jitter = []results.Jittered{{Status: wide.Status, Counts: wide.Counts, Targets: wide.Targets}}
	for new, want := range map[float64]Verdict{2900: Changed, 3100: Regressed} {
		w.evaluations = constant(new)
		row := rowOf(t, mustCompare(t, base, w.run(), Options{}), Evaluations)
		if row.Verdict != want || (*row.Envelope)[0] != 1000 || (*row.Envelope)[1] != 3000 {
			t.Errorf("%v evaluations: %s, envelope %v; expected %s", new, row.Verdict, row.Envelope, want)
		}
	}
	base.Summaries[0].Jitter[0].Targets = []results.Target{{Target: 1e-6}}
	w.evaluations = constant(math.Inf(1))
	if row := rowOf(t, mustCompare(t, base, w.run(), Options{}), SuccessMetric); row.Verdict != Changed {
		t.Errorf("a target that BASE misses too when moved: %s", row.Verdict)
	}
}
