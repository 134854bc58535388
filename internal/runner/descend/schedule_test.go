package descend

import (
	"math"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

// walk is the iterations that a schedule records up to a limit.
func walk(s *schedule, limit int) (ks []int) {
	for k := s.after(0); k <= limit; k = s.after(k) {
		ks = append(ks, k)
	}
	return ks
}

func TestSchedule(t *testing.T) {
	for _, c := range []struct {
		name    string
		trace   suite.Trace
		horizon int
		limit   int
		want    []int
	}{
		{"every", suite.Trace{Points: 100, Every: 3}, 10, 10, []int{3, 6, 9}},
		{"decades", suite.Trace{Points: 4}, 10000, math.MaxInt - 1, []int{10, 100, 1000, 10000}},
		{"more points than iterations", suite.Trace{Points: 50}, 5, math.MaxInt - 1, []int{1, 2, 3, 4, 5}},
		{"none", suite.Trace{}, 10, math.MaxInt - 1, nil},
		{"no horizon", suite.Trace{Points: 6}, 0, 1_000_000, []int{1, 10, 100, 1000, 10000, 100000, 1000000}},
	} {
		if got := walk(newSchedule(c.trace, c.horizon), c.limit); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	s := newSchedule(suite.Trace{Points: 4}, 10000)
	for k, want := range map[int]int{0: 10, 9: 10, 10: 100, 500: 1000, 9999: 10000, 10000: math.MaxInt} {
		if got := s.after(k); got != want {
			t.Errorf("after %d comes %d, want %d", k, got, want)
		}
	}
}
