package simd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// definite is an n×n matrix with a dominant diagonal, row by row.
func definite(rng *rand.Rand, n int) []float64 {
	a := make([]float64, n*n)
	for i := range n {
		for j := range i {
			v := rng.NormFloat64()
			a[i*n+j], a[j*n+i] = v, v
		}
		a[i*n+i] = 3 + 2*math.Sqrt(float64(n)) + rng.Float64()
	}
	return a
}

// textbook is U, row by row, in three nested loops, and whether there is one.
func textbook(a []float64, n int) (u []float64, ok bool) {
	u = append([]float64(nil), a...)
	for i := range n {
		for j := i; j < n; j++ {
			for k := range i {
				u[i*n+j] -= float64(u[k*n+i] * u[k*n+j])
			}
			if j > i {
				u[i*n+j] /= u[i*n+i]
				continue
			}
			if !(u[i*n+i] > 0) || math.IsInf(u[i*n+i], 1) {
				return nil, false
			}
			u[i*n+i] = math.Sqrt(u[i*n+i])
		}
	}
	return u, true
}

// solution is A⁻¹b by plain loops, in the order that Solve promises.
func solution(u []float64, n int, b []float64) []float64 {
	x := append([]float64(nil), b...)
	for j := range n {
		for k := range j {
			x[j] -= float64(u[k*n+j] * x[k])
		}
		x[j] /= u[j*n+j]
	}
	for i := n - 1; i >= 0; i-- {
		var s [8]float64
		next := i/8*8 + 8
		for from := (n - 1) / 8 * 8; from >= next; from -= 8 {
			for j := from; j < min(from+8, n); j++ {
				s[j-from] += float64(u[i*n+j] * x[j])
			}
		}
		x[i] -= ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
		for j := min(next, n) - 1; j > i; j-- {
			x[i] -= float64(u[i*n+j] * x[j])
		}
		x[i] /= u[i*n+i]
	}
	return x
}

// A factor has the bits of three nested loops and a solution those of plain ones, at sizes at and
// beyond the edges of groups, panels and bands, whatever was factorized before.
func TestFactorIsThreeLoops(t *testing.T) {
	versions(t, func(name string) {
		rng := rand.New(rand.NewPCG(7, 8))
		var f Factor
		sizes := []int{290, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40, 63, 64, 65, 100, 3, 331}
		for _, n := range sizes {
			a, b := definite(rng, n), draw(rng, n, 0)
			f.Reset(n)
			for i := range n {
				f.SetRow(i, a[i*n+i:(i+1)*n])
			}
			want, _ := textbook(a, n)
			if !f.Factorize() {
				t.Fatalf("%s: n = %d: not found positive definite", name, n)
			}
			for i := range n {
				for j := i; j < n; j++ {
					if got := f.At(i, j); got != want[i*n+j] {
						t.Fatalf("%s: n = %d: U[%d,%d] = %v, want %v", name, n, i, j, got, want[i*n+j])
					}
				}
			}
			x := solution(want, n, b)
			if f.Solve(b); !same(b, x) {
				t.Fatalf("%s: n = %d: the solution is %v, want %v", name, n, b, x)
			}
		}
	})
}

// Where there is no factor none is found: all versions, and three loops, agree where.
func TestFactorRefuses(t *testing.T) {
	versions(t, func(name string) {
		rng := rand.New(rand.NewPCG(9, 10))
		var f Factor
		refused := 0
		for range 600 {
			n := 1 + rng.IntN(50)
			a := definite(rng, n)
			i, j := rng.IntN(n), rng.IntN(n)
			v := special[rng.IntN(len(special))]
			a[i*n+j], a[j*n+i] = v, v
			f.Reset(n)
			for i := range n {
				f.SetRow(i, a[i*n+i:(i+1)*n])
			}
			_, want := textbook(a, n)
			if !want {
				refused++
			}
			if got := f.Factorize(); got != want {
				t.Fatalf("%s: n = %d with %v at %d, %d: found positive definite: %t, want %t", name, n, v, i, j, got, want)
			}
		}
		if refused < 100 || refused > 500 {
			t.Errorf("%s: %d of 600 refused", name, refused)
		}
	})
}

func BenchmarkFactor(b *testing.B) {
	versions(b, func(name string) {
		rng := rand.New(rand.NewPCG(1, 1))
		for _, n := range []int{2, 10, 100, 500} {
			a, x := definite(rng, n), make([]float64, n)
			var f Factor
			f.Reset(n)
			b.Run(fmt.Sprintf("%s/%d/set", name, n), func(b *testing.B) {
				for b.Loop() {
					for i := range n {
						f.SetRow(i, a[i*n+i:(i+1)*n])
					}
				}
			})
			b.Run(fmt.Sprintf("%s/%d/setfactorize", name, n), func(b *testing.B) {
				for b.Loop() {
					for i := range n {
						f.SetRow(i, a[i*n+i:(i+1)*n])
					}
					f.Factorize()
				}
			})
			b.Run(fmt.Sprintf("%s/%d/solve", name, n), func(b *testing.B) {
				for b.Loop() {
					f.Solve(x)
				}
			})
		}
	})
}
