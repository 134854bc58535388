package direction

import (
	"math"

	"github.com/gdbench/gdbench/internal/linalg"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

// Newton is the Newton direction
//
//	Δx = −B⁻¹∇f(x),
//
// where B is the Hessian H, made positive definite if asked for:
//
//	none         B = H, by Cholesky's factorization where H is positive definite and else
//	             by LU; near a saddle or maximum Δx may point uphill
//	modified     B = H + E, E ≥ 0 diagonal, by Gill & Murray's modified Cholesky
//	shift        B = H + τI, τ ≥ 0 the least that lifts every eigenvalue to the floor
//	saddle-free  B = |H|, eigenvalues by their absolute values
//
// All but none promise descent. The floor is relative to the largest entry (modified) or
// eigenvalue. A Hessian that is singular to working precision stalls `none`; the others
// step over it with the floor. Each direction costs one Hessian and O(n³) operations.
//
// Sources: Boyd & Vandenberghe 2004, §9.5; Gill, Murray & Wright 1981, Practical
// Optimization, §4.4; Nocedal & Wright 2006, §3.4, doi:10.1007/978-0-387-40065-5;
// Dauphin et al. 2014, Identifying and attacking the saddle point problem, arXiv:1406.2572.
type Newton struct {
	Indefinite string  `param:"indefinite" default:"none" oneof:"none modified shift saddle-free" doc:"treatment of a Hessian that is not positive definite"`
	Floor      float64 `param:"floor" default:"1e-10" range:"(0,1)" doc:"smallest pivot or eigenvalue of B relative to the largest, where the Hessian is modified"`

	oracle   *methods.Oracle
	h        *mat.SymDense
	cholesky *linalg.Cholesky
	lu       *linalg.LU // made when it is first needed
	ldl      *ldl
	eigen    *linalg.Eigen
	sums     []float64 // scratch of norms
}

var _ methods.Direction = (*Newton)(nil)

func init() {
	methods.RegisterDirection("newton", methods.Info{
		Summary: "the Newton direction, with a choice of treatments for an indefinite Hessian",
		Formula: "Δx = −∇²f(x)⁻¹∇f(x)",
		Source:  "Boyd & Vandenberghe 2004, Convex Optimization, §9.5; Nocedal & Wright 2006, §3.4; Dauphin et al. 2014, arXiv:1406.2572",
		DOI:     "10.1017/CBO9780511804441",
	}, func() methods.Direction { return new(Newton) })
}

// Needs ∇²f.
func (*Newton) Needs() []problems.Need { return []problems.Need{problems.NeedsHessian} }

func (m *Newton) Init(o *methods.Oracle) error {
	n := o.Dim()
	if err := o.NeedHessian(); err != nil {
		return err
	}
	m.oracle = o
	m.h = mat.NewSymDense(n, nil)
	m.cholesky, m.sums = linalg.NewCholesky(n), make([]float64, n)
	switch m.Indefinite {
	case "modified":
		m.ldl = newLDL(n)
	case "shift", "saddle-free":
		m.eigen = linalg.NewEigen(n)
	}
	return nil
}

func (m *Newton) Direction(at *methods.Iterate, d []float64) error {
	if err := m.oracle.Hessian(at.X, m.h); err != nil {
		return err
	}
	if !linalg.Finite(m.h) {
		return methods.Stalled("the Hessian has an entry that is not a finite number")
	}
	negate(d, at.Grad)
	switch m.Indefinite {
	case "none":
		return m.plain(d)
	case "modified":
		m.ldl.factorize(m.h, m.Floor)
		m.ldl.solve(d)
	default:
		if !m.eigen.Factorize(m.h, true) {
			return methods.Stalled("the eigenvalues of the Hessian did not converge")
		}
		if m.treat(m.eigen.Values()) || !m.cholesky.Factorize(m.h) {
			m.eigen.Solve(d)
		} else { // B = H: to the digits of Newton's direction
			m.cholesky.Solve(d)
		}
	}
	return nil
}

// plain overwrites d with H⁻¹d.
func (m *Newton) plain(d []float64) error {
	norm := linalg.Norm1(m.h, m.sums)
	var solver interface{ Solve(b []float64) } = m.cholesky
	var condition float64
	if m.cholesky.Factorize(m.h) {
		condition = m.cholesky.Condition(norm)
	} else {
		if m.lu == nil {
			m.lu = linalg.NewLU(len(d))
		}
		for i := range d {
			row := m.lu.Row(i)
			for j := range row {
				row[j] = m.h.At(i, j)
			}
		}
		solver = m.lu
		if m.lu.Factorize() {
			condition = m.lu.Condition(norm)
		}
	}
	if !(condition >= ε) {
		return methods.Stalled("the Hessian is singular to working precision (reciprocal condition number %.2g); indefinite: modified, shift or saddle-free step over this", condition)
	}
	solver.Solve(d)
	return nil
}

// treat makes the ascending eigenvalues λ positive: by a common shift, or by their
// absolute values, not below the floor. It reports whether there was need to.
func (m *Newton) treat(λ []float64) (treated bool) {
	least, most := λ[0], λ[len(λ)-1]
	floor := m.Floor * math.Max(math.Abs(least), math.Abs(most))
	if floor == 0 {
		floor = 1 // a zero Hessian: fall back to the negative gradient
	}
	if least >= floor {
		return false
	}
	for i, v := range λ {
		if m.Indefinite == "shift" {
			λ[i] = v + (floor - least)
		} else {
			λ[i] = math.Max(math.Abs(v), floor)
		}
	}
	return true
}

// Units are those of x.
func (*Newton) Units() methods.Units { return methods.NaturalUnits }
