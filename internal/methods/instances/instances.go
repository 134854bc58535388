// Package instances holds the small problems that theorems are tried on: those that
// attain a tight bound, and random ones on which an upper bound must hold. All know their
// minimizer and their gap exactly.
package instances

import "github.com/gdbench/gdbench/problems"

func global(values map[string]float64) map[string]problems.Constant {
	constants := make(map[string]problems.Constant, len(values))
	for name, v := range values {
		constants[name] = problems.Constant{Value: v, Scope: problems.Global, Source: "closed form"}
	}
	return constants
}

func minimum(value float64, points ...[]float64) *problems.Minimum {
	return &problems.Minimum{Value: value, Source: problems.Analytic, Points: points}
}
