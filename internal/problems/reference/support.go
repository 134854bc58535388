package reference

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/vec"
)

// Sparse is ½‖Aw − b‖² + l1·Σ|wⱼ| over j < Penalized, with n columns aⱼ.
type Sparse struct {
	Columns   [][]float64
	B         []float64
	L1        float64
	Penalized int
}

// sparseSolver is the state of a descent over supports.
type sparseSolver struct {
	*Sparse
	w, sign  []float64 // the sign of a weight that enters is known while it is zero
	residual []float64 // b − Aw
	slopes   []float64 // Aᵀ(b − Aw)
	lengths  []float64 // ‖aⱼ‖
}

// Improve moves w to a minimizer, by the stationary points of supports of independent columns
// and their signs: weights that would change their sign leave the support, those with a
// slope beyond l1 enter it (Lee, Battle, Raina & Ng 2007, Advances in Neural Information
// Processing Systems 19, 801–808). It returns a bound of what w is above the minimum.
func (p *Sparse) Improve(w []float64) (off float64) {
	n := len(p.Columns)
	s := &sparseSolver{Sparse: p, w: w, sign: make([]float64, n), residual: make([]float64, len(p.B)), slopes: make([]float64, n), lengths: make([]float64, n)}
	for j, c := range p.Columns {
		s.lengths[j] = vec.Norm(c)
		s.setSign(j)
	}
	for range 3*n + 50 {
		if work := float64(len(p.B)) * float64(len(s.support())); work*float64(len(s.support())) > maxStep {
			break
		}
		if !s.step() {
			break
		}
	}
	s.measure()
	return s.gap()
}

// setSign is the sign of weight j: 0 where it is out of the support, 1 where it is free.
func (s *sparseSolver) setSign(j int) {
	switch {
	case j >= s.Penalized:
		s.sign[j] = 1
	case s.w[j] == 0:
		s.sign[j] = 0
	default:
		s.sign[j] = math.Copysign(1, s.w[j])
	}
}

func (s *sparseSolver) support() (part []int) {
	for j, sign := range s.sign {
		if sign != 0 && s.lengths[j] > 0 {
			part = append(part, j)
		}
	}
	return part
}

// step goes to the stationary point of the support, or as far as the signs hold, and reports
// whether there is more to do.
func (s *sparseSolver) step() (more bool) {
	part := s.independent()
	target := s.stationary(part)
	first, leaves := 1.0, -1
	for k, j := range part {
		if j < s.Penalized && target[k]*s.sign[j] < 0 {
			if t := s.w[j] / (s.w[j] - target[k]); t < first {
				first, leaves = t, j
			}
		}
	}
	for k, j := range part {
		if leaves < 0 {
			s.w[j] = target[k]
		} else {
			s.w[j] += float64(first * (target[k] - s.w[j]))
		}
	}
	if leaves >= 0 {
		s.w[leaves], s.sign[leaves] = 0, 0
		return true
	}
	s.measure()
	return s.enter()
}

// enter adds the column whose slope is the farthest beyond l1.
func (s *sparseSolver) enter() (entered bool) {
	worst, at := 0.0, -1
	for j := range s.w {
		if s.sign[j] != 0 || s.lengths[j] == 0 {
			continue
		}
		rounding := float64(32 * epsilon * s.lengths[j] * vec.Norm(s.B))
		if by := (math.Abs(s.slopes[j]) - s.L1 - rounding) / s.lengths[j]; by > worst {
			worst, at = by, j
		}
	}
	if at >= 0 {
		s.sign[at] = math.Copysign(1, s.slopes[at])
	}
	return at >= 0
}

// measure computes residual and slopes.
func (s *sparseSolver) measure() {
	copy(s.residual, s.B)
	for j, v := range s.w {
		if v != 0 {
			vec.AddScaled(s.residual, s.residual, -v, s.Columns[j])
		}
	}
	for j, c := range s.Columns {
		s.slopes[j] = vec.Dot(c, s.residual)
	}
}

// independent is the support once no column of it depends on others. Weights move along
// what leaves Aw as it is, in the direction in which Σ|wⱼ| does not rise, until one is 0.
func (s *sparseSolver) independent() []int {
	for {
		part := s.support()
		b := s.basis(part)
		if b.rank() == len(part) {
			return part
		}
		null, left := s.null(part, b)
		var rise float64
		for k, j := range part {
			if j < s.Penalized {
				rise += float64(null[k] * s.sign[j])
			}
		}
		if rise > 0 {
			vec.Scale(-1, null)
		}
		first, leaves := math.Inf(1), -1
		for k, j := range part {
			if j < s.Penalized && null[k]*s.sign[j] < 0 {
				if t := -s.w[j] / null[k]; t < first {
					first, leaves = t, j
				}
			}
		}
		if leaves < 0 { // a column of zeros but for rounding: it moves nothing
			leaves, first = left, 0
		}
		for k, j := range part {
			s.w[j] += float64(first * null[k])
		}
		s.w[leaves], s.sign[leaves] = 0, 0
	}
}

// null is a combination of the columns of a support that is 0, and the column that b leaves
// out and that has the weight 1 in it.
func (s *sparseSolver) null(part []int, b *basis) (null []float64, left int) {
	in := make([]bool, len(part))
	for _, k := range b.order {
		in[k] = true
	}
	out := slices.Index(in, false)
	left = part[out]
	u := make([]float64, b.rank())
	v := append([]float64(nil), s.Columns[left]...)
	for range 2 {
		for k, q := range b.q {
			share := vec.Dot(q, v)
			u[k] += share
			vec.AddScaled(v, v, -share, q)
		}
	}
	null = make([]float64, len(part))
	b.weights(null, u)
	vec.Scale(-1, null)
	null[out] = 1
	return null, left
}

// columns copies those of a support.
func (s *sparseSolver) columns(part []int) [][]float64 {
	columns := make([][]float64, len(part))
	for k, j := range part {
		columns[k] = append([]float64(nil), s.Columns[j]...)
	}
	return columns
}

func (s *sparseSolver) basis(part []int) *basis { return newBasis(s.columns(part), len(s.B)) }

// stationary solves AᵀA·w = Aᵀb − l1·signs on independent columns: with A = QR,
// w = R⁻¹(Qᵀb − l1·R⁻ᵀ·signs).
func (s *sparseSolver) stationary(part []int) []float64 {
	b := s.basis(part)
	u := make([]float64, b.rank())
	for k := range u {
		j := part[b.order[k]]
		if j < s.Penalized {
			u[k] = math.Ldexp(s.L1*s.sign[j], -b.exponent[b.order[k]])
		}
		u[k] = (u[k] - vec.Dot(b.r[k][:k], u[:k])) / b.r[k][k]
	}
	for k, q := range b.q {
		u[k] = vec.Dot(q, s.B) - u[k]
	}
	w := make([]float64, len(part))
	b.weights(w, u)
	return w
}

// gap bounds the objective minus its minimum by that of Fenchel's dual at θ = b − Aw, which is
// Σ l1·|wⱼ| − wⱼ·aⱼᵀθ if |aⱼᵀθ| ≤ l1 for all j. What a slope is beyond counts as often as
// the weight of a minimizer may be large: F(w)/l1, since l1·Σ|wⱼ| ≤ F(w), and, as such
// slopes are rounding, a few times |wⱼ| + ‖b‖/‖aⱼ‖.
func (s *sparseSolver) gap() (off float64) {
	objective := vec.Dot(s.residual, s.residual) / 2
	for _, v := range s.w[:s.Penalized] {
		objective += float64(s.L1 * math.Abs(v))
	}
	for j, v := range s.w {
		if s.lengths[j] == 0 {
			continue
		}
		bound, most := 0.0, 4*(math.Abs(v)+vec.Norm(s.B)/s.lengths[j])
		if j < s.Penalized {
			bound, most = s.L1, math.Min(most, objective/s.L1)
		}
		off += math.Abs(float64(bound*math.Abs(v)) - float64(v*s.slopes[j]))
		off += float64(math.Max(0, math.Abs(s.slopes[j])-bound) * most)
	}
	return off
}
