package direction

import (
	"github.com/gdbench/gdbench/internal/methods/secant"
	"github.com/gdbench/gdbench/internal/simd"
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
	ring  []float64 // s and y of each pair
	n     int
	ρ     []float64 // 1/sᵀy of each
	α     []float64 // scratch of the recursion
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
	room := make(vec.Room, secant.Vectors*n+2*m.Memory*(n+1))
	m.pair.InitIn(&room, o)
	m.ring, m.ρ, m.α = room.Take(2*m.Memory*n), room.Take(m.Memory), room.Take(m.Memory)
	m.n, m.next, m.count, m.γ = n, 0, 0, 1
	return nil
}

func (m *LBFGS) Direction(at *methods.Iterate, d []float64) error {
	m.pair.S, m.pair.Y = m.slot(m.next) // the oldest pair makes room
	if m.pair.Update(at) {
		m.keep()
	}
	negate(d, at.Grad)
	if m.count == 0 {
		vec.Scale(m.γ, d)
	} else if !(m.apply(d, at.Grad) < 0) {
		m.count, m.γ = 0, 1
		negate(d, at.Grad)
	}
	return nil
}

// keep takes the pair just written into the ring. A pair that is left out has still
// overwritten the oldest of a full ring.
func (m *LBFGS) keep() {
	p := &m.pair
	if !p.Curved() {
		m.count = min(m.count, m.Memory-1)
		return
	}
	m.ρ[m.next] = 1 / p.SY
	m.γ = p.SY / p.YY
	m.next = m.after(m.next)
	m.count = min(m.count+1, m.Memory)
}

// apply overwrites q with Hq and returns gᵀHq. There is a pair. Each pass over q adds a multiple of
// one vector and is ready for the multiple of the next; the one in the middle scales q as well.
func (m *LBFGS) apply(q, g []float64) (slope float64) {
	i := m.before(m.next)
	s, y := m.slot(i)
	α := float64(m.ρ[i] * simd.Dot(s, q))
	for range m.count - 1 { // newest first
		m.α[i] = α
		i = m.before(i)
		newer := y
		s, y = m.slot(i)
		α = float64(m.ρ[i] * simd.AddDot(q, -α, newer, s))
	}
	q = q[:len(y)] // no index needs a check
	for j, v := range y {
		q[j] = m.γ * (q[j] - float64(α*v))
	}
	β := float64(m.ρ[i] * simd.Dot(y, q))
	for range m.count - 1 { // oldest first
		i = m.after(i)
		older := s
		s, y = m.slot(i)
		product := simd.AddDot(q, α-β, older, y)
		α, β = m.α[i], float64(m.ρ[i]*product)
	}
	return simd.AddDot(q, α-β, s, g)
}

// slot is the pair in a slot of the ring.
func (m *LBFGS) slot(i int) (s, y []float64) {
	pair := m.ring[2*i*m.n : 2*(i+1)*m.n]
	return pair[:m.n], pair[m.n:]
}

// before is the slot before another in the ring.
func (m *LBFGS) before(slot int) int {
	if slot == 0 {
		return m.Memory - 1
	}
	return slot - 1
}

// after is the slot after another.
func (m *LBFGS) after(slot int) int {
	if slot++; slot == m.Memory {
		return 0
	}
	return slot
}

// Units are those of ∇f first, then those of x.
func (*LBFGS) Units() methods.Units {
	return methods.Units{Value: methods.Varying, Variables: methods.Varying}
}
