package results

import "github.com/gdbench/gdbench/internal/theorem"

// The names of laws.
const (
	LinearLaw      = string(theorem.Linear)      // v ≈ C·number^k after k iterations
	PowerLaw       = string(theorem.PowerLaw)    // v ≈ C·(k + c)^−number
	SuperlinearLaw = string(theorem.Superlinear) // v₊ ≈ C·v^number from one iteration to the next
)

// Law is how the run fell over the last of its iterations, fitted to those that the observer
// looked at while it went on. It does not depend on the trace.
type Law struct {
	Name     string `json:"name"`
	Quantity string `json:"quantity"` // gap, or gradient_norm where no gap is known
	Number   Number `json:"number"`   // factor of an iteration, power or order
	Low      Number `json:"low"`      // an interval of 95 %, wider by how far the number may change; of an order the range
	High     Number `json:"high"`
	From     int64  `json:"from"` // the iterations that follow the law
	To       int64  `json:"to"`
	Points   int    `json:"points"` // of them that were fitted
}

// Tail is how the gap of a run with noise or batches changed after its first quarter.
type Tail struct {
	Gap    Number `json:"gap"`    // mean over the second half
	Change Number `json:"change"` // of ln(gap), by a line from the first quarter to the end
	Error  Number `json:"error"`  // standard error of change, with 6 degrees of freedom
	From   int64  `json:"from"`
	To     int64  `json:"to"`
}
