package bbob

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

// f10
func rotatedEllipsoid(i instanceOf) *function {
	x := i.optimum()
	return &function{
		stages: []stage{shift{x}, linear{i.first()}, oscillating{}},
		raw:    weighted{powers(1e6, i.n)}, at: x,
	}
}

// f11
func discus(i instanceOf) *function {
	x, w := i.optimum(), powers(1, i.n)
	w[0] = 1e6
	return &function{stages: []stage{shift{x}, linear{i.first()}, oscillating{}}, raw: weighted{w}, at: x}
}

// f12
func cigar(i instanceOf) *function {
	x, w := optimum(i.n, i.seed+1000000), times(powers(1, i.n), 1e6)
	w[0] = 1
	r := linear{i.first()}
	return &function{stages: []stage{shift{x}, r, newAsymmetric(0.5, i.n), r}, raw: weighted{w}, at: x}
}

// crest is z₁² + 100·√(z₂² + … + zₙ²).
type crest struct{}

func (crest) evaluate(z, g, _ []float64) float64 {
	var sum float64
	for _, v := range z[1:] {
		sum += float64(v * v)
	}
	root := math.Sqrt(sum)
	if g != nil {
		g[0] = 2 * z[0]
		for i, v := range z[1:] {
			g[i+1] = 0
			if root > 0 {
				g[i+1] = 100 * v / root
			}
		}
	}
	return float64(z[0]*z[0]) + float64(100*root)
}

// f13
func ridge(i instanceOf) *function {
	x := i.optimum()
	return &function{stages: []stage{shift{x}, i.conditioned(10)}, raw: crest{}, at: x}
}

// mixedPowers is √(Σ |zᵢ|^(2 + 4i/(n−1))).
type mixedPowers struct{}

func (mixedPowers) evaluate(z, g, _ []float64) float64 {
	var sum float64
	last := float64(len(z) - 1)
	for i, v := range z {
		e := 2 + 4*float64(i)/last
		p := elementary.Pow(math.Abs(v), e)
		sum += p
		if g != nil {
			g[i] = 0
			if v != 0 {
				g[i] = e * p / v
			}
		}
	}
	f := math.Sqrt(sum)
	for i := range g {
		if f > 0 {
			g[i] /= 2 * f
		}
	}
	return f
}

// f14
func differentPowers(i instanceOf) *function {
	x := i.optimum()
	return &function{stages: []stage{shift{x}, linear{i.first()}}, raw: mixedPowers{}, at: x}
}
