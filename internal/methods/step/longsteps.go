package step

import (
	"slices"

	"github.com/gdbench/gdbench/methods"
)

// LongSteps repeats a pattern of lengths,
//
//	t_k = t·h_i, i = k mod (number of lengths),
//
// with t = 1/L. One of them is far beyond 2/L and raises f; over a whole period f falls as if all had the
// mean length of the pattern, which grows with the number of lengths.
//
// Source: Grimmer 2024, Provably faster gradient descent via long steps, table 1,
// doi:10.1137/23M1588408, and his certificates, github.com/bgrimmer/LongStepCertificates; of two lengths
// (3 − η, 3/2) with η = 0.1.
type LongSteps struct {
	T       methods.Length `param:"t" default:"1/L" range:"(0,)" doc:"unit of the step lengths"`
	Pattern string         `param:"pattern" default:"7" oneof:"2 3 7 15 31 63 127" doc:"number of lengths before they repeat"`
	clock
}

var _ methods.Schedule = (*LongSteps)(nil)

func init() {
	methods.RegisterStep("long-steps", methods.Info{
		Summary: "a pattern of lengths that repeats, one of them far beyond 2/L",
		Formula: "t_k = t·h_i, i = k mod n, h = (3/2, 11/5, 3/2, 12, 3/2, 11/5, 3/2) for n = 7",
		Source:  "Grimmer 2024, Provably faster gradient descent via long steps, SIAM J. Optim. 34(3), 2588–2608, table 1",
		DOI:     "10.1137/23M1588408",
		Family:  "schedule",
	}, func() methods.StepRule { return new(LongSteps) })
}

// Period is a pattern of lengths in units of 1/L, with what is certified of it: on a convex f with the
// constant L, δ = f(x) − f* becomes at most δ − Decrease·δ²/(LD²), D = ‖x − x*‖, if δ ≤ Reach·LD².
type Period struct {
	Lengths         []float64
	Decrease, Reach float64
}

var (
	three = []float64{1.4, 2, 1.4}
	seven = []float64{1.4, 2, 1.4, 3.9, 1.4, 2, 1.4}
)

// periods have the rates of table 1, times the number of lengths. The reach is that of the certificates; for
// 2 lengths, where they leave it open, it has been certified as they are.
var periods = map[string]Period{
	"2":   {[]float64{2.9, 1.5}, 4.4, 0.01},
	"3":   {[]float64{1.5, 4.9, 1.5}, 7.9, 1e-4},
	"7":   {[]float64{1.5, 2.2, 1.5, 12, 1.5, 2.2, 1.5}, 7 * 3.1999999, 7.569e-5},
	"15":  {blocks(three, 4.5, 29.7, 4.5), 15 * 3.8599999, 2.58e-6},
	"31":  {blocks(seven, 8.2, 72.3, 8.2), 31 * 4.6032258, 9.49e-8},
	"63":  {blocks(seven, 7.2, 14.2, 7.2, 164, 7.2, 14.2, 7.2), 63 * 5.2253968, 2.67e-7},
	"127": {blocks(seven, 7.2, 12.6, 7.2, 23.5, 7.2, 12.6, 7.2, 370, 7.2, 12.6, 7.2, 23.5, 7.2, 12.6, 7.2), 127 * 5.8346303, 3.28e-8},
}

// blocks are the block before, between and after the lengths.
func blocks(block []float64, lengths ...float64) []float64 {
	out := slices.Clone(block)
	for _, t := range lengths {
		out = append(append(out, t), block...)
	}
	return out
}

// Period is the pattern.
func (r *LongSteps) Period() Period { return periods[r.Pattern] }

func (r *LongSteps) Init(*methods.Oracle) error { r.k = 0; return nil }

func (r *LongSteps) Length(k int) float64 {
	h := r.Period().Lengths
	return r.T.Value * h[k%len(h)]
}

func (r *LongSteps) Step(at *methods.Iterate, d []float64, next *methods.Point) (float64, error) {
	return r.advance(r, at, d, next)
}
