package plots

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Sharpness shows λmax of the Hessian along each run, and the edge above which its method
// is unstable, dotted in the same colour: 2/lr for gradient descent. It is nil where no
// run has watched the sharpness.
//
// On a quadratic that is sharper than the edge the iterates grow. Networks under full
// gradients sharpen until they reach it and then hover there: the edge of stability
// (Cohen et al. 2021, arXiv:2103.00065).
func Sharpness(p *evidence.Problem) *figure.Figure {
	f := perIteration(p, RoleSharpness, "sharpness λmax", figure.Log,
		"The largest eigenvalue of the Hessian at each iterate. Dotted, in the same colour: the edge above which the method's steps grow on a quadratic, 2/lr for gradient descent. A run can settle only below its edge.",
		func(c *evidence.Cell, k int) float64 { return evidence.Column(c.Trace.Diagnostics["sharpness"], k) })
	if f == nil {
		return nil
	}
	edges := map[string]float64{}
	for _, entry := range p.Entries {
		edges[entry.Label] = entry.Edge
	}
	curves := len(f.Series)
	for _, s := range f.Series {
		edge, known := edges[s.Label]
		if !known || math.IsNaN(edge) {
			continue
		}
		from, to := s.X[0], s.X[len(s.X)-1]
		f.Series = append(f.Series, figure.Series{Label: "edge of " + s.Label, Method: s.Method, Kind: figure.Line, Color: s.Color, Dash: figure.Dotted, Thin: true,
			X: []float64{from, to}, Y: []float64{edge, edge}})
	}
	if len(f.Series) > curves {
		f.Notes = append(f.Notes, "Dotted, in the same colour: the edge above which steps grow on a quadratic, 2/lr for gradient descent.")
	}
	return f
}
