package mgh

import (
	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

func init() {
	chebyquad := separable.Function{
		Name: "chebyquad",
		Info: problem(35, "the nodes of Chebyshev's quadrature with equal weights; symmetric in the variables (Fletcher 1965)",
			"Σᵢ₌₁ⁿ ((1/n)Σⱼ Tᵢ(2xⱼ − 1) − ∫₀¹ Tᵢ(2t − 1) dt)²", "chebyquad8"),
		Dims: separable.Dims{Usual: 8, Least: 1, Most: 1000}, Sum: chebyquad, Squares: same,
		Convexity: problems.Nonconvex,
		Start: func(x []float64) {
			for i := range x {
				x[i] = float64(i+1) / float64(len(x)+1)
			}
		},
		Facts: chebyquadFacts,
	}
	register(chebyquad)

	six := chebyquad
	six.Name, six.Dims.Usual, six.Aliases = "chebyquad6", 6, nil
	six.Summary = "chebyquad with six variables by default, where the quadrature is exact"
	register(six)
}

// nodes are minimizers, in ascending order. Any permutation is another.
var nodes = map[int][]float64{
	6: {0.06687659094608969, 0.2887406731194442, 0.3666822992416477, 0.6333177007583524, 0.7112593268805558, 0.9331234090539103},
	7: {0.058069149620975473, 0.23517161235742157, 0.33804409474004621, 0.5, 0.66195590525995385, 0.76482838764257843,
		0.94193085037902458},
	8: {0.04315276015101662, 0.1930908403841861, 0.26632870689027294, 0.5, 0.5, 0.7336712931097271, 0.8069091596158139,
		0.9568472398489833},
	9: {0.044205346135782767, 0.19949067230988088, 0.23561910847106005, 0.41604690789259796, 0.5, 0.58395309210740198,
		0.76438089152893995, 0.80050932769011907, 0.95579465386421725},
}

// chebyquadFacts knows that the quadrature is exact for n up to 7 and n = 9, and no other.
func chebyquadFacts(n int, f *problems.Facts) {
	f.Notes = []string{"any permutation of a minimizer is a minimizer",
		"zero is attained for n ≤ 7 and n = 9 only (Bernstein 1937)"}
	if n == 1 { // (2x − 1)²
		f.Convexity = problems.StronglyConvex
		exact(f, problems.SmoothnessL, 8)
		exact(f, problems.ConvexityMu, 8)
	}
	switch {
	case n <= 7 || n == 9:
		f.Minimum = separable.Attained(0)
	case n == 8:
		f.Minimum = separable.Published("3.51687e-3", paper)
	}
	if points, ok := nodes[n]; ok {
		f.Minimum.Points = [][]float64{points}
	}
	if n == 10 {
		f.Notes = append(f.Notes, "the paper's 6.50395e-3 is a local minimum; descents reach 4.77271e-3")
	}
}

func chebyquad(x []float64, s sum) (f float64) {
	n := len(x)
	w := separable.Borrow(n, n, 6*n)
	defer w.Return()
	// Tᵢ₋₁ and Tᵢ with two derivatives each at every node, from T₀ = 1 and T₁ = y on.
	before, now := w.Floats[:3*n], w.Floats[3*n:]
	for j, v := range x {
		copy(before[3*j:], []float64{1, 0, 0})
		copy(now[3*j:], []float64{float64(2*v) - 1, 1, 0})
	}
	m := float64(n)
	for i := 1; i <= n; i++ {
		u := 0.0
		for j, v := range x {
			p, q := now[3*j:3*j+3], before[3*j:3*j+3]
			u += p[0] / m
			w.First[j] = separable.Partial{At: j, By: 2 * p[1] / m}
			w.Second[j] = separable.Pair{At: j, And: j, By: 4 * p[2] / m}
			c := 2 * (float64(2*v) - 1) // Tᵢ₊₁ = cTᵢ − Tᵢ₋₁
			q[0] = float64(c*p[0]) - q[0]
			q[1] = float64(c*p[1]) + float64(2*p[0]) - q[1]
			q[2] = float64(c*p[2]) + float64(4*p[1]) - q[2]
		}
		before, now = now, before
		if i%2 == 0 {
			u += 1 / (sq(float64(i)) - 1)
		}
		f += s.Square(1, u, w.First, w.Second)
	}
	return f
}
