package classics

import (
	"fmt"

	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/problems/separable"
)

// The family of Dixon and Maany, with M = n/3 and wᵢ = i/n:
//
//	1 + α Σᵢ₌₁ⁿ xᵢ²wᵢᵃ + β Σᵢ₌₁ⁿ⁻¹ xᵢ²(xᵢ₊₁ + xᵢ₊₁²)²wᵢᵇ + γ Σᵢ₌₁²ᴹ xᵢ²xᵢ₊ₘ⁴wᵢᶜ + δ Σᵢ₌₁ᴹ xᵢxᵢ₊₂ₘwᵢᵈ
type dixmaan struct {
	alpha, beta, gamma, delta float64
	a, b, c, d                int
}

// Sixteen members: four sets of coefficients for each of four sets of exponents.
func init() {
	coefficients := [4][4]float64{{1, 0, 0.125, 0.125}, {1, 0.0625, 0.0625, 0.0625}, {1, 0.125, 0.125, 0.125}, {1, 0.26, 0.26, 0.26}}
	exponents := [4][4]int{{0, 0, 0, 0}, {1, 0, 0, 1}, {2, 0, 0, 2}, {2, 1, 1, 2}}
	words := [4]string{"equal weights", "linear weights", "quadratic weights", "quadratic and linear weights"}
	for i, e := range exponents {
		for j, k := range coefficients {
			letter := string(rune('a' + 4*i + j))
			member := dixmaan{k[0], k[1], k[2], k[3], e[0], e[1], e[2], e[3]}
			member.register("dixmaan"+letter, "DIXMAAN"+string(rune('A'+4*i+j)), words[i])
		}
	}
}

func (p dixmaan) register(name, cutestName, weights string) {
	register(separable.Function{
		Name: name,
		Info: problem(cutestName, "sparse quartics and sextics around the origin, with "+weights, p.formula(), dixonMaany),
		Dims: separable.Dims{Usual: 15, Least: 3, Multiple: 3}, Sum: p.sum,
		Convexity: problems.Nonconvex,
		Start:     separable.All(2),
		Facts: func(n int, f *problems.Facts) {
			// The only terms with a sign, δ, are dominated by the squares: δ ≤ 2α.
			f.Minimum = separable.Attained(1, make([]float64, n))
		},
	})
}

func (p dixmaan) formula() string {
	term := func(coefficient float64, sum string, power int) string {
		if coefficient == 0 {
			return ""
		}
		return fmt.Sprintf(" + %g Σ %s%s", coefficient, sum, [...]string{"", "i/n", "(i/n)²"}[power])
	}
	return "1" + term(p.alpha, "xᵢ²", p.a) + term(p.beta, "xᵢ²(xᵢ₊₁ + xᵢ₊₁²)²", p.b) +
		term(p.gamma, "xᵢ²xᵢ₊ₘ⁴", p.c) + term(p.delta, "xᵢxᵢ₊₂ₘ", p.d) + ", m = n/3"
}

func (p dixmaan) sum(x []float64, s sum) float64 {
	n, f := len(x), 1.0
	m := n / 3
	for i, v := range x {
		w := float64(i+1) / float64(n)
		powers := [...]float64{1, w, w * w}
		f += s.Square(p.alpha*powers[p.a], v, first{{i, 1}}, nil)
		if i < n-1 && p.beta != 0 {
			y := x[i+1]
			f += s.Square(p.beta*powers[p.b], v*(y+sq(y)), first{{i, y + sq(y)}, {i + 1, v * (1 + float64(2*y))}},
				second{{i, i + 1, 1 + float64(2*y)}, {i + 1, i + 1, 2 * v}})
		}
		if j := i + m; j < n {
			y := x[j]
			f += s.Square(p.gamma*powers[p.c], v*y*y, first{{i, y * y}, {j, 2 * v * y}},
				second{{i, j, 2 * y}, {j, j, 2 * v}})
		}
		if j := i + 2*m; j < n {
			f += s.Linear(p.delta*powers[p.d], v*x[j], first{{i, x[j]}, {j, v}}, second{{i, j, 1}})
		}
	}
	return f
}
