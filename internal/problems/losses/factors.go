package losses

import (
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/internal/vec"
)

// factorBlock passes rows of M in blocks: R = UVᵀ − M, and the gradients R·V and Rᵀ·U, by products
// of matrices. Every sum is in the order of a loop over rows, columns and rank, whose bits it has.
type factorBlock struct {
	rank, columns int
	room          int // rows in a block

	u, r, g []float64 // scratch by rows of a block: of U, of R, and of the gradient by U
	seen    []bool    // by rows of M: there is one such row in the block already

	turned, plain, before simd.Panels // Vᵀ, V, and the rows of U
}

func newFactorBlock(rows, columns, rank int) factorBlock {
	const cached = 1 << 16 // numbers, which stay in the second cache
	b := factorBlock{rank: rank, columns: columns, seen: make([]bool, rows)}
	b.room = min(max(cached/(columns+2*rank), 8), 128, rows)
	b.u, b.g, b.r = make([]float64, b.room*rank), make([]float64, b.room*rank), make([]float64, b.room*columns)
	b.before.Reserve(b.room, rank)
	return b
}

// begin makes ready for points with this V.
func (b *factorBlock) begin(v []float64, gradient bool) {
	b.turned.Pack(v, 1, b.rank, b.rank, b.columns)
	if gradient {
		b.plain.Pack(v, b.rank, 1, b.columns, b.rank)
	}
}

// residuals is the sum of the squares of R over some rows, which it continues from f.
func (b *factorBlock) residuals(f float64, m data.Matrix, u []float64, rows []int32) float64 {
	for k, i := range rows {
		copy(b.u[k*b.rank:][:b.rank], u[int(i)*b.rank:])
	}
	b.turned.Times(b.r, b.columns, b.u, b.rank, 1, len(rows), false)
	for k, i := range rows {
		r := b.r[k*b.columns:][:b.columns]
		subtractRow(r, m, int(i))
		f += vec.Square(r)
	}
	return f
}

// spread adds scale times the gradients over the rows of the last residuals to gu and gv.
func (b *factorBlock) spread(gu, gv []float64, scale float64, rows []int32) {
	r := b.r[:len(rows)*b.columns]
	vec.Scale(scale, r)
	b.before.Pack(b.u, b.rank, 1, len(rows), b.rank)
	b.before.Times(gv, b.rank, r, 1, b.columns, b.columns, true)

	for k, i := range rows {
		copy(b.g[k*b.rank:][:b.rank], gu[int(i)*b.rank:])
	}
	b.plain.Times(b.g, b.rank, r, b.columns, 1, len(rows), true)
	for k, i := range rows {
		to := gu[int(i)*b.rank:][:b.rank]
		if b.seen[i] { // what is in b.g began without the row before
			b.plain.Times(to, b.rank, r[k*b.columns:], b.columns, 1, 1, true)
			continue
		}
		b.seen[i] = true
		copy(to, b.g[k*b.rank:])
	}
	for _, i := range rows {
		b.seen[i] = false
	}
}

// subtractRow subtracts row i of M.
func subtractRow(r []float64, m data.Matrix, i int) {
	at, values := m.Row(i)
	if at == nil {
		for j, v := range values {
			r[j] -= v
		}
		return
	}
	for k, v := range values {
		r[at[k]] -= v
	}
}
