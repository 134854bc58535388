package evidence

import (
	"fmt"
	"strings"

	"github.com/gdbench/gdbench/internal/report/table"
)

// Some joins a few of many places.
func Some(places []string) string {
	const most = 3
	if len(places) <= most {
		return strings.Join(places, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(places[:most], "; "), len(places)-most)
}

// Minima say what gaps are measured from: f* with its source and accuracy, problems with the
// same in one note.
func (e *Evidence) Minima() []string {
	var said []string
	on := map[string][]string{}
	for _, p := range e.Problems {
		text := p.Minimum()
		if on[text] == nil {
			said = append(said, text)
		}
		on[text] = append(on[text], p.Label)
	}
	for i, text := range said {
		said[i] = Some(on[text]) + ": " + text + "."
	}
	return said
}

// Minimum is f*, its source and accuracy, in words.
func (p *Problem) Minimum() string {
	switch m := p.Example.Minimum; {
	case m == nil:
		return "f* is unknown; gaps are above the best value seen, " + table.Short(p.Reference)
	case m.Accuracy > 0:
		return fmt.Sprintf("f* = %s (%s, accurate to %s)", table.Short(float64(m.Value)), m.Source, table.Short(float64(m.Accuracy)))
	default:
		return fmt.Sprintf("f* = %s (%s)", table.Short(float64(m.Value)), m.Source)
	}
}
