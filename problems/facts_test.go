package problems_test

import (
	"errors"
	"math"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

func TestGlobal(t *testing.T) {
	f := &problems.Facts{Constants: map[string]problems.Constant{
		"L": {Value: 4, Scope: problems.Global}, "mu": {Scope: problems.Global}, "M": {Value: 1, Scope: problems.Sublevel},
	}}
	if v, err := f.Global("L"); v != 4 || err != nil {
		t.Errorf("L = %v (%v)", v, err)
	}
	for name, want := range map[string]string{
		"PL": "needs the constant PL, which is not known for this problem",
		"mu": "needs a constant mu that is not zero",
		"M":  "needs a global constant M; the known one is sublevel",
	} {
		var missing *problems.Missing
		if v, err := f.Global(name); !math.IsNaN(v) || !errors.As(err, &missing) || err.Error() != want {
			t.Errorf("%s = %v: %v, want %s", name, v, err, want)
		}
	}
}

func TestNothingIsKnown(t *testing.T) {
	var missing *problems.Missing
	if _, err := (*problems.Facts)(nil).Global("L"); !errors.As(err, &missing) {
		t.Errorf("error %v; expected a *Missing", err)
	}
}

func TestDistance(t *testing.T) {
	none := &problems.Facts{}
	unknown := &problems.Facts{Minimum: &problems.Minimum{}}
	two := &problems.Facts{Minimum: &problems.Minimum{Points: [][]float64{{0, 0}, {6, 8}}}}
	x := []float64{3, 4.5}
	if !math.IsNaN(none.Distance(x)) || !math.IsNaN(unknown.Distance(x)) {
		t.Error("a distance to no point")
	}
	if got, want := two.Distance(x), math.Sqrt(9+3.5*3.5); math.Abs(got-want) > 1e-15*want {
		t.Errorf("distance %v, want %v to the nearer of two", got, want)
	}
	if got := two.Distance([]float64{3e200, 4e200}); math.Abs(got/5e200-1) > 1e-15 {
		t.Errorf("distance %v overflows", got)
	}
}
