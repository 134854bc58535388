package linalg

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// exactRank is the rank by elimination in fractions.
func exactRank(rows [][]float64) int {
	var m [][]*big.Rat
	for _, row := range rows {
		var r []*big.Rat
		for _, v := range row {
			r = append(r, new(big.Rat).SetFloat64(v))
		}
		m = append(m, r)
	}
	rank := 0
	for column := 0; len(m) > 0 && column < len(m[0]) && rank < len(m); column++ {
		pivot := -1
		for i := rank; i < len(m); i++ {
			if m[i][column].Sign() != 0 {
				pivot = i
				break
			}
		}
		if pivot < 0 {
			continue
		}
		m[rank], m[pivot] = m[pivot], m[rank]
		for i := rank + 1; i < len(m); i++ {
			c := new(big.Rat).Quo(m[i][column], m[rank][column])
			for j := range m[i] {
				m[i][j] = new(big.Rat).Sub(m[i][j], new(big.Rat).Mul(c, m[rank][j]))
			}
		}
		rank++
	}
	return rank
}

// The rank modulo the prime is that in fractions, on matrices whose columns are copies,
// sums and shifted by one unit in the last place of one another.
func TestRank(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		m, n := 1+rng.IntN(7), 1+rng.IntN(7)
		rows := make([][]float64, m)
		kinds := make([]int, n)
		for j := range kinds {
			kinds[j] = rng.IntN(5)
		}
		for i := range rows {
			rows[i] = make([]float64, n)
			for j := range rows[i] {
				v := float64(rng.IntN(9)-4) * []float64{1, 0x1p-60, 0x1p90, 0.1}[rng.IntN(4)]
				if j >= 2 {
					switch kinds[j] {
					case 1:
						v = rows[i][0]
					case 2:
						v = 2*rows[i][0] - 0.5*rows[i][j-1] // exact or not, as it comes
					case 3:
						v = rows[i][1] * (1 + 0x1p-52)
					case 4:
						v = 0
					}
				}
				rows[i][j] = v
			}
		}
		var r Rank
		got := 0
		for _, row := range rows {
			var ok bool
			if got, ok = r.Add(row); !ok {
				t.Fatal("a row of finite numbers is refused")
			}
		}
		if want := exactRank(rows); got != want {
			t.Fatalf("rank %d, in fractions %d: %v", got, want, rows)
		}
	}
}

func TestCertain(t *testing.T) {
	for _, c := range []struct {
		value, err, want float64
		ok               bool
	}{{1, 1e-12, 1, true}, {1, 0.25, 0.75, true}, {1, 0.6, 0, false}, {0, 0, 0, false}, {-1, 0, 0, false}, {1e-20, 1e-16, 0, false}} {
		if got, ok := Certain(c.value, c.err); got != c.want || ok != c.ok {
			t.Errorf("%g ± %g: found %g, %v", c.value, c.err, got, ok)
		}
	}
}
