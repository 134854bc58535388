package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// setting is a cell by the id of its text, and its settings.
type setting struct {
	id           string
	lr, momentum float64
}

// ofSettings is a run with a cell for each setting, whose cost tells which it is.
func ofSettings(settings ...setting) *results.Baseline {
	var methods []string
	for _, s := range settings {
		methods = append(methods, s.id)
	}
	at := func(method string) setting {
		return settings[slices.IndexFunc(settings, func(s setting) bool { return s.id == method })]
	}
	w := world{problems: []string{"p"}, methods: methods, evaluations: func(_, method string, _ int) float64 { return 1000 * at(method).lr }}
	w.change = func(o *results.Summary) {
		s := at(o.Labels.Method)
		o.Method = "gd"
		o.ProblemSettings = results.Component{Name: "p"}
		o.MethodSettings = results.Component{Name: "gd", Parameters: []results.Parameter{{Name: "lr", Value: s.lr}, {Name: "momentum", Value: s.momentum}}}
	}
	return w.run()
}

// An id leaves out what is a default. After a change of a default it names other settings.
func TestPairBySettings(t *testing.T) {
	for _, c := range []struct {
		name      string
		base, new []setting
		pairs     string // labels of BASE and NEW
		warning   string
		note      string
	}{
		{"nothing changed", []setting{{"gd", 1, 0}, {"gd lr=2", 2, 0}}, []setting{{"gd", 1, 0}, {"gd lr=2", 2, 0}},
			"gd=gd, gd lr=2=gd lr=2", "", ""},
		{"the default of an axis changed", []setting{{"gd", 1, 0}, {"gd lr=2", 2, 0}}, []setting{{"gd lr=1", 1, 0}, {"gd", 2, 0}},
			"gd=gd lr=1, gd lr=2=gd", "lr 1 → 2 has changed under one text", "in BASE these settings have the label gd on p"},
		{"another default changed", []setting{{"gd", 1, 0.5}, {"gd lr=2", 2, 0.5}}, []setting{{"gd", 1, 0.45}, {"gd lr=2", 2, 0.45}},
			"gd=gd, gd lr=2=gd lr=2", "", "momentum 0.5 → 0.45, under one text"},
		{"one text has the settings of another, and both changed", []setting{{"gd", 1, 0.5}, {"gd lr=2", 2, 0.5}}, []setting{{"gd", 2, 0.45}},
			"gd≠gd, gd lr=2=-", "", "lr 1 → 2, which is the value of gd lr=2 in BASE"},
		{"a new label", []setting{{"gd", 1, 0}}, []setting{{"plain", 1, 0}}, "gd=plain", "", "in BASE these settings have the label gd"},
		{"equal settings under two texts", []setting{{"gd lr=1", 1, 0}, {"gd lr=1/L", 1, 0}}, []setting{{"gd lr=1", 1, 0}, {"gd lr=1/L", 1, 0}},
			"gd lr=1=gd lr=1, gd lr=1/L=gd lr=1/L", "", ""},
	} {
		cells, renamed := pair(ofSettings(c.base...), ofSettings(c.new...))
		var pairs, notes []string
		for _, cell := range cells {
			between, new := "=", "-"
			if cell.refused != "" {
				between = "≠"
			}
			if len(cell.new) > 0 {
				new = cell.new[0].Labels.Method
			}
			pairs = append(pairs, cell.base[0].Labels.Method+between+new)
			notes = append(notes, append(cell.notes, cell.refused)...)
		}
		want := strings.Split(c.pairs, ", ")
		slices.Sort(pairs)
		slices.Sort(want)
		if !slices.Equal(pairs, want) {
			t.Errorf("%s: paired %s; expected %s", c.name, pairs, want)
		}
		if got := strings.Join(renamed, "; "); (got == "") != (c.warning == "") || !strings.Contains(got, c.warning) {
			t.Errorf("%s: warned %q; expected %q", c.name, got, c.warning)
		}
		if got := strings.Trim(strings.Join(notes, "; "), "; "); (got == "") != (c.note == "") || !strings.Contains(got, c.note) {
			t.Errorf("%s: noted %q; expected %q", c.name, got, c.note)
		}
	}
}

// What differs between the conditions is named, and refused.
func TestConditionsAreNamed(t *testing.T) {
	w := world{problems: []string{"p"}, methods: []string{"gd"}, evaluations: constant(100)}
	run := func(seed, conditions string, condition float64) *results.Baseline {
		w.change = func(o *results.Summary) {
			o.Conditions, o.MethodSettings = conditions, results.Component{Name: "gd"}
			o.ProblemSettings = results.Component{Name: "p", Parameters: []results.Parameter{{Name: "condition", Value: condition}}}
		}
		b := w.run()
		b.Asked = map[string]string{"seed": seed, "budget": "{iterations: 10}"}
		return b
	}
	for _, c := range []struct {
		new  *results.Baseline
		note string
	}{
		{run("2", "other", 100), "the conditions differ: seed 1 → 2"},
		{run("1", "other", 50), "the conditions differ: condition 100 → 50"},
		{run("1", "other", 100), "problem, data, start, seed, budget or stop differ"},
	} {
		r := mustCompare(t, run("1", "p", 100), c.new, Options{})
		if row := r.Rows[0]; row.Verdict != Incomparable || row.Note != c.note {
			t.Errorf("%s, %q; expected incomparable, %q", row.Verdict, row.Note, c.note)
		}
	}
}

// Repeats that both runs have are compared, however many each has.
func TestCommonRepeats(t *testing.T) {
	for _, c := range []struct {
		base, new, common int
	}{{10, 20, 10}, {20, 10, 10}, {10, 10, 10}} {
		run := func(repeats int) *results.Baseline {
			return world{problems: []string{"p"}, methods: []string{"sgd"}, repeats: repeats,
				evaluations: func(_, _ string, repeat int) float64 { return float64(1000 + repeat) }}.run()
		}
		row := rowOf(t, mustCompare(t, run(c.base), run(c.new), Options{}), Evaluations)
		note := fmt.Sprintf("%d common repeats of %d in BASE and %d in NEW", c.common, c.base, c.new)
		if row.Verdict != Same || row.N != c.common || (row.Note == note) != (c.base != c.new) {
			t.Errorf("%d and %d repeats: %s of %d, %q", c.base, c.new, row.Verdict, row.N, row.Note)
		}
	}
	first, other := results.Summary{Repeat: 1}, results.Summary{Repeat: 2}
	c := &cell{base: []*results.Summary{&first}, new: []*results.Summary{&other}}
	if c.align(); !strings.Contains(c.refused, "no repeat in common") {
		t.Errorf("repeats 1 and 2: %q", c.refused)
	}
}

// A cell that keeps the label that its suite gives it is still that cell after a change of a
// number in the suite, which is named; a cell of another method under the label is not.
func TestPairByLabel(t *testing.T) {
	side := func(method, id string, lr float64) *results.Baseline {
		w := world{problems: []string{"p"}, methods: []string{"mine"}, evaluations: constant(100)}
		w.change = func(o *results.Summary) {
			o.ID, o.Method, o.ProblemSettings = id, method, results.Component{Name: "p"}
			o.MethodSettings = results.Component{Name: method, Parameters: []results.Parameter{{Name: "lr", Value: lr}}}
		}
		return w.run()
	}
	r := mustCompare(t, side("gd", "a", 0.1), side("gd", "b", 0.0999), Options{})
	if row := rowOf(t, r, Evaluations); row.Verdict != Same || row.Note != "lr 0.1 → 0.0999, under one label" {
		t.Errorf("%s, %q", row.Verdict, row.Note)
	}
	if _, err := Compare(side("gd", "a", 0.1), side("sgd", "b", 0.1), Options{}); err == nil {
		t.Error("two methods are one cell for their label")
	}
}

// The text of a suite does not show that the code of a problem has changed: the gap and the gradient
// at the start do. Rounding, an f* that is known better than before, and numbers of an older file
// that keeps none are no change.
func TestOtherStart(t *testing.T) {
	nan := math.NaN()
	w := world{problems: []string{"bowl"}, methods: []string{"gd"}, repeats: 3, evaluations: constant(1000)}
	base := w.run()
	for _, c := range []struct {
		name                 string
		gap, gradient, floor float64
		inexact              string
		want                 string
	}{
		{"alike", 1, 1, 1e-14, "", ""},
		{"rounding", 1 + 1e-12, 1 - 1e-12, 1e-14, "", ""},
		{"a better f*", 1 + 1e-4, 1, 1e-3, "", ""},
		{"32 bits", 1 + 1e-5, 1 - 1e-5, 1e-14, "sums of a foreign library", ""},
		{"not kept", nan, nan, 1e-14, "", ""},
		{"an f* by which the finest target, 1e-6, is met sooner", 1 - 5e-7, 1, 1e-14, "", "the problem, its start or f* has changed: the gap at the start is 0.9999995 and was 1 (repeat 2)"},
		{"another f*", 1.01, 1, 1e-14, "", "the problem, its start or f* has changed: the gap at the start is 1.01 and was 1 (repeat 2)"},
		{"another start", 0.5, 0.5, 1e-14, "", "the problem, its start or f* has changed: the gap at the start is 0.5 and was 1 (repeat 2)"},
		{"another gradient", 1, 0.99, 1e-14, "", "the problem or its start has changed: the norm of the gradient at the start is 0.99 and was 1 (repeat 2)"},
		{"another gradient, f* unknown", nan, 2, nan, "", "the problem or its start has changed: the norm of the gradient at the start is 2 and was 1 (repeat 2)"},
	} {
		w.change = func(o *results.Summary) {
			if o.Repeat == 2 {
				o.StartGap, o.StartGradient, o.Floor, o.Inexact = c.gap, c.gradient, c.floor, c.inexact
			}
		}
		r := mustCompare(t, base, w.run(), Options{})
		got := ""
		for _, row := range r.Rows {
			if row.Verdict == Incomparable {
				got = row.Note
			}
		}
		if got != c.want {
			t.Errorf("%s: %q; expected %q", c.name, got, c.want)
		}
		if refused := (Gate{}).Judge(r) == NotComparable; refused != (c.want != "") {
			t.Errorf("%s: the gate says %s", c.name, (Gate{}).Judge(r))
		}
	}
}

// Fewer repeats than in BASE are said to be fewer, also where nothing else differs.
func TestFewerRepeatsAreNamed(t *testing.T) {
	w := world{problems: []string{"bowl"}, methods: []string{"gd", "sgd"}, repeats: 10, evaluations: constant(1000)}
	base := w.run()
	for _, c := range []struct {
		repeats int
		want    []string
	}{
		{10, nil},
		{4, []string{"in 2 cells only the common repeats are compared, such as gd on bowl: 4 common repeats of 10 in BASE and 4 in NEW"}},
		{12, []string{"in 2 cells only the common repeats are compared, such as gd on bowl: 10 common repeats of 10 in BASE and 12 in NEW"}},
	} {
		w.repeats = c.repeats
		if r := mustCompare(t, base, w.run(), Options{}); !slices.Equal(r.Warnings, c.want) {
			t.Errorf("%d repeats in NEW: warnings %q; expected %q", c.repeats, r.Warnings, c.want)
		}
	}
}

// Of what two suites ask only the entries that differ are named.
func TestChange(t *testing.T) {
	for _, c := range [][3]string{
		{"5", "6", "5 → 6"},
		{"{iterations: 30, seconds: 0}", "{iterations: 40, seconds: 0}", "iterations 30 → 40"},
		{"{iterations: 30, seconds: 0}", "{iterations: 0, seconds: 7}", "iterations 30 → 0, seconds 0 → 7"},
		{"{iterations: 30}", "{iterations: 30, seconds: 0}", "{iterations: 30} → {iterations: 30, seconds: 0}"},
	} {
		if got := change(c[0], c[1]); got != c[2] {
			t.Errorf("%s and %s: %q; expected %q", c[0], c[1], got, c[2])
		}
	}
}

// Targets that one side lacks are named: without the finest one a loss there is not seen.
func TestTargetsThatOneSideLacks(t *testing.T) {
	of := func(targets ...float64) *results.Baseline {
		w := world{problems: []string{"bowl"}, methods: []string{"gd"}, evaluations: constant(1000)}
		w.change = func(o *results.Summary) {
			reached := o.Targets[1]
			o.Targets = nil
			for _, v := range targets {
				reached.Target = results.Number(v)
				o.Targets = append(o.Targets, reached)
			}
		}
		b := w.run()
		b.Targets = nil
		for _, v := range targets {
			b.Targets = append(b.Targets, results.TargetName{Target: results.Number(v)})
		}
		return b
	}
	base := of(1, 1e-1, 1e-2, 1e-3, 1e-4)
	for _, c := range []struct {
		new  *results.Baseline
		want []string
	}{
		{of(1, 1e-1, 1e-2, 1e-3, 1e-4), nil},
		{of(1, 1e-1, 1e-2, 1e-3), []string{"the lists of targets differ (NEW lacks gap 0.0001); the finest common target is compared"}},
		{of(1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5), []string{"the lists of targets differ (BASE lacks gap 1e-05); the finest common target is compared"}},
		{of(1), []string{"the lists of targets differ (NEW lacks gap 0.1, gap 0.01, gap 0.001 and 1 more); the finest common target is compared"}},
	} {
		if r := mustCompare(t, base, c.new, Options{}); !slices.Equal(r.Warnings, c.want) {
			t.Errorf("warnings %q; expected %q", r.Warnings, c.want)
		}
	}
}

// A target is asked for by its value, as people write it.
func TestMatches(t *testing.T) {
	for _, c := range []struct {
		wanted, kind string
		value        float64
		want         bool
	}{
		{"1e-6", results.RelativeTarget, 1e-6, true},
		{"gap 1e-06", results.RelativeTarget, 1e-6, true},
		{"0.000001", results.RelativeTarget, 1e-6, true},
		{"1e-6", results.AbsoluteTarget, 1e-6, false},
		{"absolute 1e-6", results.AbsoluteTarget, 1e-6, true},
		{"absolute 0.001", results.AbsoluteTarget, 1e-3, true},
		{"absolute", results.AbsoluteTarget, 1e-3, false},
		{"1e-6x", results.RelativeTarget, 1e-6, false},
		{"", results.RelativeTarget, 1e-6, false},
	} {
		if got := matches(c.wanted, results.TargetName{Kind: c.kind, Target: results.Number(c.value)}); got != c.want {
			t.Errorf("%q for %s %v: %v", c.wanted, c.kind, c.value, got)
		}
	}
}
