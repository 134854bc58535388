package problems

import "math/rand/v2"

// StartRule chooses where a descent begins.
type StartRule interface {
	// Start writes x0 into x (n entries). The stream depends on suite, problem and
	// repeat, never on the method.
	Start(f *Facts, x []float64, rng *rand.Rand) error
}

// Drawn is a problem that draws some of its own starts for each repeat, such as the weights that a
// network begins with. It answers before it is built.
type Drawn interface {
	DrawsStart(name string) bool
}

// OwnStart is a starting rule that begins at one of the problem's own starts, or around it. The
// name is empty where it does not.
type OwnStart interface {
	OwnStart() string
}

// Random is a component whose outcome depends on the repeat: a start, a method, an
// oracle. A cell in which nothing is random runs once.
type Random interface {
	Random() bool
}
