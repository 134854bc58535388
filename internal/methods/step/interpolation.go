package step

import "math"

// sample is what a trial showed: φ(t) and φ′(t).
type sample struct{ t, f, slope float64 }

// tilted adds the line slope·t to φ.
func (s sample) tilted(slope float64) sample {
	return sample{s.t, s.f + float64(slope*s.t), s.slope + slope}
}

// cubic is the minimizer of the cubic with the values and slopes of a and b, NaN where it
// has none (Nocedal & Wright 2006, formula 3.59, scaled against overflow).
func cubic(a, b sample) float64 {
	θ := 3*(a.f-b.f)/(b.t-a.t) + a.slope + b.slope
	s := max(math.Abs(θ), math.Abs(a.slope), math.Abs(b.slope))
	discriminant := float64((θ/s)*(θ/s)) - float64((a.slope/s)*(b.slope/s))
	if !(discriminant > 0) {
		return math.NaN()
	}
	γ := math.Copysign(s*math.Sqrt(discriminant), b.t-a.t)
	r := (γ - a.slope + θ) / (γ - a.slope + γ + b.slope)
	return a.t + float64(r*(b.t-a.t))
}

// quadratic is the minimizer of the parabola with the values of a and b and a's slope.
func quadratic(a, b sample) float64 {
	width := b.t - a.t
	return a.t + float64(a.slope/((a.f-b.f)/width+a.slope)/2*width)
}

// secantStep is the minimizer of the parabola with the slopes of a and b.
func secantStep(a, b sample) float64 {
	return a.t + float64(a.slope/(a.slope-b.slope)*(b.t-a.t))
}

// farther is u or v, whichever is farther from t.
func farther(t, u, v float64) float64 {
	if math.Abs(u-t) > math.Abs(v-t) {
		return u
	}
	return v
}
