package check

import (
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
)

// curve is a vector-valued function of one variable: t ↦ out.
type curve func(t float64, out []float64)

// slope estimates the derivative of a curve with m entries at 0, with an estimate of the
// error of each entry, by Ridders' extrapolation of central differences (Ridders 1982,
// doi:10.1016/S0141-1195(82)80057-0). It begins with the step h and with smaller ones,
// and keeps for each entry the estimate of least error; an entry that could not be
// estimated has infinite error.
func slope(phi curve, m int, h float64) (estimate, deviation []float64) {
	estimate, deviation = unknown(m)
	noise := noise(phi, m)
	for range 5 {
		tableau(phi, h, noise, estimate, deviation)
		if accurate(estimate, deviation) {
			break
		}
		h /= 16
	}
	return estimate, deviation
}

// unknown is no estimate yet.
func unknown(m int) (estimate, deviation []float64) {
	estimate, deviation = make([]float64, m), make([]float64, m)
	for i := range deviation {
		deviation[i] = math.Inf(1)
	}
	return estimate, deviation
}

// noise is the size of rounding errors in each entry of a curve near 0, which may be far
// larger than the entry's own where large terms cancel: fourth differences over steps so
// small that the curve is a straight line (Moré & Wild 2011, doi:10.1137/100786125).
func noise(phi curve, m int) []float64 {
	const points = 9
	var values [points][]float64
	for k := range values {
		values[k] = make([]float64, m)
		phi(float64(k-points/2)*1e-7, values[k])
	}
	out := make([]float64, m)
	for i := range out {
		for k := range points - 4 {
			fourth := values[k][i] - float64(4*values[k+1][i]) + float64(6*values[k+2][i]) - float64(4*values[k+3][i]) + values[k+4][i]
			out[i] = math.Max(out[i], math.Abs(fourth)/math.Sqrt(70))
			out[i] = math.Max(out[i], epsilon*math.Abs(values[k][i]))
		}
	}
	return out
}

// accurate reports whether nothing is to be gained by smaller steps.
func accurate(estimate, deviation []float64) bool {
	largest := 0.0
	for _, e := range estimate {
		largest = math.Max(largest, math.Abs(e))
	}
	for _, d := range deviation {
		if !(d <= 1e-9*largest) {
			return false
		}
	}
	return true
}

// tableau is Neville's scheme over the steps h, h/1.4, h/1.96, …; it improves the
// estimates that it can. The error of an entry is its difference to its neighbours in
// the scheme, and never less than what rounding does to a difference.
func tableau(phi curve, h float64, noise, estimate, deviation []float64) {
	const (
		shrink = 1.4
		rows   = 8
	)
	m := len(estimate)
	plus, minus := make([]float64, m), make([]float64, m)
	var previous, current [rows][]float64
	for k := range rows {
		phi(h, plus)
		phi(-h, minus)
		current[0] = make([]float64, m)
		for i := range m {
			current[0][i] = (plus[i] - minus[i]) / (2 * h)
		}
		for j, factor := 1, shrink*shrink; j <= k; j, factor = j+1, factor*shrink*shrink {
			current[j] = make([]float64, m)
			for i := range m {
				v := (float64(current[j-1][i]*factor) - previous[j-1][i]) / (factor - 1)
				e := math.Max(math.Abs(v-current[j-1][i]), math.Abs(v-previous[j-1][i]))
				e += (float64(8*noise[i]) + float64(epsilon*math.Max(math.Abs(plus[i]), math.Abs(minus[i])))) / h
				if e < deviation[i] { // false for NaN: a step out of the domain
					estimate[i], deviation[i] = v, e
				}
				current[j][i] = v
			}
		}
		previous = current
		h /= shrink
	}
}

const epsilon = 0x1p-52

// ray is a function of the point as a curve from it along a direction.
type ray func(d []float64) curve

// confirm compares a derivative along d with the slope of a ray, entry by entry, with
// scale as the magnitude of the terms that make up the entry. A disagreement counts only
// if the differences are accurate enough to prove it, are reproduced with other steps,
// and the function is differentiable there.
func confirm(t *tally, from ray, d, claimed, scale []float64, complain func(i int, difference float64) string) {
	const firstStep = 0.1
	m := len(claimed)
	phi := from(d)
	estimate, deviation := slope(phi, m, firstStep)
	value := make([]float64, m)
	phi(0, value)
	for i, c := range claimed {
		largest := math.Max(math.Abs(c), math.Abs(estimate[i]))
		allowed := float64(20*deviation[i]) + float64(1e-8*largest) + float64(1e-12*scale[i])
		miss := math.Abs(c - estimate[i])
		switch {
		case math.IsNaN(c):
			t.fail("%s", complain(i, estimate[i]))
		case miss <= allowed && 20*deviation[i] <= math.Max(1e-3*math.Max(largest, scale[i]), 1e-9*math.Abs(value[i])):
			t.agree()
		case miss <= allowed, math.IsInf(deviation[i], 1), !reproduced(phi, m, i, estimate[i], miss),
			kinked(from, d, m, miss):
			t.undecide()
		default:
			t.fail("%s", complain(i, estimate[i]))
		}
	}
}

// reproduced reports whether no other choice of steps, large or small, contradicts an
// estimate that misses the claimed derivative. It allows for no more noise than rounding
// of the entry itself: noise that is really there then contradicts, which is the safe
// side.
func reproduced(phi curve, m, i int, estimated, miss float64) bool {
	noise := make([]float64, m)
	phi(0, noise)
	for j, v := range noise {
		noise[j] = epsilon * math.Abs(v)
	}
	for _, h := range []float64{0.03, 1e-3, 1e-5, 1e-7, 1e-9} {
		estimate, deviation := unknown(m)
		tableau(phi, h, noise, estimate, deviation)
		if math.Abs(estimate[i]-estimated) > float64(0.1*miss)+float64(20*deviation[i]) {
			return false
		}
	}
	return true
}

// kinked reports whether the function has a kink at the point: whether along d or a random
// direction any entry has different slopes on both sides, by an amount that matters
// beside miss. The jump of the slopes shrinks with the step where a curve is smooth, and
// stays where it is not.
func kinked(from ray, d []float64, m int, miss float64) bool {
	const small, large = 1e-6, 1e-4
	rng := rand.New(rand.NewPCG(1, uint64(len(d))))
	at, plus, minus := make([]float64, m), make([]float64, m), make([]float64, m)
	jump := func(phi curve, h float64) []float64 {
		phi(0, at)
		phi(h, plus)
		phi(-h, minus)
		out := make([]float64, m)
		for i := range out {
			out[i] = math.Abs(plus[i]-2*at[i]+minus[i]) / h
		}
		return out
	}
	size := vec.MaxAbs(d)
	for range 4 {
		near, far := jump(from(d), small), jump(from(d), large)
		for i := range near {
			if near[i] > 0.1*far[i] && near[i] > 0.1*miss && near[i] > 100*epsilon*math.Abs(at[i])/small {
				return true
			}
		}
		d = make([]float64, len(d))
		for i := range d {
			d[i] = size * random.Normal(rng)
		}
	}
	return false
}
