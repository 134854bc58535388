package compare

import (
	"math"
	"math/rand/v2"
	"testing"

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
