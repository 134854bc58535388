// Package separabletest holds problems against tables of reference values and against
// differences. It is for tests.
package separabletest

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Case is one line of a table: a problem with the value and gradient at a point.
type Case struct {
	Name string    `json:"name"`
	N    int       `json:"n"`
	X0   []float64 `json:"x0"`
	F0   float64   `json:"f0"`
	G0   struct {
		Norm2   float64   `json:"norm2"`
		NormInf float64   `json:"norminf"`
		Full    []float64 `json:"full"`
		First   []float64 `json:"first5"`
		Last    []float64 `json:"last2"`
	} `json:"g0"`
	Reached float64 `json:"local_minimum_reached_from_x0"`
}

// Load reads the list of a table into v, under the key "problems".
func Load(t *testing.T, path string, v any) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &struct{ Problems any }{v}); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// New is the problem of that name as a suite would make it, with dim = n where it has a
// choice.
func New(t *testing.T, name string, n int) problems.Problem {
	t.Helper()
	entry, err := param.Of[problems.Problem]().Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	var settings []string
	if len(entry.Fields()) > 0 {
		settings = []string{"dim=" + strconv.Itoa(n)}
	}
	p, err := Make(name, settings...)
	if err != nil {
		t.Fatal(err)
	}
	if p.Dim() != n {
		t.Fatalf("%s has %d variables, expected %d", name, p.Dim(), n)
	}
	return p
}

// Make is the built problem of that name with settings such as "dim=4".
func Make(name string, settings ...string) (problems.Problem, error) {
	node, err := param.Component(name, settings)
	if err != nil {
		return nil, err
	}
	spec, err := param.Of[problems.Problem]().Only("test", node, nil)
	if err != nil {
		return nil, err
	}
	p, err := spec.New()
	if err != nil {
		return nil, err
	}
	if b, ok := p.(problems.Builder); ok {
		err = b.Build(problems.Env{})
	}
	return p.(problems.Problem), err
}

const tolerance = 1e-11

// Meets holds a problem to a line of the table: one of its starts, value and gradient.
func (c *Case) Meets(t *testing.T, p problems.Problem) {
	t.Helper()
	starts := problems.FactsOf(p).Starts
	if !slices.ContainsFunc(starts, func(s problems.Start) bool { return Near(s.X, c.X0, 1e-15) }) {
		t.Errorf("no start is that of the table, %v", c.X0)
	}
	grad := make([]float64, c.N)
	f := p.Evaluate(c.X0, grad)
	within(t, "f", f, c.F0, math.Abs(c.F0))
	scale := c.G0.NormInf
	within(t, "‖∇f‖∞", vec.MaxAbs(grad), c.G0.NormInf, scale)
	within(t, "‖∇f‖₂", vec.Norm(grad), c.G0.Norm2, c.G0.Norm2)
	if c.G0.Full == nil && (len(c.G0.First) != 5 || len(c.G0.Last) != 2) {
		t.Error("the table has no gradient")
	}
	for i, g := range c.G0.Full {
		within(t, "∇f["+strconv.Itoa(i)+"]", grad[i], g, scale)
	}
	for i, g := range c.G0.First {
		within(t, "∇f["+strconv.Itoa(i)+"]", grad[i], g, scale)
	}
	for i, g := range c.G0.Last {
		at := c.N - len(c.G0.Last) + i
		within(t, "∇f["+strconv.Itoa(at)+"]", grad[at], g, scale)
	}
}

func within(t *testing.T, what string, got, want, scale float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, scale)) {
		t.Errorf("%s = %v, the table has %v", what, got, want)
	}
}

// Near reports whether two vectors agree to the given part of their size.
func Near(x, y []float64, tolerance float64) bool {
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !(math.Abs(x[i]-y[i]) <= tolerance*max(1, vec.MaxAbs(y))) {
			return false
		}
	}
	return true
}
