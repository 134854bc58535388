package losses

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Passing blocks of rows gives a factorization the bits of one row after another, for batches of every
// length and with repeated rows, and whether the matrix is dense or sparse.
func TestFactorsBlocksAreLoops(t *testing.T) {
	for _, c := range []struct{ rows, columns, rank int }{{3, 2, 1}, {40, 7, 1}, {300, 33, 5}, {150, 64, 40}} {
		rng := rand.New(rand.NewPCG(2, 7))
		dense, sparse := gappy(rng, c.rows, c.columns)
		for name, m := range map[string]data.Matrix{"dense": dense, "sparse": sparse} {
			set := fixed{&data.Samples{Name: "fixed", X: m, Y: make([]float64, c.rows)}}
			p := &MatrixFactorization{Data: set, Rank: c.rank, Balance: 0}
			if err := p.Build(problems.Env{Seed: 3}); err != nil {
				t.Fatal(err)
			}
			x, got, want := make([]float64, p.Dim()), make([]float64, p.Dim()), make([]float64, p.Dim())
			for i := range x {
				x[i] = rng.NormFloat64()
			}
			for _, size := range []int{1, 3, 4, 7, 64, 129, c.rows} {
				batch := make([]int32, size)
				for i := range batch {
					batch[i] = int32(rng.IntN(c.rows))
				}
				f, naive := p.EvaluateOn(x, got, batch), factorLoops(dense, c.rank, x, want, batch)
				if math.Float64bits(f) != math.Float64bits(naive) || !vec.SameBits(got, want) {
					t.Errorf("%s %v, batch of %d: f = %v, by loops %v; gradients equal: %t", name, c, size, f, naive, vec.SameBits(got, want))
				}
				if alone := p.EvaluateOn(x, nil, batch); alone != f {
					t.Errorf("%s %v, batch of %d: the value alone is %v, with the gradient %v", name, c, size, alone, f)
				}
			}
			if n := testing.AllocsPerRun(5, func() { p.Evaluate(x, got) }); n > 0 {
				t.Errorf("%s %v: %v allocations for a gradient", name, c, n)
			}
		}
	}
}

// gappy is a matrix with many zeros, stored in both ways.
func gappy(rng *rand.Rand, rows, columns int) (*data.Dense, *data.Sparse) {
	values, at, starts, entries := make([]float64, rows*columns), []int32{}, []int{0}, []float64{}
	for i := range values {
		if rng.IntN(3) == 0 {
			values[i] = rng.NormFloat64()
			at, entries = append(at, int32(i%columns)), append(entries, values[i])
		}
		if (i+1)%columns == 0 {
			starts = append(starts, len(entries))
		}
	}
	return data.NewDense(rows, columns, values), data.NewSparse(rows, columns, starts, at, entries)
}

// factorLoops is ½‖UVᵀ − M‖² over a batch, scaled to all rows, and its gradient, entry by entry.
func factorLoops(m *data.Dense, rank int, x, grad []float64, batch []int32) (f float64) {
	rows, columns := m.Dims()
	scale := float64(rows) / float64(len(batch))
	clear(grad)
	for _, i := range batch {
		_, row := m.Row(int(i))
		square, u, gu := 0.0, x[int(i)*rank:][:rank], grad[int(i)*rank:][:rank]
		for j := range columns {
			v, gv, r := x[(rows+j)*rank:], grad[(rows+j)*rank:], 0.0
			for l := range rank {
				r += float64(u[l] * v[l])
			}
			r -= row[j]
			square += float64(r * r)
			for l := range rank {
				gu[l] += float64(float64(scale*r) * v[l])
				gv[l] += float64(float64(scale*r) * u[l])
			}
		}
		f += square
	}
	return f * (scale / 2)
}
