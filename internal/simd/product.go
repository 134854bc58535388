package simd

import "fmt"

// Panels is a k×n matrix B laid out for products A·B: panels of neighbouring columns, each of
// them row by row, the last filled up with zeros. In a product every entry is summed in the
// order of k, from 0 or from what C holds, one product after another: it has the bits of three
// nested loops. What makes it fast is that neighbouring columns share a register, and that a
// tile of sums stays in registers while B streams by.
type Panels struct {
	k, n   int
	width  int // columns of a panel; half as many in the last one where those are enough
	values []float64
}

// Reserve makes room for matrices of k rows and n columns, so that Pack need not.
func (p *Panels) Reserve(k, n int) {
	if room := k * roundUp(n, widest); cap(p.values) < room {
		p.values = make([]float64, 0, room)
	}
}

// widest is the number of columns of the widest panels.
const widest = 16

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

// widthAt is the width of the panel that begins with column j.
func (p *Panels) widthAt(j int) int {
	if p.n-j <= p.width/2 {
		return p.width / 2
	}
	return p.width
}

// Pack takes the k×n matrix whose entry l, j is b[l·row + j·column].
func (p *Panels) Pack(b []float64, row, column, k, n int) {
	if row < 0 || column < 0 { // else the assembly reads before b
		panic(fmt.Sprintf("simd: rows of B are %d apart, its columns %d", row, column))
	}
	p.Reserve(k, n)
	p.k, p.n, p.width = k, n, panelWidth()
	p.values = p.values[:k*roundUp(n, p.width/2)]
	for j := 0; j < n && k > 0; j += p.width {
		width := p.widthAt(j)
		panel, some := p.values[j*k:(j+width)*k], min(width, n-j)
		if some < width {
			clear(panel)
		}
		t := packing{panel, width, b[j*column:], row, column}
		if column == 1 {
			t.rows(k, some)
		} else {
			t.columns(k, some)
		}
	}
}

// packing fills a panel with columns of B.
type packing struct {
	panel       []float64
	width       int
	b           []float64
	row, column int
}

// rows goes row by row.
func (t packing) rows(k, some int) {
	_, _ = t.panel[k*t.width-1], t.b[(k-1)*t.row+some-1] // the assembly does not ask
	switch whole := avx2 && some == t.width; {
	case whole && some == 4:
		packRows4AVX2(&t.panel[0], &t.b[0], t.row, k)
	case whole && some == 8:
		packRows8AVX2(&t.panel[0], &t.b[0], t.row, k)
	case whole && some == 16:
		packRows16AVX2(&t.panel[0], &t.b[0], t.row, k)
	default:
		for l := range k {
			copy(t.panel[l*t.width:][:some], t.b[l*t.row:])
		}
	}
}

// columns goes column by column.
func (t packing) columns(k, some int) {
	_, _ = t.panel[k*t.width-1], t.b[(some-1)*t.column+(k-1)*t.row] // the assembly does not ask
	c := 0
	if avx2 && t.row == 1 && k >= lanes {
		for ; c+lanes <= some; c += lanes {
			packColumnsAVX2(&t.panel[c], t.width, &t.b[c*t.column], t.column, k/lanes)
			t.entries(bulk(k), k, c, c+lanes)
		}
	}
	t.entries(0, k, c, some)
}

// entries copies those in some rows and columns.
func (t packing) entries(row, rows, column, columns int) {
	for c := column; c < columns; c++ {
		for l, at := row, c*t.column+row*t.row; l < rows; l, at = l+1, at+t.row {
			t.panel[l*t.width+c] = t.b[at]
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
				t.width = p.widthAt(j)
				t.panel = p.values[j*p.k+l*t.width:]
				if p.n-j < t.width {
					t.partial(c[i*stride+j:], stride, p.n-j)
				} else {
					t.whole(c[i*stride+j:], stride)
				}
			}
		}
	}
}

// tiling is the product of m rows of A with one panel.
type tiling struct {
	a           []float64
	row, column int
	panel       []float64
	width       int
	k, m        int
	add         bool
}

// whole multiplies with a panel all of whose columns are in C.
func (t tiling) whole(c []float64, stride int) {
	switch wide := t.width == panelWidth(); {
	case !avx2:
		for i := range t.m {
			rowPortable(c[i*stride:][:t.width], t.a[i*t.row:], t.column, t.panel, t.k, t.add)
		}
	case avx512 && wide:
		wideAVX512(&c[0], stride, &t.a[0], t.row, t.column, &t.panel[0], t.k, t.m, t.add)
	case avx512:
		narrowAVX512(&c[0], stride, &t.a[0], t.row, t.column, &t.panel[0], t.k, t.m, t.add)
	case wide:
		wideAVX2(&c[0], stride, &t.a[0], t.row, t.column, &t.panel[0], t.k, t.m, t.add)
	default:
		narrowAVX2(&c[0], stride, &t.a[0], t.row, t.column, &t.panel[0], t.k, t.m, t.add)
	}
}

// partial multiplies with a panel of which only some columns are in C.
func (t tiling) partial(c []float64, stride, some int) {
	var room [24 * 8]float64 // whole tiles of all sets of instructions
	part, rows := t, len(room)/t.width
	for i := 0; i < t.m; i += rows {
		part.m = min(rows, t.m-i)
		part.a = t.a[i*t.row:]
		if t.add {
			for r := range part.m {
				copy(room[r*t.width:][:some], c[(i+r)*stride:])
			}
		}
		part.whole(room[:], t.width)
		for r := range part.m {
			copy(c[(i+r)*stride:][:some], room[r*t.width:])
		}
	}
}

// rowPortable is a row of a tile, four columns at a time.
func rowPortable(c, a []float64, column int, panel []float64, k int, add bool) {
	width := len(c)
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
