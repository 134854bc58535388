package step

import (
	"math"

	"github.com/gdbench/gdbench/methods"
)

// GoldenSection is the line search for a minimizer of f(x + tΔx) from values only: a
// bracket is sought by growing or shrinking the first trial, then narrowed by golden
// sections to `tolerance` times its far end. Values resolve a minimizer to about √ε, so
// that a tolerance below 1e-8 gains nothing.
//
// Source: Kiefer 1953, Sequential minimax search for a maximum,
// doi:10.1090/S0002-9939-1953-0055639-3.
type GoldenSection struct {
	Tolerance float64 `param:"tolerance" default:"1e-6" range:"(0,1)" doc:"width of the last bracket relative to its far end"`
	search
}

var _ methods.StepRule = (*GoldenSection)(nil)

// golden is the ratio (√5 − 1)/2 of one bracket to the last.
const golden = 0.6180339887498948482

func init() {
	methods.RegisterStep("golden-section", methods.Info{
		Summary: "golden-section search for the minimizer along the direction, from values only",
		Formula: "t ≈ argmin f(x + tΔx)",
		Source:  "Kiefer 1953, Proc. Amer. Math. Soc. 4, 502–506",
		DOI:     "10.1090/S0002-9939-1953-0055639-3",
		Family:  "line search",
	}, func() methods.StepRule { return new(GoldenSection) })
}

func (r *GoldenSection) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	if err := r.start(at, d, next); err != nil {
		return 0, err
	}
	a, b, c, err := r.bracket(r.first())
	if err != nil {
		return b.t, err
	}
	for c.t-a.t > r.Tolerance*c.t {
		t := b.t + float64((1-golden)*(c.t-b.t)) // in the longer part
		if b.t-a.t > c.t-b.t {
			t = b.t - float64((1-golden)*(b.t-a.t))
		}
		if t == a.t || t == b.t || t == c.t { // the bracket has no inside left
			break
		}
		f, err := r.value(t)
		if err != nil {
			return t, err
		}
		trial := sample{t: t, f: f}
		switch {
		case f < b.f && t < b.t:
			b, c = trial, b
		case f < b.f:
			a, b = b, trial
		case t < b.t:
			a = trial
		default:
			c = trial
		}
	}
	r.took(b.t)
	return r.accept(b)
}

// bracket finds a < b < c with φ(b) below φ(a), and not above φ(c).
func (r *GoldenSection) bracket(t float64) (a, b, c sample, err error) {
	a = sample{f: r.f}
	f, err := r.value(t)
	b = sample{t: t, f: f}
	for err == nil && !(b.f < r.f) { // too far already
		c = b
		b.t *= golden * golden
		b.f, err = r.value(b.t)
	}
	for err == nil && (c.t == 0 || c.f < b.f) {
		if c.t != 0 {
			a, b = b, c
		}
		if c.t = b.t + float64((b.t-a.t)/golden); math.IsInf(c.t, 1) {
			return a, b, c, methods.Stalled("no minimum along the direction: f falls without end")
		}
		c.f, err = r.value(c.t)
	}
	return a, b, c, err
}
