package main

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Init evaluates the gradient at the start.
func (m *CubeRoot) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.o = o
	o.Gradient(at.X, at.Grad)
	at.HasGrad = true
	return nil
}

// Step moves, and evaluates the gradient where it arrives.
func (m *CubeRoot) Step(at *methods.Iterate) error {
	for i, g := range at.Grad {
		at.X[i] -= m.LR.Value * math.Cbrt(g)
	}
	m.o.Gradient(at.X, at.Grad)
	return nil
}
