package data

import (
	"slices"
	"testing"
)

// The numbers of Wilson et al. 2017: y in front, two ones, and features that no other sample has. All
// samples have the same margin 4y on the signs of Xᵀy, by which adaptive methods fit them.
func TestWilson(t *testing.T) {
	s, err := load(t, "", "wilson")
	if err != nil {
		t.Fatal(err)
	}
	x := dense(s.X)
	if len(x) != 60 || len(x[0]) != 303 {
		t.Fatalf("%d×%d", len(x), len(x[0]))
	}
	sign := make([]float64, 303)
	positive := 0
	for i, row := range x {
		if s.Y[i] == 1 {
			positive++
		}
		for j, v := range row {
			sign[j] += v * s.Y[i]
		}
	}
	if positive != 42 {
		t.Errorf("%d of 60 labels are 1; expected 42", positive)
	}
	for i, row := range x {
		want := map[float64][]float64{1: {1, 1, 1, 1, 0, 0, 0, 0}, -1: {-1, 1, 1, 1, 1, 1, 1, 1}}[s.Y[i]]
		if !slices.Equal(append(slices.Clone(row[:3]), row[3+5*i:8+5*i]...), want) {
			t.Errorf("sample %d, label %g: %v", i, s.Y[i], row)
		}
		margin, others := 0.0, 0.0
		for j, v := range row {
			margin += v * min(1, max(-1, sign[j]))
			if j >= 3 && (j-3)/5 != i {
				others += v
			}
		}
		if margin != 4*s.Y[i] || others != 0 {
			t.Errorf("sample %d: margin %g, %g in features of others", i, margin, others)
		}
	}
}
