//go:build !playground

package constraint

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Bound is a number, or none.
type Bound struct {
	value float64
	set   bool
}

// UnmarshalText reads a number or "none".
func (b *Bound) UnmarshalText(written []byte) error {
	if string(written) == "none" {
		*b = Bound{}
		return nil
	}
	v, err := param.ParseNumber(string(written))
	if err != nil {
		return fmt.Errorf("found %q; expected %s", written, b.Expected())
	}
	*b = Bound{v, true}
	return nil
}

// Expected says what may be written.
func (Bound) Expected() string { return "a finite number, or none" }

// MarshalText is the number, or "none".
func (b Bound) MarshalText() ([]byte, error) {
	if !b.set {
		return []byte("none"), nil
	}
	return []byte(text.Exact(b.value)), nil
}

// Literal is the number.
func (b *Bound) Literal() (float64, bool) { return b.value, b.set }

// Box is {x : l ≤ x ≤ u}.
type Box struct {
	Lower []Bound `param:"lower" default:"none" doc:"lower bounds: a number for all variables, or one for each, none where there is none"`
	Upper []Bound `param:"upper" default:"none" doc:"upper bounds, written alike"`

	l, u []float64
}

// Nonnegative is {x : x ≥ 0}.
type Nonnegative struct{ box Box }

var (
	_ Set              = (*Box)(nil)
	_ Set              = (*Nonnegative)(nil)
	_ param.Validator  = (*Box)(nil)
	_ problems.Bounded = (*Box)(nil)
	_ problems.Bounded = (*Nonnegative)(nil)
)

func init() {
	register("box", problems.Info{
		Summary: "bounds on each variable",
		Formula: "l ≤ x ≤ u",
		Source:  "Bertsekas 1976, On the Goldstein–Levitin–Polyak gradient projection method, IEEE Trans. Automat. Control 21(2):174–184",
		DOI:     "10.1109/TAC.1976.1101194",
	}, func() Set { return new(Box) })
	register("nonnegative", problems.Info{
		Summary: "no variable below zero",
		Formula: "x ≥ 0",
		Source:  "Bertsekas 1976, On the Goldstein–Levitin–Polyak gradient projection method, IEEE Trans. Automat. Control 21(2):174–184",
		DOI:     "10.1109/TAC.1976.1101194",
	}, func() Set { return new(Nonnegative) })
}

// Validate refuses bounds that no point satisfies, and a box without any.
func (b *Box) Validate() error {
	bounds := 0
	for _, side := range [][]Bound{b.Lower, b.Upper} {
		for _, v := range side {
			if v.set {
				bounds++
			}
		}
	}
	if bounds == 0 {
		return errors.New("it has no bounds; expected numbers for lower, upper or both, or no constraint")
	}
	if len(b.Lower) > 1 && len(b.Upper) > 1 && len(b.Lower) != len(b.Upper) {
		return fmt.Errorf("lower has %s and upper %s; expected as many of both, one for each variable", english.Count(len(b.Lower), "number"), english.Count(len(b.Upper), "number"))
	}
	if len(b.Lower) == 0 || len(b.Upper) == 0 {
		return nil
	}
	for i := range max(len(b.Lower), len(b.Upper)) {
		if l, u := at(b.Lower, i), at(b.Upper, i); l.set && u.set && l.value > u.value {
			return fmt.Errorf("no point satisfies it: the lower bound %s of x%d is above the upper bound %s; exchange the two", text.Exact(l.value), i+1, text.Exact(u.value))
		}
	}
	return nil
}

// at is the bound of variable i: a single one is that of all.
func at(bounds []Bound, i int) Bound {
	switch len(bounds) {
	case 0:
		return Bound{}
	case 1:
		return bounds[0]
	}
	return bounds[i]
}

// Fit spreads the bounds over n variables.
func (b *Box) Fit(n int) error {
	b.l, b.u = make([]float64, n), make([]float64, n)
	for _, side := range []struct {
		name   string
		bounds []Bound
		to     []float64
		none   float64
	}{{"lower", b.Lower, b.l, math.Inf(-1)}, {"upper", b.Upper, b.u, math.Inf(1)}} {
		if m := len(side.bounds); m > 1 && m != n {
			return fmt.Errorf("%s has %s for a problem in %s; expected one number, or one for each variable", side.name, english.Count(m, "number"), english.Count(n, "variable"))
		}
		for i := range side.to {
			if side.to[i] = side.none; len(side.bounds) > 0 && at(side.bounds, i).set {
				side.to[i] = at(side.bounds, i).value
			}
		}
	}
	return nil
}

// Fork is the box itself: it has no scratch.
func (b *Box) Fork() Set { return b }

// Bounds are l and u, ±∞ where there are none.
func (b *Box) Bounds() (lower, upper []float64) { return b.l, b.u }

// Project cuts each coordinate to its interval.
func (b *Box) Project(dst, x []float64) {
	for i, v := range x {
		switch {
		case v < b.l[i]:
			v = b.l[i]
		case v > b.u[i]:
			v = b.u[i]
		}
		dst[i] = v
	}
}

// LinearMinimizer is the corner against the signs of g.
func (b *Box) LinearMinimizer(dst, g []float64) bool {
	for i, v := range g {
		switch l, u := b.l[i], b.u[i]; {
		case v < 0:
			dst[i] = u
		case v > 0:
			dst[i] = l
		case !math.IsInf(l, 0): // any point of the interval
			dst[i] = l
		case !math.IsInf(u, 0):
			dst[i] = u
		default:
			dst[i] = 0
		}
		if math.IsInf(dst[i], 0) {
			return false
		}
	}
	return true
}

// Excess compares with the bounds of the coordinate.
func (b *Box) Excess(x []float64) float64 {
	most := 0.0
	for i, v := range x {
		if by := math.Max(b.l[i]-v, v-b.u[i]); by > 0 || math.IsNaN(by) {
			most = math.Max(most, by/size(b.l[i], b.u[i]))
		}
	}
	return most
}

// size is the largest of two bounds that is finite.
func size(l, u float64) float64 {
	most := 0.0
	for _, v := range []float64{l, u} {
		if v = math.Abs(v); !math.IsInf(v, 1) {
			most = math.Max(most, v)
		}
	}
	return most
}

// Active counts the variables at a bound.
func (b *Box) Active(x []float64) int {
	count := 0
	for i, v := range x {
		if near := float64(onBoundary * size(b.l[i], b.u[i])); v-b.l[i] <= near || b.u[i]-v <= near {
			count++
		}
	}
	return count
}

// Bounded reports two bounds for each variable.
func (b *Box) Bounded() bool {
	for _, side := range [][]Bound{b.Lower, b.Upper} {
		if len(side) == 0 || slices.ContainsFunc(side, func(v Bound) bool { return !v.set }) {
			return false
		}
	}
	return true
}

// Diameter is ‖u − l‖.
func (b *Box) Diameter() float64 {
	sides := make([]float64, len(b.l))
	vec.AddScaled(sides, b.u, -1, b.l)
	return vec.Norm(sides)
}

// Polyhedral is true.
func (*Box) Polyhedral() bool { return true }

// Fit spreads the bound 0.
func (s *Nonnegative) Fit(n int) error {
	s.box.Lower = []Bound{{0, true}}
	return s.box.Fit(n)
}

// Fork is the set itself: it has no scratch.
func (s *Nonnegative) Fork() Set { return s }

// Bounds are 0 and ∞.
func (s *Nonnegative) Bounds() (lower, upper []float64) { return s.box.Bounds() }

// Project replaces negative numbers by 0.
func (s *Nonnegative) Project(dst, x []float64) { s.box.Project(dst, x) }

// LinearMinimizer is the origin, unless gᵀx falls for ever.
func (s *Nonnegative) LinearMinimizer(dst, g []float64) bool { return s.box.LinearMinimizer(dst, g) }

// Excess is infinite outside: a point of the set never leaves it by rounding.
func (s *Nonnegative) Excess(x []float64) float64 { return s.box.Excess(x) }

// Active counts the zeros.
func (s *Nonnegative) Active(x []float64) int { return s.box.Active(x) }

// Bounded is false.
func (*Nonnegative) Bounded() bool { return false }

// Diameter is infinite.
func (s *Nonnegative) Diameter() float64 { return math.Inf(1) }

// Polyhedral is true.
func (*Nonnegative) Polyhedral() bool { return true }
