package evidence

import (
	"testing"

	"github.com/gdbench/gdbench/results"
)

func TestGoalInWords(t *testing.T) {
	for want, g := range map[string]Goal{
		"relative gap ≤ 0.01":          {Target: 0.01},
		"gap ≤ 0.01":                   {Target: 0.01, Kind: results.AbsoluteTarget},
		"relative gradient norm ≤ 0.1": {Target: 0.1, Kind: results.GradientTarget},
		"gradient norm ≤ 0.1":          {Target: 0.1, Kind: results.AbsoluteGradientTarget},
		"value ≤ -2":                   {Target: -2, Kind: results.ValueTarget},
		"validation accuracy ≥ 0.95":   {Target: 0.95, Kind: "validation accuracy", AtLeast: true},
		"sharpness ≤ 20":               {Target: 20, Kind: "sharpness"},
	} {
		if got := g.Text(); got != want {
			t.Errorf("%+v: %s; expected %s", g, got, want)
		}
	}
}
