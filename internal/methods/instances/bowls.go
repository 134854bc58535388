package instances

import (
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/problems"
)

// Bowls is (1/m)Σ ½Σⱼ λᵢⱼ(xⱼ − cⱼ)²: samples of different shapes with one minimizer c and
// one least value, 0, so that the optimum has no noise.
type Bowls struct {
	curvatures [][]float64 // λᵢ, in [1, 8]
	center     []float64
	facts      *problems.Facts
}

// NewBowls draws m samples in n variables.
func NewBowls(m, n int, rng *rand.Rand) *Bowls {
	p := &Bowls{center: make([]float64, n)}
	mean := make([]float64, n)
	for j := range n {
		p.center[j] = random.Normal(rng)
	}
	least, largest := 8.0, 1.0
	for range m {
		row := make([]float64, n)
		for j := range row {
			row[j] = 1 + float64(7*rng.Float64())
			mean[j] += row[j] / float64(m)
			least, largest = min(least, row[j]), max(largest, row[j])
		}
		p.curvatures = append(p.curvatures, row)
	}
	l, mu := mean[0], mean[0]
	for _, λ := range mean {
		l, mu = max(l, λ), min(mu, λ)
	}
	p.facts = &problems.Facts{
		Convexity: problems.StronglyConvex,
		Constants: global(map[string]float64{problems.SmoothnessL: l, problems.ConvexityMu: mu, problems.LargestL: largest, problems.SampleMu: least}),
		Minimum:   minimum(0, p.center),
	}
	return p
}

func (p *Bowls) Dim() int               { return len(p.center) }
func (p *Bowls) Samples() int           { return len(p.curvatures) }
func (p *Bowls) Facts() *problems.Facts { return p.facts }

// Gap is f, since f* = 0.
func (p *Bowls) Gap(x []float64) float64 { return p.Evaluate(x, nil) }

func (p *Bowls) Evaluate(x, grad []float64) float64 {
	return p.EvaluateOn(x, grad, every(len(p.curvatures)))
}

// every lists all of n samples.
func every(n int) []int32 {
	all := make([]int32, n)
	for i := range all {
		all[i] = int32(i)
	}
	return all
}

func (p *Bowls) EvaluateOn(x, grad []float64, batch []int32) float64 {
	clear(grad)
	sum, share := 0.0, 1/float64(len(batch))
	for _, i := range batch {
		for j, λ := range p.curvatures[i] {
			e := x[j] - p.center[j]
			sum += float64(share * λ / 2 * e * e)
			if grad != nil {
				grad[j] += float64(share * λ * e)
			}
		}
	}
	return sum
}
