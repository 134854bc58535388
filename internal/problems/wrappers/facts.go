package wrappers

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/problems"
)

// carry restates facts in x = M⁻¹y + c, where least and greatest are the extreme
// singular values of M.
func (a *affine) carry(inside *problems.Facts, least, greatest float64) *problems.Facts {
	f := *inside
	f.Constants = constants(inside.Constants, least, greatest)
	if m := inside.Minimum; m != nil {
		minimum := *m
		minimum.Points = nil
		for _, y := range m.Points {
			minimum.Points = append(minimum.Points, a.place(y))
		}
		f.Minimum = &minimum
	}
	f.Critical = slices.Clone(inside.Critical)
	for i := range f.Critical {
		f.Critical[i].X = a.place(f.Critical[i].X)
	}
	f.Starts = slices.Clone(inside.Starts)
	for i := range f.Starts {
		f.Starts[i].X = a.place(f.Starts[i].X)
		if draw := f.Starts[i].Draw; draw != nil {
			f.Starts[i].Draw = func(x []float64, rng *rand.Rand) {
				y := make([]float64, len(x))
				draw(y, rng)
				a.from(x, y)
			}
		}
	}
	if len(f.Starts) == 0 {
		// Without a start of its own the problem begins at its origin.
		f.Starts = []problems.Start{{Name: "standard", X: a.place(make([]float64, a.Dim()))}}
	}
	f.Window = a.window(inside.Window)
	return &f
}

// place is the x of a given y.
func (a *affine) place(y []float64) []float64 {
	x := make([]float64, len(y))
	a.from(x, y)
	return x
}

// bounds are the constants that a change of the variables leaves known as bounds, and whether
// they are lower ones, for which the least factor counts. Constants of other names are dropped;
// Lmax depends on the axes, where it is one of coordinates: see coordinates.
var bounds = map[string]struct{ lower bool }{
	problems.SmoothnessL:   {},
	problems.LargestL:      {},
	problems.SmallestCurve: {lower: true},
	problems.HessianM:      {},
	problems.ConvexityMu:   {lower: true},
	problems.PLConstant:    {lower: true},
	problems.SampleMu:      {lower: true},
	problems.Lipschitz:     {},
}

// constants bounds each constant in the new variables. A local one is dropped, as the
// region that it names is one of the old variables.
func constants(inside map[string]problems.Constant, least, greatest float64) map[string]problems.Constant {
	out := map[string]problems.Constant{}
	for name, c := range inside {
		bound, known := bounds[name]
		if !known || c.Scope == problems.Local {
			continue
		}
		factor := greatest
		if bound.lower && c.Value >= 0 { // a negative curvature grows with the largest factor
			factor = least
		}
		if factor != 1 && c.Value != 0 {
			_, variables, _ := problems.ConstantUnits(name)
			c.Value *= elementary.Pow(factor, float64(-variables))
			c.Source += "; bounded by the scaling"
		}
		out[name] = c
	}
	return out
}

// coordinates settles Lmax, which of a problem that is no sum is the largest smoothness
// constant along a coordinate: other axes have another one. That of a quadratic is the
// largest entry of the diagonal of its matrix; of other functions it is unknown.
func (a *affine) coordinates() {
	const most = 1000 // variables: each takes a product
	if _, known := a.facts.Constants[problems.LargestL]; !known || a.sum != nil {
		return
	}
	delete(a.facts.Constants, problems.LargestL)
	n := a.Dim()
	if n > most || a.products == nil || !a.Quadratic() {
		return
	}
	origin, unit, column := make([]float64, n), make([]float64, n), make([]float64, n)
	largest := 0.0
	for i := range unit {
		unit[i] = 1
		a.HessianProduct(origin, unit, column)
		unit[i], largest = 0, max(largest, column[i])
	}
	a.facts.Constants[problems.LargestL] = problems.Constant{Value: largest, Scope: problems.Global, Source: "largest entry of the diagonal: of one coordinate"}
}

// window is the smallest one that shows what the window inside shows.
func (a *affine) window(inside *problems.Window) *problems.Window {
	if inside == nil || a.Dim() > 2 {
		return nil
	}
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, cornerX := range inside.X {
		for _, cornerY := range inside.Y {
			for i, t := range a.place([]float64{cornerX, cornerY}[:a.Dim()]) {
				low[i], high[i] = min(low[i], t), max(high[i], t)
			}
		}
	}
	w := &problems.Window{X: [2]float64{low[0], high[0]}}
	if a.Dim() == 2 {
		w.Y = [2]float64{low[1], high[1]}
	}
	return w
}
