package theorem

import (
	"math"
	"strings"
	"testing"
)

func TestVerdict(t *testing.T) {
	v := Open(Theorem{Name: "t"})
	if v.Outcome != Unmeasured || !math.IsNaN(v.Ratio) {
		t.Errorf("before the first comparison: %+v", v)
	}
	v.Add(1, Comparison{Measured: 1e-17, Bound: 1e-18, Floor: 1e-16})
	if v.Outcome != Unmeasured || v.Compared != 0 {
		t.Errorf("rounding was compared: %+v", v)
	}
	v.Add(2, Comparison{Measured: 1, Bound: 2})
	v.Add(3, Comparison{Measured: 2.1, Bound: 2, Floor: 0.2})
	if v.Outcome != Holds || v.Compared != 2 || v.Ratio != 1 || v.Iteration != 3 {
		t.Errorf("an excess within rounding: %+v; expected a ratio of 1 at iteration 3 that holds", v)
	}
	v.Add(4, Comparison{Measured: 3, Bound: 2})
	v.Add(5, Comparison{Measured: 1, Bound: 2})
	if v.Outcome != Violated || v.Ratio != 1.5 || v.Iteration != 4 || !strings.Contains(v.Message, "3 at iteration 4; the bound is 2") {
		t.Errorf("a bound that was broken once: %+v", v)
	}
}

// A run that is not a number breaks its bound.
func TestVerdictOnNaN(t *testing.T) {
	v := Open(Theorem{})
	v.Add(1, Comparison{Measured: math.NaN(), Bound: 1})
	if v.Outcome != Violated {
		t.Errorf("%+v", v)
	}
}
