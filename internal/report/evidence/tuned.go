package evidence

import (
	"fmt"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/search"
	"github.com/gdbench/gdbench/internal/text"
)

// Search is how the methods were tuned, nil where they were not, or in several runs.
func (e *Evidence) Search() *search.Search {
	if len(e.Searches) != 1 || len(e.Runs) != 1 {
		return nil
	}
	return e.Searches[0]
}

// Tuned are sentences about tuning: how it was done, and what it changes.
func (e *Evidence) Tuned() []string {
	s := e.Search()
	if s == nil {
		return nil
	}
	out := []string{s.Protocol() + " " + english.Count(s.Plan.Trials*s.Plan.Studies, "trial") + " a method and problem are not counted among the runs."}
	for _, sentence := range []string{leaders(s), flips(s), heldOut(s)} {
		if sentence != "" {
			out = append(out, sentence)
		}
	}
	return out
}

// leaders says which method has the best mean rank as the suite writes it and after all trials.
// "": several methods share that rank, or it is over a single problem.
func leaders(s *search.Search) string {
	methods := s.Everywhere()
	problems := s.Compared(methods)
	if len(methods) < 2 || len(problems) < 2 {
		return ""
	}
	var first [2]int
	var ranks [2][]search.Estimate
	for i, after := range []int{0, s.Plan.Trials} {
		ranks[i] = s.Ranks(methods, problems, after)
		if first[i] = alone(ranks[i]); first[i] < 0 {
			return ""
		}
	}
	before, after := ranks[0][first[0]].Value, ranks[1][first[1]].Value
	over := fmt.Sprintf("over %s", english.Count(len(problems), "problem"))
	if first[0] == first[1] {
		return fmt.Sprintf("Tuning does not change the method with the best mean rank %s: %s (%s as written, %s after %s).", over,
			methods[first[0]], text.Short(before), text.Short(after), english.Count(s.Plan.Trials, "trial"))
	}
	return fmt.Sprintf("Tuning changes the method with the best mean rank %s: %s as written (%s), %s after %s (%s).", over,
		methods[first[0]], text.Short(before), methods[first[1]], english.Count(s.Plan.Trials, "trial"), text.Short(after))
}

// alone is the only method with the least rank whose band, if there are any, ends below the ranks
// of all others; −1 where there is none.
func alone(ranks []search.Estimate) int {
	best := 0
	for i := range ranks {
		if ranks[i].Value < ranks[best].Value {
			best = i
		}
	}
	end := ranks[best].High
	if math.IsNaN(end) {
		end = ranks[best].Value
	}
	for i := range ranks {
		if i != best && ranks[i].Value <= end {
			return -1
		}
	}
	return best
}

// flips says whether the leader of AlgoPerf's score depends on how it is set up.
func flips(s *search.Search) string {
	score := s.Sensitive()
	if score == nil || len(score.Leaders) < 2 {
		return ""
	}
	for _, v := range score.Variants {
		most := slices.Max(v.Score)
		if other := score.Methods[slices.Index(v.Score, most)]; most > 0 && other != score.Leaders[0] {
			under := "at "
			if v.Without {
				under = ""
			}
			return fmt.Sprintf("AlgoPerf's score depends on its settings: %s leads, and %s %s%s.", score.Leaders[0], other, under, v.Name)
		}
	}
	return ""
}

// heldOut says what tuning gained on problems that it has seen and on those that it has not.
func heldOut(s *search.Search) string {
	seen, unseen := s.Gain(false), s.Gain(true)
	if math.IsNaN(seen.Value) || math.IsNaN(unseen.Value) {
		return ""
	}
	return fmt.Sprintf("Tuning divides the work by %s on the problems that it was done on, and by %s on those that were held out (geometric means).", text.Short(seen.Value), text.Short(unseen.Value))
}
