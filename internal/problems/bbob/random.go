package bbob

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/vec"
)

// uniform fills r with numbers in (0, 1) from a seed: the generator of Park & Miller 1988
// (doi:10.1145/63039.63042, multiplier 16807, by Schrage's method) behind the shuffle table
// of Bays & Durham with 32 entries.
func uniform(r []float64, seed int64) {
	const (
		warmUp = 40
		table  = 32
	)
	state := max(1, max(seed, -seed))
	var shuffled [table]int64
	for i := warmUp - 1; i >= 0; i-- {
		state = parkMiller(state)
		if i < table {
			shuffled[i] = state
		}
	}
	drawn := shuffled[0]
	for i := range r {
		state = parkMiller(state)
		place := drawn / 67108865
		drawn, shuffled[place] = shuffled[place], state
		r[i] = float64(drawn) / 2.147483647e9
		if r[i] == 0 {
			r[i] = 1e-99
		}
	}
}

func parkMiller(state int64) int64 {
	q := state / 127773
	state = 16807*(state-q*127773) - 2836*q
	if state < 0 {
		state += 2147483647
	}
	return state
}

// gauss fills g with standard normal numbers, by the transformation of Box & Muller.
func gauss(g []float64, seed int64) {
	n := len(g)
	u := make([]float64, 2*n)
	uniform(u, seed)
	for i := range g {
		g[i] = math.Sqrt(-2*elementary.Log(u[i])) * elementary.Cos(2*math.Pi*u[n+i])
		if g[i] == 0 {
			g[i] = 1e-99
		}
	}
}

// rotation is a random orthogonal n×n matrix by rows: normal numbers, orthogonalized by
// Gram and Schmidt column by column.
func rotation(n int, seed int64) matrix {
	g := make([]float64, n*n)
	gauss(g, seed)
	columns := make([][]float64, n)
	for j := range columns {
		columns[j] = g[j*n : (j+1)*n]
		for _, before := range columns[:j] {
			p := vec.Dot(columns[j], before)
			for k, b := range before {
				columns[j][k] -= float64(p * b)
			}
		}
		norm := math.Sqrt(vec.Dot(columns[j], columns[j]))
		for k := range columns[j] {
			columns[j][k] /= norm
		}
	}
	m := newMatrix(n)
	for j, c := range columns {
		for i, v := range c {
			m.row(i)[j] = v
		}
	}
	return m
}

// permutation orders 0 … n−1 by n uniform numbers.
func permutation(n int, seed int64) []int {
	u := make([]float64, n)
	uniform(u, seed)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case u[a] < u[b]:
			return -1
		case u[a] > u[b]:
			return 1
		}
		return 0
	})
	return order
}

// optimum is the usual minimizer: on a grid of width 8e-4 in [−4, 4], never 0.
func optimum(n int, seed int64) []float64 {
	x := make([]float64, n)
	uniform(x, seed)
	for i, u := range x {
		x[i] = 8*math.Floor(1e4*u)/1e4 - 4
		if x[i] == 0 {
			x[i] = -1e-5
		}
	}
	return x
}

// minimumValue is f*: a ratio of two normal numbers, in hundredths, at most 1000 in size.
func minimumValue(seed int64) float64 {
	var above, below [1]float64
	gauss(above[:], seed)
	gauss(below[:], seed+1)
	return math.Min(1000, math.Max(-1000, math.Floor(100*100*above[0]/below[0]+0.5)/100))
}
