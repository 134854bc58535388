package compare

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/report/table"
)

// The stated loss is found with about 80% by a gate whose two runs are independent, as the
// table assumes.
func TestPowerTable(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 30))
	const repeats = 12
	w := world{problems: []string{"p"}, methods: []string{"sgd"}, repeats: 10, evaluations: lognormal(rng, 0.1, 1)}
	options := Options{Metrics: []Metric{Evaluations}}
	found, trials, known := 0, 400, powers{}
	for range trials {
		w.repeats = 10
		pilot, err := powerTable(w.run(), options, []int{4, repeats}, known)
		if err != nil {
			t.Fatal(err)
		}
		if v := float64(pilot.Rows[0][4].(table.Number)); !math.IsNaN(v) {
			t.Fatalf("with 4 repeats a loss of %v is found; expected none", v)
		}
		loss := float64(pilot.Rows[0][5].(table.Number))
		w.repeats = repeats
		base := w.run()
		w.evaluations = lognormal(rng, 0.1, loss)
		r, err := compare(base, w.run(), options, known)
		if err != nil {
			t.Fatal(err)
		}
		if r.Rows[0].Verdict == Regressed {
			found++
		}
		w.evaluations = lognormal(rng, 0.1, 1)
	}
	if share := float64(found) / float64(trials); math.Abs(share-probability) > 0.07 {
		t.Errorf("the loss is found in %.1f%%; the table printed 80%%", 100*share)
	}
	w.evaluations = constant(5)
	if _, err := PowerTable(w.run(), options, []int{5}); err == nil {
		t.Error("a pilot without any spread has a power")
	}
}

func TestHistory(t *testing.T) {
	w := world{problems: []string{"p", "q"}, methods: []string{"gd"}, evaluations: constant(100)}
	first := w.run()
	w.evaluations = func(problem, _ string, _ int) float64 {
		if problem == "p" {
			return 400
		}
		return 100
	}
	second := w.run()
	second.Started = first.Started.Add(time.Hour)
	h, err := HistoryOf([]Entry{{"b", second}, {"a", first}}, Options{Metrics: []Metric{SuccessMetric, Evaluations}})
	if err != nil {
		t.Fatal(err)
	}
	if h.Entries[0].Name != "a" || len(h.Trends) != 2 {
		t.Fatalf("%+v", h)
	}
	for i, want := range [][]float64{{1, 1}, {1, 2}} { // √(4·1) = 2
		for k := range want {
			if math.Abs(h.Trends[i].Ratio[k]-want[k]) > 1e-12 {
				t.Errorf("%s of %s: %v; expected %v", h.Trends[i].Metric, h.Entries[k].Name, h.Trends[i].Ratio[k], want[k])
			}
		}
	}
	if f := h.Figure(Evaluations); len(f.Series) != 1 || len(f.Series[0].Y) != 2 {
		t.Errorf("the figure has %+v", f.Series)
	}
	if rows := h.Table(0).Rows; len(rows) != 2 || len(rows[0]) != 5 || rows[1][2] != table.Text("▁█") {
		t.Errorf("the table has %v", rows)
	}
	if late := h.Table(1); len(late.Rows[0]) != 4 || !strings.Contains(strings.Join(late.Notes, " "), "1 earlier runs") {
		t.Errorf("of the latest run the table has %v and says %q", late.Rows, late.Notes)
	}
	if _, err := HistoryOf(nil, Options{}); err == nil {
		t.Error("nothing has a history")
	}
}
