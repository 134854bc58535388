package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/gdbench/gdbench/internal/runner/descend"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/wire"
	"github.com/gdbench/gdbench/results"
)

// Conformity is how a method of another program behaves on one problem.
type Conformity struct {
	Method, Problem string
	Status          results.Status
	Message         string
	Fault           string // what is wrong; empty: nothing
}

// conformSuite has problems of different sizes, sums of squares, and sums over samples in batches.
const conformSuite = `suite: conformance
budget: {iterations: 8}
repeats: 2
problems:
  - {name: quadratic, dim: 2, condition: 10}
  - {name: quadratic, dim: 40, condition: 100}
  - rosenbrock
  - {name: logistic, data: {name: two-moons, samples: 40}, l2: 0.1}
methods:
`

// Conform runs the methods of a program, which are registered under the prefix, on a few small
// problems, twice: the second time in the opposite order. A method must not fail, and each run
// must be the same both times, bit by bit: nothing may be left behind by the run before.
func Conform(prefix string, components []wire.Component) ([]Conformity, error) {
	var text strings.Builder
	text.WriteString(conformSuite)
	for _, c := range components {
		fmt.Fprintf(&text, "  - {name: %s.%s%s}\n", prefix, c.Name, required(c))
		if c.Batches {
			fmt.Fprintf(&text, "  - {name: %s.%s%s, batch: 7, on: [logistic]}\n", prefix, c.Name, required(c))
		}
	}
	s, err := suite.Read("conformance", ".", strings.NewReader(text.String()), nil)
	if err != nil {
		return nil, err
	}
	built := prepare.Problems{}
	for _, p := range s.Problems {
		if built[p], err = prepare.Problem(s, p); err != nil {
			return nil, err
		}
	}
	cells := slices.Collect(s.Cells())
	forth, err := runAll(s, built, cells)
	if err != nil {
		return nil, err
	}
	slices.Reverse(cells)
	back, err := runAll(s, built, cells)
	if err != nil {
		return nil, err
	}
	slices.Reverse(back)
	out := make([]Conformity, len(forth))
	for i, f := range forth {
		out[i] = f.Conformity
		switch {
		case f.Status == results.Failed:
			out[i].Fault = "failed: " + f.Message
		case f.text != back[i].text:
			out[i].Fault = "another result when the cells ran in the opposite order: something is left behind by the run before, or the results depend on the clock"
		}
	}
	return out, nil
}

// required gives parameters without a default a value.
func required(c wire.Component) string {
	out := ""
	for _, p := range c.Parameters {
		if p.Default != nil {
			continue
		}
		value := map[string]string{"integer": "1", "boolean": "false", "text": "x", "numbers": "[0.01]", "integers": "[1]", "texts": "[x]"}[p.Type]
		if value == "" {
			value = "0.01"
		}
		if len(p.OneOf) > 0 {
			value = p.OneOf[0]
		}
		out += fmt.Sprintf(", %s: %s", p.Name, value)
	}
	return out
}

// conformed is a run with everything of its record that can be compared.
type conformed struct {
	Conformity
	text string
}

func runAll(s *suite.Suite, built prepare.Problems, cells []suite.Cell) ([]conformed, error) {
	var stop atomic.Bool
	w := descend.NewWorker(s, built, &stop)
	var out []conformed
	for _, c := range cells {
		r, _ := w.Run(c) // nothing stops it
		text, err := json.Marshal(comparable(r))
		if err != nil {
			return nil, err
		}
		out = append(out, conformed{Conformity{Method: r.Labels.Method, Problem: r.Labels.Problem, Status: r.Status, Message: r.Message}, string(text)})
	}
	return out, nil
}
