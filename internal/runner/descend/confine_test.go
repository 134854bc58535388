package descend

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// What a method does that cannot leave the boundary is in the record where its descent begins there, also
// within a wrapper and from a start that is drawn; not where it begins inside, or can leave.
func TestBoundaryIsRecorded(t *testing.T) {
	const edge = "{name: quadratic, dim: 3, constraint: simplex, start: [3, 0, -1]}"
	for _, c := range []struct {
		problem, method string
		want            bool
	}{
		{edge, "mirror-descent", true},
		{edge, "{name: mirror-descent, wrap: {average: 0.9}}", true},
		{"{name: quadratic, dim: 3, constraint: simplex, start: {name: normal, scale: 100}}", "mirror-descent", true},
		{"{name: quadratic, dim: 3, constraint: simplex, start: [0.5, 0.3, 0.2]}", "mirror-descent", false},
		{edge, "projected-gradient", false},
	} {
		r := runCell(t, "budget: {iterations: 3}", c.problem, c.method)
		if said := strings.Contains(r.Start.Boundary, "the first one begins from"); said != c.want {
			t.Errorf("%s on %s: the record says %q", c.method, c.problem, r.Start.Boundary)
		}
	}
}

// A descent on a constrained problem begins at the projection of its start, counts projections, and
// records how many bounds are active at the end; one without a constraint has none of that.
func TestConstrainedRecord(t *testing.T) {
	const keys = "budget: {iterations: 200}"
	r := runCell(t, keys, "{name: quadratic, matrix: [[1, 0], [0, 4]], start: [4, 3], constraint: {box: {lower: [1, -1], upper: 2}}}", "proximal-gradient")
	if r.Start.Projected == nil || math.Abs(float64(*r.Start.Projected)-math.Sqrt(5)) > 1e-15 {
		t.Errorf("the start is moved by %v; expected √5", r.Start.Projected)
	}
	if r.Start.Value != 10 { // f(2, 2)
		t.Errorf("f = %v at the start; expected 10", r.Start.Value)
	}
	if r.Status != results.Converged || r.Final.Active == nil || *r.Final.Active != 1 || math.Abs(float64(r.Final.Value)-0.5) > 1e-9 {
		t.Errorf("%s at f = %v, %v active; expected f(1, 0) = 1/2 and one", r.Status, r.Final.Value, r.Final.Active)
	}
	if r.Counts.Projections != int64(r.Iterations) || r.Counts.Prox != 0 {
		t.Errorf("%d iterations: %+v", r.Iterations, r.Counts)
	}
	if r.Minimum == nil || math.Abs(float64(r.Minimum.Value)-0.5) > 1e-12 || r.Minimum.Source != "solved" {
		t.Errorf("f* is %+v; expected 1/2", r.Minimum)
	}
	inside := runCell(t, keys, "{name: quadratic, matrix: [[1, 0], [0, 4]], start: [2, 1], constraint: {box: {lower: [1, -1], upper: 2}}}", "proximal-gradient")
	if inside.Start.Projected != nil {
		t.Errorf("a start inside is moved by %v", *inside.Start.Projected)
	}
	free := runCell(t, keys, "{name: quadratic, matrix: [[1, 0], [0, 4]], start: [4, 3]}", "proximal-gradient")
	if free.Start.Projected != nil || free.Final.Active != nil || free.Counts.Projections != 0 {
		t.Errorf("without a constraint: %+v, %v, %+v", free.Start, free.Final.Active, free.Counts)
	}
	if free.ID == inside.ID || free.Conditions == inside.Conditions {
		t.Error("the constraint is no part of what the problem is")
	}
}

// Methods that know no constraints are skipped, and say why.
func TestUnconstrainedMethodsAreSkipped(t *testing.T) {
	for _, method := range []string{"bfgs", "{name: adam, lr: 0.1}", "gradient-descent", "gonum-lbfgs"} {
		r := runCell(t, "budget: {iterations: 5}", "{name: booth, constraint: nonnegative}", method)
		if r.Status != results.Skipped || !strings.Contains(r.Message, "needs a problem without a constraint") {
			t.Errorf("%s: %s, %s", method, r.Status, r.Message)
		}
		if r := runCell(t, "budget: {iterations: 5}", "booth", method); r.Status == results.Skipped {
			t.Errorf("%s without a constraint: %s", method, r.Message)
		}
	}
}
