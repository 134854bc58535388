package wrappers

import (
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/problems"
)

// random is the stream of a shift or rotation: the same for every problem in n
// variables, so that problems are compared in the same axes.
func stream(env problems.Env, purpose string, n, instance int) *rand.Rand {
	return rand.New(random.NewSource(env.Seed, purpose, n, instance))
}
