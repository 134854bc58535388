package compare

import (
	"errors"
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// PowerTable says from a pilot which loss of each cell a gate will find with probability
// 80%, for several numbers of repeats. The spread of a log ratio is taken as √2 times that
// of the log cost, as if the two runs were independent: pairs that share their luck, as
// those of one seed mostly do, find smaller losses than this.
//
// The gate's α is shared by as many tests as the pilot has cells that vary: one of them is
// tested at α/m. A dash says that no loss can be found with so few repeats.
func PowerTable(pilot *results.Baseline, o Options, repeats []int) (*table.Table, error) {
	return powerTable(pilot, o, repeats, powers{})
}

func powerTable(pilot *results.Baseline, o Options, repeats []int, known powers) (*table.Table, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	t := &table.Table{Name: "power", Title: "The loss that is found with probability 80%, as NEW/BASE",
		Columns: []table.Column{{Name: "method"}, {Name: "problem"}, {Name: "metric"}, {Name: "spread"}}}
	for _, n := range repeats {
		t.Columns = append(t.Columns, table.Column{Name: fmt.Sprintf("%d repeats", n)})
	}
	varying := varyingCells(pilot, &o)
	if len(varying) == 0 {
		return nil, errors.New("no cell of the pilot has a cost that varies from repeat to repeat: without randomness any change is visible at once")
	}
	level := o.Alpha / float64(len(varying))
	for _, v := range varying {
		row := []table.Cell{table.Text(v.labels.Method), table.Text(v.labels.Problem), table.Text(v.metric), table.Number(v.spread)}
		for _, n := range repeats {
			shift := known.shift(design{pairs: n, pilot: len(v.costs), level: level})
			row = append(row, table.Number(loss(shift, v.spread, o.Delta)))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = append(t.Notes, fmt.Sprintf("%s α = %s; at least %d repeats are needed to find anything; a loss of up to %s%% is tolerated; spread: standard deviation of the log cost.",
		english.Count(len(varying), "test")+" "+english.Verb(len(varying), "has", "share"), text.Short(o.Alpha), statistics.FewestPairs(level), text.Short(100*o.Delta)))
	if !pilot.Complete() {
		t.Notes = append(t.Notes, fmt.Sprintf("The pilot is a partial run, %d of %d cells: the others are not in this table, and will share α as well.", len(pilot.Summaries), pilot.Grid))
	}
	return t, nil
}

// loss is the ratio that a shift in standard deviations means, NaN where none is found.
func loss(shift, spread, delta float64) float64 {
	if math.IsInf(shift, 1) {
		return math.NaN()
	}
	return (1 + delta) * elementary.Exp(shift*math.Sqrt2*spread)
}

type varyingCell struct {
	labels results.Labels
	metric Metric
	costs  []float64
	spread float64
}

// varyingCells are the costs of the pilot that differ from repeat to repeat. Runs that
// missed their target have none.
func varyingCells(pilot *results.Baseline, o *Options) []varyingCell {
	var out []varyingCell
	for _, g := range group(pilot) {
		c := &cell{base: g, new: g}
		if c.deterministic() || c.skipped() || c.chooseGoal(o.Target) != "" {
			continue
		}
		for _, m := range o.Metrics {
			if m == SuccessMetric || m == Seconds {
				continue
			}
			costs, _ := c.read(m)
			logs := make([]float64, 0, len(costs))
			for _, v := range costs {
				logs = append(logs, elementary.Log(v))
			}
			// Equal logs have a deviation of zero only up to rounding.
			if s := spread(logs); statistics.Min(costs) < statistics.Max(costs) && !math.IsNaN(s) {
				out = append(out, varyingCell{c.label(), m, costs, s})
			}
		}
	}
	return out
}
