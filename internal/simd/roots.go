package simd

import "math"

// StepByRoots is x ← x − lr·m/(√v/root + ε), entry by entry, the step of Adam's family. Where lr·m is 0,
// as where there never was a gradient, x stays, even if the denominator is 0.
func StepByRoots(x []float64, lr float64, m, v []float64, root, eps float64) {
	m, v = m[:len(x)], v[:len(x)]
	from := 0
	if avx2 && len(x) > short {
		from = bulk(len(x))
		stepByRootsAVX2(x[:from], lr, m, v, root, eps)
	}
	stepByRootsPortable(x[from:], lr, m[from:], v[from:], root, eps)
}

func stepByRootsPortable(x []float64, lr float64, m, v []float64, root, eps float64) {
	m, v = m[:len(x)], v[:len(x)]
	for i := range x {
		if step := lr * m[i]; step != 0 {
			x[i] -= step / (math.Sqrt(v[i])/root + eps)
		}
	}
}
