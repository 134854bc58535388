package statistics

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/probability"
)

// MaxTFinds is the least mean of each sample that Flips.MaxT would have found at a level,
// with the probability wanted, had its differences been those of the sample about that mean;
// +Inf where no sample of so few blocks can be rejected.
//
// With e the differences less their mean and m a mean, a pattern reaches the statistic of e + m
// just if m is at most minus the mean of e over the blocks that it flips. These are Hartigan's
// typical values (1969, J. Amer. Statist. Assoc. 64, 1303–1317,
// doi:10.1080/01621459.1969.10501057). Another sample reaches it with its own statistic. The
// value that the level leaves over is the mean from which on the sample is rejected. The sample
// could have fallen otherwise: by its standard error, and by the error of its spread.
func (f *Flips) MaxTFinds(samples [][]Difference, level, wanted float64) []float64 {
	passed := int(math.Floor(float64(level*float64(f.patterns)) + 1e-9)) // patterns that may reach the statistic, the observed one included
	centered, rivaling := make([][]Difference, len(samples)), make([][]Difference, len(samples))
	for i, sample := range samples {
		centered[i] = residuals(sample)
		if reaches(sample, level) {
			rivaling[i] = centered[i]
		}
	}
	rivals := f.rivalsOf(rivaling)
	finds, sums, kept, typical := make([]float64, len(samples)), make([]float64, f.patterns), make([]float64, f.patterns), make([]float64, 0, f.patterns)
	for i, sample := range centered {
		n := len(sample)
		if finds[i] = math.Inf(1); n < 2 || passed < 1 || math.Ldexp(1, -n) > level {
			continue
		}
		se := standardError(sample)
		f.sums(sample, sums)
		f.sums(ones(sample), kept) // kept less flipped
		least := rivals.least(passed+1) * (se + steadiness)
		typical = typical[:0]
		for k, sum := range sums {
			reaches := rivals.but(i, k) * (se + steadiness)
			if flipped := float64(n) - kept[k]; flipped > 0 {
				reaches = math.Max(reaches, sum/flipped)
			} else {
				reaches = math.Inf(1) // the pattern that is observed, and those that flip other blocks
			}
			if reaches >= least { // the others are not among those that are left over
				typical = append(typical, reaches)
			}
		}
		slices.Sort(typical)
		critical := math.Max(0, typical[len(typical)-passed-1])
		finds[i] = critical + slack(critical, se, n, wanted)
	}
	return finds
}

// rivals are the largest statistics by pattern, the samples that have them, and the largest of
// the other samples.
type rivals struct {
	first, second []float64
	whose         []int
	sorted        []float64 // second
}

func (f *Flips) rivalsOf(samples [][]Difference) *rivals {
	r := &rivals{first: f.none(), second: f.none(), whose: make([]int, f.patterns)}
	scratch := make([]float64, f.patterns)
	for i, sample := range samples {
		f.students(sample, scratch)
		for k, t := range scratch {
			switch {
			case t > r.first[k]:
				r.second[k], r.first[k], r.whose[k] = r.first[k], t, i
			case t > r.second[k]:
				r.second[k] = t
			}
		}
	}
	r.sorted = slices.Sorted(slices.Values(r.second))
	return r
}

// least is a statistic that so many patterns have at least, whichever sample is left out.
func (r *rivals) least(patterns int) float64 { return r.sorted[len(r.sorted)-patterns] }

// but is the largest statistic of the samples but one in a pattern.
func (r *rivals) but(sample, pattern int) float64 {
	if r.whose[pattern] == sample {
		return r.second[pattern]
	}
	return r.first[pattern]
}

// ones are differences of 1 in the blocks of a sample.
func ones(sample []Difference) []Difference {
	out := make([]Difference, len(sample))
	for i, d := range sample {
		out[i] = Difference{d.Block, 1}
	}
	return out
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
