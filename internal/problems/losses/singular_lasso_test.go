package losses_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/elementary/exact"
	"github.com/gdbench/gdbench/problems"
)

// enumerated is f* of the lasso: the least value over all supports of independent columns
// and all signs on them, each with its stationary point in 320 bits. Some minimizer has
// such a support (Rosset, Zhu & Hastie 2004, Journal of Machine Learning Research 5).
func (d *singular) enumerated(l1 float64) float64 {
	s := newBigSolver(d)
	s.evaluate(s.w, true) // gradient −Xᵀy/m, and Hessian, the lower triangle
	n := len(s.w)
	penalized := n
	if d.intercept == "free" {
		penalized--
	}
	best := s.evaluate(s.w, false)
	signs := make([]int, n)
	for j := range signs {
		signs[j] = -1
	}
	for more := true; more; more = next(signs) {
		w, ok := s.stationary(signs, penalized, l1)
		if !ok {
			continue
		}
		f := s.evaluate(w, false)
		for _, v := range w[:penalized] {
			addTo(&f, exact.Mul(exact.Of(l1), new(big.Float).Abs(v)))
		}
		if f.Cmp(best) < 0 {
			best = f
		}
	}
	value, _ := best.Float64()
	return value
}

// next counts through all signs −1, 0 and 1.
func next(signs []int) bool {
	for j := range signs {
		if signs[j]++; signs[j] < 2 {
			return true
		}
		signs[j] = -1
	}
	return false
}

// stationary is the point with H·w = −g − l1·signs on the support, by Gauss's elimination; not
// ok where the columns depend on one another.
func (s *bigSolver) stationary(signs []int, penalized int, l1 float64) (w []*big.Float, ok bool) {
	w = bigs(len(signs))
	var rows [][]*big.Float
	var support []int
	for j, sign := range signs {
		if sign != 0 {
			support = append(support, j)
		}
	}
	for _, j := range support {
		var row []*big.Float
		for _, k := range support {
			row = append(row, s.hessian[max(j, k)][min(j, k)])
		}
		right := exact.Sub(zero, s.grad[j])
		if j < penalized {
			right = exact.Sub(right, exact.Of(l1*float64(signs[j])))
		}
		rows = append(rows, append(row, right))
	}
	for a, row := range rows {
		if row[a].Cmp(exact.Mul(s.hessian[support[a]][support[a]], exact.Scale(one, -180))) <= 0 {
			return nil, false
		}
		for b := range rows {
			if b == a {
				continue
			}
			factor := exact.Quo(rows[b][a], row[a])
			for c := a; c < len(row); c++ {
				rows[b][c] = exact.Sub(rows[b][c], exact.Mul(factor, row[c]))
			}
		}
	}
	for a, j := range support {
		w[j] = exact.Quo(rows[a][len(rows)], rows[a][a])
	}
	return w, true
}

func checkSingularLasso(t *testing.T, seed uint64) string {
	rng := rand.New(rand.NewPCG(seed, 8))
	least := singularLosses[0]
	least.name = "lasso"
	d := drawSingular(rng, least)
	l1 := []float64{0.001, 0.03, 0.5}[rng.IntN(3)]
	text := strings.TrimSuffix(d.write(t, t.TempDir()), "}") + fmt.Sprintf(", l1: %g}", l1)
	p := build(t, text)
	m, want := problems.FactsOf(p).Minimum, d.enumerated(l1)
	if m == nil {
		t.Fatalf("seed %d, %s: %s: no minimum", seed, d.shape, text)
	}
	if off := math.Abs(m.Value - want); !(off <= m.Accuracy) || !(m.Accuracy <= 1e-12*p.Evaluate(make([]float64, p.Dim()), nil)) {
		t.Errorf("seed %d, %s: %s: f* = %.17g ± %.2g, want %.17g, off by %.2g", seed, d.shape, text, m.Value, m.Accuracy, want, off)
	}
	return d.shape
}
