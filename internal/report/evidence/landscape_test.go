package evidence

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

func TestStability(t *testing.T) {
	p := gather(t, synthetic.Draft{Problem: "p", Method: "m", Rate: 0.1, Status: results.Budget, Gaps: []float64{1, 0.5}}).Problems[0]
	if got := p.Stability(knownBowl()); got != 0.5 {
		t.Errorf("2/L is %g with L = 4", got)
	}
	if got := p.Stability(nil); !math.IsNaN(got) {
		t.Errorf("2/L is %g though L is unknown", got)
	}
	p.Entries[0].Written = "1/L"
	if got := p.Stability(nil); got != 0.2 {
		t.Errorf("2/L is %g where 1/L is 0.1", got)
	}
}

// 2/L is what the records say, whether the problem can be made again or not.
func TestStabilityOfTheRecords(t *testing.T) {
	p := gather(t, synthetic.Draft{Problem: "p", Method: "m", Rate: 0.1, Status: results.Budget, Gaps: []float64{1, 0.5}}).Problems[0]
	for _, c := range []struct {
		formula string
		limit   float64
		want    float64 // NaN: unknown
	}{{"2/L", 0.20000000000000004, 0.2}, {"2(1+β)/L", 0.3, math.NaN()}, {"2/L", math.NaN(), math.NaN()}} {
		r := *p.Example
		r.Families = &results.Families{}
		r.Stability = &results.Stability{Formula: c.formula, Limit: results.Number(c.limit)}
		p.Entries = []*Entry{newEntry(p, &r, "m")}
		if got := p.Stability(nil); got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%s = %g is read as 2/L = %g; expected %g", c.formula, c.limit, got, c.want)
		}
		if got := p.Stability(knownBowl()); got != c.want && !(got == 0.5 && math.IsNaN(c.want)) {
			t.Errorf("with the problem made again, %s = %g is read as 2/L = %g", c.formula, c.limit, got)
		}
	}
}
