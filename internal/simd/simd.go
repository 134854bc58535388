// Package simd holds the inner loops over long vectors: rows of data, rows of matrices.
// Each exists twice, in assembly for processors with AVX2 and in Go for all others. The
// two do the same operations in the same order, an order that depends on the length only,
// and never fuse a multiplication with an addition: they give the same bits.
//
// Most of the assembly takes the bulk of a vector, a multiple of four numbers. What is left over
// is common to both then.
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

// dotLong is Dot by the assembly.
func dotLong(x, y []float64) float64 {
	from := bulk(len(x))
	return addRest(dotAVX2(x[:from], y), x[from:], y[from:])
}

// addRest adds the products that fill no register to a sum.
func addRest(sum float64, x, y []float64) float64 {
	y = y[:len(x)]
	for i, v := range x {
		sum += float64(v * y[i])
	}
	return sum
}

// Dot is xᵀy in eight interleaved partial sums; the last few products, which fill no
// register, are added one by one.
//
// In Go the sums are eight variables, which the compiler keeps in registers. They begin as products:
// if they began as 0, every sum of few numbers would wait for an addition more. One addition to 0 is
// enough for a sum of zeros to be +0.
func Dot(x, y []float64) float64 {
	y = y[:len(x)]
	if avx2 && len(x) > short {
		return dotLong(x, y)
	}
	var s0, s1, s2, s3, s4, s5, s6, s7 float64
	i := 0
	if len(x) > 7 {
		x, y := eight(x), eight(y)
		s0, s1, s2, s3 = 0+float64(x[0]*y[0]), float64(x[1]*y[1]), float64(x[2]*y[2]), float64(x[3]*y[3])
		s4, s5, s6, s7 = float64(x[4]*y[4]), float64(x[5]*y[5]), float64(x[6]*y[6]), float64(x[7]*y[7])
		i = 8
	}
	for ; i < len(x)-7; i += 8 {
		x, y := eight(x[i:]), eight(y[i:])
		s0, s1, s2, s3 = s0+float64(x[0]*y[0]), s1+float64(x[1]*y[1]), s2+float64(x[2]*y[2]), s3+float64(x[3]*y[3])
		s4, s5, s6, s7 = s4+float64(x[4]*y[4]), s5+float64(x[5]*y[5]), s6+float64(x[6]*y[6]), s7+float64(x[7]*y[7])
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

// eight is the beginning of x, with indexes that need no check.
func eight(x []float64) *[8]float64 { return (*[8]float64)(x) }

// addDotLong is AddDot by the assembly.
func addDotLong(g []float64, s float64, x, y []float64) float64 {
	from := bulk(len(g))
	sum := addDotAVX2(g[:from], s, x, y)
	for i := from; i < len(g); i++ {
		sum += step(&g[i], s, x[i], y[i])
	}
	return sum
}

// AddDot adds s·x to g, as AddOne does, and returns yᵀg, as Dot does.
func AddDot(g []float64, s float64, x, y []float64) float64 {
	x, y = x[:len(g)], y[:len(g)]
	if avx2 && len(g) > short {
		return addDotLong(g, s, x, y)
	}
	var s0, s1, s2, s3, s4, s5, s6, s7 float64 // as in Dot
	i := 0
	if len(g) > 7 {
		g, x, y := eight(g), eight(x), eight(y)
		s0, s1, s2, s3 = 0+step(&g[0], s, x[0], y[0]), step(&g[1], s, x[1], y[1]), step(&g[2], s, x[2], y[2]), step(&g[3], s, x[3], y[3])
		s4, s5, s6, s7 = step(&g[4], s, x[4], y[4]), step(&g[5], s, x[5], y[5]), step(&g[6], s, x[6], y[6]), step(&g[7], s, x[7], y[7])
		i = 8
	}
	for ; i < len(g)-7; i += 8 {
		g, x, y := eight(g[i:]), eight(x[i:]), eight(y[i:])
		s0, s1, s2, s3 = s0+step(&g[0], s, x[0], y[0]), s1+step(&g[1], s, x[1], y[1]), s2+step(&g[2], s, x[2], y[2]), s3+step(&g[3], s, x[3], y[3])
		s4, s5, s6, s7 = s4+step(&g[4], s, x[4], y[4]), s5+step(&g[5], s, x[5], y[5]), s6+step(&g[6], s, x[6], y[6]), s7+step(&g[7], s, x[7], y[7])
	}
	if i < len(g)-3 {
		s0, s1, s2, s3 = s0+step(&g[i], s, x[i], y[i]), s1+step(&g[i+1], s, x[i+1], y[i+1]), s2+step(&g[i+2], s, x[i+2], y[i+2]), s3+step(&g[i+3], s, x[i+3], y[i+3])
		i += 4
	}
	sum := ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7))
	for ; i < len(g); i++ {
		sum += step(&g[i], s, x[i], y[i])
	}
	return sum
}

// step adds s·x to g, and returns the product of y with that.
func step(g *float64, s, x, y float64) float64 {
	v := *g + float64(s*x)
	*g = v
	return float64(v * y)
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
