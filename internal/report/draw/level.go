package draw

import "math"

// edge of a grid on which a level line crosses: from node (i, j) to its right neighbour,
// or to its upper one.
type gridEdge struct {
	i, j  int
	above bool
}

// levelLines follows f = level through a grid by marching squares: in each square the
// crossings of its edges are joined in pairs, and squares are chained by the edges that
// they share. (gonum/plot's own contours fail on valleys such as Rosenbrock's.) The
// saddle case is settled by the mean of the four corners.
func levelLines(z [][]float64, level float64) [][]gridEdge {
	next := map[gridEdge][]gridEdge{} // at most two neighbours a crossing
	var order []gridEdge              // of first appearance: map order decides nothing
	join := func(a, b gridEdge) {
		for _, pair := range [2][2]gridEdge{{a, b}, {b, a}} {
			if next[pair[0]] == nil {
				order = append(order, pair[0])
			}
			next[pair[0]] = append(next[pair[0]], pair[1])
		}
	}
	for j := 0; j+1 < len(z); j++ {
		for i := 0; i+1 < len(z[j]); i++ {
			square(z, i, j, level, join)
		}
	}
	return chains(order, next)
}

func square(z [][]float64, i, j int, level float64, join func(a, b gridEdge)) {
	a, b, c, d := z[j][i], z[j][i+1], z[j+1][i+1], z[j+1][i] // counterclockwise
	if math.IsNaN(a + b + c + d) {
		return
	}
	bottom, right := gridEdge{i, j, false}, gridEdge{i + 1, j, true}
	top, left := gridEdge{i, j + 1, false}, gridEdge{i, j, true}
	var crossed []gridEdge
	for _, side := range []struct {
		from, to float64
		edge     gridEdge
	}{{a, b, bottom}, {b, c, right}, {c, d, top}, {d, a, left}} {
		if (side.from > level) != (side.to > level) {
			crossed = append(crossed, side.edge)
		}
	}
	switch len(crossed) {
	case 2:
		join(crossed[0], crossed[1])
	case 4:
		if ((a+b+c+d)/4 > level) == (a > level) {
			join(bottom, right)
			join(top, left)
		} else {
			join(left, bottom)
			join(right, top)
		}
	}
}

// chains walks open lines from their ends first, then closed ones.
func chains(order []gridEdge, next map[gridEdge][]gridEdge) [][]gridEdge {
	visited := map[gridEdge]bool{}
	var lines [][]gridEdge
	walk := func(from gridEdge) {
		line := []gridEdge{from}
		visited[from] = true
		for at, moved := from, true; moved; {
			moved = false
			for _, to := range next[at] {
				if !visited[to] {
					visited[to] = true
					line, at, moved = append(line, to), to, true
					break
				}
			}
		}
		for _, to := range next[line[len(line)-1]] {
			if to == from && len(line) > 2 {
				line = append(line, from)
			}
		}
		lines = append(lines, line)
	}
	for _, ends := range []bool{true, false} {
		for _, e := range order {
			if !visited[e] && (len(next[e]) == 1) == ends {
				walk(e)
			}
		}
	}
	return lines
}
