package compare

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

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

// Ten seeds, each exactly 10% worse, are found; ten seeds exactly at the tolerated 5% are not,
// and five repeats of one problem can prove nothing, whatever the factor.
func TestRandom(t *testing.T) {
	for _, c := range []struct {
		name    string
		repeats int
		cells   int
		factor  float64
		verdict Verdict
		outcome Decision
	}{
		{"10% worse", 10, 1, 1.1, Regressed, Fail},
		{"10% better", 10, 1, 1 / 1.1, Improved, Pass},
		{"as tolerated", 10, 1, 1.05, Changed, Pass},
		{"identical", 10, 1, 1, Same, Pass},
		{"five repeats, one problem", 5, 1, 1.5, Underpowered, TooLittleData},
		{"five repeats, two problems", 5, 2, 1.5, Regressed, Fail},
		{"identical, too few to test", 2, 2, 1, Same, Pass},
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
			suite := row
			if len(r.Levels) > 0 {
				suite = &r.Levels[0]
			}
			if suite.Verdict != c.verdict {
				t.Errorf("the verdict is %s (p %v, %+v); expected %s", suite.Verdict, suite.P, suite.Power, c.verdict)
			}
			if got := (Gate{}).Judge(r); got != c.outcome {
				t.Errorf("the gate says %s; expected %s: %s", got, c.outcome, r.Headline)
			}
			if c.verdict == Underpowered && suite.Power.Needed != 7 {
				t.Errorf("needs %d repeats; expected 7, for 2⁻⁶ > 1.5%%", suite.Power.Needed)
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
		{"total loss of four repeats may be chance", 4, 0, 4, Underpowered},
		{"three of ten lost", 10, 0, 3, Changed}, // p = 1/8
		{"six of ten lost", 10, 0, 6, Regressed}, // p = 1/64, of two tests
		{"eight of ten gained", 10, 8, 0, Improved},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := world{problems: []string{"p"}, methods: []string{"sgd"}, repeats: c.repeats, evaluations: missing(c.before)}
			base := w.run()
			w.evaluations = missing(c.after)
			r := mustCompare(t, base, w.run(), Options{Metrics: []Metric{SuccessMetric, Evaluations}})
			if row := rowOf(t, r, SuccessMetric); row.Verdict != c.verdict {
				t.Errorf("the verdict is %s (p %v); expected %s", row.Verdict, row.P, c.verdict)
			}
		})
	}
}

// A panic in one of ten repeats where BASE had none is a loss, target or no target; one where
// BASE had some is left to the test of success.
func TestNewFailure(t *testing.T) {
	failing := func(repeats ...int) func(*results.Summary) {
		return func(o *results.Summary) {
			if slices.Contains(repeats, o.Repeat) {
				o.Status, o.Targets = results.Failed, nil
			}
		}
	}
	for _, c := range []struct {
		name      string
		cost      float64
		base, new []int
		want      Verdict
		said      string
	}{
		{"one, targets missed", math.Inf(1), nil, []int{3}, Broke, "1 of 10 runs failed, none did in BASE"},
		{"one, targets met", 100, nil, []int{3}, Broke, "1 of 10 runs failed, none did in BASE"},
		{"one on each side", 100, []int{2}, []int{3}, Changed, ""},
		{"none any more", 100, []int{2}, nil, Changed, ""},
		{"the same one", 100, []int{2}, []int{2}, Same, ""},
	} {
		w := world{problems: []string{"p"}, methods: []string{"sgd"}, repeats: 10, evaluations: constant(c.cost), change: failing(c.base...)}
		base := w.run()
		w.change = failing(c.new...)
		r := mustCompare(t, base, w.run(), Options{})
		if row := rowOf(t, r, SuccessMetric); row.Verdict != c.want || row.Note != c.said {
			t.Errorf("%s: the verdict is %s, %q", c.name, row.Verdict, row.Note)
		}
		if broke := c.want == Broke; broke != ((Gate{}).Judge(r) == Fail) {
			t.Errorf("%s: the gate says %s", c.name, Gate{}.Judge(r))
		}
	}
}

// The final gap of runs that miss their target is judged by what it costs to come down to the
// larger of the two. From gap 1 to 1e-3 in 100,000 evaluations the gap falls tenfold in
// 33,333: one twice as large was reached after 89,966.
func TestFinalGap(t *testing.T) {
	for _, c := range []struct {
		base, new float64
		verdict   Verdict
		effect    float64
	}{
		{3e-15, 9e-15, Same, 1}, // below the floor
		{1e-3, 1.01e-3, Changed, 100000 / (100000 * math.Log(1/1.01e-3) / math.Log(1e3))},
		{1e-3, 1.4e-3, Changed, math.Log(1e3) / math.Log(1/1.4e-3)}, // 5.1%: within δ? no
		{1e-3, 2e-3, Regressed, math.Log(1e3) / math.Log(1/2e-3)},
		{2e-3, 1e-3, Improved, math.Log(1/2e-3) / math.Log(1e3)},
		{1e-3, 2, Regressed, greatest}, // worse than at the start
	} {
		w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(math.Inf(1))}
		w.change = func(o *results.Summary) { o.Gap = c.base }
		base := w.run()
		w.change = func(o *results.Summary) { o.Gap = c.new }
		r := mustCompare(t, base, w.run(), Options{})
		row := rowOf(t, r, Evaluations)
		want := c.verdict
		if c.effect > 1.05 {
			want = Regressed
		}
		if row.Verdict != want || math.Abs(float64(row.Effect)/c.effect-1) > 1e-9 || row.Goal != "the finest level reached" {
			t.Errorf("from %v to %v: %s, %v to %s; expected %s, %v", c.base, c.new, row.Verdict, row.Effect, row.Goal, want, c.effect)
		}
	}
}

// A run that diverged has lost what another reached at all; two that diverged are the same,
// whatever their last numbers.
func TestDiverged(t *testing.T) {
	end := func(status results.Status, gap float64) func(*results.Summary) {
		return func(o *results.Summary) { o.Status, o.Gap = status, gap }
	}
	for _, c := range []struct {
		name      string
		base, new func(*results.Summary)
		want      Verdict
		outcome   Decision
	}{
		{"both", end(results.Diverged, 1e200), end(results.Diverged, math.NaN()), Same, Pass},
		{"NEW", end(results.Budget, 1e-3), end(results.Diverged, 1e30), Broke, Fail},
		{"BASE", end(results.Diverged, 1e30), end(results.Budget, 1e-3), Fixed, Pass},
	} {
		w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(math.Inf(1)), change: c.base}
		base := w.run()
		w.change = c.new
		r := mustCompare(t, base, w.run(), Options{})
		if row := rowOf(t, r, SuccessMetric); row.Verdict != c.want || (Gate{}).Judge(r) != c.outcome {
			t.Errorf("%s: %s, the gate says %s", c.name, row.Verdict, Gate{}.Judge(r))
		}
	}
}

// Where f* is unknown the gradient norm is what falls.
func TestFinalGradientNorm(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(math.Inf(1))}
	w.change = func(o *results.Summary) { o.Floor, o.Gap, o.GradientNorm = math.NaN(), math.NaN(), 1e-3 }
	base := w.run()
	w.change = func(o *results.Summary) { o.Floor, o.Gap, o.GradientNorm = math.NaN(), math.NaN(), 2e-3 }
	row := rowOf(t, mustCompare(t, base, w.run(), Options{}), Evaluations)
	if want := math.Log(1e3) / math.Log(1/2e-3); row.Verdict != Regressed || math.Abs(float64(row.Effect)/want-1) > 1e-9 {
		t.Errorf("%s, %v; expected %v", row.Verdict, row.Effect, want)
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

// A loss of 12% in each cell, hidden in each by its noise, shows in the suite, and over
// families of problems in the roll-up, which does not count.
func TestSuiteFindsWhatCellsHide(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 10))
	w := world{problems: names("p", 20), methods: []string{"sgd"}, repeats: 10, evaluations: lognormal(rng, 0.1, 1)}
	base := w.run()
	w.evaluations = lognormal(rng, 0.1, 1.12)
	r := mustCompare(t, base, w.run(), Options{Metrics: []Metric{SuccessMetric, Evaluations}})
	if len(r.Levels) != 1 || r.Levels[0].Verdict != Regressed || r.Levels[0].N != 200 || r.Levels[0].Method != AllMethods {
		t.Fatalf("the levels are %+v", r.Levels)
	}
	if len(r.Rollups) != 1 || r.Rollups[0].Verdict != Regressed || r.Rollups[0].N != 20 || r.Rollups[0].Gated {
		t.Fatalf("the roll-up is %+v", r.Rollups)
	}
	if found := r.Verdicts[Regressed]; found > 4 {
		t.Errorf("%d cells were found alone; the test means to show what hides", found)
	}
	for _, row := range []Row{r.Levels[0], r.Rollups[0]} {
		if low, high := (*row.Interval)[0], (*row.Interval)[1]; !(low < 1.12 && 1.12 < high) {
			t.Errorf("the interval of the geometric mean is [%v, %v]", low, high)
		}
	}
	if (Gate{}).Judge(r) != Fail || !strings.HasPrefix(r.Headline, "The whole suite regressed: evaluations are 1.1") {
		t.Errorf("the gate says %s: %s", Gate{}.Judge(r), r.Headline)
	}
}

// A run that missed its target costs what it was allowed to spend.
func TestMissesCostTheBudget(t *testing.T) {
	w := world{problems: []string{"p", "q"}, methods: []string{"sgd"}, repeats: 4, evaluations: constant(1000)}
	base := w.run()
	w.evaluations = func(problem, _ string, repeat int) float64 {
		if problem == "p" {
			return math.Inf(1)
		}
		return 1000
	}
	r := mustCompare(t, base, w.run(), Options{Metrics: []Metric{Evaluations}})
	want := math.Sqrt(budget / 1000)
	if got := float64(r.Levels[0].Effect); math.Abs(got-want) > 1e-9*want {
		t.Errorf("the geometric mean is %v; expected %v", got, want)
	}
}

// An entry covers a verdict up to its bound and until its last day, and every cell that its
// pattern matches.
func TestAccept(t *testing.T) {
	w := world{problems: []string{"p", "q"}, methods: []string{"gd"}, evaluations: constant(100)}
	base := w.run()
	w.evaluations = constant(108)
	slower := w.run()
	w.evaluations = constant(400)
	slow := w.run()
	today := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		new   *results.Baseline
		entry Accepted
		want  Decision
		said  string
	}{
		{"covered", slower, Accepted{Cell: "gd on *", Metric: "evaluations", UpTo: 1.1, Reason: "known"}, Pass, ""},
		{"one cell of two", slower, Accepted{Cell: "gd on p", Metric: "evaluations", UpTo: 1.1, Reason: "known"}, Fail, ""},
		{"its last day", slower, Accepted{Cell: "*", Metric: "evaluations", UpTo: 1.1, Until: "2026-05-01", Reason: "known"}, Pass, ""},
		{"the day after", slower, Accepted{Cell: "*", Metric: "evaluations", UpTo: 1.1, Until: "2026-04-30", Reason: "known"}, Fail, "it was accepted until 2026-04-30, so that it counts again"},
		{"beyond the bound", slow, Accepted{Cell: "*", Metric: "evaluations", UpTo: 1.1, Reason: "known"}, Fail, "it was accepted up to 1.1 and is 4, so that it counts again"},
		{"another metric", slower, Accepted{Cell: "*", Metric: "success", UpTo: 0.5, Reason: "stale"}, Fail, "not needed any more"},
	} {
		r := mustCompare(t, base, c.new, Options{Accepted: []Accepted{c.entry}, Today: today})
		if got := (Gate{}).Judge(r); got != c.want || c.said == "" != (len(r.Warnings) == 0) || !strings.Contains(strings.Join(r.Warnings, "\n"), c.said) {
			t.Errorf("%s: the gate says %s, warnings %q", c.name, got, r.Warnings)
		}
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

// Where starts moved by a few ulp spread, the cost is a sample on both sides: a NEW that is
// drawn as BASE was is no regression, one whose starts all cost more is, and where the spread
// is so wide that a factor of two would hide, the cell is called underpowered.
func TestMovedStarts(t *testing.T) {
	side := func(spread, factor float64, seed uint64) *results.Baseline {
		rng := rand.New(rand.NewPCG(8, seed))
		draw := lognormal(rng, spread, factor)
		w := world{problems: []string{"p"}, methods: []string{"bb"}, evaluations: draw}
		b := w.run()
		for range 16 {
			o := w.run().Summaries[0]
			b.Summaries[0].Jitter = append(b.Summaries[0].Jitter, results.Jittered{Times: 1, Status: o.Status, Iterations: o.Iterations, Counts: o.Counts, Targets: o.Targets})
		}
		return b
	}
	for _, c := range []struct {
		name           string
		spread, factor float64
		want           Verdict
		strict         Decision
	}{
		{"as BASE", 0.2, 1, Changed, Pass},
		{"twice", 0.2, 2, Regressed, Fail},
		{"half", 0.2, 0.5, Improved, Pass},
		{"wide", 2, 1.5, Underpowered, TooLittleData},
		{"wide, and far worse", 2, 100, Regressed, Fail},
		{"steady", 0, 1.03, Regressed, Fail}, // exact, after all
	} {
		r := mustCompare(t, side(c.spread, 1, 1), side(c.spread, c.factor, 2), Options{})
		row := rowOf(t, r, Evaluations)
		if got := (Gate{Strict: true}).Judge(r); row.Verdict != c.want || got != c.strict {
			t.Errorf("%s: %s (p %v, %+v), the strict gate says %s", c.name, row.Verdict, row.P, row.Power, got)
		}
		if c.want == Underpowered && !strings.Contains(r.Headline, "bb on p") {
			t.Errorf("the headline does not name the cell: %s", r.Headline)
		}
	}
}
