package mgh

import (
	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	register(separable.Function{
		Name: "osborne2",
		Info: problem(19, "a decaying exponential and three bells, eleven parameters, fitted to 65 data points",
			"Σᵢ₌₁⁶⁵ (yᵢ − x₁e^−tᵢx₅ − Σⱼ₌₂⁴ xⱼ exp(−(tᵢ − xⱼ₊₇)²xⱼ₊₄))², tᵢ = (i − 1)/10", "osborne-2"),
		Dims: fixed(11), Sum: osborne2, Squares: squares(len(osborne2Data)),
		Convexity: problems.Nonconvex,
		Start:     separable.At(1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5),
		Facts: func(_ int, f *problems.Facts) {
			f.Minimum = separable.Published("4.01377e-2", paper, []float64{
				1.3099771546273005, 0.43155379460298887, 0.63366169896072411, 0.59943053478591624,
				0.75418322632801116, 0.90428857985963385, 1.3658118352370288, 4.8236988172271564,
				2.3986848661317546, 4.5688745976676719, 5.6753414705806415})
		},
	})
}

var osborne2Data = [...]float64{
	1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608,
	0.655, 0.616, 0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661,
	0.612, 0.558, 0.533, 0.495, 0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428,
	0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559,
	0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054,
}

func osborne2(x []float64, s sum) (f float64) {
	for i, y := range osborne2Data {
		t := float64(i) / 10
		e := elementary.Exp(-t * x[4])
		var bells [3]bell
		u := y - float64(x[0]*e)
		for k := range bells {
			bells[k] = newBell(t, x[1+k], x[5+k], x[8+k])
			u -= bells[k].value
		}
		a, b, c := &bells[0], &bells[1], &bells[2]
		f += s.Square(1, u,
			first{
				{0, -e}, {4, t * x[0] * e},
				{1, -a.h}, {5, -a.w}, {8, -a.m},
				{2, -b.h}, {6, -b.w}, {9, -b.m},
				{3, -c.h}, {7, -c.w}, {10, -c.m},
			},
			second{
				{0, 4, t * e}, {4, 4, -t * t * x[0] * e},
				{1, 5, -a.hw}, {1, 8, -a.hm}, {5, 5, -a.ww}, {5, 8, -a.wm}, {8, 8, -a.mm},
				{2, 6, -b.hw}, {2, 9, -b.hm}, {6, 6, -b.ww}, {6, 9, -b.wm}, {9, 9, -b.mm},
				{3, 7, -c.hw}, {3, 10, -c.hm}, {7, 7, -c.ww}, {7, 10, -c.wm}, {10, 10, -c.mm},
			})
	}
	return f
}

// bell is h·exp(−w(t − m)²) with its derivatives in height, width and middle.
type bell struct{ value, h, w, m, hw, hm, ww, wm, mm float64 }

func newBell(t, h, w, m float64) bell {
	d := t - m
	dd := sq(d)
	e := elementary.Exp(-w * dd)
	return bell{
		value: float64(h * e), h: e, w: -dd * h * e, m: 2 * w * d * h * e,
		hw: -dd * e, hm: 2 * w * d * e,
		ww: dd * dd * h * e, wm: 2 * d * (1 - float64(w*dd)) * h * e,
		mm: 2 * w * (float64(2*w*dd) - 1) * h * e,
	}
}
