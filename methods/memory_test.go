package methods_test

import (
	"testing"

	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
)

// What a method keeps is there after Init: steps do not add to it.
func TestMemoryIsThereFromTheStart(t *testing.T) {
	for _, name := range shipped(param.Of[methods.Method]()) {
		r := begun(t, name)
		if r == nil {
			continue
		}
		method := methods.Unwrap(r.Method)
		before, known := traits.Memory(method, r.At)
		for range 12 {
			if err := r.Step(r.At); err != nil {
				break
			}
		}
		after, _ := traits.Memory(method, r.At)
		if _, inexact := method.(methods.Inexact); known == inexact {
			t.Errorf("%s: what it keeps is known: %t; its arithmetic is ours: %t", name, known, !inexact)
		}
		if after > before { // fewer are seen where it has exchanged a vector with the iterate's
			t.Errorf("%s keeps %d numbers after Init, and %d after some steps", name, before, after)
		}
	}
}
