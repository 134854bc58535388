package classics

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/problems/separable"
	"github.com/gdbench/gdbench/problems"
)

// The family of Dixon and Maany, with m = n/3 and wᵢ = i/n:
//
//	1 + Σᵢ₌₁ⁿ wᵢᵖxᵢ² + β Σᵢ₌₁ⁿ⁻¹ wᵢᵠxᵢ²(xᵢ₊₁ + xᵢ₊₁²)² + γ Σᵢ₌₁²ᵐ wᵢᵠxᵢ²xᵢ₊ₘ⁴ + δ Σᵢ₌₁ᵐ wᵢᵖxᵢxᵢ₊₂ₘ
type dixmaan struct {
	beta, gamma, delta float64
	p, q               int
}

// Sixteen members, A to P: four sets of coefficients for each of four pairs of exponents.
func init() {
	letter := 'A'
	for _, exponents := range [][2]int{{0, 0}, {1, 0}, {2, 0}, {2, 1}} {
		for _, c := range [][3]float64{{0, 0.125, 0.125}, {0.0625, 0.0625, 0.0625}, {0.125, 0.125, 0.125}, {0.26, 0.26, 0.26}} {
			dixmaan{c[0], c[1], c[2], exponents[0], exponents[1]}.register(letter)
			letter++
		}
	}
}

func (k dixmaan) register(letter rune) {
	register(separable.Function{
		Name: "dixmaan" + string(letter-'A'+'a'),
		Info: problem("DIXMAAN"+string(letter), k.summary(), k.formula(), dixonMaany),
		Dims: separable.Dims{Usual: 15, Least: 3, Multiple: 3}, Sum: k.sum,
		Convexity: problems.Nonconvex,
		Start:     separable.All(2),
		Facts: func(n int, f *problems.Facts) {
			// The only terms with a sign, δ, are dominated by the squares: δ ≤ 2.
			f.Minimum = separable.Attained(1, make([]float64, n))
		},
	})
}

func (k dixmaan) summary() string {
	return fmt.Sprintf("quadratic at the origin, quartic and sextic away from it: coupling %g, weights (i/n)^%d and (i/n)^%d",
		k.beta, k.p, k.q)
}

func (k dixmaan) formula() string {
	weight := [...]string{"", "(i/n)", "(i/n)²"}
	text := "1 + Σᵢ₌₁ⁿ " + weight[k.p] + "xᵢ²"
	if k.beta != 0 {
		text += fmt.Sprintf(" + %g Σᵢ₌₁ⁿ⁻¹ %sxᵢ²(xᵢ₊₁ + xᵢ₊₁²)²", k.beta, weight[k.q])
	}
	return text + fmt.Sprintf(" + %g Σᵢ₌₁²ᵐ %sxᵢ²xᵢ₊ₘ⁴ + %g Σᵢ₌₁ᵐ %sxᵢxᵢ₊₂ₘ, m = n/3", k.gamma, weight[k.q], k.delta, weight[k.p])
}

func (k dixmaan) sum(x []float64, s sum) float64 {
	n, m, f := len(x), len(x)/3, 1.0
	for i, v := range x {
		w := float64(i+1) / float64(n)
		weight := [...]float64{1, w, w * w}
		wp, wq := weight[k.p], weight[k.q]
		f += s.Square(wp, v, first{{i, 1}}, nil)
		if i < n-1 && k.beta != 0 {
			y := x[i+1]
			z, slope := y+sq(y), 1+float64(2*y)
			f += s.Square(k.beta*wq, v*z, first{{i, z}, {i + 1, v * slope}}, second{{i, i + 1, slope}, {i + 1, i + 1, 2 * v}})
		}
		if j := i + m; j < n {
			y := x[j]
			f += s.Square(k.gamma*wq, v*y*y, first{{i, y * y}, {j, 2 * v * y}}, second{{i, j, 2 * y}, {j, j, 2 * v}})
		}
		if j := i + 2*m; j < n {
			f += s.Linear(k.delta*wp, v*x[j], first{{i, x[j]}, {j, v}}, second{{i, j, 1}})
		}
	}
	return f
}
