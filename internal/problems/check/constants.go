package check

import (
	"maps"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/problems/critical"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// constants: no sample contradicts a stated constant. Those of global scope are held
// against all points, those of the sublevel set against the points in it.
func constants(s *subject, t *tally) {
	for _, name := range slices.Sorted(maps.Keys(s.facts.Constants)) {
		c := s.facts.Constants[name]
		if !finite(c.Value) {
			t.fail("the constant %s is %g", name, c.Value)
			continue
		}
		points := s.within(c.Scope)
		switch name {
		case problems.SmoothnessL, problems.ConvexityMu, problems.SmallestCurve:
			checkCurvature(s, t, name, c.Value, points)
			if c.Scope == problems.Global && name == problems.SmoothnessL {
				checkLipschitz(s, t, c.Value)
			}
		case problems.PLConstant:
			checkPL(s, t, c.Value, points)
		case problems.HessianM:
			if c.Scope == problems.Global {
				checkHessianLipschitz(s, t, c.Value)
			}
		case problems.Lipschitz:
			if c.Scope == problems.Global {
				checkSlope(s, t, c.Value)
			}
		case problems.SampleMu:
			checkEverySample(s, t, c.Value)
		case problems.LargestL:
			if c.Scope == problems.Global {
				checkLargest(s, t, c.Value)
			}
		}
	}
	if l, mu := s.facts.Constants[problems.SmoothnessL], s.facts.Constants[problems.ConvexityMu]; l.Scope == problems.Global && mu.Scope == problems.Global {
		t.demand(mu.Value <= l.Value*(1+1e-12), "mu = %g exceeds L = %g", mu.Value, l.Value)
	}
}

// within lists the points where a constant of this scope holds.
func (s *subject) within(scope problems.Scope) []sample {
	switch {
	case scope == problems.Global:
		return s.points
	case scope != problems.Sublevel || len(s.facts.Starts) == 0:
		return nil
	}
	level := s.at(s.facts.Starts[0].X).f
	var inside []sample
	for _, p := range s.points {
		if p.f <= level {
			inside = append(inside, p)
		}
	}
	return inside
}

// checkCurvature holds μ ≤ λ ≤ L against the eigenvalues of the Hessian.
func checkCurvature(s *subject, t *tally, name string, stated float64, points []sample) {
	slack := 1e-7
	if !critical.Differentiated(s.problem) {
		slack = 1e-4 // the Hessian is made of differences
	}
	if s.n > 60 { // a spectrum costs n³
		points = points[:min(2, len(points))]
	}
	for _, at := range points {
		c := critical.Curvature(s.problem, at.x)
		if math.IsNaN(c.Lowest) {
			t.undecide()
			continue
		}
		room := float64(slack * math.Max(math.Abs(c.Lowest), math.Abs(c.Highest)))
		if name == problems.SmoothnessL {
			largest := math.Max(-c.Lowest, c.Highest)
			t.demand(largest <= stated+room, "L is stated to be %.12g; the curvature at %s reaches %.12g", stated, place(at.x), largest)
			continue
		}
		t.demand(c.Lowest >= stated-room, "%s is stated to be %.12g; the least curvature at %s is %.12g", name, stated, place(at.x), c.Lowest)
	}
}

// checkLipschitz holds ‖∇f(x) − ∇f(y)‖ ≤ L‖x − y‖ against pairs of points.
func checkLipschitz(s *subject, t *tally, stated float64) {
	for i, x := range s.points {
		for _, y := range s.points[:i] {
			ratio, noise := steepness(x, y)
			t.demand(ratio <= float64(stated*(1+1e-9))+noise, "L is stated to be %.12g; between %s and %s the gradient changes %.12g times the distance",
				stated, place(x.x), place(y.x), ratio)
		}
	}
}

// steepness is ‖∇f(x) − ∇f(y)‖/‖x − y‖ with the part that rounding may have added.
func steepness(x, y sample) (ratio, noise float64) {
	d, dg := make([]float64, len(x.x)), make([]float64, len(x.x))
	vec.AddScaled(d, x.x, -1, y.x)
	vec.AddScaled(dg, x.g, -1, y.g)
	distance := vec.Norm(d)
	if distance == 0 {
		return 0, 0
	}
	return vec.Norm(dg) / distance, 1e-12 * (vec.Norm(x.g) + vec.Norm(y.g)) / distance
}

// along is the sample as f along one coordinate sees it.
func (s sample) along(j int) sample { return sample{x: s.x[j : j+1], g: s.g[j : j+1]} }

// checkSlope holds ‖∇f‖ ≤ M against all points.
func checkSlope(s *subject, t *tally, stated float64) {
	for _, at := range s.points {
		t.demand(vec.Norm(at.g) <= stated*(1+1e-9), "%s is stated to be %.12g; at %s ‖∇f‖ is %.12g", problems.Lipschitz, stated, place(at.x), vec.Norm(at.g))
	}
}

// checkPL holds ‖∇f‖² ≥ 2·PL·(f − f*).
func checkPL(s *subject, t *tally, stated float64, points []sample) {
	m := s.facts.Minimum
	if m == nil {
		t.undecide()
		return
	}
	for _, at := range points {
		gap := at.f - m.Value
		squared := vec.Dot(at.g, at.g)
		slack := float64(1e-9*squared) + float64(2*stated*(m.Accuracy+float64(64*epsilon*(math.Abs(at.f)+math.Abs(m.Value)))))
		t.demand(squared >= float64(2*stated*gap)-slack, "PL is stated to be %.12g; at %s ‖∇f‖²/(2(f − f*)) is %.12g", stated, place(at.x), squared/(2*gap))
	}
}

// checkHessianLipschitz holds ‖(∇²f(x) − ∇²f(y))v‖ ≤ M‖x − y‖‖v‖, for v along x − y and
// a random one.
func checkHessianLipschitz(s *subject, t *tally, stated float64) {
	times := critical.Product(s.problem)
	hx, hy, d := make([]float64, s.n), make([]float64, s.n), make([]float64, s.n)
	for i, x := range s.points {
		for _, y := range s.points[:i] {
			vec.AddScaled(d, x.x, -1, y.x)
			for _, v := range [][]float64{slices.Clone(d), s.normal()} {
				times(x.x, v, hx)
				times(y.x, v, hy)
				noise := float64(1e-6 * (vec.Norm(hx) + vec.Norm(hy)))
				vec.AddScaled(hx, hx, -1, hy)
				bound := float64(stated * vec.Norm(d) * vec.Norm(v))
				t.demand(vec.Norm(hx) <= float64(bound*(1+1e-9))+noise, "M is stated to be %.12g; between %s and %s the Hessian changes %.12g times the distance",
					stated, place(x.x), place(y.x), stated*vec.Norm(hx)/bound)
			}
		}
	}
}

// checkLargest holds Lmax against the gradients of single samples, or against the
// curvature along coordinates where the problem is no sum.
func checkLargest(s *subject, t *tally, stated float64) {
	if sum, ok := problems.As[problems.FiniteSum](s.problem); ok {
		checkSamples(s, t, sum, stated)
		return
	}
	for i, x := range s.points {
		for _, y := range s.points[:i] {
			j := s.rng.IntN(s.n)
			moved := slices.Clone(x.x)
			moved[j] = y.x[j]
			ratio, noise := steepness(x.along(j), s.at(moved).along(j))
			t.demand(ratio <= float64(stated*(1+1e-9))+noise, "Lmax is stated to be %.12g; along coordinate %d at %s it is %.12g",
				stated, j, place(x.x), ratio)
		}
	}
}

// checkSamples looks for the sample and the direction in which the gradient changes
// most: the steepest of many samples over a random step, then power iteration.
func checkSamples(s *subject, t *tally, p problems.FiniteSum, stated float64) {
	const tried, rounds = 200, 10
	for _, x := range s.points {
		step := s.normal()
		steepest, most := int32(0), -1.0
		for _, i := range s.rng.Perm(p.Samples())[:min(tried, p.Samples())] {
			if ratio, _, _ := sampleSteepness(s, p, int32(i), x.x, step); ratio > most {
				steepest, most = int32(i), ratio
			}
		}
		for range rounds {
			ratio, noise, change := sampleSteepness(s, p, steepest, x.x, step)
			t.demand(ratio <= float64(stated*(1+1e-9))+noise, "Lmax is stated to be %.12g; at %s the gradient of sample %d changes %.12g times the distance",
				stated, place(x.x), steepest, ratio)
			if norm := vec.Norm(change); norm > 1e-100 {
				vec.Scale(vec.Norm(step)/norm, change)
				step = change
			}
		}
	}
}

// checkEverySample looks for a sample that is less curved than stated: along a random step
// from which what its gradient answers is taken out again and again.
func checkEverySample(s *subject, t *tally, stated float64) {
	p, ok := problems.As[problems.FiniteSum](s.problem)
	if !ok {
		t.fail("%s is a constant of samples, and there are none", problems.SampleMu)
		return
	}
	const rounds = 5
	for _, x := range s.points {
		i, step := int32(s.rng.IntN(p.Samples())), s.normal()
		for range rounds {
			_, noise, change := sampleSteepness(s, p, i, x.x, step)
			along := vec.Dot(change, step)
			curvature := along / vec.Dot(step, step)
			t.demand(curvature >= float64(stated*(1-1e-9))-noise, "%s is stated to be %.12g; at %s sample %d has curvature %.12g", problems.SampleMu, stated, place(x.x), i, curvature)
			squared, length := vec.Dot(change, change), vec.Norm(step)
			if !(squared > 1e-100) {
				break
			}
			vec.AddScaled(step, step, -along/squared, change)
			if vec.Norm(step) < 1e-3*length { // the sample answers alike in all that is left
				break
			}
		}
	}
}

// sampleSteepness is the change of one sample's gradient from x to x + step, and its
// size in relation to the step.
func sampleSteepness(s *subject, p problems.FiniteSum, i int32, x, step []float64) (ratio, noise float64, change []float64) {
	at := func(x []float64) sample {
		g := blank(s.n)
		p.EvaluateOn(x, g, []int32{i})
		return sample{x: x, g: g}
	}
	moved := make([]float64, s.n)
	vec.AddScaled(moved, x, 1, step)
	to, from := at(moved), at(x)
	ratio, noise = steepness(to, from)
	vec.AddScaled(to.g, to.g, -1, from.g)
	return ratio, noise, to.g
}
