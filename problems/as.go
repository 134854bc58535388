package problems

import "reflect"

// Wrapper is a problem made of another one, by a change of variables, by noise, … It has
// a method for everything a problem may offer, and offers what the wrapped problem does.
type Wrapper interface {
	Inner() Problem
}

// Selective is a problem that has a method for everything a problem may offer, and knows only
// once it is built what it offers: one in another process, or a Wrapper that adds something to
// the wrapped problem.
type Selective interface {
	// Offers reports whether the problem offers an interface of this package. Of a Wrapper, inside
	// says whether the wrapped problem does.
	Offers(capability reflect.Type, inside bool) bool
}

// As is p as a T (Hessian, FiniteSum, Composite, …), where it offers that. A plain type
// assertion would find every method on a Wrapper, also those that have nothing to call.
func As[T any](p Problem) (T, bool) {
	var none T
	offered, ok := p.(T)
	if !ok {
		return none, false
	}
	if w, wraps := p.(Wrapper); wraps {
		_, ok = As[T](w.Inner())
	}
	if s, selects := p.(Selective); selects {
		ok = s.Offers(reflect.TypeFor[T](), ok)
	}
	if !ok {
		return none, false
	}
	return offered, true
}

// NoiseOf is the noise of p's oracle, zero where it is exact.
func NoiseOf(p Problem) Noise {
	if n, ok := p.(Noisy); ok {
		return n.Noise()
	}
	return Noise{}
}
