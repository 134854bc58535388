package critical

import (
	"math"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// ε is the distance from 1 to the next number.
const ε = 0x1p-52

// byCurvature takes Newton steps from the end to a critical point, and is its kind by the
// eigenvalues of the Hessian there; "" where the steps do not converge nearby.
func (e *end) byCurvature() problems.Kind {
	if !e.flattened() {
		return ""
	}
	if len(e.x) > denseLimit {
		return e.byProducts()
	}
	a := e.settle()
	if a == nil || !e.arrived(a.y, a.moved, a.radius) || a.tail(e.problem) {
		return ""
	}
	return a.kind()
}

// flattened reports that the gradient is small in comparison with that of the start, or with
// the mean slope on the way. Without that no Hessian is worth its price.
func (e *end) flattened() bool {
	return e.norm <= smallGradient*e.start.GradientNorm || e.norm*e.travel <= 1e-3*(e.start.Value-e.value)
}

// arrived reports that a critical point y at a distance from x is where the descent has ended:
// the distance is small in comparison with that from the start or, where the start is as near
// as rounding lets it be, with the size of the coordinates; and so is what is left of the
// gradient, or of the decrease.
func (e *end) arrived(y []float64, moved, radius float64) bool {
	if moved <= 1e-8*vec.Norm(e.x) {
		return true
	}
	if e.norm > smallGradient*e.start.GradientNorm {
		f := e.problem.Evaluate(y, nil)
		if !(math.Abs(e.value-f) <= smallGap*math.Abs(e.start.Value-f)) {
			return false
		}
	}
	return moved <= radius*distance(y, e.start.X)
}

// arrival is where Newton steps from the end lead.
type arrival struct {
	y, g     []float64
	values   []float64 // of the Hessian at y, ascending
	vectors  *linalg.Eigen
	zero     float64   // modulus at or below which an eigenvalue is lost in rounding
	moved    float64   // ‖y − x‖
	radius   float64   // how far, of the distance from the start, y may be
	length   float64   // the scale of x
	vanished []float64 // the last step, where the curvature along the steps has vanished
}

// settle takes Newton steps from x, in the eigenvectors whose curvature is not lost in
// rounding, until they are as short as rounding lets them. At a minimum such as that of x⁴
// they only shrink by a constant factor, and the curvature vanishes on the way. It is nil where
// neither happens.
func (e *end) settle() *arrival {
	const steps = 40
	a := &arrival{y: append([]float64(nil), e.x...), g: append([]float64(nil), e.g...), radius: nearRadius}
	a.length = math.Max(e.travel, 1e-5*vec.Norm(e.x))
	if !a.decompose(e) {
		return nil
	}
	a.zero = resolution(e.problem, a.y, a.values, e.length)
	least := leastAbove(a.values, a.zero)
	curved := countAbove(a.values, a.zero)
	var step []float64
	first, length, before := 0.0, math.Inf(1), math.Inf(1)
	settled := false
	for k := 0; k < steps && !settled; k++ {
		next := newton(a.values, a.vectors, a.g, a.zero)
		if vec.IsZero(next) { // no gradient is left, or no curvature
			if settled = true; k == 1 {
				before, length = length, 0 // the one step was all
			}
			break
		}
		step, before, length = next, length, vec.Norm(next)
		if k == 0 {
			first = length
		}
		slope := vec.Norm(a.g)
		vec.AddScaled(a.y, a.y, 1, step)
		a.moved = distance(e.x, a.y)
		if !(a.moved <= math.Max(flatRadius*a.length, 1e-8*vec.Norm(e.x))) {
			return nil
		}
		e.problem.Evaluate(a.y, a.g)
		if !a.decompose(e) {
			return nil
		}
		short := length <= 1e-10*a.length || length <= 1e-6*a.length && length > 0.9*before
		settled = short && !fading(vec.Norm(a.g)/slope)
	}
	if countAbove(a.values, 1e-4*least) < curved {
		a.vanished, a.radius = step, flatRadius
	}
	switch shrunk := length <= 0.95*before && length <= 1e-3*first; {
	case a.vanished == nil && !settled, a.vanished != nil && !shrunk:
		return nil
	}
	a.zero = math.Max(a.zero, resolution(e.problem, a.y, a.values, e.length))
	return a
}

// fading reports that a Newton step has left the share of the gradient that it leaves where f
// falls exponentially, 1/e: near a minimum it leaves much less, or where rounding decides as much.
func fading(share float64) bool { return share > 0.1 && share < 0.5 }

// decompose finds the eigenvalues at y; false where the Hessian there is not finite.
func (a *arrival) decompose(e *end) bool {
	a.values, a.vectors = eigen(e.problem, a.y, e.length)
	return a.values != nil
}

// kind is that of a critical point with these eigenvalues. Where all of them are lost in
// rounding nothing is known of it.
func (a *arrival) kind() problems.Kind {
	low, high := a.values[0], a.values[len(a.values)-1]
	switch {
	case low < -a.zero && high > a.zero:
		return problems.Saddle
	case a.vanished != nil:
		return problems.Degenerate
	case low > a.zero:
		return problems.LocalMinimum
	case high < -a.zero:
		return problems.Maximum
	case low >= -a.zero && high <= a.zero:
		return ""
	}
	return problems.Degenerate
}

// tail reports that, where there is no curvature, f falls on and on ever more slowly, as e^−x
// does: the slope in that direction grows behind y and shrinks before it, but keeps its sign.
func (a *arrival) tail(p problems.Problem) bool {
	u := a.vanished
	if u == nil {
		u = make([]float64, len(a.g))
		for j, λ := range a.values {
			if math.Abs(λ) <= a.zero {
				v := a.vectors.Vector(j)
				vec.AddScaled(u, u, vec.Dot(v, a.g), v)
			}
		}
	}
	norm := vec.Norm(u)
	here := math.Abs(vec.Dot(u, a.g))
	if here == 0 {
		return false
	}
	if vec.Dot(u, a.g) > 0 {
		norm = -norm
	}
	y, g := make([]float64, len(u)), make([]float64, len(u))
	fall := func(t float64) float64 { // how steeply f falls along u at y + t
		vec.AddScaled(y, a.y, t/norm, u)
		p.Evaluate(y, g)
		return -vec.Dot(u, g) * math.Copysign(1, norm)
	}
	const probe = 0.1
	before, ahead := fall(-probe*a.length), fall(probe*a.length)
	return ahead >= 0 && 2*ahead <= here && before >= 2*here
}

// resolution is the modulus up to which the eigenvalues of a Hessian are lost in its rounding:
// that of the decomposition, and how much they change when x does by some units in its last
// place.
func resolution(p problems.Problem, x, values []float64, length float64) float64 {
	largest := math.Max(math.Abs(values[0]), math.Abs(values[len(values)-1]))
	zero := float64(64*ε*float64(len(x))) * largest
	if !Differentiated(p) {
		zero = zeroByDifferences * largest
	}
	y := append([]float64(nil), x...)
	for i := range y {
		moved := 4 * ε * (math.Abs(y[i]) + length)
		if i%2 == 1 {
			moved = -moved
		}
		y[i] += moved
	}
	beside, _ := eigen(p, y, length)
	for i, v := range beside {
		zero = math.Max(zero, 16*math.Abs(v-values[i]))
	}
	return zero
}

// countAbove is the number of values whose modulus is above a limit.
func countAbove(values []float64, limit float64) (n int) {
	for _, v := range values {
		if math.Abs(v) > limit {
			n++
		}
	}
	return n
}

// leastAbove is the least modulus above a limit.
func leastAbove(values []float64, limit float64) float64 {
	least := math.Inf(1)
	for _, v := range values {
		if v = math.Abs(v); v > limit {
			least = math.Min(least, v)
		}
	}
	return least
}

// byProducts is byCurvature for many variables: one Newton step by the Lanczos iteration,
// which must bring the gradient to a tenth, and the extreme eigenvalues where it leads. A
// negative one is proven; that there is none, where the iteration has converged.
func (e *end) byProducts() problems.Kind {
	y, moved := append([]float64(nil), e.x...), 0.0
	if e.norm > 0 {
		step := krylovStep(product(e.problem, e.x, e.length), e.g)
		if step == nil {
			return ""
		}
		vec.AddScaled(y, y, 1, step)
		moved = vec.Norm(step)
		g := make([]float64, len(y))
		e.problem.Evaluate(y, g)
		if !(vec.Norm(g) <= e.norm/10) || !e.arrived(y, moved, nearRadius) {
			return ""
		}
	}
	s := lanczos(product(e.problem, y, e.length), len(y))
	zero := zeroByDifferences * math.Max(math.Abs(s.Lowest), math.Abs(s.Highest))
	if Differentiated(e.problem) {
		zero *= zeroCurvature / zeroByDifferences
	}
	switch {
	case s.Lowest < -zero && s.Highest > zero:
		return problems.Saddle
	case s.converged && s.Lowest > zero:
		return problems.LocalMinimum
	case s.converged && s.Highest < -zero:
		return problems.Maximum
	}
	return ""
}
