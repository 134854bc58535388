package plots

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
)

// Plot is one kind of figure: how its files are called, what it shows, and who makes it.
type Plot struct {
	Role  figure.Role
	Files string // pattern of the files' names, without extension
	Shows string // in a line

	across func(*field) []*figure.Figure   // over all problems; nil: a figure of one problem
	on     func(*subject) []*figure.Figure // of one problem; nil: over all
}

// The roles of figures.
const (
	RoleRuntimes           figure.Role = "runtimes"
	RoleGroupRuntimes      figure.Role = "group-runtimes"
	RolePerformanceProfile figure.Role = "performance-profile"
	RoleDataProfile        figure.Role = "data-profile"
	RoleRanks              figure.Role = "ranks"
	RoleTuningRanks        figure.Role = "tuning-ranks"
	RoleMap                figure.Role = "map"
	RoleDose               figure.Role = "dose"
	RoleConvergence        figure.Role = "convergence"
	RolePath               figure.Role = "path"
	RoleCurve              figure.Role = "curve"
	RoleTangents           figure.Role = "tangents"
	RoleDecrease           figure.Role = "decrease"
	RoleBasins             figure.Role = "basins"
	RoleLearningRate       figure.Role = "learning-rate"
	RoleCostByRate         figure.Role = "cost-by-rate"
	RoleRateByBatch        figure.Role = "rate-by-batch"
	RoleEpochsByBatch      figure.Role = "epochs-by-batch"
	RoleTuning             figure.Role = "tuning"
	RoleStepLength         figure.Role = "step-length"
	RoleTrials             figure.Role = "trials"
	RoleOrder              figure.Role = "order"
	RoleSharpness          figure.Role = "sharpness"
	RoleNoiseFloor         figure.Role = "noise-floor"
	RoleMean               figure.Role = "mean"
	RoleLayers             figure.Role = "layers"
	RoleLayersAlong        figure.Role = "layers-along"
	RoleStepsByBatch       figure.Role = "steps-by-batch"
	RoleSamplesByBatch     figure.Role = "samples-by-batch"
	RoleLandscape          figure.Role = "landscape" // of Picture, without a run
	RoleSlice              figure.Role = "slice"     // of Picture, without a run
)

// details are the kinds that are drawn only where they are asked for: the trials of a step are in its
// cost, the worth of tuning is of the grid that learning-rate shows, samples are steps times the batch,
// and the table of orders says what points along a slope do.
var details = []figure.Role{RoleTrials, RoleTuning, RoleSamplesByBatch, RoleOrder}

// List has every kind of figure of a report, in the order in which they are made. The
// catalogue in docs/report.md is generated from it.
var List = []Plot{
	{RoleRuntimes, "runtimes-COST", "share of all targets that each method has reached, against the cost", func(f *field) []*figure.Figure {
		return one(Runtimes(f.contest, f.cost))
	}, nil},
	{RoleGroupRuntimes, "group-runtimes-LABEL-PRICE", "share of all targets that each method has reached on a group of problems of a published suite, against the evaluations per variable; a gradient counts as 1, or as D evaluations", func(f *field) []*figure.Figure {
		return GroupRuntimes(f.contest)
	}, nil},
	{RolePerformanceProfile, "performance-profile-COST", "share of the instances that each method solves within a factor of the fastest", func(f *field) []*figure.Figure {
		return when(f.ranked, func() *figure.Figure { return PerformanceProfile(f.finest, f.goal, f.cost) })
	}, nil},
	{RoleDataProfile, "data-profile-COST", "share of the instances that each method solves, against the budget in groups of n + 1 evaluations", func(f *field) []*figure.Figure {
		return when(f.ranked, func() *figure.Figure { return DataProfile(f.finest, f.goal, evidence.Evaluations) })
	}, nil},
	{RoleRanks, "ranks-COST", "mean rank of each method over the problems; bars join those whose difference is not significant", func(f *field) []*figure.Figure {
		return when(f.ranked, func() *figure.Figure { return Ranks(f.finest, f.goal, f.cost) })
	}, nil},
	{RoleTuningRanks, "tuning-ranks", "mean rank of each method against the number of trials that its settings were chosen from (`tune:`)", func(f *field) []*figure.Figure {
		return one(TuningRanks(f.search))
	}, nil},
	{RoleMap, "map", "how many times as much work each method needs where a problem is harder in one way (`gdbench map`)", func(f *field) []*figure.Figure {
		return one(Map(f.search))
	}, nil},
	{RoleDose, "dose-MODE", "the same against how much harder the problem is", func(f *field) []*figure.Figure {
		return DoseCurves(f.search)
	}, nil},
	{RoleConvergence, "QUANTITY-COST-PROBLEM", "gap (or gradient norm, value, distance) against the cost, with the bounds of theorems", nil, func(s *subject) []*figure.Figure {
		return convergences(s.problem, s.asked)
	}},
	{RolePath, "path-PROBLEM", "iterates in two variables over the level lines, with the critical points", nil, func(s *subject) []*figure.Figure {
		return one(Paths(s.problem, s.landscape))
	}},
	{RoleCurve, "curve-PROBLEM", "iterates in one variable on the graph of f", nil, func(s *subject) []*figure.Figure {
		return one(OnTheCurve(s.problem, s.landscape))
	}},
	{RoleTangents, "tangents-PROBLEM", "tangents of the first steps in one variable, with Taylor's remainder", nil, func(s *subject) []*figure.Figure {
		return one(Tangents(s.problem, s.landscape))
	}},
	{RoleDecrease, "decrease-PROBLEM", "actual decrease of each step over the decrease that its tangent predicts", nil, func(s *subject) []*figure.Figure {
		return one(Decrease(s.problem))
	}},
	{RoleBasins, "basins-PROBLEM", "random starts in two variables, coloured by where the run ended", nil, func(s *subject) []*figure.Figure {
		return one(Basins(s.problem, s.landscape))
	}},
	{RoleLearningRate, "learning-rate-PROBLEM", "final gap against the learning rate", nil, func(s *subject) []*figure.Figure {
		return one(Sensitivity(s.problem, s.limit))
	}},
	{RoleCostByRate, "cost-by-rate-PROBLEM", "cost to the target against the learning rate", nil, func(s *subject) []*figure.Figure {
		return one(CostByRate(s.problem, s.limit))
	}},
	{RoleRateByBatch, "rate-by-batch-PROBLEM", "final gap by learning rate and batch size", nil, func(s *subject) []*figure.Figure {
		return one(RateByBatch(s.problem))
	}},
	{RoleEpochsByBatch, "epochs-by-batch-PROBLEM", "epochs to the target by learning rate and batch size", nil, func(s *subject) []*figure.Figure {
		return one(EpochsByBatch(s.problem))
	}},
	{RoleTuning, "tuning-PROBLEM", "expected best gap against the number of settings tried", nil, func(s *subject) []*figure.Figure {
		return one(Tuning(s.problem))
	}},
	{RoleStepLength, "step-length-PROBLEM", "step length of each iteration", nil, func(s *subject) []*figure.Figure {
		return one(StepLengths(s.problem))
	}},
	{RoleTrials, "trials-PROBLEM", "points that a line search tried in each iteration", nil, func(s *subject) []*figure.Figure {
		return one(Trials(s.problem))
	}},
	{RoleOrder, "order-PROBLEM", "each gap against the one before it: the order of convergence is the slope", nil, func(s *subject) []*figure.Figure {
		return one(Order(s.problem))
	}},
	{RoleSharpness, "sharpness-PROBLEM", "largest eigenvalue of the Hessian along each run, with the edge of stability (`diagnostics: [sharpness]`)", nil, func(s *subject) []*figure.Figure {
		return one(Sharpness(s.problem))
	}},
	{RoleNoiseFloor, "noise-floor-PROBLEM", "gap at which the noise of batches holds a method, against the learning rate", nil, func(s *subject) []*figure.Figure {
		return one(NoiseFloor(s.problem, s.limit))
	}},
	{RoleMean, "mean-QUANTITY-PROBLEM", "mean over the repeats with its interval, and the bound of a theorem in expectation", nil, func(s *subject) []*figure.Figure {
		return Expectations(s.problem)
	}},
	{RoleLayers, "layers-PROBLEM", "gradient norm of each layer at the start and at the end (`diagnostics: [layers]`)", nil, func(s *subject) []*figure.Figure {
		return one(LayerProfile(s.problem))
	}},
	{RoleLayersAlong, "layers-along-PROBLEM", "gradient norm of each layer along the first method's run (`diagnostics: [layers]`)", nil, func(s *subject) []*figure.Figure {
		return one(LayerCourse(s.problem))
	}},
	{RoleStepsByBatch, "steps-by-batch-PROBLEM", "iterations to the target against the batch size, with the critical batch size", nil, func(s *subject) []*figure.Figure {
		return one(StepsByBatch(s.problem))
	}},
	{RoleSamplesByBatch, "samples-by-batch-PROBLEM", "epochs to the target against the batch size", nil, func(s *subject) []*figure.Figure {
		return one(SamplesByBatch(s.problem))
	}},
}

func one(f *figure.Figure) []*figure.Figure { return []*figure.Figure{f} }

// when is the figure where there is one to make.
func when(is bool, of func() *figure.Figure) []*figure.Figure {
	if !is {
		return nil
	}
	return one(of())
}

// Catalogue lists the figures as a Markdown table.
func Catalogue() string {
	var b strings.Builder
	b.WriteString("| files | shows |\n|---|---|\n")
	for _, plot := range List {
		when := ""
		if slices.Contains(details, plot.Role) {
			when = "; with `--all` or `--figure`"
		}
		fmt.Fprintf(&b, "| `%s` | %s%s |\n", plot.Files, plot.Shows, when)
	}
	return b.String()
}
