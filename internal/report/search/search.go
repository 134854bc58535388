// Package search has what the records of a tuned run say about tuning: what settings as written
// reach and what those reach that so many trials choose, what the search costs, how sure the
// order of the methods is.
package search

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/results/tuning"
	"github.com/gdbench/gdbench/results"
)

// BandStudies is the number of studies from which on their spread makes a band.
const BandStudies = 20

// Search is what was gathered from one run.
type Search struct {
	Plan     *results.Tuning
	Methods  []string // in order of appearance, those that were not tuned among them
	Problems []string // with all their instances together, in order of appearance

	trials map[cell]map[[2]int]*tuning.Outcome // by study and trial
	finals map[cell]map[int][][]tuning.Outcome // by number of trials, then study; 0: as written, one study
	chosen map[cell][]choice                   // after all trials, by study
}

type cell struct{ problem, method string }

// choice is the settings of a method that a study chooses.
type choice struct {
	results.Component
	written map[string]string // expressions behind numbers, by the path of the parameter
}

// New is the search of a run with such a plan.
func New(plan *results.Tuning) *Search {
	return &Search{Plan: plan, trials: map[cell]map[[2]int]*tuning.Outcome{}, finals: map[cell]map[int][][]tuning.Outcome{}, chosen: map[cell][]choice{}}
}

// Add takes in a record, and reports whether reports on the whole run are about it too: neither
// about trials nor about what the first of them choose.
func (s *Search) Add(r *results.Record) (reported bool) {
	t := r.Tuned
	if t == nil {
		return true
	}
	key := cell{t.Problem, t.Method}
	outcome := tuning.Of(r, s.Plan.Targets, s.Plan.Cost)
	if t.IsTrial() {
		if s.trials[key] == nil {
			s.trials[key] = map[[2]int]*tuning.Outcome{}
		}
		s.trials[key][[2]int{t.Study, t.Trial}] = &outcome
		return false
	}
	if r.Status == results.Skipped {
		return !t.IsFinal() || t.After == s.Plan.Trials
	}
	s.Methods, s.Problems = with(s.Methods, t.Method), with(s.Problems, t.Problem)
	if s.finals[key] == nil {
		s.finals[key] = map[int][][]tuning.Outcome{}
	}
	study := max(t.Study, 1)
	for len(s.finals[key][t.After]) < study {
		s.finals[key][t.After] = append(s.finals[key][t.After], nil)
	}
	s.finals[key][t.After][study-1] = append(s.finals[key][t.After][study-1], outcome)
	last := t.After == s.Plan.Trials
	if last && len(s.chosen[key]) < study {
		s.chosen[key] = append(s.chosen[key], choice{r.Method, r.Written.Method})
	}
	return t.After == 0 || last
}

func with(list []string, one string) []string {
	if slices.Contains(list, one) {
		return list
	}
	return append(list, one)
}

// Stages are the numbers of trials that settings were chosen after, from 0: as written.
func (s *Search) Stages() []int { return append([]int{0}, s.Plan.After...) }

// Tuned reports whether a method has settings that were chosen for a problem.
func (s *Search) Tuned(problem, method string) bool {
	return len(s.finals[cell{problem, method}][s.Plan.Trials]) > 0
}

// HeldOut reports whether no setting was chosen by a problem.
func (s *Search) HeldOut(problem string) bool {
	i := slices.IndexFunc(s.Plan.Problems, func(p results.TunedProblem) bool { return p.Problem == problem })
	return i >= 0 && s.Plan.Problems[i].HeldOut
}

// runs are the runs after so many trials, by study; of a method that was not tuned those of its
// settings as written.
func (s *Search) runs(problem, method string, after int) [][]tuning.Outcome {
	studies := s.finals[cell{problem, method}][after]
	if studies == nil && !s.Tuned(problem, method) {
		studies = s.finals[cell{problem, method}][0]
	}
	return studies
}

// Works are the mean log works after so many trials, one for each study. It is empty where nothing
// can be measured.
func (s *Search) Works(problem, method string, after int) []float64 {
	var out []float64
	for _, outcomes := range s.runs(problem, method, after) {
		sum, n := 0.0, 0
		for i := range outcomes {
			if v := outcomes[i].LogWork(); !math.IsNaN(v) {
				sum += v
				n++
			}
		}
		if n > 0 {
			out = append(out, sum/float64(n))
		}
	}
	return out
}

// Estimate is a number with a band, NaN at both ends where studies are too few for one.
type Estimate struct{ Value, Low, High float64 }

// unknown is the estimate of what was not measured.
func unknown() Estimate { return Estimate{math.NaN(), math.NaN(), math.NaN()} }

// exp is the estimate of a number of which e estimates the logarithm.
func (e Estimate) exp() Estimate {
	return Estimate{elementary.Exp(e.Value), elementary.Exp(e.Low), elementary.Exp(e.High)}
}

// Work is the geometric mean over the studies of the work after so many trials, with the
// percentile bootstrap over studies as its band.
func (s *Search) Work(problem, method string, after int) Estimate {
	works, out := s.Works(problem, method, after), unknown()
	if len(works) == 0 {
		return out
	}
	out.Value = statistics.Mean(works)
	if len(works) >= BandStudies {
		interval := statistics.Bootstrap{Resamples: 1000, Seed: 1}.Percentile(works, statistics.Mean)
		out.Low, out.High = interval.Low, interval.High
	}
	return out.exp()
}

// Ratio is how many times the work of b that of a is after all trials, with its interval over
// the studies of both.
func (s *Search) Ratio(problem, a, b string, afterA, afterB int) Estimate {
	return ratioOf([][2][]float64{{s.Works(problem, a, afterA), s.Works(problem, b, afterB)}})
}

// ratioOf is the geometric mean over pairs of samples of log works of the ratio of their works.
func ratioOf(pairs [][2][]float64) Estimate {
	if len(pairs) == 0 {
		return unknown()
	}
	resamples := 500
	for _, p := range pairs {
		if len(p[0]) == 0 || len(p[1]) == 0 {
			return unknown()
		}
		if max(len(p[0]), len(p[1])) < BandStudies {
			resamples = 0
		}
	}
	return estimates(resamples, func(mean func([]float64) float64) []float64 {
		sum := 0.0
		for _, p := range pairs {
			sum += (mean(p[0]) - mean(p[1])) / float64(len(pairs))
		}
		return []float64{sum}
	})[0].exp()
}

// Attempts is the median over the studies of the number of trials until one reached the finest
// target; infinite where half of the studies have none.
func (s *Search) Attempts(problem, method string) float64 {
	trials := s.trials[cell{problem, method}]
	if len(trials) == 0 {
		return math.NaN()
	}
	var first []float64
	for study := 1; study <= s.Plan.Studies; study++ {
		at := math.Inf(1)
		for k := s.Plan.Trials; k >= 1; k-- {
			if o := trials[[2]int{study, k}]; o != nil && o.Solved() {
				at = float64(k)
			}
		}
		first = append(first, at)
	}
	return statistics.Median(first)
}

// SearchCost is the median over the studies of what all their trials on a problem cost.
func (s *Search) SearchCost(problem, method string) float64 {
	sums := make([]float64, s.Plan.Studies)
	for key, o := range s.trials[cell{problem, method}] {
		if key[0] <= len(sums) {
			sums[key[0]-1] += o.Spent
		}
	}
	if len(s.trials[cell{problem, method}]) == 0 {
		return math.NaN()
	}
	return statistics.Median(sums)
}

// Flatness is the share of the trials whose work is at most twice that of the best of their
// study: the median over the studies. Where it is large, hardly any tuning is needed.
func (s *Search) Flatness(problem, method string) float64 {
	trials := s.trials[cell{problem, method}]
	var shares []float64
	for study := 1; study <= s.Plan.Studies; study++ {
		var works []float64
		for k := 1; k <= s.Plan.Trials; k++ {
			if o := trials[[2]int{study, k}]; o != nil && !math.IsNaN(o.LogWork()) {
				works = append(works, o.LogWork())
			}
		}
		if len(works) == 0 {
			continue
		}
		good := 0
		for _, w := range works {
			if w <= slices.Min(works)+math.Ln2 {
				good++
			}
		}
		shares = append(shares, float64(good)/float64(len(works)))
	}
	return statistics.Median(shares)
}

// Solved counts the runs after so many trials that reached the finest target.
func (s *Search) Solved(problem, method string, after int) (part, of int) {
	for _, outcomes := range s.finals[cell{problem, method}][after] {
		for i := range outcomes {
			if of++; outcomes[i].Solved() {
				part++
			}
		}
	}
	return part, of
}
