package separable

import "sync"

// Scratch is memory for terms in all variables, whose lists do not fit on the stack. It is
// borrowed for one evaluation, so that a problem stays shared and free of allocation.
type Scratch struct {
	First  First
	Second Second
	Floats []float64
}

var scratches = sync.Pool{New: func() any { return new(Scratch) }}

// Borrow takes scratch with lists of the given lengths and arbitrary content.
func Borrow(first, second, floats int) *Scratch {
	s := scratches.Get().(*Scratch)
	s.First = sized(s.First, first)
	s.Second = sized(s.Second, second)
	s.Floats = sized(s.Floats, floats)
	return s
}

// Return gives the scratch back.
func (s *Scratch) Return() { scratches.Put(s) }

func sized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	return list[:n]
}
