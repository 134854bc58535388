//go:build !playground

package suite

import (
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/problems"
)

// constrain confines the variables of a problem to a set.
func constrain(p problems.Problem, to constraint.Set) (problems.Problem, error) {
	return wrappers.Constrain(p, to), nil
}
