package elementary

import (
	"math"
	"math/rand/v2"
	"testing"
)

// sink keeps results from being optimized away.
var sink float64

// BenchmarkFunctions measures each function and that of package math in turns, over numbers
// of ordinary size.
func BenchmarkFunctions(b *testing.B) {
	for _, c := range []struct {
		name         string
		ours, theirs func(float64) float64
		low, high    float64
	}{
		{"Exp", Exp, math.Exp, -20, 20},
		{"Exp2", Exp2, math.Exp2, -20, 20},
		{"Expm1", Expm1, math.Expm1, -5, 5},
		{"Log", Log, math.Log, 0.01, 100},
		{"Log2", Log2, math.Log2, 0.01, 100},
		{"Log10", Log10, math.Log10, 0.01, 100},
		{"Log1p", Log1p, math.Log1p, -0.9, 10},
		{"Sin", Sin, math.Sin, -20, 20},
		{"SinHuge", Sin, math.Sin, 1e15, 1e16},
		{"Cos", Cos, math.Cos, -20, 20},
		{"Tan", Tan, math.Tan, -20, 20},
		{"Asin", Asin, math.Asin, -1, 1},
		{"Acos", Acos, math.Acos, -1, 1},
		{"Atan", Atan, math.Atan, -5, 5},
		{"Sinh", Sinh, math.Sinh, -5, 5},
		{"Cosh", Cosh, math.Cosh, -5, 5},
		{"Tanh", Tanh, math.Tanh, -5, 5},
		{"Cbrt", Cbrt, math.Cbrt, -100, 100},
	} {
		x := drawn(c.low, c.high)
		measure(b, c.name+"/ours", func(i int) float64 { return c.ours(x[i]) })
		measure(b, c.name+"/math", func(i int) float64 { return c.theirs(x[i]) })
	}
	x, y := drawn(0.01, 100), drawn(-5, 5)
	measure(b, "Pow/ours", func(i int) float64 { return Pow(x[i], y[i]) })
	measure(b, "Pow/math", func(i int) float64 { return math.Pow(x[i], y[i]) })
	measure(b, "Hypot/ours", func(i int) float64 { return Hypot(x[i], y[i]) })
	measure(b, "Hypot/math", func(i int) float64 { return math.Hypot(x[i], y[i]) })
	measure(b, "Sincos/ours", func(i int) float64 { s, c := Sincos(y[i]); return s + c })
	measure(b, "Sincos/math", func(i int) float64 { s, c := math.Sincos(y[i]); return s + c })
}

const benchmarked = 256

func drawn(low, high float64) *[benchmarked]float64 {
	var x [benchmarked]float64
	rng := rand.New(rand.NewPCG(11, 12))
	for i := range x {
		x[i] = low + (high-low)*rng.Float64()
	}
	return &x
}

func measure(b *testing.B, name string, f func(int) float64) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		var sum float64
		for i := range b.N {
			sum += f(i % benchmarked)
		}
		sink = sum
	})
}
