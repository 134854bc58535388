package search

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/results/tuning"
	"github.com/gdbench/gdbench/internal/text"
)

// estimates are numbers that follow from the means of several samples, with bands of the percentile
// bootstrap: of each resample of the samples all numbers are found together. Without resamples there
// are no bands.
func estimates(resamples int, of func(mean func(sample []float64) float64) []float64) []Estimate {
	var out []Estimate
	for _, v := range of(statistics.Mean) {
		out = append(out, Estimate{v, math.NaN(), math.NaN()})
	}
	if resamples == 0 {
		return out
	}
	rng := rand.New(rand.NewPCG(1, uint64(resamples)))
	draws := make([][]float64, len(out))
	for range resamples {
		drawn := of(func(sample []float64) float64 {
			sum := 0.0
			for range sample {
				sum += sample[rng.IntN(len(sample))]
			}
			return sum / float64(len(sample))
		})
		for i, v := range drawn {
			draws[i] = append(draws[i], v)
		}
	}
	for i := range out {
		out[i].Low, out[i].High = statistics.Quantile(draws[i], 0.025), statistics.Quantile(draws[i], 0.975)
	}
	return out
}

// Compared are the problems, of those that methods were tuned on, on which every one of some
// methods was measured at every stage.
func (s *Search) Compared(methods []string) []string {
	var out []string
	for _, p := range s.Problems {
		all := !s.HeldOut(p)
		for _, m := range methods {
			for _, after := range s.Stages() {
				all = all && len(s.Works(p, m, after)) > 0
			}
		}
		if all {
			out = append(out, p)
		}
	}
	return out
}

// Everywhere are the methods that were measured on the most problems: those that can be ranked
// together.
func (s *Search) Everywhere() []string {
	most := 0
	count := map[string]int{}
	for _, m := range s.Methods {
		count[m] = len(s.Compared([]string{m}))
		most = max(most, count[m])
	}
	return slices.DeleteFunc(slices.Clone(s.Methods), func(m string) bool { return count[m] < most || most == 0 })
}

// Ranks are the mean ranks over the problems of some methods after so many trials, each with a
// band over the studies.
func (s *Search) Ranks(methods, problems []string, after int) []Estimate {
	samples := make([][][]float64, len(problems)) // by problem and method
	for k, p := range problems {
		for _, m := range methods {
			samples[k] = append(samples[k], s.Works(p, m, after))
		}
	}
	resamples := 0
	if s.Plan.Studies >= BandStudies {
		resamples = 200
	}
	return estimates(resamples, func(mean func([]float64) float64) []float64 {
		out, works := make([]float64, len(methods)), make([]float64, len(methods))
		for _, byMethod := range samples {
			for i, sample := range byMethod {
				works[i] = mean(sample)
			}
			for i := range methods {
				out[i] += rank(works, i) / float64(len(problems))
			}
		}
		return out
	})
}

// rank is the place of an entry, from 1; ties share theirs.
func rank(works []float64, i int) float64 {
	at := 1.0
	for k, w := range works {
		switch {
		case k == i:
		case w < works[i]:
			at++
		case w == works[i]:
			at += 0.5
		}
	}
	return at
}

// Factor is the largest ratio to the fastest that scores in AlgoPerf.
const Factor = 4

// Score is the score of AlgoPerf (Dahl et al. 2023, Benchmarking neural network training
// algorithms, doi:10.48550/arXiv.2306.07179, section 4.4): the area under the performance profile
// of the times to a target up to a ratio τ to the fastest,
//
//	1/(τ − 1) ∫₁^τ ρ(r) dr,  ρ(r) the share of the problems on which the ratio is at most r.
//
// Times are by problem and method, +Inf where the target was missed. A problem that no method
// solves scores 0 for all.
func Score(times [][]float64, factor float64) []float64 {
	if len(times) == 0 {
		return nil
	}
	out := make([]float64, len(times[0]))
	for _, t := range times {
		fastest := slices.Min(t)
		for m := range t {
			if ratio := t[m] / fastest; ratio < factor { // a NaN of ∞/∞ is none
				out[m] += (factor - ratio) / (factor - 1) / float64(len(times))
			}
		}
	}
	return out
}

// Times are the times of Score on some problems after all trials, under a share of the budget:
// medians over all runs of the work to the finest target.
func (s *Search) Times(methods, problems []string, share float64) [][]float64 {
	out := make([][]float64, len(problems))
	for i, p := range problems {
		for _, m := range methods {
			var times []float64
			for _, outcomes := range s.runs(p, m, s.Plan.Trials) {
				for k := range outcomes {
					times = append(times, finest(&outcomes[k], share))
				}
			}
			time := statistics.Median(times)
			if math.IsNaN(time) {
				time = math.Inf(1)
			}
			out[i] = append(out[i], time)
		}
	}
	return out
}

// finest is the work to the finest target that can be measured, within a share of the budget.
func finest(o *tuning.Outcome, share float64) float64 {
	work := o.Finest()
	if work > float64(share*o.Budget) {
		return math.Inf(1)
	}
	return math.Max(work, tuning.Least) // NaN stays NaN
}

// Sensitivity is the score of each method, and how it depends on what was chosen for it.
type Sensitivity struct {
	Methods  []string
	Problems []string
	Score    []float64
	Variants []Variant
	Leader   string // method with the largest score; empty where none has, or several
}

// Variant is the score under another choice.
type Variant struct {
	Name    string
	Budget  bool // another budget
	Without bool // one problem less
	Score   []float64
	Leader  string // as that of Sensitivity
}

// shares are the parts of the budget at which the score is found once more.
var shares = []float64{0.95, 0.9}

// Sensitive finds the scores of the methods that can be ranked together.
func (s *Search) Sensitive() *Sensitivity {
	out := &Sensitivity{Methods: s.Everywhere()}
	out.Problems = s.Compared(out.Methods)
	if len(out.Methods) < 2 || len(out.Problems) == 0 {
		return nil
	}
	add := func(v Variant, times [][]float64, factor float64) {
		v.Score = Score(times, factor)
		v.Leader = leader(out.Methods, v.Score)
		out.Variants = append(out.Variants, v)
	}
	times := s.Times(out.Methods, out.Problems, 1)
	out.Score = Score(times, Factor)
	for _, factor := range []float64{2, 8} {
		add(Variant{Name: "τ = " + text.Short(factor)}, times, factor)
	}
	for _, share := range shares {
		add(Variant{Name: text.Short(100*share) + "% of the budget", Budget: true}, s.Times(out.Methods, out.Problems, share), Factor)
	}
	for i, p := range out.Problems {
		if len(out.Problems) > 1 {
			add(Variant{Name: "without " + p, Without: true}, slices.Delete(slices.Clone(times), i, i+1), Factor)
		}
	}
	out.Leader = leader(out.Methods, out.Score)
	return out
}

// leader is the method whose score is larger than that of every other; empty where there is none.
func leader(methods []string, score []float64) string {
	settled := make([]float64, len(score)) // without digits in which the order of problems decides
	for i, v := range score {
		settled[i] = text.Rounded(v, 12)
	}
	most := slices.Max(settled)
	first := slices.Index(settled, most)
	if most == 0 || slices.Contains(settled[first+1:], most) {
		return ""
	}
	return methods[first]
}

// Changed are the variants in which another method leads than in the score; none where none leads
// in the score.
func (s *Sensitivity) Changed() []Variant {
	return slices.DeleteFunc(slices.Clone(s.Variants), func(v Variant) bool { return s.Leader == "" || v.Leader == "" || v.Leader == s.Leader })
}
