// Package simd holds the inner loops over long vectors: rows of data, rows of matrices.
// Each exists twice, in assembly for processors with AVX2 and in Go for all others. The
// two do the same operations in the same order, an order that depends on the length only,
// and never fuse a multiplication with an addition: they give the same bits.
//
// The assembly takes the bulk of a vector, a multiple of four numbers. What is left over
// is common to both.
package simd

import (
	"math"
	"runtime"

	"golang.org/x/sys/cpu"
)

//go:generate go -C generate run . -out ../avx2_amd64.s -stubs ../avx2_amd64.go -pkg simd

// avx2 chooses the assembly, which is for amd64 only: a program for 386 may run on a processor
// with AVX2 too. GODEBUG=cpu.avx2=off chooses the portable version.
var avx2 = runtime.GOARCH == "amd64" && cpu.X86.HasAVX2

// avx512 chooses the assembly for wider registers, where there is some: of products of matrices.
var avx512 = avx2 && cpu.X86.HasAVX512F && !halved(processor())

// halved reports whether a processor with AVX-512 takes its registers in two halves, as AMD's of family
// 19h do (Zen 4): there the tiles of AVX2 are faster. The family is the sum of two fields.
func halved(vendor, signature uint32) bool {
	const amd = 'c' | 'A'<<8 | 'M'<<16 | 'D'<<24
	return vendor == amd && signature>>8&0xf+signature>>20&0xff == 0x19
}

// lanes is how many numbers a register holds.
const lanes = 4

// short is the length up to which a sum in Go takes less time than a call of the assembly.
const short = 16

// bulk is the part of n numbers that fills registers.
func bulk(n int) int { return n &^ (lanes - 1) }

// Dot is xᵀy in eight interleaved partial sums; the last few products, which fill no
// register, are added one by one.
func Dot(x, y []float64) float64 {
	if avx2 && len(x) > short {
		from := bulk(len(x))
		y = y[:len(x)]
		return addRest(dotAVX2(x[:from], y), x[from:], y[from:])
	}
	return dotPortable(x, y[:len(x)])
}

// addRest adds the products that fill no register to a sum.
func addRest(sum float64, x, y []float64) float64 {
	y = y[:len(x)]
	for i, v := range x {
		sum += float64(v * y[i])
	}
	return sum
}

// dotPortable has its sums in eight variables, which the compiler keeps in registers.
func dotPortable(x, y []float64) float64 {
	y = y[:len(x)]
	var s0, s1, s2, s3, s4, s5, s6, s7 float64
	i := 0
	for ; i < len(x)-7; i += 8 {
		s0, s1, s2, s3 = s0+float64(x[i]*y[i]), s1+float64(x[i+1]*y[i+1]), s2+float64(x[i+2]*y[i+2]), s3+float64(x[i+3]*y[i+3])
		s4, s5, s6, s7 = s4+float64(x[i+4]*y[i+4]), s5+float64(x[i+5]*y[i+5]), s6+float64(x[i+6]*y[i+6]), s7+float64(x[i+7]*y[i+7])
	}
	if i < len(x)-3 {
		s0, s1, s2, s3 = s0+float64(x[i]*y[i]), s1+float64(x[i+1]*y[i+1]), s2+float64(x[i+2]*y[i+2]), s3+float64(x[i+3]*y[i+3])
		i += 4
	}
	sum := ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7))
	for ; i < len(x); i++ {
		sum += float64(x[i] * y[i])
	}
	return sum
}

// addDotLong is AddDot by the assembly.
func addDotLong(g []float64, s float64, x, y []float64) float64 {
	from := bulk(len(g))
	sum := addDotAVX2(g[:from], s, x, y)
	for i := from; i < len(g); i++ {
		v := g[i] + float64(s*x[i])
		g[i] = v
		sum += float64(v * y[i])
	}
	return sum
}

// AddDot adds s·x to g, as AddOne does, and returns yᵀg, as Dot does. The portable version takes four
// numbers at a time, which fit the registers beside the sums.
func AddDot(g []float64, s float64, x, y []float64) float64 {
	x, y = x[:len(g)], y[:len(g)]
	if avx2 && len(g) > short {
		return addDotLong(g, s, x, y)
	}
	var s0, s1, s2, s3, s4, s5, s6, s7 float64
	i := 0
	for ; i < len(g)-7; i += 8 {
		a, b, c, d := g[i]+float64(s*x[i]), g[i+1]+float64(s*x[i+1]), g[i+2]+float64(s*x[i+2]), g[i+3]+float64(s*x[i+3])
		g[i], g[i+1], g[i+2], g[i+3] = a, b, c, d
		s0, s1, s2, s3 = s0+float64(a*y[i]), s1+float64(b*y[i+1]), s2+float64(c*y[i+2]), s3+float64(d*y[i+3])
		a, b, c, d = g[i+4]+float64(s*x[i+4]), g[i+5]+float64(s*x[i+5]), g[i+6]+float64(s*x[i+6]), g[i+7]+float64(s*x[i+7])
		g[i+4], g[i+5], g[i+6], g[i+7] = a, b, c, d
		s4, s5, s6, s7 = s4+float64(a*y[i+4]), s5+float64(b*y[i+5]), s6+float64(c*y[i+6]), s7+float64(d*y[i+7])
	}
	if i < len(g)-3 {
		a, b, c, d := g[i]+float64(s*x[i]), g[i+1]+float64(s*x[i+1]), g[i+2]+float64(s*x[i+2]), g[i+3]+float64(s*x[i+3])
		g[i], g[i+1], g[i+2], g[i+3] = a, b, c, d
		s0, s1, s2, s3 = s0+float64(a*y[i]), s1+float64(b*y[i+1]), s2+float64(c*y[i+2]), s3+float64(d*y[i+3])
		i += 4
	}
	sum := ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7))
	for ; i < len(g); i++ {
		v := g[i] + float64(s*x[i])
		g[i] = v
		sum += float64(v * y[i])
	}
	return sum
}

// AddAbs adds |x| to g, and returns the sum of |x| in the order of Dot.
func AddAbs(g, x []float64) float64 {
	x = x[:len(g)]
	from := bulk(len(g))
	var sum float64
	if avx2 {
		sum = addAbsAVX2(g[:from], x)
	} else {
		sum = addAbsPortable(g[:from], x)
	}
	for j, v := range x[from:] {
		v = math.Abs(v)
		g[from+j] += v
		sum += v
	}
	return sum
}

func addAbsPortable(g, x []float64) float64 {
	var sums [2 * lanes]float64
	whole := len(g) &^ (len(sums) - 1)
	for j := range g {
		v, k := math.Abs(x[j]), j%len(sums)
		if j >= whole {
			k = j - whole
		}
		g[j] += v
		sums[k] += v
	}
	var lane [lanes]float64
	for k := range lane {
		lane[k] = sums[k] + sums[lanes+k]
	}
	return (lane[0] + lane[1]) + (lane[2] + lane[3])
}

// AddOne adds s·x to g.
func AddOne(g []float64, s float64, x []float64) {
	x = x[:len(g)]
	from := 0
	if avx2 && len(g) > short {
		from = bulk(len(g))
		addOneAVX2(g[:from], s, x)
	}
	addOnePortable(g[from:], s, x[from:])
}

func addOnePortable(g []float64, s float64, x []float64) {
	x = x[:len(g)]
	for j := range g {
		g[j] += float64(s * x[j])
	}
}

// AddFour adds (s₀x₀ + s₁x₁) + (s₂x₂ + s₃x₃) to g, which is read and written once instead
// of four times.
func AddFour(g []float64, s0, s1, s2, s3 float64, x0, x1, x2, x3 []float64) {
	n := len(g)
	x0, x1, x2, x3 = x0[:n], x1[:n], x2[:n], x3[:n]
	from := 0
	if avx2 {
		from = bulk(n)
		addFourAVX2(g[:from], s0, s1, s2, s3, x0, x1, x2, x3)
	}
	addFourPortable(g[from:], s0, s1, s2, s3, x0[from:], x1[from:], x2[from:], x3[from:])
}

func addFourPortable(g []float64, s0, s1, s2, s3 float64, x0, x1, x2, x3 []float64) {
	x0, x1, x2, x3 = x0[:len(g)], x1[:len(g)], x2[:len(g)], x3[:len(g)]
	for j := range g {
		g[j] += (float64(s0*x0[j]) + float64(s1*x1[j])) + (float64(s2*x2[j]) + float64(s3*x3[j]))
	}
}
