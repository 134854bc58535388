package compare

import (
	"math"
	"testing"

	"github.com/gdbench/gdbench/results"
)

func TestTrends(t *testing.T) {
	w := world{problems: []string{"p", "q"}, methods: []string{"gd"}, evaluations: constant(100)}
	first := w.run()
	w.evaluations = func(problem, _ string, _ int) float64 {
		if problem == "p" {
			return 400
		}
		return 100
	}
	trends, err := Trends([]*results.Baseline{first, w.run()}, Options{Metrics: []Metric{SuccessMetric, Evaluations}})
	if err != nil || len(trends) != 2 {
		t.Fatalf("%+v, %v", trends, err)
	}
	for i, want := range [][]float64{{1, 1}, {1, 2}} { // √(4·1) = 2
		for k := range want {
			if math.Abs(trends[i].Ratio[k]-want[k]) > 1e-12 {
				t.Errorf("%s of run %d: %v; expected %v", trends[i].Metric, k, trends[i].Ratio[k], want[k])
			}
		}
	}
	if _, err := Trends(nil, Options{}); err == nil {
		t.Error("nothing has a trend")
	}
}
