package app_test

import (
	"math"
	"os"

	"github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/methods"
)

// unsteady is the Barzilai–Borwein step, whose counts on a long valley hang on the last
// digit of any coordinate. The environment moves that digit, as a new compiler does, or
// evaluates f a hundred times too often, as a mistake does.
type unsteady struct {
	step.BarzilaiBorwein
	oracle *methods.Oracle
}

// registerUnsteady is called by the command of the scripts alone, so that no catalogue has it.
func registerUnsteady() {
	methods.RegisterStep("unsteady", methods.Info{Summary: "for tests"}, func() methods.StepRule { return new(unsteady) })
}

func (u *unsteady) Init(o *methods.Oracle) error {
	u.oracle = o
	return u.BarzilaiBorwein.Init(o)
}

func (u *unsteady) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	t, err := u.BarzilaiBorwein.Step(at, d, next)
	switch os.Getenv("UNSTEADY") {
	case "rounded":
		next.X[0] = math.Nextafter(next.X[0], math.Inf(1))
	case "wasteful":
		for range 100 {
			u.oracle.Value(at.X)
		}
	}
	return t, err
}
