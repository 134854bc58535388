package losses

import (
	"slices"

	"github.com/gdbench/gdbench/internal/crew"
	"github.com/gdbench/gdbench/internal/problems/data"
)

// sharedSum is linear.sum done by several workers at once, to the bit. A part is some blocks of rows:
// one worker computes their values and slopes and then, while the rows are in its cache, adds them to
// the gradient, when all rows before are added. A lane is a strip of the gradient.
type sharedSum struct {
	job crew.Job
	of  *linear

	x       *data.Dense
	w, grad []float64
	pass    *pass
	strips  int // of the gradient; 0 where it is not asked for

	rows            int         // of a part: a multiple of those of a block
	margins, slopes [][]float64 // of a part, for each seat
	values          []float64   // Σ φ of each block
}

// worthSharing is the least number of entries, 128 MB, with which two workers were faster than one: what
// one of them can keep near, it reads once, and two read twice.
var worthSharing = 1 << 24

// shareable is the matrix where it pays to share the sum over so many rows. The gradient is small beside
// the rows of a part, since it travels from cache to cache; that of sparse rows is not.
func shareable(x data.Matrix, rows int) (*data.Dense, bool) {
	dense, ok := x.(*data.Dense)
	return dense, ok && rows*columns(x) >= worthSharing
}

func newSharedSum(l *linear) *sharedSum {
	const cached = 1 << 16 // numbers, which stay in the second cache
	return &sharedSum{of: l, rows: max(cached/l.Dim()/l.block, 1) * l.block}
}

// share is sum for so many workers.
func (l *linear) share(workers int, x *data.Dense, w, grad []float64, p *pass) float64 {
	if l.shared == nil {
		l.shared = newSharedSum(l)
	}
	s, d := l.shared, l.Dim()
	for len(s.slopes) < workers {
		s.margins, s.slopes = append(s.margins, make([]float64, s.rows)), append(s.slopes, make([]float64, s.rows))
	}
	s.x, s.w, s.grad, s.pass, s.strips = x, w[:d], nil, p, 0
	if grad != nil {
		const narrow = 64 // columns, of which fewer have more to do with the rows than with their entries
		s.grad, s.strips = grad[:d], min(workers, 1+d/narrow)
	}
	blocks := (len(p.rows) + l.block - 1) / l.block
	s.values = slices.Grow(s.values[:0], blocks)[:blocks]
	l.crew.Do(&s.job, s, workers, (len(p.rows)+s.rows-1)/s.rows, s.strips)
	var f float64
	for _, v := range s.values {
		f += v
	}
	return f
}

// Prepare computes values and slopes of a part.
func (s *sharedSum) Prepare(seat, part int) {
	rows, targets := s.pass.from(part*s.rows, s.rows)
	margins, slopes, size := s.margins[seat][:len(rows)], s.slopes[seat], s.of.block
	s.x.Products(margins, s.w, rows)
	for at := 0; at < len(rows); at += size {
		to := min(at+size, len(rows))
		s.values[(part*s.rows+at)/size] = s.of.terms(margins[at:to], targets[at:to], slopes[at:])
	}
}

// Add adds the rows of a part to a strip of the gradient.
func (s *sharedSum) Add(seat, part, strip int) {
	rows, _ := s.pass.from(part*s.rows, s.rows)
	d := len(s.grad)
	s.x.CombineStrip(s.grad, s.slopes[seat], rows, d*strip/s.strips, d*(strip+1)/s.strips)
}
