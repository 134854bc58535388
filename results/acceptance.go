package results

// Acceptance is a finding of the review that a suite states itself, with its reason.
type Acceptance struct {
	Finding string `json:"finding"` // one of Findings
	Because string `json:"because"`
}

// What a review may find and a suite may accept. A fault of the run itself, such as a file that
// is cut, has no name: no suite can excuse it.
const (
	EdgeOfGrid     = "edge-of-grid"
	UnequalTuning  = "unequal-tuning"
	SameRuns       = "same-runs"
	OneStart       = "one-start"
	FewRepeats     = "few-repeats"
	FineTarget     = "fine-target"
	UnknownMinimum = "unknown-minimum"
	UnequalBudget  = "unequal-budget"
	NoRanking      = "no-ranking"
	RankByCost     = "rank-by-cost"
	RankByTarget   = "rank-by-target"
	RankByProblem  = "rank-by-problem"
	RankByBudget   = "rank-by-budget"
	MoreKnowledge  = "more-knowledge"
	UnequalSpaces  = "unequal-spaces"
	EdgeOfSpace    = "edge-of-space"
	FewStudies     = "few-studies"
	ScoreFlips     = "score-flips"
)

// Findings are the names of what a suite may accept.
func Findings() []string {
	return []string{EdgeOfGrid, UnequalTuning, SameRuns, OneStart, FewRepeats, FineTarget, UnknownMinimum,
		UnequalBudget, NoRanking, RankByCost, RankByTarget, RankByProblem, RankByBudget, MoreKnowledge, UnequalSpaces, EdgeOfSpace, FewStudies, ScoreFlips}
}
