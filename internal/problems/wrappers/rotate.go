package wrappers

import (
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("rotate", problems.Info{
		Summary: "a problem in rotated axes, so that results do not depend on separable variables",
		Formula: "f(Qx), Q orthogonal: a product of random reflections, uniform where there are n",
		Source:  "G. W. Stewart, The efficient generation of random orthogonal matrices with an application to condition estimators, SIAM J. Numer. Anal. 17, 1980",
		DOI:     "10.1137/0717034",
		Family:  "wrapper",
	}, func() problems.Problem { return new(Rotate) })
}

// Rotate is g(x) = f(Qx) with a random orthogonal Q.
type Rotate struct {
	affine

	Reflections int `param:"reflections" default:"0" range:"[0,)" doc:"number of Householder reflections whose product is Q, at a cost of O(n) each; 0: n, a uniform Q"`
	Instance    int `param:"instance" default:"0" range:"[0,)" doc:"index of the random Q; a list of numbers makes a grid of instances"`
}

var (
	_ problems.Builder = (*Rotate)(nil)
	_ problems.Forker  = (*Rotate)(nil)
)

// Build builds the wrapped problem, and draws Q.
func (r *Rotate) Build(env problems.Env) error {
	if err := r.around.Build(env); err != nil {
		return err
	}
	n := r.Of.Dim()
	count := n
	if r.Reflections > 0 {
		count = min(r.Reflections, n)
	}
	r.matrix = newReflections(n, count, stream(env, "rotate", n, r.Instance))
	r.settle(1, 1)
	r.coordinates()
	return nil
}

// Fork has its own scratch.
func (r *Rotate) Fork() problems.Problem {
	fork := *r
	fork.affine = r.fork()
	return &fork
}

// reflections is the product H₁H₂…Hₖ of Householder reflections Hⱼ = I − 2vvᵀ, ‖v‖ = 1,
// where the j-th leaves the first j−1 coordinates alone. With n normally distributed v,
// of which the last in one dimension is a mere sign, it is uniform on the orthogonal
// group up to signs of rows.
type reflections [][]float64

func newReflections(n, count int, rng *rand.Rand) reflections {
	r := make(reflections, count)
	for j := range r {
		v := make([]float64, n-j)
		for i := range v {
			v[i] = random.Normal(rng)
		}
		vec.Scale(1/vec.Norm(v), v)
		r[j] = v
	}
	return r
}

func (r reflections) reflect(j int, x []float64) {
	tail := x[j:]
	vec.AddScaled(tail, tail, -2*vec.Dot(r[j], tail), r[j])
}

func (r reflections) apply(x []float64) {
	for j := len(r) - 1; j >= 0; j-- {
		r.reflect(j, x)
	}
}

func (r reflections) transpose(x []float64) {
	for j := range r {
		r.reflect(j, x)
	}
}

func (r reflections) inverse(x []float64) { r.transpose(x) }
