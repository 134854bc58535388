//go:build !playground

package constraint

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/problems"
)

// Simplex is {x : x ≥ 0, Σxᵢ = r}; with r = 1, the probabilities of n events.
type Simplex struct {
	Radius float64 `param:"radius" default:"1" range:"(0,)" doc:"sum r of the variables"`

	simplex
}

var (
	_ Set              = (*Simplex)(nil)
	_ problems.Simplex = (*Simplex)(nil)
)

func init() {
	register("simplex", problems.Info{
		Summary: "nonnegative variables with a given sum",
		Formula: "x ≥ 0, Σᵢ xᵢ = r, of which the projection is max(x − θ, 0)",
		Source:  "Condat 2016, Fast projection onto the simplex and the l1 ball, Math. Program. 158(1):575–585",
		DOI:     "10.1007/s10107-015-0946-6",
	}, func() Set { return new(Simplex) })
}

// simplex is the same with its scratch.
type simplex struct {
	radius float64
	sorted []float64
}

func newSimplex(n int, radius float64) simplex { return simplex{radius, make([]float64, n)} }

// Fit makes room.
func (s *Simplex) Fit(n int) error {
	s.simplex = newSimplex(n, s.Radius)
	return nil
}

// Fork has its own scratch.
func (s *Simplex) Fork() Set {
	return &Simplex{s.Radius, newSimplex(len(s.sorted), s.Radius)}
}

// Project is max(x − θ, 0) with the θ for which the sum is r.
func (s *Simplex) Project(dst, x []float64) {
	copy(dst, x)
	s.project(dst)
}

// project finds θ from the sorted entries (Held, Wolfe & Crowder 1974, doi:10.1007/BF01580223;
// Duchi et al. 2008, figure 1): it is (Σⱼ≤ₖ uⱼ − r)/k for the largest k with uₖ > θ. The largest
// entry is taken off first, which changes nothing but leaves the digits that matter.
func (s *simplex) project(x []float64) {
	copy(s.sorted, x)
	slices.Sort(s.sorted)
	most := s.sorted[len(x)-1]
	sum, threshold := 0.0, math.Inf(-1)
	for k := 1; k <= len(x); k++ {
		u := s.sorted[len(x)-k] - most
		if sum += u; u <= (sum-s.radius)/float64(k) {
			break
		}
		threshold = (sum - s.radius) / float64(k)
	}
	for i, v := range x {
		if v = v - most - threshold; v < 0 {
			v = 0
		}
		x[i] = v
	}
}

// LinearMinimizer is the vertex of the least entry of g.
func (s *Simplex) LinearMinimizer(dst, g []float64) bool {
	least := 0
	for i, v := range g {
		if v < g[least] {
			least = i
		}
	}
	clear(dst)
	dst[least] = s.Radius
	return true
}

// Excess is the larger one of the least entry below 0 and of the error of the sum, by r.
func (s *Simplex) Excess(x []float64) float64 {
	sum, below := 0.0, 0.0
	for _, v := range x {
		sum += v
		below = math.Max(below, -v)
	}
	return math.Max(below, math.Abs(sum-s.Radius)) / s.Radius
}

// Active counts the zeros.
func (s *Simplex) Active(x []float64) int { return s.zeros(x) }

func (s *simplex) zeros(x []float64) int {
	count := 0
	for _, v := range x {
		if math.Abs(v) <= onBoundary*s.radius {
			count++
		}
	}
	return count
}

// Diameter is r√2, the length of an edge.
func (s *Simplex) Diameter() float64 {
	if len(s.sorted) == 1 {
		return 0
	}
	return s.Radius * math.Sqrt2
}

// Bounded is true.
func (*Simplex) Bounded() bool { return true }

// Sum is r.
func (s *Simplex) Sum() float64 { return s.Radius }

// Polyhedral is true.
func (*Simplex) Polyhedral() bool { return true }
