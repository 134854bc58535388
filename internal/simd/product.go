package simd

import "fmt"

// Panels is a k×n matrix B laid out for products A·B: panels of neighbouring columns, each of
// them row by row, the last filled up with zeros. In a product every entry is summed in the
// order of k, from 0 or from what C holds, one product after another: it has the bits of three
// nested loops. What makes it fast is that neighbouring columns share a register, and that a
// tile of sums stays in registers while B streams by.
type Panels struct {
	k, n   int
	width  int // columns of a panel
	values []float64
}

// Reserve makes room for matrices of k rows and n columns, so that Pack need not.
func (p *Panels) Reserve(k, n int) {
	if room := k * roundUp(n, widest); cap(p.values) < room {
		p.values = make([]float64, 0, room)
	}
}

// widest is the number of columns of the widest panels, and tallest the rows of the tallest tile.
const widest, tallest = 16, 8

// depth is the number of rows of B that are multiplied with all of A before the next as many
// are, and span the rows of A that are meanwhile: the first part stays in the first cache and the
// second in the second. Measured; the optimum is flat.
const depth, span = 256, 128

func roundUp(n, unit int) int { return (n + unit - 1) / unit * unit }

// panelWidth is the number of columns of a panel for this processor: two registers.
func panelWidth() int {
	if avx512 {
		return widest
	}
	return 2 * lanes
}

// Pack takes the k×n matrix whose entry l, j is b[l·row + j·column].
func (p *Panels) Pack(b []float64, row, column, k, n int) {
	p.Reserve(k, n)
	p.k, p.n, p.width = k, n, panelWidth()
	p.values = p.values[:k*roundUp(n, p.width)]
	for j := 0; j < n; j += p.width {
		panel, some := p.values[j*k:(j+p.width)*k], min(p.width, n-j)
		if some < p.width {
			clear(panel)
		}
		if column == 1 {
			for l := range k {
				copy(panel[l*p.width:][:some], b[l*row+j:])
			}
			continue
		}
		for c := range some {
			from := b[(j+c)*column:]
			for l, at := 0, 0; l < k; l, at = l+1, at+row {
				panel[l*p.width+c] = from[at]
			}
		}
	}
}

// Times writes A·B into the m×n matrix C, whose rows are stride apart, or adds it to C. The
// entry i, l of the m×k matrix A is a[i·row + l·column].
func (p *Panels) Times(c []float64, stride int, a []float64, row, column, m int, add bool) {
	if m == 0 || p.n == 0 {
		return
	}
	if p.k == 0 {
		panic("simd: a product over nothing")
	}
	_, _ = c[(m-1)*stride+p.n-1], a[(m-1)*row+(p.k-1)*column] // the assembly does not ask
	if stride < p.n || row < 0 || column < 0 {
		panic(fmt.Sprintf("simd: rows of %d numbers are %d apart; those of A %d, its columns %d", p.n, stride, row, column))
	}
	for l := 0; l < p.k; l += depth {
		for i := 0; i < m; i += span {
			t := tiling{a: a[i*row+l*column:], row: row, column: column, k: min(depth, p.k-l), m: min(span, m-i), add: add || l > 0}
			for j := 0; j < p.n; j += p.width {
				t.panel = p.values[j*p.k+l*p.width:]
				if p.n-j < p.width {
					t.partial(c[i*stride+j:], stride, p.n-j, p.width)
				} else {
					t.whole(c[i*stride+j:], stride, p.width)
				}
			}
		}
	}
}

// tiling is the product of some rows of A with one panel.
type tiling struct {
	a           []float64
	row, column int
	panel       []float64
	k, m        int
	add         bool
}

// whole multiplies with a panel all of whose columns are in C.
func (t tiling) whole(c []float64, stride, width int) {
	for i := 0; i < t.m; {
		rows, count := 1, 1
		switch {
		case avx512 && t.m-i >= 8:
			rows, count = 8, (t.m-i)/8
			tile8AVX512(&c[i*stride], stride, &t.a[i*t.row], t.row, t.column, &t.panel[0], t.k, count, t.add)
		case avx512 && t.m-i >= 4:
			rows = 4
			tile4AVX512(&c[i*stride], stride, &t.a[i*t.row], t.row, t.column, &t.panel[0], t.k, 1, t.add)
		case avx512 && t.m-i >= 2:
			rows = 2
			tile2AVX512(&c[i*stride], stride, &t.a[i*t.row], t.row, t.column, &t.panel[0], t.k, 1, t.add)
		case avx512:
			tile1AVX512(&c[i*stride], stride, &t.a[i*t.row], t.row, t.column, &t.panel[0], t.k, 1, t.add)
		case avx2 && t.m-i >= 6:
			rows, count = 6, (t.m-i)/6
			tile6AVX2(&c[i*stride], stride, &t.a[i*t.row], t.row, t.column, &t.panel[0], t.k, count, t.add)
		case avx2 && t.m-i >= 4:
			rows = 4
			tile4AVX2(&c[i*stride], stride, &t.a[i*t.row], t.row, t.column, &t.panel[0], t.k, 1, t.add)
		case avx2 && t.m-i >= 2:
			rows = 2
			tile2AVX2(&c[i*stride], stride, &t.a[i*t.row], t.row, t.column, &t.panel[0], t.k, 1, t.add)
		case avx2:
			tile1AVX2(&c[i*stride], stride, &t.a[i*t.row], t.row, t.column, &t.panel[0], t.k, 1, t.add)
		default:
			tilePortable(c[i*stride:][:width], t.a[i*t.row:], t.column, t.panel, t.k, t.add)
		}
		i += rows * count
	}
}

// partial multiplies with a panel of which only some columns are in C.
func (t tiling) partial(c []float64, stride, some, width int) {
	var room [tallest * widest]float64
	part := t
	for i := 0; i < t.m; i += tallest {
		part.m = min(tallest, t.m-i)
		part.a = t.a[i*t.row:]
		if t.add {
			for r := range part.m {
				copy(room[r*width:][:some], c[(i+r)*stride:])
			}
		}
		part.whole(room[:], width, width)
		for r := range part.m {
			copy(c[(i+r)*stride:][:some], room[r*width:])
		}
	}
}

// tilePortable is one row of a tile, four columns at a time.
func tilePortable(c, a []float64, column int, panel []float64, k int, add bool) {
	const width = 2 * lanes
	for j := 0; j < width; j += 4 {
		var s, t, u, v float64
		sums := (*[4]float64)(c[j:])
		if add {
			s, t, u, v = sums[0], sums[1], sums[2], sums[3]
		}
		for l, at := 0, 0; l < k; l, at = l+1, at+column {
			p, b := a[at], (*[4]float64)(panel[l*width+j:])
			s, t, u, v = s+float64(p*b[0]), t+float64(p*b[1]), u+float64(p*b[2]), v+float64(p*b[3])
		}
		*sums = [4]float64{s, t, u, v}
	}
}
