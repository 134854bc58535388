package play

import (
	"context"
	"fmt"
	"math"

	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Surface is the part of a function that the page draws.
type Surface struct {
	Window Window `json:"window"`
	Cells  int    `json:"cells"` // points along each side
}

// Values are those of a surface, row by row from the lowest y; f is null where it is not finite.
type Values struct {
	Cells int            `json:"cells"`
	F     results.Series `json:"f"`
	Slope results.Series `json:"slope,omitempty"` // f′, in one variable
}

const mostCells = 400

func values(ctx context.Context, setup Setup, s *Surface) (*Values, error) {
	if s == nil || s.Cells < 2 || s.Cells > mostCells {
		return nil, fmt.Errorf("surface: expected 2 to %d cells", mostCells)
	}
	_, b, _, err := setup.read()
	if err != nil {
		return nil, err
	}
	n := b.Problem.Dim()
	sides := []results.Series{s.Window.X, s.Window.Y}
	if n > 2 {
		return nil, fmt.Errorf("a function of %d variables has no picture", n)
	}
	for _, side := range sides[:n] {
		if len(side) != 2 || !(side[0] < side[1]) || math.IsInf(side[1]-side[0], 0) {
			return nil, fmt.Errorf("window: expected a lower and an upper end for each variable")
		}
	}
	out := &Values{Cells: s.Cells}
	at := func(side results.Series, i int) float64 {
		return side[0] + float64(float64(i)/float64(s.Cells-1)*(side[1]-side[0]))
	}
	composite, _ := problems.As[problems.Composite](b.Problem)
	x, g := make([]float64, n), make([]float64, n)
	rows := 1
	if n == 2 {
		rows = s.Cells
	}
	for j := range rows {
		if ctx.Err() != nil {
			return nil, stopped(ctx)
		}
		for i := range s.Cells {
			x[0] = at(s.Window.X, i)
			if n == 2 {
				x[1] = at(s.Window.Y, j)
			}
			f := b.Problem.Evaluate(x, g)
			if composite != nil {
				f += composite.Rest(x)
			}
			out.F = append(out.F, f)
			if n == 1 {
				out.Slope = append(out.Slope, g[0])
			}
		}
	}
	return out, nil
}
