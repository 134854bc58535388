package direction

import (
	"math"

	"github.com/gdbench/gdbench/internal/methods/secant"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
)

// LBFGS is the limited-memory BFGS direction
//
//	Δx = −H∇f(x),
//
// H the BFGS approximation of the inverse Hessian by the last `memory` pairs s, y from
// γI, γ = sᵀy/yᵀy, applied by the two-loop recursion in O(memory·n). A pair without
// positive curvature, sᵀy ≤ ε‖s‖‖y‖, is left out; so is the memory where Δx would not
// descend: it promises descent.
//
// Sources: Nocedal 1980, Updating quasi-Newton matrices with limited storage,
// doi:10.1090/S0025-5718-1980-0572855-7; Liu & Nocedal 1989, doi:10.1007/BF01589116.
type LBFGS struct {
	Memory int `param:"memory" default:"10" range:"[1,1000]" space:"{integer: [3, 30]}" doc:"number of pairs kept"`

	pair  secant.Pair
	s, y  [][]float64 // ring of pairs
	ρ     []float64   // 1/sᵀy of each
	α     []float64   // scratch of the recursion
	γ     float64
	next  int // slot of the next pair
	count int // pairs kept
}

var _ methods.Direction = (*LBFGS)(nil)

func init() {
	methods.RegisterDirection("lbfgs", methods.Info{
		Summary: "limited-memory BFGS by the two-loop recursion",
		Formula: "Δx = −H∇f(x), H from the last pairs sₖ, yₖ",
		Source:  "Nocedal 1980, Math. Comp. 35, 773–782; Liu & Nocedal 1989, Math. Program. 45, 503–528",
		DOI:     "10.1007/BF01589116",
		Family:  "quasi-Newton",
	}, func() methods.Direction { return new(LBFGS) })
}

func (m *LBFGS) Init(o *methods.Oracle) error {
	n := o.Dim()
	m.pair.Init(o)
	m.s, m.y = make([][]float64, m.Memory), make([][]float64, m.Memory)
	store := make([]float64, 2*m.Memory*n)
	for i := range m.Memory {
		m.s[i], store = store[:n:n], store[n:]
		m.y[i], store = store[:n:n], store[n:]
	}
	m.ρ, m.α = make([]float64, m.Memory), make([]float64, m.Memory)
	m.next, m.count, m.γ = 0, 0, 1
	return nil
}

func (m *LBFGS) Direction(at *methods.Iterate, d []float64) error {
	m.pair.S, m.pair.Y = m.s[m.next], m.y[m.next] // the oldest pair makes room
	if m.pair.Update(at) {
		m.keep()
	}
	negate(d, at.Grad)
	m.apply(d)
	if !(vec.Dot(at.Grad, d) < 0) {
		m.count, m.γ = 0, 1
		negate(d, at.Grad)
	}
	return nil
}

// keep takes the pair just written into the ring. A pair that is left out has still
// overwritten the oldest of a full ring.
func (m *LBFGS) keep() {
	s, y := m.pair.S, m.pair.Y
	sy, yy := vec.Dot(s, y), vec.Dot(y, y)
	if !(sy > ε*math.Sqrt(vec.Dot(s, s)*yy)) {
		m.count = min(m.count, m.Memory-1)
		return
	}
	m.ρ[m.next] = 1 / sy
	m.γ = sy / yy
	m.next = (m.next + 1) % m.Memory
	m.count = min(m.count+1, m.Memory)
}

// apply overwrites q with Hq.
func (m *LBFGS) apply(q []float64) {
	i := m.next
	for range m.count { // newest first
		if i--; i < 0 {
			i = m.Memory - 1
		}
		m.α[i] = m.ρ[i] * vec.Dot(m.s[i], q)
		vec.AddScaled(q, q, -m.α[i], m.y[i])
	}
	vec.Scale(m.γ, q)
	for range m.count { // oldest first
		β := float64(m.ρ[i] * vec.Dot(m.y[i], q))
		vec.AddScaled(q, q, m.α[i]-β, m.s[i])
		if i++; i == m.Memory {
			i = 0
		}
	}
}

// Units are those of ∇f first, then those of x.
func (*LBFGS) Units() methods.Units {
	return methods.Units{Value: methods.Varying, Variables: methods.Varying}
}
