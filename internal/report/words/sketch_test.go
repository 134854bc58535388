package words

import (
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

func TestSteps(t *testing.T) {
	r := walked(square, repeated(1, 20, func(x float64) float64 { return x / 2 })...)
	r.Trace.GradientNorm = make(results.Series, len(r.Trace.X))
	for i, x := range r.Trace.X {
		r.Trace.GradientNorm[i] = x[0]
	}
	lines := Steps(r)
	if len(lines) != 1+5+1+3 || !strings.Contains(lines[2], "(0.5)        0.125") || !strings.HasPrefix(strings.TrimSpace(lines[9]), "20 ") {
		t.Errorf("%s", strings.Join(lines, "\n"))
	}
	short := walked(square, 1, 2, 3)
	short.Trace.GradientNorm = results.Series{1, 2, 3}
	if lines := Steps(short); len(lines) != 4 {
		t.Errorf("%s", strings.Join(lines, "\n"))
	}
	r.Trace.Iteration[20] = 90
	if lines := Steps(r); lines != nil {
		t.Errorf("a trace with holes has the table %v", lines)
	}
}

// A geometric sequence is a straight line from the upper left to the lower right.
func TestSketch(t *testing.T) {
	lines := Sketch([]float64{0, 1, 2, 3}, []float64{1000, 100, 10, 1}, 2, 1)
	if len(lines) != 2 || !strings.HasSuffix(lines[0], "┤⠑⢄") {
		t.Errorf("%q", lines)
	}
	if got := Sketch([]float64{0, 1}, []float64{1, 1}, 4, 2); got != nil {
		t.Errorf("a constant has the sketch %v", got)
	}
	if got := Sketch([]float64{0, 1}, []float64{1, -1}, 4, 2); got != nil {
		t.Errorf("one point has the sketch %v", got)
	}
}
