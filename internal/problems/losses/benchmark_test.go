package losses_test

import (
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// BenchmarkGradient is value and gradient of the main losses, full and on mini-batches.
// bytes/s counts the features alone, so that it compares with merely reading them
// (BenchmarkRead).
func BenchmarkGradient(b *testing.B) {
	const big = "data: {name: classification, samples: 2000, features: 199}"
	for _, text := range []string{
		"{name: least-squares, " + big + "}",
		"{name: logistic, l2: 0.01, " + big + "}",
		"{name: softmax, l2: 0.01, data: digits}",
		"{name: mlp, data: digits, widths: [32]}",
		"{name: mlp, data: digits, widths: [128, 64], activation: relu}",
		"{name: mlp, data: digits, widths: [128, 64]}",
	} {
		p := build(b, text)
		sum, x, g := p.(problems.FiniteSum), somewhere(p.Dim(), 1), make([]float64, p.Dim())
		batch := make([]int32, 32)
		for k := range batch {
			batch[k] = int32(k * 31)
		}
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			if sum.Samples() == 2000 {
				b.SetBytes(2000 * 200 * 8)
			}
			for b.Loop() {
				p.Evaluate(x, g)
			}
		})
		b.Run(text+" batch=32", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sum.EvaluateOn(x, g, batch)
			}
		})
	}
}

var sink float64

// BenchmarkRead adds up as many numbers as BenchmarkGradient's data set has.
func BenchmarkRead(b *testing.B) {
	values := somewhere(2000*200, 1)
	b.SetBytes(int64(8 * len(values)))
	for b.Loop() {
		var s0, s1, s2, s3 float64
		for k := 0; k+4 <= len(values); k += 4 {
			s0 += values[k]
			s1 += values[k+1]
			s2 += values[k+2]
			s3 += values[k+3]
		}
		sink = s0 + s1 + s2 + s3
	}
}
