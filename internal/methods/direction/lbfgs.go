package direction

import (
	"math"

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
	s, y := m.pair.S, m.pair.Y
	sy, yy := simd.Dot(s, y), simd.Dot(y, y)
	if !(sy > ε*math.Sqrt(simd.Dot(s, s)*yy)) {
		m.count = min(m.count, m.Memory-1)
		return
	}
	m.ρ[m.next] = 1 / sy
	m.γ = sy / yy
	m.next = (m.next + 1) % m.Memory
	m.count = min(m.count+1, m.Memory)
}

// apply overwrites q with Hq and returns gᵀHq. There is a pair. Each pass over q adds a multiple of
// one vector and is ready for the multiple of the next.
func (m *LBFGS) apply(q, g []float64) (slope float64) {
	i := m.before(m.next)
	product := simd.Dot(m.s[i], q)
	for k := m.count; ; k-- { // newest first
		m.α[i] = m.ρ[i] * product
		if k == 1 {
			simd.AddOne(q, -m.α[i], m.y[i])
			break
		}
		older := m.before(i)
		product = simd.AddDot(q, -m.α[i], m.y[i], m.s[older])
		i = older
	}
	vec.Scale(m.γ, q)
	product = simd.Dot(m.y[i], q)
	for k := m.count; ; k-- { // oldest first
		β := float64(m.ρ[i] * product)
		if k == 1 {
			return simd.AddDot(q, m.α[i]-β, m.s[i], g)
		}
		newer := i + 1
		if newer == m.Memory {
			newer = 0
		}
		product = simd.AddDot(q, m.α[i]-β, m.s[i], m.y[newer])
		i = newer
	}
}

// before is the slot before another in the ring.
func (m *LBFGS) before(slot int) int {
	if slot == 0 {
		return m.Memory - 1
	}
	return slot - 1
}

// Units are those of ∇f first, then those of x.
func (*LBFGS) Units() methods.Units {
	return methods.Units{Value: methods.Varying, Variables: methods.Varying}
}
