//go:build !amd64

package simd

// Elsewhere avx2 is never true, and these are never called.

func addOneAVX2(g []float64, s float64, x []float64) { addOnePortable(g, s, x) }

func dotAVX2(_, _ []float64) float64 { panic("simd: no AVX2") }

func addDotAVX2(_ []float64, _ float64, _, _ []float64) float64 { panic("simd: no AVX2") }

func secantAVX2(_, _, _, _, _, _, _ *float64, _ int) (ss, sy, yy float64) { panic("simd: no AVX2") }

func addAbsAVX2(g, x []float64) float64 { return addAbsPortable(g, x) }

func addFourAVX2(g []float64, s0, s1, s2, s3 float64, x0, x1, x2, x3 []float64) {
	addFourPortable(g, s0, s1, s2, s3, x0, x1, x2, x3)
}

func productsAVX2(_, _, _ *float64, _ *int32, _, _, _ int) { panic("simd: no AVX2") }

func nextAVX2(_, _, _ *float64, _ *int32, _, _, _ int, _, _ *float64, _ *int32) {
	panic("simd: no AVX2")
}

func logisticRowsAVX2(_ *[4]float64, _, _ *float64, _ *int32, _, _ int, _, _ *float64, _ *[2 * lanes]float64) {
	panic("simd: no AVX2")
}

func farLogisticRowsAVX2(_ *[4]float64, _, _ *float64, _ *int32, _, _ int, _, _ *float64, _ *[2 * lanes]float64, _ int) {
	panic("simd: no AVX2")
}

func columnProductsAVX2(_, _, _ *float64, _, _, _ int, _ bool) { panic("simd: no AVX2") }

func gatherAVX2(_, _, _ *float64, _ *int32, _ *int, _ *int32, _ int) { panic("simd: no AVX2") }

func scatterAVX2(_, _, _ *float64, _ *int32, _ *int, _ *int32, _ int) { panic("simd: no AVX2") }

func logisticAVX2(z, y, slopes []float64, sums *[2 * lanes]float64) {
	logisticPortable(z, y, slopes, sums)
}

func exponentialsAVX2(x []float64) { exponentialsPortable(x) }

func stepByRootsAVX2(_ []float64, _ float64, _, _ []float64, _, _ float64) { panic("simd: no AVX2") }

func packRows4AVX2(_, _ *float64, _, _ int)  { panic("simd: no AVX2") }
func packRows8AVX2(_, _ *float64, _, _ int)  { panic("simd: no AVX2") }
func packRows16AVX2(_, _ *float64, _, _ int) { panic("simd: no AVX2") }

func packColumnsAVX2(_ *float64, _ int, _ *float64, _, _ int) { panic("simd: no AVX2") }

func wideAVX2(_ *float64, _ int, _ *float64, _, _ int, _ *float64, _, _ int, _ bool) {
	panic("simd: no AVX2")
}

func narrowAVX2(_ *float64, _ int, _ *float64, _, _ int, _ *float64, _, _ int, _ bool) {
	panic("simd: no AVX2")
}

func wideAVX512(_ *float64, _ int, _ *float64, _, _ int, _ *float64, _, _ int, _ bool) {
	panic("simd: no AVX-512")
}

func narrowAVX512(_ *float64, _ int, _ *float64, _, _ int, _ *float64, _, _ int, _ bool) {
	panic("simd: no AVX-512")
}

func divideAVX2(_ *float64, _ int, _ *float64, _ *[group]float64, _ int) { panic("simd: no AVX2") }

func aboveAVX2(_, _ *float64, _ *[group]float64, _ int) { panic("simd: no AVX2") }

func divideAVX512(_ *float64, _ int, _ *float64, _ *[group]float64, _ int) {
	panic("simd: no AVX-512")
}

func aboveAVX512(_, _ *float64, _ *[group]float64, _ int) { panic("simd: no AVX-512") }

func processor() (vendor, signature uint32) { panic("simd: no CPUID") }
