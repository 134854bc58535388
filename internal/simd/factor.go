package simd

import "math"

// Factor is the factorization A = UᵀU of a positive definite matrix (Cholesky's), in place: U
// lies in panels of neighbouring columns, as B does in Panels, so that the products which
// bring rows up to date are products of tiles, without packing. Every entry is summed in the
// order of the rows above it: U has the bits of three nested loops, and so has a solution.
//
// While an entry is summed it is negative, since tiles add: −aᵢⱼ + Σ uₖᵢuₖⱼ.
type Factor struct {
	n, width int
	values   []float64
	partial  []float64 // sums of Solve, eight to a row
}

// band is the number of rows that are brought up to date with all rows above them at a time, and
// group the number of rows, or columns, within which plain loops take over.
const band, group = 32, 8

// Reset makes room for a matrix of n rows, all zeros. Where there is room already it allocates nothing.
func (f *Factor) Reset(n int) {
	f.n, f.width = n, panelWidth()
	// As much on all processors, since records say how much memory a method keeps.
	if size := n * roundUp(n, widest); cap(f.values) < size {
		f.values, f.partial = make([]float64, size), make([]float64, n*group)
	} else {
		f.values = f.values[:size]
	}
}

// from is where row i, column j is, and what follows it: the row within its panel, the next rows.
func (f *Factor) from(i, j int) []float64 {
	first := f.panel(j)
	return f.values[first*f.n+i*f.width+j-first:]
}

// panel is the first column of the panel with column j. Widths are powers of two, and divisions slow.
func (f *Factor) panel(j int) int { return j &^ (f.width - 1) }

// SetRow sets row i of A from the diagonal on. All rows must be set before Factorize.
func (f *Factor) SetRow(i int, row []float64) {
	row = row[:f.n-i]
	first := f.panel(i)
	clear(f.from(i, first)[:i-first])
	for j := i; len(row) > 0; {
		end := min(f.panel(j)+f.width, f.n)
		to := f.from(i, j)[:end-j]
		for c, v := range row[:len(to)] {
			to[c] = -v
		}
		row, j = row[len(to):], end
	}
	if last := f.panel(f.n); last < f.n { // products of what fills up the last panel stay 0
		clear(f.from(i, last)[f.n-last : f.width])
	}
}

// At is entry i, j of U, j ≥ i.
func (f *Factor) At(i, j int) float64 { return f.from(i, j)[0] }

// Factorize reports whether A is positive definite.
func (f *Factor) Factorize() (ok bool) {
	for top := 0; top < f.n; top += band {
		bottom := min(top+band, f.n)
		f.bringUp(top, bottom)
		for i := top; i < bottom; i += group {
			rows := min(group, bottom-i)
			within := f.panel(i) // the panel with the diagonal
			var pivots [group]float64
			for j := within; j < f.n; j += f.width {
				f.products(top, i, i, rows, j)
				if j == within && !f.finish(i, rows, within+f.width, &pivots) {
					return false
				}
			}
			if rows == group { // else no panel follows
				f.divide(i, within+f.width, &pivots)
			}
		}
	}
	return true
}

// bringUp adds the products with all rows above them to the rows from top to bottom.
func (f *Factor) bringUp(top, bottom int) {
	for j := f.panel(top); j < f.n; j += f.width {
		for k := 0; k < top; k += depth {
			f.products(k, min(k+depth, top), top, bottom-top, j)
		}
	}
}

// products adds to the panel at column j, in so many rows from row i on, the products of columns
// i … and j … of the rows from k to end.
func (f *Factor) products(k, end, i, rows, j int) {
	if k == end {
		return
	}
	for last := i + rows; i < last; {
		some := min(last, f.panel(i)+f.width) - i
		t := tiling{a: f.from(k, i), row: 1, column: f.width, panel: f.from(k, j), width: f.width, k: end - k, m: some, add: true}
		_, _ = t.a[(t.k-1)*t.column+some-1], t.panel[t.k*f.width-1] // the assembly does not ask
		t.whole(f.from(i, j)[:some*f.width], f.width)
		i += some
	}
}

// finish completes so many rows from row i on up to a column within their panel, and reports whether
// they have pivots.
func (f *Factor) finish(i, rows, end int, pivots *[group]float64) (ok bool) {
	width := f.width
	corner := f.from(i, i)
	columns := end - i
	for r := range rows {
		row := corner[r*width:][:columns]
		for k := range r {
			u := corner[k*width:][:columns]
			addOnePortable(row[r:], u[r], u[r:])
		}
		if d := -row[r]; !(d > 0) || math.IsInf(d, 1) {
			return false
		}
		pivot := math.Sqrt(-row[r])
		row[r] = pivot
		for c := r + 1; c < columns; c++ {
			row[c] /= -pivot
		}
		pivots[r] = -pivot
	}
	return true
}

// divide completes a group of rows from row i on, in the panels from column j on.
func (f *Factor) divide(i, j int, pivots *[group]float64) {
	if j >= f.n {
		return
	}
	corner, c := f.from(i, i), f.from(i, j)
	panels, apart := (f.n-j+f.width-1)/f.width, f.n*f.width
	_, _ = corner[(group-1)*f.width+group-1], c[(panels-1)*apart+group*f.width-1] // the assembly does not ask
	switch {
	case avx512:
		divideAVX512(&c[0], apart, &corner[0], pivots, panels)
	case avx2:
		divideAVX2(&c[0], apart, &corner[0], pivots, panels)
	default:
		for p := range panels {
			dividePortable(c[p*apart:], corner, f.width, pivots)
		}
	}
}

// dividePortable is divide in one panel.
func dividePortable(c, corner []float64, width int, pivots *[group]float64) {
	for r := range group {
		row := c[r*width:][:width]
		for k := range r {
			addOnePortable(row, corner[k*width+r], c[k*width:][:width])
		}
		for j := range row {
			row[j] /= pivots[r]
		}
	}
}

// Solve overwrites b with A⁻¹b: Uᵀy = b by columns, in the order of the rows, then Ux = y. There
// each row has eight partial sums, of the columns with one remainder by eight, from the last column
// on; the columns next to the diagonal are added one by one.
func (f *Factor) Solve(b []float64) {
	b = clip(b, f.n)
	f.forward(b)
	f.backward(b)
}

func (f *Factor) forward(b []float64) {
	var room [widest]float64
	sums := room[:f.width]
	for j := 0; j < f.n; j += f.width {
		some := min(f.width, f.n-j)
		clear(sums)
		for c, v := range b[j : j+some] {
			sums[c] = -v
		}
		if j > 0 {
			t := tiling{a: b, row: 0, column: 1, panel: f.from(0, j), width: f.width, k: j, m: 1, add: true}
			_ = t.panel[j*f.width-1]
			t.whole(sums, f.width)
		}
		for r := range some {
			u := f.from(j+r, j)[:some]
			y := sums[r] / -u[r]
			b[j+r] = y
			for c := r + 1; c < some; c++ {
				sums[c] += float64(u[c] * y)
			}
		}
	}
}

func (f *Factor) backward(b []float64) {
	partial := f.partial[:f.n*group]
	clear(partial)
	for j := (f.n - 1) / group * group; j >= 0; j -= group {
		some := min(group, f.n-j)
		var x [group]float64
		for r := some - 1; r >= 0; r-- {
			u, p := f.from(j+r, j)[:some], (*[group]float64)(partial[(j+r)*group:])
			v := b[j+r] - (((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7])))
			for c := some - 1; c > r; c-- {
				v -= float64(u[c] * x[c])
			}
			x[r] = v / u[r]
			b[j+r] = x[r]
		}
		if j == 0 {
			return
		}
		above := f.from(0, j)
		_ = above[(j-1)*f.width+group-1]
		switch {
		case avx512:
			aboveAVX512(&partial[0], &above[0], &x, j)
		case avx2:
			aboveAVX2(&partial[0], &above[0], &x, j)
		default:
			for i := range j {
				addProducts((*[group]float64)(partial[i*group:]), (*[group]float64)(above[i*f.width:]), &x)
			}
		}
	}
}

// addProducts adds the products of two lists to the sums.
func addProducts(sums, u, x *[group]float64) {
	for c := range sums {
		sums[c] += float64(u[c] * x[c])
	}
}
