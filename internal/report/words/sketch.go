package words

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Steps is a small table of a run: its first iterates and its last ones, as lines of equal columns. The
// trace must have every iteration.
func Steps(r *results.Record) []string {
	t := r.Trace
	if t == nil || !consecutive(t) {
		return nil
	}
	const first, last, widest = 5, 3, 4
	n := len(t.Iteration)
	withX := len(t.X) == n && len(t.X[0]) <= widest
	rows := [][]string{{"iteration", "x", "f", "gradient norm", "step length"}}
	for k := range n {
		if k == first && n > first+last+1 {
			rows = append(rows, []string{"…", "", "", "", ""})
		}
		if k >= first && k < n-last && n > first+last+1 {
			continue
		}
		row := []string{fmt.Sprint(k), "", text.Digits(t.Value[k], 6), text.Short(t.GradientNorm[k]), ""}
		if withX {
			row[1] = vector(t.X[k], 0)
		}
		if k > 0 && len(t.X) == n {
			row[4] = text.Short(apart(t.X[k], t.X[k-1]))
		}
		rows = append(rows, row)
	}
	return columns(rows)
}

// columns pads the cells of a table, and leaves out columns without any.
func columns(rows [][]string) []string {
	width := make([]int, len(rows[0]))
	for i := range width {
		for _, row := range rows[1:] {
			width[i] = max(width[i], len([]rune(row[i])))
		}
		if width[i] > 0 {
			width[i] = max(width[i], len(rows[0][i]))
		}
	}
	var out []string
	for _, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			if width[i] > 0 {
				b.WriteString(strings.Repeat(" ", width[i]-len([]rune(cell))) + cell + "  ")
			}
		}
		out = append(out, strings.TrimRight(b.String(), " "))
	}
	return out
}

// Progress is what a curve of a trace shows, with its name: f − f* where f* is known, otherwise f − the
// least value of the trace, by iteration.
func Progress(t *results.Trace) (name string, iterations, values []float64) {
	if t == nil {
		return "", nil, nil
	}
	for _, k := range t.Iteration {
		iterations = append(iterations, float64(k))
	}
	if slices.ContainsFunc(t.Gap, func(gap float64) bool { return !math.IsNaN(gap) }) {
		return "f − f*", iterations, t.Gap
	}
	least := math.NaN()
	for _, v := range t.Value {
		if !(v >= least) {
			least = v
		}
	}
	for _, v := range t.Value {
		values = append(values, v-least)
	}
	return "f − least f seen", iterations, values
}

// Sketch draws positive values against their places on a logarithmic scale with the dots of Braille
// patterns, two by four in a character. It is nil where nothing can be drawn.
func Sketch(places, values []float64, width, height int) []string {
	least, most := math.Inf(1), math.Inf(-1)
	var xs, ys []float64
	for i, v := range values {
		if v > 0 && v <= math.MaxFloat64 {
			xs, ys = append(xs, places[i]), append(ys, elementary.Log10(v))
			least, most = math.Min(least, v), math.Max(most, v)
		}
	}
	low, high := elementary.Log10(least), elementary.Log10(most)
	if len(ys) < 2 || !(high > low) || !(places[len(places)-1] > places[0]) {
		return nil
	}
	cells := make([][]rune, height)
	for i := range cells {
		cells[i] = []rune(strings.Repeat("\u2800", width))
	}
	bits := [4][2]rune{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}
	span := places[len(places)-1] - places[0]
	for i, y := range ys {
		column := int(float64((xs[i]-places[0])/span*float64(2*width-1)) + 0.5)
		row := int(float64((high-y)/(high-low)*float64(4*height-1)) + 0.5)
		cells[row/4][column/2] |= bits[row%4][column%2]
	}
	out := make([]string, height)
	for i, c := range cells {
		label := ""
		switch i {
		case 0:
			label = fmt.Sprintf("%.1e", most)
		case height - 1:
			label = fmt.Sprintf("%.1e", least)
		}
		out[i] = fmt.Sprintf("%8s ┤%s", label, string(c))
	}
	return append(out, fmt.Sprintf("%8s  %-*s%s", "", width-len(text.Short(places[len(places)-1])), text.Short(places[0]), text.Short(places[len(places)-1])))
}
