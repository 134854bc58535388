package process

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/internal/wire"
	"github.com/gdbench/gdbench/problems"
)

// foreign is the source of what a process says of its problem.
const foreign = "foreign"

// factsOf are the facts that a process states, checked as far as that is possible without an evaluation.
func factsOf(b *wire.Built) (*problems.Facts, error) {
	n := b.Dim
	if n < 1 || int64(n) > limit.Variables.Max() {
		return nil, fmt.Errorf("dim is %d; expected a number from 1 to %d", n, limit.Variables.Max())
	}
	f := &problems.Facts{Convexity: problems.Convexity(b.Convexity), Notes: b.Notes, Constants: map[string]problems.Constant{}}
	if known := []problems.Convexity{problems.UnknownConvexity, problems.StronglyConvex, problems.Convex, problems.Nonconvex}; !slices.Contains(known, f.Convexity) {
		return nil, fmt.Errorf("convexity is %q; expected one of %q", b.Convexity, known[1:])
	}
	for _, s := range append([]wire.Named{{Name: "standard", X: b.Start}}, b.Starts...) {
		if len(s.X) != n {
			return nil, fmt.Errorf("the start %s has %d numbers; the problem has dim %d", s.Name, len(s.X), n)
		}
		f.Starts = append(f.Starts, problems.Start{Name: s.Name, X: s.X, Source: foreign})
	}
	for name, v := range b.Constants {
		if !(v >= 0) {
			return nil, fmt.Errorf("the constant %s is %g; expected a number ≥ 0", name, v)
		}
		f.Constants[name] = problems.Constant{Value: v, Scope: problems.Global, Source: foreign}
	}
	if m := b.Minimum; m != nil {
		if !(m.Accuracy >= 0) {
			return nil, fmt.Errorf("the accuracy of the minimum is %g; expected a number ≥ 0", m.Accuracy)
		}
		for _, x := range m.Points {
			if len(x) != n {
				return nil, fmt.Errorf("a minimizer has %d numbers; the problem has dim %d", len(x), n)
			}
		}
		f.Minimum = &problems.Minimum{Value: m.Value, Source: foreign, Accuracy: m.Accuracy, Points: m.Points}
	}
	return f, checkOffers(b)
}

func checkOffers(b *wire.Built) error {
	for _, offer := range b.Offers {
		switch {
		case !slices.Contains(offers, offer):
			return fmt.Errorf("offers %q; expected some of %q", offer, offers)
		case offer == wire.OfferSamples && b.Samples < 1:
			return fmt.Errorf("offers samples, and their number is %d", b.Samples)
		case offer == wire.OfferResiduals && b.Residuals < 1:
			return fmt.Errorf("offers residuals, and their number is %d", b.Residuals)
		}
	}
	return nil
}

// verify evaluates the problem at its start: a wrong gradient, or an answer that changes, would
// make every result of it worthless.
func (p *problem) verify() (err error) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case problems.Failure:
			err = v.Err
		default:
			panic(v)
		}
	}()
	x := p.built.Start
	first, second := make([]float64, len(x)), make([]float64, len(x))
	f := p.Evaluate(x, first)
	if again := p.Evaluate(x, second); math.Float64bits(f) != math.Float64bits(again) || !vec.SameBits(first, second) {
		return fmt.Errorf("two answers at the start differ (%v, then %v); a problem must be deterministic", f, again)
	}
	if value := p.Evaluate(x, nil); !alike(value, f) {
		return fmt.Errorf("the value at the start is %v alone, and %v with the gradient", value, f)
	}
	if f-f != 0 || !finite(first) {
		return errors.New("the value or the gradient at the start is not finite")
	}
	if p.Approximate() {
		return nil
	}
	return p.checkSlope(x, first)
}

func finite(x []float64) bool {
	return !slices.ContainsFunc(x, func(v float64) bool { return v-v != 0 })
}

func alike(a, b float64) bool { return math.Abs(a-b) <= float64(1e-9*(math.Abs(a)+math.Abs(b)))+1e-300 }

// checkSlope compares the gradient with central differences of the value, along itself and along
// a direction that weighs every variable differently.
func (p *problem) checkSlope(x, grad []float64) error {
	norm := vec.Norm(grad)
	if norm == 0 {
		return nil
	}
	d := make([]float64, len(x))
	for _, weight := range []func(i int) float64{
		func(i int) float64 { return grad[i] / norm },
		func(i int) float64 { return float64((5*i+1)%7-3) / (3 * math.Sqrt(float64(len(x)))) },
	} {
		stated := 0.0
		for i := range d {
			d[i] = weight(i)
			stated += float64(d[i] * grad[i])
		}
		h := 1e-5 * math.Max(1, vec.Norm(x))
		coarse, fine := p.slope(x, d, h), p.slope(x, d, h/2)
		if off := math.Abs(fine - stated); off > float64(1e-3*norm)+float64(10*math.Abs(coarse-fine)) {
			return fmt.Errorf("the gradient at the start does not fit the value: along one direction it is %.6g, and differences of values give %.6g", stated, fine)
		}
	}
	return nil
}

// slope is a central difference.
func (p *problem) slope(x, d []float64, h float64) float64 {
	at := func(t float64) float64 {
		y := make([]float64, len(x))
		vec.AddScaled(y, x, t, d)
		return p.Evaluate(y, nil)
	}
	return (at(h) - at(-h)) / (2 * h)
}
