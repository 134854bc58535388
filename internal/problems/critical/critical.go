// Package critical says where a descent has ended: at a minimum (and which one), at a
// saddle, at a maximum, at a degenerate point, or nowhere in particular.
//
// It decides in this order, from the surest evidence to the least sure:
//
//  1. x lies within 1e-6·max(1, ‖p‖) of a critical point p that the facts state: that
//     point, whatever the gradient says (a minimum may be a kink).
//  2. The gradient is not small, ‖∇f(x)‖ > Tolerance·max(1, Scale): not critical. Scale
//     is the gradient norm at the start, as in the stop test of a run. For a composite
//     problem the gradient is that of the prox-gradient mapping.
//  3. The nearest stated critical point p lies within 1e-3·max(1, ‖p‖): that point.
//  4. The problem is convex: a global minimum.
//  5. The eigenvalues of the Hessian decide. Where the Hessian is dense they are taken
//     after a few Newton steps from x, because a flat minimum such as x⁴ has a small
//     positive curvature everywhere but at the minimum itself; if the steps lead away
//     by more than a tenth of max(1, ‖x‖), no critical point is near. An eigenvalue
//     counts as zero below 1e-7 of the largest in modulus (1e-5 where the Hessian has to
//     be made of differences of the gradient).
//
// What it refuses to do: call a point the global minimum of a nonconvex function because
// nothing better was seen. That takes a known f*.
package critical

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

const (
	defaultTolerance  = 1e-6
	sameRadius        = 1e-6 // of max(1, ‖p‖): x is the known point p
	nearRadius        = 1e-3 // of max(1, ‖p‖): x is on its way to p
	polishRadius      = 0.1  // of max(1, ‖x‖): how far Newton steps may lead
	zeroCurvature     = 1e-7 // of the largest |λ|
	zeroByDifferences = 1e-5 // the same, where the Hessian is differences of ∇f
	valueTolerance    = 1e-8 // of max(1, |f*|): f reaches f*
)

// Options scale the test for a small gradient.
type Options struct {
	Scale     float64 // ‖∇f(x0)‖ of the run; 0 where unknown
	Tolerance float64 // 0 means 1e-6
}

// Ending is where a descent has ended.
type Ending struct {
	Kind     problems.Kind // "" where the point is not critical, or its kind is unknown
	Critical bool          // the gradient is small, or a known critical point is reached
	Basin    int           // index in Known(facts) of the point reached, −1 for none
	Distance float64       // to that point; NaN for none

	GradientNorm    float64
	Lowest, Highest float64 // extreme eigenvalues of the Hessian; NaN where they were not needed
}

// Known lists the critical points that the facts state, the minimizers first.
func Known(f *problems.Facts) []problems.Critical {
	var known []problems.Critical
	if f.Minimum != nil {
		for _, x := range f.Minimum.Points {
			known = append(known, problems.Critical{X: x, Kind: problems.GlobalMinimum})
		}
	}
	return append(known, f.Critical...)
}

// Classify says where x lies. It evaluates p freely: nothing is charged to a method.
func Classify(p problems.Problem, f *problems.Facts, x []float64, options Options) Ending {
	if options.Tolerance == 0 {
		options.Tolerance = defaultTolerance
	}
	end := Ending{Basin: -1, Distance: math.NaN(), Lowest: math.NaN(), Highest: math.NaN()}
	value := 0.0
	value, end.GradientNorm = measure(p, f, x)

	known := Known(f)
	nearest, distance := nearest(known, x)
	within := func(radius float64) bool {
		return nearest >= 0 && distance <= radius*math.Max(1, vec.Norm(known[nearest].X))
	}
	reach := func() Ending {
		end.Critical, end.Kind, end.Basin, end.Distance = true, known[nearest].Kind, nearest, distance
		return end
	}
	if within(sameRadius) {
		return reach()
	}
	if !(end.GradientNorm <= options.Tolerance*math.Max(1, options.Scale)) {
		return end
	}
	convex := f.Convexity == problems.Convex || f.Convexity == problems.StronglyConvex
	_, composite := problems.As[problems.Composite](p)
	switch {
	case within(nearRadius):
		return reach()
	case convex:
		end.Critical, end.Kind = true, problems.GlobalMinimum
	case composite || !twiceDifferentiable(p):
		end.Critical = true // ∇²f says nothing about f + h, nor where it does not exist
	default:
		bySpectrum(p, f, x, value, &end)
	}
	return end
}

// twiceDifferentiable reports whether p has second derivatives everywhere, which is assumed
// of a problem that does not say otherwise.
func twiceDifferentiable(p problems.Problem) bool {
	s, ok := problems.As[problems.Smoothness](p)
	return !ok || s.TwiceDifferentiable()
}

// bySpectrum classifies by the eigenvalues of the Hessian.
func bySpectrum(p problems.Problem, f *problems.Facts, x []float64, value float64, end *Ending) {
	var spectrum Spectrum
	if len(x) <= denseLimit {
		var moved float64
		spectrum, moved = Polish(p, x)
		if moved > polishRadius*math.Max(1, vec.Norm(x)) {
			return
		}
	} else {
		spectrum = lanczos(product(p, x), len(x))
	}
	end.Lowest, end.Highest = spectrum.Lowest, spectrum.Highest
	if math.IsNaN(end.Lowest) || math.IsNaN(end.Highest) {
		return
	}
	end.Critical = true
	end.Kind = spectrum.Kind()
	if m := f.Minimum; m != nil && end.Kind != problems.Saddle && end.Kind != problems.Maximum &&
		value-m.Value <= math.Max(m.Accuracy, valueTolerance*math.Max(1, math.Abs(m.Value))) {
		end.Kind = problems.GlobalMinimum
	}
}

// measure is the objective at x with the norm of its gradient, or of the gradient
// mapping (x − prox(x − t∇f, t))/t with t = 1/L, or 1 where L is unknown.
func measure(p problems.Problem, f *problems.Facts, x []float64) (value, norm float64) {
	g := make([]float64, len(x))
	value = p.Evaluate(x, g)
	c, ok := problems.As[problems.Composite](p)
	if !ok {
		return value, vec.Norm(g)
	}
	t := 1.0
	if l, err := f.Global(problems.SmoothnessL); err == nil {
		t = 1 / l
	}
	u := make([]float64, len(x))
	vec.AddScaled(u, x, -t, g)
	c.Prox(u, u, t)
	vec.AddScaled(u, x, -1, u)
	return value + c.Rest(x), vec.Norm(u) / t
}

func nearest(known []problems.Critical, x []float64) (index int, distance float64) {
	index, distance = -1, math.Inf(1)
	d := make([]float64, len(x))
	for i, c := range known {
		if len(c.X) != len(x) {
			continue
		}
		vec.AddScaled(d, x, -1, c.X)
		if r := vec.Norm(d); r < distance {
			index, distance = i, r
		}
	}
	return index, distance
}
