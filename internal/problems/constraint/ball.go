//go:build !playground

package constraint

import (
	"math"

	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Ball is {x : ‖x‖ ≤ r}.
type Ball struct {
	Radius float64 `param:"radius" default:"1" range:"(0,)" doc:"radius r"`
	Norm   string  `param:"norm" default:"l2" oneof:"l1 l2" doc:"the norm: the Euclidean one, or the sum of absolute values"`

	faces simplex // of the ball of the norm l1
	sizes []float64
}

var _ Set = (*Ball)(nil)

func init() {
	register("ball", problems.Info{
		Summary: "a ball around the origin",
		Formula: "‖x‖ ≤ r, of which the projection is x·min(1, r/‖x‖) in the norm l2, and a soft threshold in the norm l1",
		Source:  "Duchi, Shalev-Shwartz, Singer & Chandra 2008, Efficient projections onto the l1-ball for learning in high dimensions, ICML, 272–279",
		DOI:     "10.1145/1390156.1390191",
	}, func() Set { return new(Ball) })
}

// Fit makes room.
func (b *Ball) Fit(n int) error {
	b.faces, b.sizes = newSimplex(n, b.Radius), make([]float64, n)
	return nil
}

// Fork has its own scratch.
func (b *Ball) Fork() Set {
	fork := *b
	fork.faces, fork.sizes = newSimplex(len(b.sizes), b.Radius), make([]float64, len(b.sizes))
	return &fork
}

func (b *Ball) norm(x []float64) float64 {
	if b.Norm == "l2" {
		return vec.Norm(x)
	}
	return sumOfSizes(x)
}

func sumOfSizes(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += math.Abs(v)
	}
	return sum
}

// Project moves a point outside to the sphere: along its ray in the norm l2; in the norm l1 its
// absolute values are projected to the simplex (Duchi et al. 2008, lemma 3).
func (b *Ball) Project(dst, x []float64) {
	norm := b.norm(x)
	copy(dst, x)
	switch {
	case !(norm > b.Radius):
	case b.Norm == "l2":
		b.shorten(dst, norm)
	default:
		for i, v := range x {
			b.sizes[i] = math.Abs(v)
		}
		b.faces.project(b.sizes)
		for i, v := range x {
			dst[i] = math.Copysign(b.sizes[i], v)
		}
	}
}

// shorten scales x, of this norm, to the radius.
func (b *Ball) shorten(x []float64, norm float64) {
	factor := b.Radius / norm
	if factor >= vec.SmallestSquare {
		vec.Scale(factor, x)
		return
	}
	for i, v := range x { // the factor alone has no digits left
		x[i] = float64(v/norm) * b.Radius
	}
}

// LinearMinimizer is −rg/‖g‖ in the norm l2, and in the norm l1 a vertex: against the largest
// entry of g.
func (b *Ball) LinearMinimizer(dst, g []float64) bool {
	clear(dst)
	if b.Norm == "l2" {
		if norm := vec.Norm(g); norm > 0 {
			for i, v := range g {
				dst[i] = -float64(float64(v/norm) * b.Radius)
			}
		}
		return true
	}
	largest := 0
	for i, v := range g {
		if math.Abs(v) > math.Abs(g[largest]) {
			largest = i
		}
	}
	if v := g[largest]; v != 0 {
		dst[largest] = math.Copysign(b.Radius, -v)
	}
	return true
}

// Excess is (‖x‖ − r)/r.
func (b *Ball) Excess(x []float64) float64 {
	return math.Max(0, (b.norm(x)-b.Radius)/b.Radius)
}

// Active is 0 inside. On the sphere it is 1 and, in the norm l1, the number of zeros besides: so
// many dimensions are lost there.
func (b *Ball) Active(x []float64) int {
	if b.norm(x) < b.Radius*(1-onBoundary) {
		return 0
	}
	if b.Norm == "l2" {
		return 1
	}
	return 1 + b.faces.zeros(x)
}

// Bounded is true.
func (*Ball) Bounded() bool { return true }

// Diameter is 2r.
func (b *Ball) Diameter() float64 { return 2 * b.Radius }

// Polyhedral reports the norm l1.
func (b *Ball) Polyhedral() bool { return b.Norm == "l1" }
