package search

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/results/tuning"
	"github.com/gdbench/gdbench/internal/text"
)

// resampled evaluates a statistic on resamples, and sorts what it gets.
func resampled(n int, of func(pick func(n int) []int) float64) []float64 {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	out := make([]float64, n)
	for k := range out {
		out[k] = of(func(size int) []int {
			picked := make([]int, size)
			for i := range picked {
				picked[i] = rng.IntN(size)
			}
			return picked
		})
	}
	slices.Sort(out)
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
	ranks := func(mean func([]float64) float64) []float64 {
		out := make([]float64, len(methods))
		for _, p := range problems {
			works := make([]float64, len(methods))
			for i, m := range methods {
				works[i] = mean(s.Works(p, m, after))
			}
			for i := range methods {
				out[i] += rank(works, i) / float64(len(problems))
			}
		}
		return out
	}
	out := make([]Estimate, len(methods))
	for i, r := range ranks(statistics.Mean) {
		out[i] = Estimate{r, math.NaN(), math.NaN()}
	}
	if s.Plan.Studies < BandStudies {
		return out
	}
	draws := make([][]float64, len(methods))
	_ = resampled(200, func(pick func(n int) []int) float64 {
		drawn := ranks(func(sample []float64) float64 {
			sum := 0.0
			for _, i := range pick(len(sample)) {
				sum += sample[i]
			}
			return sum / float64(len(sample))
		})
		for i, r := range drawn {
			draws[i] = append(draws[i], r)
		}
		return 0
	})
	for i := range out {
		slices.Sort(draws[i])
		out[i].Low, out[i].High = statistics.Quantile(draws[i], 0.025), statistics.Quantile(draws[i], 0.975)
	}
	return out
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
			studies := s.finals[cell{p, m}][s.Plan.Trials]
			if studies == nil {
				studies = s.finals[cell{p, m}][0]
			}
			var times []float64
			for _, outcomes := range studies {
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
	for _, work := range slices.Backward(o.Works) {
		if !math.IsNaN(work) {
			if work > float64(share*o.Budget) {
				return math.Inf(1)
			}
			return math.Max(work, 1e-3)
		}
	}
	return math.NaN()
}

// Sensitivity is the score of each method, and how it depends on what was chosen for it.
type Sensitivity struct {
	Methods  []string
	Problems []string
	Score    []float64
	Variants []Variant
	Leaders  []string // of any variant, the leader of the score first
}

// Variant is the score under another choice.
type Variant struct {
	Name    string
	Budget  bool // another budget
	Without bool // one problem less
	Score   []float64
}

// Shares are the parts of the budget at which the score is found once more: a budget 5% larger
// or smaller than 95% of what was run.
var Shares = []float64{0.95, 0.9}

// Sensitive finds the scores of the methods that can be ranked together.
func (s *Search) Sensitive() *Sensitivity {
	out := &Sensitivity{Methods: s.Everywhere()}
	out.Problems = s.Compared(out.Methods)
	if len(out.Methods) < 2 || len(out.Problems) == 0 {
		return nil
	}
	times := s.Times(out.Methods, out.Problems, 1)
	out.Score = Score(times, Factor)
	for _, factor := range []float64{2, 8} {
		out.Variants = append(out.Variants, Variant{Name: "τ = " + text.Short(factor), Score: Score(times, factor)})
	}
	for _, share := range Shares {
		out.Variants = append(out.Variants, Variant{Name: text.Short(100*share) + "% of the budget", Budget: true, Score: Score(s.Times(out.Methods, out.Problems, share), Factor)})
	}
	for i, p := range out.Problems {
		if len(out.Problems) > 1 {
			out.Variants = append(out.Variants, Variant{Name: "without " + p, Without: true, Score: Score(slices.Delete(slices.Clone(times), i, i+1), Factor)})
		}
	}
	for _, score := range append([][]float64{out.Score}, scores(out.Variants)...) {
		if best := leader(score); best >= 0 {
			out.Leaders = with(out.Leaders, out.Methods[best])
		}
	}
	return out
}

func scores(variants []Variant) [][]float64 {
	var out [][]float64
	for _, v := range variants {
		out = append(out, v.Score)
	}
	return out
}

// leader is the method with the largest score, −1 where none has any.
func leader(score []float64) int {
	best := -1
	for i, v := range score {
		if v > 0 && (best < 0 || v > score[best]) {
			best = i
		}
	}
	return best
}
