package app

import (
	keptlandscapes "github.com/gdbench/gdbench/internal/report/landscapes"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/runner/verify"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/report"
	"github.com/gdbench/gdbench/results"
)

// landscape is what a report draws of a problem and its facts.
func landscape(p problems.Problem, facts *problems.Facts) *report.Landscape {
	l := &report.Landscape{Dim: p.Dim(), Evaluate: objective(p)}
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

// objective is what a picture of p shows, with its gradient. For a composite f + h the proximal
// operator gives a subgradient of h at a point so near that no picture tells the difference.
func objective(p problems.Problem) func(x, gradient []float64) float64 {
	rest, composite := problems.As[problems.Composite](p)
	if !composite {
		return p.Evaluate
	}
	const near = 0x1p-20
	u := make([]float64, p.Dim())
	return func(x, gradient []float64) float64 {
		value := problems.Objective(p, x, gradient)
		if gradient != nil {
			rest.Prox(u, x, near)
			for i, v := range u {
				gradient[i] += float64((x[i] - v) / near)
			}
		}
		return value
	}
}

// landscapes are what the figures of a report look up: of one run what it has kept, so that
// any binary draws the same; of several runs, whose pictures show other windows, and of runs
// that kept nothing, the problems made again.
func landscapes(runs []*results.Run) (report.Rebuild, error) {
	again := rebuilt(runs)
	if len(runs) != 1 {
		return again, nil
	}
	kept, err := keptlandscapes.Read(runs[0].Folder)
	if err != nil {
		return nil, err
	}
	return func(r *results.Record) (*report.Landscape, error) {
		if l := kept[r.Labels.Problem]; l != nil {
			return l, nil
		}
		return again(r)
	}, nil
}

// keepLandscapes writes into the folder of a finished run what the figures of its report look
// up between the iterates. Without its suite that is read from the run, which starts its
// programs again.
func keepLandscapes(folder string, s *suite.Suite) error {
	run, err := results.Open(folder)
	if err != nil {
		return err
	}
	if s == nil {
		return keptlandscapes.Keep(run, rebuilt([]*results.Run{run}))
	}
	return keptlandscapes.Keep(run, drawnFrom(verify.RebuildOf(s)))
}

// rebuilt makes the problems of runs again.
func rebuilt(runs []*results.Run) report.Rebuild { return drawnFrom(verify.Rebuild(runs)) }

func drawnFrom(rebuild func(*results.Record) (problems.Problem, *problems.Facts, error)) report.Rebuild {
	return func(r *results.Record) (*report.Landscape, error) {
		p, facts, err := rebuild(r)
		if err != nil {
			return nil, err
		}
		return landscape(p, facts), nil
	}
}
