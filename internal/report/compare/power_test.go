package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

// pilot is a run with all that takes a part of α: two noisy methods, one of which misses its target
// at times, and a deterministic one whose moved starts spread.
func pilot(seed uint64, problems, repeats int, factor float64) *results.Baseline {
	rng := rand.New(rand.NewPCG(17, seed))
	w := world{problems: names("p", problems), methods: []string{"adam", "sgd"}, repeats: repeats}
	draw := lognormal(rng, 0.2, factor)
	w.evaluations = func(problem, method string, repeat int) float64 {
		if method == "sgd" && rng.Float64() < 0.1 {
			return math.Inf(1)
		}
		return draw(problem, method, repeat)
	}
	b := w.run()
	w.methods, w.repeats, w.evaluations = []string{"bb"}, 0, draw
	for _, o := range w.run().Summaries {
		for range 16 {
			moved := w.outcome(o.Problem, o.Method, 0)
			o.Jitter = append(o.Jitter, results.Jittered{Times: 1, Status: moved.Status, Iterations: moved.Iterations, Counts: moved.Counts, Targets: moved.Targets})
		}
		b.Summaries = append(b.Summaries, o)
	}
	b.Cells, b.Grid = len(b.Summaries), len(b.Summaries)
	return b
}

// `power` of two runs, with the repeats that they have, and the gate that compares them say the
// same of the suite, of each method and of each cell, for they are one computation: by the rules
// of NEW, with the moved starts that share α, exactly and over drawn signs.
func TestPowerIsThatOfTheGate(t *testing.T) {
	for _, c := range []struct{ problems, repeats int }{{1, 10}, {3, 10}, {1, 4}} {
		base, new := pilot(1, c.problems, c.repeats, 1), pilot(2, c.problems, c.repeats, 1.1)
		new.Gate = &results.Gate{Delta: 0.08, Rules: []results.Rule{{Method: "adam", Delta: 0.2}}}
		o := Options{Metrics: []Metric{SuccessMetric, Evaluations}}
		gated, err := Compare(base, new, o)
		if err != nil {
			t.Fatal(err)
		}
		planned, err := PowerTable(base, new, o, []int{c.repeats})
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]string{}
		for _, row := range planned.Rows {
			found[row[0].Read()+" on "+row[1].Read()] = fmt.Sprint(float64(row[3].(table.Number)))
		}
		rows := 0
		for _, level := range [][]Row{gated.Levels, gated.Rows} {
			for i := range level {
				row := &level[i]
				if row.Class != Random {
					continue
				}
				rows++
				if got, want := found[row.Cell()], fmt.Sprint(float64(row.Power.Detectable)); got != want {
					t.Errorf("%d problems, %d repeats: of %s power finds %s, the gate %s", c.problems, c.repeats, row.Cell(), got, want)
				}
			}
		}
		if want := 1 + 2*c.problems; rows < want || rows != len(found) {
			t.Errorf("%d problems, %d repeats: %d rows of the gate, %d of power", c.problems, c.repeats, rows, len(found))
		}
	}
}
