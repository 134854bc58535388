package plots

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/results"
)

// A problem that cannot be made again lacks only what its figures would have shown.
func TestLacks(t *testing.T) {
	for _, c := range []struct {
		dim   int
		limit float64
		want  string
		says  bool // the records say the limits of methods, as those of schema 2 do
	}{
		{0, 0.2, "level lines", false}, {1, 0.2, "curve of f", false}, {2, 0.2, "level lines", false},
		{2, math.NaN(), "level lines and no 2/L", false}, {2, math.NaN(), "level lines", true},
		{3, 0.2, "", false}, {3, math.NaN(), "2/L", false}, {3, math.NaN(), "", true},
	} {
		s := &subject{problem: &evidence.Problem{Dim: c.dim}, limit: c.limit}
		if c.says {
			s.problem.Example = &results.Record{Families: &results.Families{}}
		}
		if got := s.lacks(); got != c.want {
			t.Errorf("in %d variables with 2/L = %g: no %q; expected no %q", c.dim, c.limit, got, c.want)
		}
	}
}

// A function that panics where no method asked gives no value there, and no panic.
func TestGuarded(t *testing.T) {
	l := guarded(&evidence.Landscape{Dim: 1, Evaluate: func(x, gradient []float64) float64 {
		if x[0] > 1 {
			panic("outside")
		}
		return x[0]
	}})
	gradient := []float64{7}
	if v := l.Evaluate([]float64{0.5}, gradient); v != 0.5 || gradient[0] != 7 {
		t.Errorf("f = %v, gradient %v where the function has a value", v, gradient)
	}
	if v := l.Evaluate([]float64{2}, gradient); !math.IsNaN(v) || !math.IsNaN(gradient[0]) {
		t.Errorf("f = %v, gradient %v where the function panics", v, gradient)
	}
}

// Names leave out what all methods share, which the figure then says; numbers keep the whole labels.
func TestNamesInFigures(t *testing.T) {
	f := &figure.Figure{Name: "f", X: figure.Axis{Label: "x", Scale: figure.Linear}, Y: figure.Axis{Label: "y", Scale: figure.Linear, Categories: []string{"GD lr=0.316227766017 batch=8"}},
		Series: []figure.Series{{Label: "GD lr=0.316227766017 batch=8", Method: "GD lr=0.316227766017 batch=8"}, {Label: "bound: GD lr=1 batch=8", Method: "GD lr=1 batch=8", X: []float64{1}, Y: []float64{1}}, {Label: "f"}}}
	name(f)
	if f.Series[0].Label != "lr=0.316" || f.Series[1].Label != "bound: lr=1" || f.Series[2].Label != "f" || f.Shared != "GD: batch=8" || f.Y.Categories[0] != "lr=0.316" {
		t.Errorf("%q, %q, %q, shared %q, %q", f.Series[0].Label, f.Series[1].Label, f.Series[2].Label, f.Shared, f.Y.Categories)
	}
	var b bytes.Buffer
	if err := f.WriteCSV(&b); err != nil || !strings.Contains(b.String(), "bound: GD lr=1 batch=8,1,1") {
		t.Errorf("%s, %v", b.String(), err)
	}
	f = &figure.Figure{Series: []figure.Series{{Label: "f a=1", Method: "f a=1"}, {Label: "f a=1 b=2", Method: "f a=1 b=2"}, {Label: "f"}}}
	if name(f); f.Series[0].Label != "f a=1" || f.Shared != "" {
		t.Errorf("a method is called %q, as the function is", f.Series[0].Label)
	}
}

// A name that is made unique is not that of another figure, on file systems that ignore case either.
func TestUniqueNames(t *testing.T) {
	for _, c := range []struct{ names, want string }{
		{"a b", "a b"},
		{"a a", "a a-2"},
		{"a a a-2", "a a-3 a-2"},
		{"a-2 a a a-2 a-2", "a-2 a a-3 a-2-2 a-2-3"},
		{"A a A-2", "A a-3 A-2"},
	} {
		var figures []*figure.Figure
		for _, name := range strings.Fields(c.names) {
			figures = append(figures, &figure.Figure{Name: name})
		}
		var got []string
		for _, f := range unique(figures) {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s become %s; want %s", c.names, strings.Join(got, " "), c.want)
		}
	}
}
