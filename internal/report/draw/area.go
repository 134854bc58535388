package draw

import (
	"math"

	"github.com/gdbench/gdbench/internal/report/figure"
)

// above is the area of a grid where f > level, as closed rings that run around it counterclockwise
// and around its holes clockwise. In each square it is a polygon whose corners are corners of the
// square and crossings of its sides; sides that two polygons share cancel, so that what remains is
// the border of the whole. Squares with an undefined corner are left out.
func above(g *figure.Grid, level float64) [][][2]float64 {
	b := border{after: map[[2]float64][][2]float64{}}
	for j := 0; j+1 < len(g.Z); j++ {
		for i := 0; i+1 < len(g.Z[j]); i++ {
			for _, polygon := range part(g, i, j, level) {
				for k, from := range polygon {
					b.add(from, polygon[(k+1)%len(polygon)])
				}
			}
		}
	}
	return b.rings()
}

// part is what lies above the level in a square: one polygon, or two where opposite corners do and
// the middle does not.
func part(g *figure.Grid, i, j int, level float64) [][][2]float64 {
	corners := [4][2]int{{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j + 1}}
	sides := [4]gridEdge{{i, j, false}, {i + 1, j, true}, {i, j + 1, false}, {i, j, true}}
	var z [4]float64
	for k, at := range corners {
		z[k] = g.Z[at[1]][at[0]]
	}
	if math.IsNaN(z[0] + z[1] + z[2] + z[3]) {
		return nil
	}
	var out [][][2]float64
	var polygon [][2]float64
	apart := (z[0]+z[1]+z[2]+z[3])/4 <= level && (z[0] > level) == (z[2] > level) && (z[1] > level) == (z[3] > level)
	for k, at := range corners {
		next := (k + 1) % 4
		if z[k] > level {
			if apart { // a triangle about this corner
				before := sides[(k+3)%4]
				out = append(out, [][2]float64{crossing(g, before, level), {g.X[at[0]], g.Y[at[1]]}, crossing(g, sides[k], level)})
				continue
			}
			polygon = append(polygon, [2]float64{g.X[at[0]], g.Y[at[1]]})
		}
		if !apart && (z[k] > level) != (z[next] > level) {
			polygon = append(polygon, crossing(g, sides[k], level))
		}
	}
	if len(polygon) > 2 {
		out = append(out, polygon)
	}
	return out
}

// border is a set of directed lines, each of which cancels its opposite.
type border struct {
	after map[[2]float64][][2]float64 // ends of the lines from a point
	order [][2]float64                // points in the order of appearance: map order decides nothing
}

func (b *border) add(from, to [2]float64) {
	if from == to || b.take(to, from) {
		return
	}
	if b.after[from] == nil {
		b.order = append(b.order, from)
	}
	b.after[from] = append(b.after[from], to)
}

// take removes a line, if it is there.
func (b *border) take(from, to [2]float64) bool {
	for k, end := range b.after[from] {
		if end == to {
			b.after[from] = append(b.after[from][:k], b.after[from][k+1:]...)
			return true
		}
	}
	return false
}

// rings follow the lines from each point until they return to it, without points in the middle of
// straight lines along the grid.
func (b *border) rings() [][][2]float64 {
	var out [][][2]float64
	for _, start := range b.order {
		for len(b.after[start]) > 0 {
			ring := [][2]float64{start}
			for at := start; ; {
				to := b.after[at][0]
				b.take(at, to)
				if n := len(ring); n > 1 && straight(ring[n-2], ring[n-1], to) {
					ring = ring[:n-1]
				}
				if to == start {
					break
				}
				ring, at = append(ring, to), to
			}
			out = append(out, ring)
		}
	}
	return out
}

// straight reports three points on one line of the grid.
func straight(a, b, c [2]float64) bool {
	return a[0] == b[0] && b[0] == c[0] || a[1] == b[1] && b[1] == c[1]
}
