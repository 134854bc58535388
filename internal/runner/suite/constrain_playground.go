//go:build playground

package suite

import (
	"errors"

	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/problems"
)

// constrain refuses a set: a page would load what confines to it, and has no method for it.
func constrain(problems.Problem, constraint.Set) (problems.Problem, error) {
	return nil, errors.New("constraint: the playground has none; run the suite with gdbench")
}
