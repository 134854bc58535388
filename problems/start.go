package problems

import "math/rand/v2"

// StartRule chooses where a descent begins.
type StartRule interface {
	// Start writes x0 into x (n entries). The stream depends on suite, problem and
	// repeat, never on the method.
	Start(f *Facts, x []float64, rng *rand.Rand) error
}

// Random is a component whose outcome depends on the repeat: a start, a method, an
// oracle. A cell in which nothing is random runs once.
type Random interface {
	Random() bool
}
