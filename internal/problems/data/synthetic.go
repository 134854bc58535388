package data

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Gaussian are the features that Regression and Classification share: normal random
// numbers, rotated and scaled so that XᵀX/m has exactly the condition number asked for,
// with eigenvalues spread evenly in the logarithm from 1 down to 1/condition. With more features
// than samples it has rank m, and the other d−m eigenvalues are zero. (Losses that
// standardize the features change it again.)
type Gaussian struct {
	Samples   int     `param:"samples" default:"200" range:"[2,10000000]" doc:"number m of samples"`
	Features  int     `param:"features" default:"10" range:"[1,2000]" doc:"number d of features"`
	Condition float64 `param:"condition" default:"1" range:"[1,1e15]" doc:"condition number of XᵀX/m; with more features than samples, that of its eigenvalues that are not zero"`
	Draw      int     `param:"draw" default:"1" range:"[1,1000000]" doc:"index of the random draw"`
}

// Validate refuses sizes that fit into no memory.
func (d *Gaussian) Validate() error {
	if d.Samples > maxValues()/d.Features {
		return fmt.Errorf("%d samples with %d features are too many: %s", d.Samples, d.Features, tooLarge())
	}
	return nil
}

// matrix draws X = √m·Σ sₖ qₖvₖᵀ with min(m, d) random orthonormal qₖ (of m entries) and vₖ (of d).
func (d *Gaussian) matrix(rng *rand.Rand) *Dense {
	x := NewDense(d.Samples, d.Features, make([]float64, d.Samples*d.Features))
	rank := min(d.Samples, d.Features)
	left, right := Orthonormal(rank, d.Samples, rng), Orthonormal(rank, d.Features, rng)
	for k, v := range right {
		share := 0.0
		if rank > 1 {
			share = float64(k) / float64(rank-1)
		}
		s := math.Sqrt(float64(d.Samples) * elementary.Pow(d.Condition, -share))
		for i, q := range left[k] {
			simd.AddOne(x.row(i), s*q, v)
		}
	}
	return x
}

// Orthonormal are k random vectors of n entries, orthonormal, k ≤ n: normal random numbers
// through Gram and Schmidt's process, twice for the sake of rounding.
func Orthonormal(k, n int, rng *rand.Rand) [][]float64 {
	q := make([][]float64, k)
	for a := range q {
		q[a] = make([]float64, n)
		for i := range q[a] {
			q[a][i] = random.Normal(rng)
		}
		for range 2 {
			for _, before := range q[:a] {
				vec.AddScaled(q[a], q[a], -vec.Dot(before, q[a]), before)
			}
		}
		vec.Scale(1/vec.Norm(q[a]), q[a])
	}
	return q
}

// Regression has labels y = Xw + noise·ε, with w and ε standard normal.
type Regression struct {
	Gaussian
	Noise float64 `param:"noise" default:"0.1" range:"[0,)" doc:"standard deviation of the labels' noise"`
}

// Classification has labels 0 and 1 on either side of a random hyperplane through the
// origin, seen through noise, some of them exchanged.
type Classification struct {
	Gaussian
	Noise float64 `param:"noise" default:"0.1" range:"[0,)" doc:"standard deviation of the noise added to the distance from the curve"`
	Flip  float64 `param:"flip" default:"0" range:"[0,0.5]" doc:"label noise: fraction of labels that are flipped"`
}

func init() {
	Register("regression", problems.Info{Summary: "random features of a given condition number, labels that depend linearly on them, with noise"},
		func() Set { return new(Regression) })
	Register("classification", problems.Info{Summary: "random features of a given condition number, two classes separated by a hyperplane"},
		func() Set { return new(Classification) })
}

// Load draws the samples; they depend on the suite's seed.
func (d *Regression) Load(env problems.Env) (*Samples, error) {
	return loadOnce(drawn{env.Seed, *d}, func() (*Samples, error) { return d.draw(env), nil })
}

func (d *Regression) draw(env problems.Env) *Samples {
	rng := stream(env, "regression", d.Samples, d.Features, d.Draw)
	x := d.matrix(rng)
	y := projections(x, rng)
	for i := range y {
		y[i] += float64(d.Noise * random.Normal(rng))
	}
	return &Samples{Name: "regression", X: x, Y: y}
}

// Load draws the samples; they depend on the suite's seed.
func (d *Classification) Load(env problems.Env) (*Samples, error) {
	return loadOnce(drawn{env.Seed, *d}, func() (*Samples, error) { return d.draw(env), nil })
}

func (d *Classification) draw(env problems.Env) *Samples {
	rng := stream(env, "classification", d.Samples, d.Features, d.Draw)
	x := d.matrix(rng)
	y := projections(x, rng)
	var square float64
	for _, v := range y {
		square += float64(v * v)
	}
	unit := math.Sqrt(square / float64(len(y)))
	for i, v := range y {
		y[i] = 0
		if v+float64(d.Noise*unit*random.Normal(rng)) > 0 {
			y[i] = 1
		}
	}
	flip(y, d.Flip, rng)
	return &Samples{Name: "classification", X: x, Y: y}
}

// projections are Xw for a standard normal w.
func projections(x *Dense, rng *rand.Rand) []float64 {
	m, d := x.Dims()
	w := make([]float64, d)
	for j := range w {
		w[j] = random.Normal(rng)
	}
	y := make([]float64, m)
	for i := range y {
		y[i] = simd.Dot(x.row(i), w)
	}
	return y
}

// flip exchanges the labels 0 and 1 of a share of the samples.
func flip(y []float64, share float64, rng *rand.Rand) {
	count := int(math.Round(float64(share * float64(len(y)))))
	for _, i := range rng.Perm(len(y))[:count] {
		y[i] = 1 - y[i]
	}
}
