package constrained

import (
	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/internal/vec"
)

// model is the limited-memory BFGS matrix in its compact form
//
//	B = θI − WMWᵀ,  W = (Y θS),  M⁻¹ = (−D Lᵀ; L θSᵀS),
//
// with D the diagonal and L the part below it of SᵀY (Byrd, Nocedal & Schnabel 1994,
// doi:10.1007/BF01582063, equation 3.3).
type model struct {
	most, count int
	theta       float64
	s, y        [][]float64 // pairs, the oldest first, and room for one more
	ss, sy      [][]float64 // sᵢᵀsⱼ and sᵢᵀyⱼ
	inverse     [][]float64 // M, of 2·count rows
	lu          *linalg.LU  // of 2·most rows, those beyond 2·count the identity's
	column      []float64
}

func newModel(memory, n int) model {
	matrix := func(rows, columns int) [][]float64 {
		out := make([][]float64, rows)
		for i := range out {
			out[i] = make([]float64, columns)
		}
		return out
	}
	m := model{most: memory, theta: 1, s: matrix(memory+1, n), y: matrix(memory+1, n), ss: matrix(memory, memory), sy: matrix(memory, memory), inverse: matrix(2*memory, 2*memory)}
	m.lu, m.column = linalg.NewLU(2*memory), make([]float64, 2*memory)
	return m
}

// forget makes B the identity.
func (m *model) forget() { m.count, m.theta = 0, 1 }

// take keeps the pair of a step s to the gradient next from before, where the slope of the step was
// by, if the pair has curvature; it reports whether it has. Otherwise the memory stays as it is.
func (m *model) take(s, next, before []float64, by float64) bool {
	const epsilon = 0x1p-52
	y := m.y[m.count]
	copy(m.s[m.count], s)
	vec.AddScaled(y, next, -1, before)
	sy, yy := vec.Dot(s, y), vec.Square(y)
	if !(sy > -epsilon*by) {
		return false
	}
	if m.count == m.most {
		m.dropOldest()
	}
	k := m.count
	m.count++
	m.theta = yy / sy
	for i := range m.count {
		m.ss[i][k] = vec.Dot(m.s[i], m.s[k])
		m.ss[k][i] = m.ss[i][k]
		m.sy[i][k] = vec.Dot(m.s[i], m.y[k])
		m.sy[k][i] = vec.Dot(m.s[k], m.y[i])
	}
	return true
}

// dropOldest makes room for the pair behind the last.
func (m *model) dropOldest() {
	s, y := m.s[0], m.y[0]
	copy(m.s, m.s[1:])
	copy(m.y, m.y[1:])
	m.s[m.most], m.y[m.most] = s, y
	m.count--
	for i := range m.count {
		copy(m.ss[i], m.ss[i+1][1:])
		copy(m.sy[i], m.sy[i+1][1:])
	}
}

// factorize finds M; where that has no digits, the memory is forgotten.
func (m *model) factorize() {
	k := m.count
	lu := m.lu
	identity(lu, 2*m.most)
	for i := range k {
		top, bottom := lu.Row(i), lu.Row(k+i)
		bottom[k+i] = 0
		top[i] = -m.sy[i][i]
		for j := range k {
			if j > i {
				top[k+j] = m.sy[j][i]
			}
			if j < i {
				bottom[j] = m.sy[i][j]
			}
			bottom[k+j] = m.theta * m.ss[i][j]
		}
	}
	if !lu.Factorize() {
		m.forget()
		return
	}
	for j := range 2 * k {
		clear(m.column)
		m.column[j] = 1
		lu.Solve(m.column)
		copy(m.inverse[j][:2*k], m.column) // M is symmetric
	}
}

// identity writes the identity of n rows.
func identity(lu *linalg.LU, n int) {
	for i := range n {
		row := lu.Row(i)
		clear(row)
		row[i] = 1
	}
}

// row is that of variable i of W.
func (m *model) row(w []float64, i int) {
	for j := range m.count {
		w[j] = m.y[j][i]
		w[m.count+j] = m.theta * m.s[j][i]
	}
}

// times writes Mv into out.
func (m *model) times(out, v []float64) {
	for i := range out {
		out[i] = vec.Dot(m.inverse[i][:len(v)], v)
	}
}
