package app

import "testing"

func TestPlace(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want string
	}{
		{[]float64{-1.2, 1}, "(-1.2, 1)"},
		{make([]float64, 8), "(0, 0, 0, 0, 0, 0, 0, 0)"},
		{make([]float64, 9), "0 in each of 9 coordinates"},
		{[]float64{-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1}, "(-1.2, 1, -1.2, 1, …) of 10 coordinates"},
	} {
		if got := place(c.x); got != c.want {
			t.Errorf("%v is printed as %s; expected %s", c.x, got, c.want)
		}
	}
}
