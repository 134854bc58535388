package statistics

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/probability"
)

// MeanFinds is the least mean that Flips.Mean would have found at a level, with the
// probability wanted, had the differences been those of the sample about that mean; +Inf
// where no sample of so few blocks can be rejected.
//
// With e the differences less their mean and m a mean, a pattern reaches the observed mean of
// e + m just if m is at most minus the mean of e over the blocks that it flips. These are
// Hartigan's typical values (1969, J. Amer. Statist. Assoc. 64, 1303–1317,
// doi:10.1080/01621459.1969.10501057), and the one of them that the level leaves over is the
// mean from which on the sample is rejected. The sample could have fallen otherwise: by its
// standard error, and by the error of its spread.
func (f *Flips) MeanFinds(sample []Difference, level, wanted float64) float64 {
	n := len(sample)
	passed := int(math.Floor(float64(level*float64(f.patterns)) + 1e-9)) // patterns that may reach the mean, the observed one included
	if n < 2 || passed < 1 || 1/float64(f.patterns) > level || math.Ldexp(1, -n) > level {
		return math.Inf(1)
	}
	centered := residuals(sample)
	sums := f.sums(centered)
	ones := make([]Difference, n)
	for i, d := range centered {
		ones[i] = Difference{d.Block, 1}
	}
	kept := f.sums(ones) // kept less flipped
	typical := make([]float64, 0, f.patterns)
	for k, sum := range sums {
		if flipped := float64(n) - kept[k]; flipped > 0 {
			typical = append(typical, sum/flipped)
		}
	}
	slices.Sort(typical)
	critical := typical[len(typical)-passed] // as many reach a mean just below it as may, and the observed one
	return critical + slack(critical, standardError(centered), n, wanted)
}

// MaxTFinds is the least mean of each sample that Flips.MaxT would have found at a level,
// with the probability wanted; +Inf where no sample of so few blocks can be rejected.
func (f *Flips) MaxTFinds(samples [][]Difference, level, wanted float64) []float64 {
	largest := make([]float64, f.patterns)
	for k := range largest {
		largest[k] = math.Inf(-1)
	}
	centered := make([][]Difference, len(samples))
	for i, sample := range samples {
		centered[i] = residuals(sample)
		for k, t := range f.students(centered[i]) {
			largest[k] = math.Max(largest[k], t)
		}
	}
	slices.Sort(largest)
	finds := make([]float64, len(samples))
	passed := int(math.Floor(float64(level*float64(f.patterns)) + 1e-9))
	for i, sample := range centered {
		n := len(sample)
		finds[i] = math.Inf(1)
		if n >= 2 && passed >= 1 && math.Ldexp(1, -n) <= level {
			se := standardError(sample)
			critical := float64(math.Max(0, largest[len(largest)-passed]) * (se + steadiness))
			finds[i] = critical + slack(critical, se, n, wanted)
		}
	}
	return finds
}

// slack is what is added to a critical mean so that the mean of another sample exceeds it
// with the probability wanted. Critical means are proportional to the standard error, whose
// estimate from n differences has the relative error 1/√(2(n−1)), in this sample and in the
// other.
func slack(critical, se float64, n int, wanted float64) float64 {
	spread := float64(se*se) + float64(critical*critical)/float64(n-1)
	return float64(probability.NormalQuantile(wanted) * math.Sqrt(spread))
}

// residuals are the differences less their mean.
func residuals(sample []Difference) []Difference {
	mean := 0.0
	for _, d := range sample {
		mean += d.Value / float64(len(sample))
	}
	out := make([]Difference, len(sample))
	for i, d := range sample {
		out[i] = Difference{d.Block, d.Value - mean}
	}
	return out
}

func standardError(sample []Difference) float64 {
	values := make([]float64, len(sample))
	for i, d := range sample {
		values[i] = d.Value
	}
	return Deviation(values) / math.Sqrt(float64(len(values)))
}
