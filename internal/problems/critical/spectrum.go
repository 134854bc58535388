package critical

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// denseLimit is the number of variables up to which all eigenvalues are computed.
const denseLimit = 200

const (
	zeroCurvature     = 1e-7 // of the largest |λ|
	zeroByDifferences = 1e-5 // the same, where the Hessian is differences of ∇f
	polishRadius      = 0.1  // of max(1, ‖x‖): how far Polish may lead
)

// Spectrum is what is known of the eigenvalues of a Hessian.
type Spectrum struct {
	Lowest, Highest float64
	Smallest        float64 // least modulus; NaN where only the extremes are known
	zero            float64 // modulus at or below which an eigenvalue counts as zero
	converged       bool    // the extremes are exact up to rounding
}

// Curvature is the spectrum of ∇²f(x): all of it up to 200 variables, beyond that the
// extreme eigenvalues by Lanczos iteration. Where a problem has neither Hessian nor
// Hessian products, they are central differences of its gradient.
//
// Lanczos approaches the extremes from inside: a negative Lowest proves negative
// curvature, a positive one does not prove its absence.
func Curvature(p problems.Problem, x []float64) Spectrum {
	if len(x) > denseLimit {
		return lanczos(product(p, x, 0), len(x))
	}
	values, _ := eigen(p, x, 0)
	return spectrumOf(values, zeroFactor(p))
}

// Differentiated reports whether p has second derivatives of its own.
func Differentiated(p problems.Problem) bool {
	_, hessian := problems.As[problems.Hessian](p)
	_, product := problems.As[problems.HessianProduct](p)
	return hessian || product
}

// zeroFactor is the share of the largest eigenvalue that counts as zero. Differences of
// the gradient are less accurate than derivatives.
func zeroFactor(p problems.Problem) float64 {
	if Differentiated(p) {
		return zeroCurvature
	}
	return zeroByDifferences
}

// Singular reports whether an eigenvalue counts as zero.
func (s Spectrum) Singular() bool { return s.Smallest <= s.zero }

// Kind is the kind of critical point that has these eigenvalues.
func (s Spectrum) Kind() problems.Kind {
	switch {
	case s.Lowest < -s.zero && s.Highest > s.zero:
		return problems.Saddle
	case s.Lowest > s.zero:
		return problems.LocalMinimum
	case s.Highest < -s.zero:
		return problems.Maximum
	}
	return problems.Degenerate
}

// spectrumOf is the spectrum of ascending eigenvalues, NaN where there are none.
func spectrumOf(values []float64, zeroFactor float64) Spectrum {
	if len(values) == 0 {
		return Spectrum{Lowest: math.NaN(), Highest: math.NaN(), Smallest: math.NaN()}
	}
	low, high := values[0], values[len(values)-1]
	s := Spectrum{Lowest: low, Highest: high, Smallest: math.Inf(1)}
	s.zero = zeroFactor * math.Max(math.Abs(low), math.Abs(high))
	for _, v := range values {
		s.Smallest = math.Min(s.Smallest, math.Abs(v))
	}
	return s
}

// Polish takes Newton steps from x, in the eigenvectors whose curvature is not zero,
// and returns the spectrum where they end with the distance from x. What counts as zero
// is measured at x: where the steps end, all curvature may have vanished.
func Polish(p problems.Problem, x []float64) (Spectrum, float64) {
	const steps = 30
	y := append([]float64(nil), x...)
	g := make([]float64, len(x))
	values, vectors := eigen(p, y, 0)
	zero := spectrumOf(values, zeroFactor(p)).zero
	moved := 0.0
	for range steps {
		p.Evaluate(y, g)
		if values == nil || vec.Norm(g) == 0 {
			break
		}
		step := newton(values, vectors, g, zero)
		vec.AddScaled(y, y, 1, step)
		moved = distance(x, y)
		if vec.Norm(step) <= 1e-12*math.Max(1, vec.Norm(y)) || !(moved <= polishRadius*math.Max(1, vec.Norm(x))) {
			break
		}
		values, vectors = eigen(p, y, 0)
	}
	end := spectrumOf(values, zeroFactor(p))
	end.zero = math.Max(end.zero, zero)
	return end, moved
}

// newton is −Σ vᵢ(vᵢᵀg)/λᵢ over the eigenvalues that are not zero.
func newton(values []float64, vectors *linalg.Eigen, g []float64, zero float64) []float64 {
	step := make([]float64, len(g))
	for j, lambda := range values {
		if math.Abs(lambda) <= zero {
			continue
		}
		v := vectors.Vector(j)
		vec.AddScaled(step, step, -vec.Dot(v, g)/lambda, v)
	}
	return step
}

// eigen is the eigen-decomposition of ∇²f(x), ascending; nil where it is not finite. See
// product for length.
func eigen(p problems.Problem, x []float64, length float64) ([]float64, *linalg.Eigen) {
	n := len(x)
	h := mat.NewSymDense(n, nil)
	if q, ok := problems.As[problems.Hessian](p); ok {
		q.Hessian(x, h)
	} else {
		columns(product(p, x, length), h)
	}
	for _, v := range h.RawSymmetric().Data {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, nil
		}
	}
	e := new(linalg.Eigen)
	if !e.Factorize(h, true) {
		return nil, nil
	}
	return e.Values(), e
}

// columns fills h with the products of the unit vectors, averaged with the transpose.
func columns(times func(v, hv []float64), h *mat.SymDense) {
	n := h.SymmetricDim()
	full := mat.NewDense(n, n, nil)
	e := make([]float64, n)
	for i := range n {
		e[i] = 1
		times(e, full.RawRowView(i))
		e[i] = 0
	}
	for i := range n {
		for j := i; j < n; j++ {
			h.SetSym(i, j, (full.At(i, j)+full.At(j, i))/2)
		}
	}
}

// Product is (x, v) ↦ ∇²f(x)·v, into hv, by the best means that the problem offers.
func Product(p problems.Problem) func(x, v, hv []float64) {
	return func(x, v, hv []float64) { product(p, x, 0)(v, hv) }
}

// product is v ↦ ∇²f(x)·v, by the best means that the problem offers. Differences of the
// gradient take steps in proportion to length, the scale of x; where it is 0, to the largest of
// ‖x‖ and the norms of the problem's starts and minimizers.
func product(p problems.Problem, x []float64, length float64) func(v, hv []float64) {
	n := len(x)
	if q, ok := problems.As[problems.HessianProduct](p); ok {
		return func(v, hv []float64) { q.HessianProduct(x, v, hv) }
	}
	if q, ok := problems.As[problems.Hessian](p); ok {
		h := mat.NewSymDense(n, nil)
		q.Hessian(x, h)
		return func(v, hv []float64) { linalg.Product(hv, h, v) }
	}
	if !(length > 0) {
		length = extent(problems.FactsOf(p), x)
	}
	y, back := make([]float64, n), make([]float64, n)
	return func(v, hv []float64) {
		t := 1e-5 * length / math.Max(vec.Norm(v), 1e-300)
		vec.AddScaled(y, x, t, v)
		p.Evaluate(y, hv)
		vec.AddScaled(y, x, -t, v)
		p.Evaluate(y, back)
		vec.AddScaled(hv, hv, -1, back)
		vec.Scale(1/(2*t), hv)
	}
}

// extent is a scale of the variables: 1 where all that is known lies at the origin.
func extent(f *problems.Facts, x []float64) float64 {
	length := vec.Norm(x)
	for _, s := range f.Starts {
		length = math.Max(length, vec.Norm(s.X))
	}
	if f.Minimum != nil {
		for _, p := range f.Minimum.Points {
			length = math.Max(length, vec.Norm(p))
		}
	}
	if length == 0 {
		return 1
	}
	return length
}

// distance is ‖x − y‖, with no memory of its own.
func distance(x, y []float64) float64 {
	largest := 0.0
	for i, v := range x {
		largest = math.Max(largest, math.Abs(v-y[i]))
	}
	if largest == 0 || math.IsInf(largest, 1) || math.IsNaN(largest) {
		return largest
	}
	sum := 0.0
	for i, v := range x {
		d := (v - y[i]) / largest
		sum += float64(d * d)
	}
	return largest * math.Sqrt(sum)
}
