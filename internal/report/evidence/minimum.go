package evidence

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/text"
)

// Minima say what gaps are measured from: f* with its source and accuracy, problems with the
// same in one note.
func (e *Evidence) Minima() []string {
	var said []string
	on := map[string][]string{}
	for _, p := range e.Problems {
		minimum := p.Minimum()
		if on[minimum] == nil {
			said = append(said, minimum)
		}
		on[minimum] = append(on[minimum], p.Label)
	}
	for i, minimum := range said {
		said[i] = text.Some(on[minimum]) + ": " + minimum + "."
	}
	return said
}

// Minimum is f*, its source and accuracy, in words.
func (p *Problem) Minimum() string {
	switch m := p.Example.Minimum; {
	case m == nil:
		return "f* is unknown; gaps are above the best value seen, " + text.Short(p.Reference)
	case m.Accuracy > 0:
		return fmt.Sprintf("f* = %s (%s, accurate to %s)", text.Short(float64(m.Value)), m.Source, text.Short(float64(m.Accuracy)))
	default:
		return fmt.Sprintf("f* = %s (%s)", text.Short(float64(m.Value)), m.Source)
	}
}
