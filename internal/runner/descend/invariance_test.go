package descend

import (
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// course is a column of the trace of a method, as written, on a problem; nil where it cannot run.
func course(t *testing.T, problem, method string, column func(*results.Record) []float64) []float64 {
	t.Helper()
	text := "suite: t\nbudget: {iterations: 25}\nstop: {gradient: 0}\ntrace: {every: 1}\nproblems: [" + problem + "]\nmethods: [" + method + "]\n"
	s, err := suite.Read("t", ".", strings.NewReader(text), nil)
	if err != nil {
		return nil // a parameter without a default
	}
	for c := range s.Cells() {
		b, err := prepare.Problem(s, c.Problem)
		if err != nil {
			t.Fatal(err)
		}
		r, ok := NewWorker(s, prepare.Problems{c.Problem: b}, new(atomic.Bool)).Run(c)
		if !ok || r.Trace == nil || r.Status == results.Skipped {
			return nil
		}
		return column(r)
	}
	return nil
}

func gaps(r *results.Record) []float64      { return r.Trace.Gap }
func distances(r *results.Record) []float64 { return r.Trace.Distance }

// sameCourse reports whether two courses agree as far as they are above rounding.
func sameCourse(a, b []float64, tolerance float64) bool {
	for k := range min(len(a), len(b)) {
		if a[k] < 1e-9*a[0] || b[k] < 1e-9*b[0] || math.IsNaN(a[k]) {
			break
		}
		if math.Abs(a[k]-b[k]) > tolerance*a[k] {
			return false
		}
	}
	return len(a) > 0 && len(b) > 0
}

// invariances are the transformations of a problem that families of methods do not notice, and
// families that do. Both are tried on every method of the registry that is of the family.
var invariances = []struct {
	name           string
	base, changed  string
	column         func(*results.Record) []float64
	keep, notice   []string // families
	except         []string // methods of these families that are given or measure what changes
	tolerance      float64
	least, noticed int // methods that keep, and that notice, at least
}{
	{
		name: "rotation",
		base: "{name: quadratic, dim: 4, condition: 10}", changed: "{name: rotate, of: {name: quadratic, dim: 4, condition: 10}}", column: gaps,
		keep: []string{"gradient", "momentum", "quasi-Newton", "conjugate gradient", "newton", "least squares"}, notice: []string{"adam", "sign", "rmsprop"},
		except: []string{"coordinate-descent"}, tolerance: 1e-6, least: 12, noticed: 6,
	},
	{
		name: "curvatures of the axes", // g is scaled coordinate by coordinate, and x is not
		base: "{name: quadratic, dim: 4, condition: 1, start: [1, -2, 3, 1]}", changed: "{name: quadratic, dim: 4, condition: 50, start: [1, -2, 3, 1]}", column: distances,
		keep: []string{"adam", "sign", "rmsprop"}, notice: []string{"gradient", "momentum"}, except: []string{"adadelta", "prodigy", "radam", "rprop"}, tolerance: 1e-5, least: 6, noticed: 3,
	},
	{
		name: "scale of f",
		base: "{name: quadratic, dim: 4, condition: 10, start: [1, -2, 3, 1]}", changed: "{name: scale, of: {name: quadratic, dim: 4, condition: 10}, ratio: 1, value: 1024, start: [1, -2, 3, 1]}", column: distances,
		keep: []string{"sign", "newton", "quasi-Newton"}, tolerance: 1e-6, least: 4, except: []string{"adaptive-cubic", "cubic-newton", "trust-region"},
	},
}

// Transformations that a family does not notice leave the courses of all its methods as they were,
// and families that measure coordinates or lengths do notice them. Newton's method does not notice
// affine maps: Boyd & Vandenberghe 2004, Convex Optimization, section 9.5.1.
func TestInvariances(t *testing.T) {
	for _, law := range invariances {
		t.Run(law.name, func(t *testing.T) {
			kept, noticed := 0, 0
			registry := param.Of[methods.Method]()
			for _, name := range registry.Names() {
				entry, err := registry.Lookup(name)
				if err != nil {
					t.Fatal(err)
				}
				keeps, notices := slices.Contains(law.keep, entry.FamilyOrName()), slices.Contains(law.notice, entry.FamilyOrName())
				if entry.Foreign() || slices.Contains(law.except, name) || !keeps && !notices {
					continue
				}
				before, after := course(t, law.base, name, law.column), course(t, law.changed, name, law.column)
				if before == nil || after == nil {
					continue
				}
				same := sameCourse(before, after, law.tolerance)
				switch {
				case keeps && !same:
					t.Errorf("%s notices: %.4g and %.4g", name, before, after)
				case keeps:
					kept++
				case !same:
					noticed++
				}
			}
			if kept < law.least || noticed < law.noticed {
				t.Errorf("%d methods were tried, want %d; %d others notice, want %d", kept, law.least, noticed, law.noticed)
			}
		})
	}
}

// Newton's method under an affine map: other axes and other units of each.
func TestNewtonIsAffineInvariant(t *testing.T) {
	plain := course(t, "{name: rosenbrock}", "newton", gaps)
	mapped := course(t, "{name: scale, of: {name: rotate, of: rosenbrock}, ratio: 100}", "newton", gaps)
	if !sameCourse(plain, mapped, 1e-4) {
		t.Errorf("gaps %.6g and %.6g", plain, mapped)
	}
	if sameCourse(course(t, "{name: rosenbrock}", "{name: fixed-step, lr: 1e-4}", gaps), course(t, "{name: scale, of: {name: rotate, of: rosenbrock}, ratio: 100}", "{name: fixed-step, lr: 1e-4}", gaps), 1e-4) {
		t.Error("gradient descent does not notice an affine map")
	}
}

// Transformations that change lengths of gradients and no signs are not noticed by methods that use nothing
// but the signs of the current gradient, bit by bit: a plateau keeps all directions, and kinks along the axes
// of a separable convex function point where its gradient does. Those that keep directions are not noticed by
// normalized steps either, up to rounding.
func TestSignsAreKept(t *testing.T) {
	const quadratic = "{name: quadratic, dim: 6, condition: 10}"
	const far = ", start: [3, -2, 1, 2, -1, 2]"
	plateau, kinks := "{name: plateau, of: "+quadratic+", depth: 50"+far+"}", "{name: kinks, of: "+quadratic+", weight: 3"+far+"}"
	for _, c := range []struct {
		method, changed string
		tolerance       float64 // -1: it notices
	}{
		{"rprop", plateau, 0},
		{"{name: signum, momentum: 0, lr: 0.01}", plateau, 0},
		{"{name: descent, direction: {name: steepest, normalized: true}, step: {name: fixed, t: 0.1}}", plateau, 1e-9},
		{"{name: fixed-step, lr: 0.05}", plateau, -1},
		{"{name: heavy-ball, lr: 0.05}", plateau, -1},
		{"{name: adam, lr: 0.1}", plateau, -1},
		{"rprop", kinks, 0},
		{"{name: signum, momentum: 0, lr: 0.01}", kinks, 0},
		{"{name: fixed-step, lr: 0.05}", kinks, -1},
		{"{name: descent, direction: {name: steepest, normalized: true}, step: {name: fixed, t: 0.1}}", kinks, -1},
	} {
		before, after := course(t, strings.TrimSuffix(quadratic, "}")+far+"}", c.method, distances), course(t, c.changed, c.method, distances)
		if before == nil || after == nil {
			t.Fatalf("%s does not run", c.method)
		}
		if same := sameCourse(before, after, math.Max(c.tolerance, 1e-3)); c.tolerance < 0 && same {
			t.Errorf("%s does not notice %s: %.6g", c.method, c.changed, before)
		}
		if c.tolerance >= 0 && !sameCourse(before, after, c.tolerance) {
			t.Errorf("%s notices %s: %.6g and %.6g", c.method, c.changed, before, after)
		}
	}
}
