package play

import (
	"context"
	"math"

	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Window is the part of the plane that a picture shows; Y is absent in one variable.
type Window struct {
	X results.Series `json:"x"`
	Y results.Series `json:"y,omitempty"`
}

// Picture is the function as the page draws it: values at equal distances, row by row from the lowest
// y; f is null where it is not finite.
type Picture struct {
	Window Window         `json:"window"`
	Cells  int            `json:"cells"` // points along each side
	F      results.Series `json:"f"`
	Slope  results.Series `json:"slope,omitempty"` // f′, in one variable
}

const (
	curveCells  = 400
	planeCells  = 110
	room        = 0.04    // of the window, on each side
	aspect      = 7.0 / 8 // height of the plane's window, of its width
	widestRange = 1e300
)

// pictureOf is the picture of a problem of one or two variables; nil in more.
func pictureOf(ctx context.Context, p *Problem) (*Picture, error) {
	var out *Picture
	switch p.Dim {
	case 1:
		out = &Picture{Cells: curveCells}
	case 2:
		out = &Picture{Cells: planeCells}
	default:
		return nil, nil
	}
	out.Window = p.view()
	composite, _ := problems.As[problems.Composite](p.built.Problem)
	x, g := make([]float64, p.Dim), make([]float64, p.Dim)
	rows := 1
	if p.Dim == 2 {
		rows = out.Cells
	}
	for j := range rows {
		for i := range out.Cells {
			if ctx.Err() != nil {
				return nil, stopped(ctx)
			}
			x[0] = out.at(out.Window.X, i)
			if p.Dim == 2 {
				x[1] = out.at(out.Window.Y, j)
			}
			f := p.built.Problem.Evaluate(x, g)
			if composite != nil {
				f += composite.Rest(x)
			}
			out.F = append(out.F, f)
			if p.Dim == 1 {
				out.Slope = append(out.Slope, g[0])
			}
		}
	}
	return out, nil
}

// sound reports whether the sides that are given have a lower and an upper end.
func (w *Window) sound() bool {
	for _, side := range []results.Series{w.X, w.Y} {
		if len(side) != 0 && (len(side) != 2 || !(side[0] < side[1]) || !(side[1]-side[0] < widestRange)) {
			return false
		}
	}
	return true
}

// at is the place of a point along a side.
func (p *Picture) at(side results.Series, i int) float64 {
	return side[0] + float64(float64(i)/float64(p.Cells-1)*(side[1]-side[0]))
}

// view is the window of the problem with the start in it and some room around. In the plane a length
// is the same in both directions.
func (p *Problem) view() Window {
	known := Window{}
	if p.Window != nil {
		known = *p.Window
	}
	side := func(known results.Series, i int) (low, high float64) {
		low, high = -3, 3
		if len(known) == 2 {
			low, high = known[0], known[1]
		}
		if i < len(p.Start) && math.Abs(p.Start[i]) < widestRange {
			low, high = min(low, p.Start[i]), max(high, p.Start[i])
		}
		more := float64(room * (high - low))
		return low - more, high + more
	}
	left, right := side(known.X, 0)
	if p.Dim == 1 {
		return Window{X: results.Series{left, right}}
	}
	low, high := side(known.Y, 1)
	half := max(float64((right-left)/2), float64((high-low)/(2*aspect)))
	x, y := float64((left+right)/2), float64((low+high)/2)
	return Window{X: results.Series{x - half, x + half}, Y: results.Series{y - float64(aspect*half), y + float64(aspect*half)}}
}

// around is a window that has a point and the origin in its middle half.
func around(p []float64) *Window {
	half := max(1, math.Abs(p[0]), math.Abs(p[1]))
	x, y := float64(p[0]/2), float64(p[1]/2)
	return &Window{X: results.Series{x - half, x + half}, Y: results.Series{y - half, y + half}}
}
