package main

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// Init keeps the oracle. What the first step needs is asked for in that step.
func (m *CubeRoot) Init(o *methods.Oracle, _ *methods.Iterate) error {
	m.o = o
	return nil
}

// Step asks for the gradient and moves. The gradient where it arrives is no longer known.
func (m *CubeRoot) Step(at *methods.Iterate) error {
	m.o.GradientAt(&at.Point)
	for i, g := range at.Grad {
		at.X[i] -= m.LR.Value * math.Cbrt(g)
	}
	at.HasGrad = false
	return nil
}
