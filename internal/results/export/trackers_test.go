package export

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// cell is a cell with targets 1e-1 and 1e-3, reached after so many evaluations; 0: missed.
func cell(method, problem string, repeat int, deterministic bool, easy, hard int64) *results.Record {
	r := bfgsOnBBOB(repeat)
	r.Labels, r.Deterministic = results.Labels{Method: method, Problem: problem}, deterministic
	r.Targets = nil
	for target, evaluations := range map[float64]int64{1e-1: easy, 1e-3: hard} {
		hit := whenHit(target, "", 1, evaluations)
		if evaluations == 0 {
			hit = results.Target{Target: results.Number(target)}
		}
		hit.Values = 0
		r.Targets = append(r.Targets, hit)
	}
	return r
}

// contest has a deterministic method that hits, one with chance that hits, one that misses once
// and so loses its costs, one that misses always, and one that broke.
func contest() []*results.Record {
	broken := cell("broken", "p-2", 0, true, 0, 0)
	broken.Status, broken.Targets = results.Failed, nil
	return []*results.Record{
		cell("exact 1/L", "p-2", 0, true, 5, 60),
		cell("chance", "p-2", 0, false, 4, 30), cell("chance", "p-2", 1, false, 5, 40), cell("chance", "p-2", 2, false, 5, 70),
		cell("mixed", "p-2", 0, false, 4, 3), cell("mixed", "p-2", 1, false, 4, 0),
		cell("never", "p-2", 0, true, 4, 0), broken,
	}
}

func TestBenchfmt(t *testing.T) {
	got, outcome := exported(t, "benchfmt", Options{}, contest()...)
	const of = "/problem=p-2/target=0.001/of=relative_gap 1 "
	want := "suite: by_hand\n\nUnit missed better=lower\nUnit gradients better=lower assume=exact\nUnit random-gradients better=lower\n" +
		"Unit evaluations better=lower assume=exact\nUnit random-evaluations better=lower\n\n" +
		"BenchmarkReach/method=exact_1_L" + of + "0 missed 60 gradients 60 evaluations\n" +
		"BenchmarkReach/method=chance" + of + "0 missed 30 random-gradients 30 random-evaluations\n" +
		"BenchmarkReach/method=chance" + of + "0 missed 40 random-gradients 40 random-evaluations\n" +
		"BenchmarkReach/method=chance" + of + "0 missed 70 random-gradients 70 random-evaluations\n" +
		"BenchmarkReach/method=mixed" + of + "0 missed\nBenchmarkReach/method=mixed" + of + "1 missed\n" +
		"BenchmarkReach/method=never" + of + "1 missed\nBenchmarkReach/method=broken" + of + "1 missed\n"
	if got != want || outcome.Cells != 8 {
		t.Errorf("%d cells:\n%s\nexpected\n%s", outcome.Cells, got, want)
	}
	both, _ := exported(t, "benchfmt", Options{Targets: []float64{1e-1, 1e-3}}, contest()...)
	if n := strings.Count(both, "target=0.1/"); n != 8 || strings.Count(both, "\n") != 8+8+strings.Count(want, "Unit")+3 {
		t.Errorf("with both targets %d lines are of 0.1:\n%s", n, both)
	}
}

func TestGitHub(t *testing.T) {
	text, _ := exported(t, "github", Options{}, contest()...)
	var got []struct {
		Name, Unit, Range, Extra string
		Value                    *float64
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, e := range got {
		if e.Value == nil {
			t.Fatalf("%s has no value", e.Name)
		}
		if _, twice := values[e.Name]; twice {
			t.Errorf("%s occurs twice", e.Name)
		}
		values[e.Name] = *e.Value
		if e.Name == "chance on p-2, relative gap ≤ 0.001: evaluations" && (e.Range != "35 to 55" || e.Extra != "median of 3 runs" || e.Unit != "evaluations") {
			t.Errorf("%+v", e)
		}
	}
	const of = " on p-2, relative gap ≤ 0.001: "
	want := map[string]float64{"exact 1/L" + of + "missed": 0, "exact 1/L" + of + "evaluations": 60, "exact 1/L" + of + "gradients": 60,
		"chance" + of + "missed": 0, "chance" + of + "evaluations": 40, "chance" + of + "gradients": 40,
		"mixed" + of + "missed": 1, "never" + of + "missed": 1, "broken" + of + "missed": 1}
	if len(values) != len(want) {
		t.Errorf("%d entries; expected %d", len(values), len(want))
	}
	for name, v := range want {
		if got, ok := values[name]; !ok || got != v {
			t.Errorf("%s is %g, %v; expected %g", name, got, ok, v)
		}
	}
}

func TestBencher(t *testing.T) {
	long := cell(strings.Repeat("x", 1100), "p-2", 0, true, 1, 1)
	text, outcome := exported(t, "bencher", Options{}, append(contest(), long)...)
	var got map[string]map[string]map[string]float64
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	const of = " on p-2, relative gap ≤ 0.001"
	if e := got["chance"+of]["evaluations"]; e["value"] != 40 || e["lower_value"] != 35 || e["upper_value"] != 55 {
		t.Errorf("chance: %v", e)
	}
	if e := got["mixed"+of]; len(e) != 1 || e["missed"]["value"] != 1 {
		t.Errorf("mixed: %v", e)
	}
	if len(got) != 5 || !slices.ContainsFunc(outcome.Notes, func(n string) bool { return strings.Contains(n, "1129 characters") }) {
		t.Errorf("%d benchmarks, notes %q", len(got), outcome.Notes)
	}
}

// Targets that cannot be measured are no misses, and runs without targets are named.
func TestNothingToTrack(t *testing.T) {
	refused, none := cell("a", "p", 0, true, 1, 1), cell("b", "p", 0, true, 1, 1)
	for i := range refused.Targets {
		refused.Targets[i] = results.Target{Target: refused.Targets[i].Target, Message: "f* is unknown"}
	}
	none.Targets = nil
	f, _ := Named("github")
	var text strings.Builder
	outcome, err := Write(written(t, refused, none), f, Options{Out: &text})
	if !errors.Is(err, ErrNothing) || len(outcome.Left) != 2 || strings.TrimSpace(text.String()) != "[]" {
		t.Errorf("%v; left out %+v; %s", err, outcome.Left, text.String())
	}
}

// Of each kind the hardest target is followed.
func TestHardest(t *testing.T) {
	r := cell("a", "p", 0, true, 5, 60)
	r.Targets = append(r.Targets, results.Target{Target: 0.9, Kind: "accuracy", AtLeast: true}, results.Target{Target: 0.99, Kind: "accuracy", AtLeast: true})
	text, _ := exported(t, "github", Options{}, r)
	for part, want := range map[string]bool{"relative gap ≤ 0.001": true, "accuracy ≥ 0.99:": true, "accuracy ≥ 0.9:": false, "≤ 0.1": false} {
		if strings.Contains(text, part) != want {
			t.Errorf("%q: expected %v in\n%s", part, want, text)
		}
	}
}
