package plots

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Picture shows a problem without a run: level lines with critical points in two
// variables, the curve in one, and in more a slice through the standard start, towards
// the nearest minimizer where one is known and along the negative gradient elsewhere.
func Picture(label string, l *evidence.Landscape) *figure.Figure {
	switch l.Dim {
	case 1:
		x := [2]float64{-2, 2}
		if w := l.Window; w != nil {
			x = w.X
		}
		return slice(label, "x", x, func(s float64) []float64 { return []float64{s} }, l)
	case 2:
		f := &figure.Figure{
			Role: RoleLandscape, Problem: label, Name: FileName(string(RoleLandscape), label), Title: label, Equal: true,
			Caption: "Level lines of f; the darker the lower.",
			X:       figure.Axis{Label: "x₁", Scale: figure.Linear}, Y: figure.Axis{Label: "x₂", Scale: figure.Linear},
			Series: criticalPoints(l),
		}
		x, y := window(f.Series, l)
		f.Grid = levelLines(l, x, y)
		return f
	}
	start, towards, where := sliceDirection(l)
	at := func(s float64) []float64 {
		x := make([]float64, len(start))
		for i := range x {
			x[i] = start[i] + s*towards[i]
		}
		return x
	}
	return slice(label, where, [2]float64{-0.5, 1.5}, at, l)
}

// sliceDirection is the line that a slice shows: 0 is the standard start.
func sliceDirection(l *evidence.Landscape) (start, towards []float64, where string) {
	n := l.Dim
	start, towards = make([]float64, n), make([]float64, n)
	copy(start, l.Start)
	isStart := func(x []float64) bool { return slices.Equal(x, start) }
	if len(l.Minimizers) > 0 && !slices.ContainsFunc(l.Minimizers, isStart) {
		for i := range towards {
			towards[i] = l.Minimizers[0][i] - start[i]
		}
		return start, towards, "0: the standard start, 1: a minimizer"
	}
	l.Evaluate(start, towards)
	largest := 0.0
	for _, v := range towards {
		largest = math.Max(largest, math.Abs(v))
	}
	for i := range towards {
		if towards[i] = -towards[i]; largest > 0 {
			towards[i] /= largest
		}
	}
	return start, towards, "from the standard start along the negative gradient, its largest entry 1"
}

func slice(label, where string, x [2]float64, at func(float64) []float64, l *evidence.Landscape) *figure.Figure {
	const points = 401
	s := figure.Series{Label: "f", Kind: figure.Line}
	for i := range points {
		t := x[0] + (x[1]-x[0])*float64(i)/(points-1)
		s.X, s.Y = append(s.X, t), append(s.Y, l.Evaluate(at(t), nil))
	}
	return &figure.Figure{
		Role: RoleSlice, Problem: label, Name: FileName(string(RoleSlice), label), Title: fmt.Sprintf("%s: slice", label),
		X:      figure.Axis{Label: where, Scale: figure.Linear},
		Y:      figure.Axis{Label: "f", Scale: figure.Linear},
		Series: []figure.Series{s},
	}
}
