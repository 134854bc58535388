package app

import (
	"github.com/gdbench/gdbench/internal/runner/verify"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/report"
	"github.com/gdbench/gdbench/results"
)

// landscape is what a report draws of a problem and its facts.
func landscape(p problems.Problem, facts *problems.Facts) *report.Landscape {
	l := &report.Landscape{Dim: p.Dim(), Evaluate: p.Evaluate}
	if facts == nil {
		return l
	}
	if constant, err := facts.Global("L"); err == nil {
		l.L = constant
	}
	if len(facts.Starts) > 0 {
		l.Start = facts.Starts[0].X
	}
	if w := facts.Window; w != nil {
		l.Window = &report.Window{X: w.X, Y: w.Y}
	}
	if facts.Minimum != nil {
		l.Minimizers = facts.Minimum.Points
	}
	for _, c := range facts.Critical {
		l.Critical = append(l.Critical, report.CriticalPoint{Kind: string(c.Kind), X: c.X})
	}
	return l
}

// landscapes makes the problems of runs again for a report.
func landscapes(manifests []*results.Manifest) report.Rebuild {
	rebuild := verify.Rebuild(manifests, ".")
	return func(r *results.Record) (*report.Landscape, error) {
		p, facts, err := rebuild(r)
		if err != nil {
			return nil, err
		}
		return landscape(p, facts), nil
	}
}
