package losses_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// On two columns whose correlation is 1 − 1e-6 to 1 − 1e-12 the stated accuracy of f* holds: the
// minimum of the same numbers in rational arithmetic, by the normal equations, lies within it.
// Nothing finer than that accuracy can be a target.
func TestNearlyCollinearColumns(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1))
	for _, apart := range []float64{1.4e-3, 1.4e-4, 1.4e-5, 1.4e-6} {
		for range 200 {
			var rows [][3]float64
			var text strings.Builder
			for range 12 {
				a := math.Round(random.NormFloat64()*1e3) / 1e3
				r := [3]float64{a, a + apart*random.NormFloat64(), a + random.NormFloat64()}
				rows = append(rows, r)
				fmt.Fprintf(&text, "%.17g,%.17g,%.17g\n", r[0], r[1], r[2])
			}
			path := filepath.Join(t.TempDir(), "rows.csv")
			if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			m := problems.FactsOf(build(t, "{name: least-squares, data: "+path+", standardize: false, intercept: none}")).Minimum
			want := leastSquares(rows)
			switch {
			case m == nil:
				t.Errorf("columns apart by %g: f* is unknown; it is %g", apart, want)
			case math.Abs(m.Value-want) > m.Accuracy+1e-15*want:
				t.Errorf("columns apart by %g: f* = %.17g ± %.2g; it is %.17g", apart, m.Value, m.Accuracy, want)
			case m.Accuracy > 0.1*want:
				t.Errorf("columns apart by %g: f* = %.17g ± %.2g: nothing could be measured", apart, m.Value, m.Accuracy)
			}
		}
	}
}

// leastSquares is the minimum of ‖Xw − y‖²/(2m): (yᵀy − cᵀG⁻¹c)/(2m) with G = XᵀX and c = Xᵀy.
func leastSquares(rows [][3]float64) float64 {
	var gram [3][3]*big.Rat
	for i := range gram {
		for j := range gram {
			gram[i][j] = new(big.Rat)
			for _, r := range rows {
				product := new(big.Rat).Mul(new(big.Rat).SetFloat64(r[i]), new(big.Rat).SetFloat64(r[j]))
				gram[i][j].Add(gram[i][j], product)
			}
		}
	}
	times := func(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
	less := func(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }
	determinant := less(times(gram[0][0], gram[1][1]), times(gram[0][1], gram[0][1]))
	first := less(times(gram[1][1], gram[0][2]), times(gram[0][1], gram[1][2]))
	second := less(times(gram[0][0], gram[1][2]), times(gram[0][1], gram[0][2]))
	explained := new(big.Rat).Quo(new(big.Rat).Add(times(gram[0][2], first), times(gram[1][2], second)), determinant)
	value, _ := less(gram[2][2], explained).Float64()
	return value / float64(2*len(rows))
}
