package vec

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// exactNorm is √Σxᵢ² with 2000 bits, more than the squares of any two numbers span.
func exactNorm(x []float64) float64 {
	sum := new(big.Float).SetPrec(5000)
	for _, v := range x {
		b := new(big.Float).SetPrec(5000).SetFloat64(v)
		sum.Add(sum, b.Mul(b, b))
	}
	norm, _ := sum.Sqrt(sum).Float64()
	return norm
}

func TestNorm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scale := math.Ldexp(1, rapid.IntRange(-1060, 1010).Draw(t, "exponent"))
		x := rapid.SliceOfN(rapid.Float64Range(-1, 1), 1, 20).Draw(t, "x")
		for i := range x {
			x[i] *= scale
		}
		want := exactNorm(x)
		// A subnormal norm is right to half the least number and the rounding of a few steps.
		if got := Norm(x); math.Abs(got-want) > 1e-14*want+2*math.SmallestNonzeroFloat64 {
			t.Fatalf("‖%v‖ = %v, want %v", x, got, want)
		}
	})
}

func TestNormAtTheEdges(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		x    []float64
		want float64
	}{
		{nil, 0},
		{[]float64{0, math.Copysign(0, -1)}, 0},
		{[]float64{3e-200, 4e-200}, 5e-200},
		{[]float64{-3e200, 4e200}, 5e200},
		{[]float64{3 * math.SmallestNonzeroFloat64, 4 * math.SmallestNonzeroFloat64}, 5 * math.SmallestNonzeroFloat64},
		{[]float64{1e-170, 3}, 3},
		{[]float64{math.MaxFloat64, math.MaxFloat64}, inf},
		{[]float64{1, -inf}, inf},
		{[]float64{inf, nan, 1}, nan},
		{[]float64{1, nan, -inf}, nan},
	} {
		got := Norm(c.x)
		if math.IsNaN(c.want) != math.IsNaN(got) || math.Abs(got-c.want) > 1e-15*c.want && got != c.want {
			t.Errorf("‖%v‖ = %v, want %v", c.x, got, c.want)
		}
	}
}

func TestMaxAbs(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		want float64
	}{{nil, 0}, {[]float64{1, -3, 2}, 3}, {[]float64{-math.MaxFloat64, math.Inf(-1)}, math.Inf(1)}} {
		if got := MaxAbs(c.x); got != c.want {
			t.Errorf("max |%v| = %v, want %v", c.x, got, c.want)
		}
	}
	if got := MaxAbs([]float64{1, math.NaN(), 5}); !math.IsNaN(got) {
		t.Errorf("NaN was lost: %v", got)
	}
}

// The kernels round each product before they add: with a fused operation the first of
// these would be 2⁻⁶⁰ and not 0.
func TestNothingIsFused(t *testing.T) {
	a := 1 + math.Ldexp(1, -30) // a² = 1 + 2⁻²⁹ + 2⁻⁶⁰, rounded without its last term
	square := a * a
	if got := Dot([]float64{square, a}, []float64{-1, a}); got != 0 {
		t.Errorf("Dot fuses: %v", got)
	}
	x := []float64{-square}
	AddScaled(x, x, a, []float64{a})
	if x[0] != 0 {
		t.Errorf("AddScaled fuses: %v", x[0])
	}
}

func TestAddScaledInPlace(t *testing.T) {
	x, d := []float64{1, 2}, []float64{10, 20}
	AddScaled(d, x, -2, d)
	if d[0] != -19 || d[1] != -38 || x[0] != 1 || x[1] != 2 {
		t.Errorf("into the direction: %v, %v", d, x)
	}
	AddScaled(x, x, 0.5, d)
	Scale(2, x)
	if x[0] != -17 || x[1] != -34 {
		t.Errorf("into the point, doubled: %v", x)
	}
}

// Dot adds up from the first product to the last, and Square is Dot to the bit, at every length.
func TestDotInOrder(t *testing.T) {
	x, y := make([]float64, 19), make([]float64, 19)
	for i := range x {
		x[i], y[i] = 1/float64(i+3), 1/float64(2*i-7)
	}
	var sum float64
	for n := range len(x) + 1 {
		if n > 0 {
			sum += float64(x[n-1] * y[n-1])
		}
		if got := Dot(x[:n], y[:n]); got != sum {
			t.Errorf("Dot of %d numbers: %v, want %v", n, got, sum)
		}
		if got, want := Square(x[:n]), Dot(x[:n], x[:n]); got != want {
			t.Errorf("of %d numbers: %v, want %v", n, got, want)
		}
	}
}

// A copy has the bits of its vector, and a vector that differs in one number has not.
func TestCopyAndSameBits(t *testing.T) {
	for n := range 2*few + 1 {
		x, y := make([]float64, n), make([]float64, n+1)
		for i := range x {
			x[i] = float64(i % 3)
		}
		y[n] = 7
		Copy(y[:n], x)
		if !slices.Equal(x, y[:n]) || !SameBits(x, y[:n]) || SameBits(x, y) || y[n] != 7 {
			t.Errorf("%v was copied as %v", x, y)
		}
		for i := range x {
			y[i] = math.Nextafter(y[i], -1)
			if SameBits(x, y[:n]) {
				t.Errorf("%d numbers that differ at %d have the same bits", n, i)
			}
			y[i] = x[i]
		}
	}
}

// Vectors from one room share no number, not even when one of them grows.
func TestRoom(t *testing.T) {
	room := make(Room, 5)
	x, y, none := room.Take(2), room.Take(3), room.Take(0)
	copy(y, []float64{3, 4, 5})
	x = append(x, 9)
	x[0] = 1
	if !slices.Equal(x, []float64{1, 0, 9}) || !slices.Equal(y, []float64{3, 4, 5}) || len(none) != 0 || len(room) != 0 {
		t.Errorf("%v, %v, %v, left %v", x, y, none, room)
	}
}
