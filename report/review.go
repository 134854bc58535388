package report

import (
	"github.com/gdbench/gdbench/internal/report/review"
	"github.com/gdbench/gdbench/results"
)

// Finding is something that a referee would attack, and how to mend it.
type Finding = review.Finding

// Review reads runs with the eyes of a referee. Major findings, which can change a
// conclusion, come first. It knows common faults only: no finding is no proof. Review
// returns an error where nothing of the runs can be read.
func Review(runs []*results.Run) ([]Finding, error) {
	if err := opened(runs); err != nil {
		return nil, err
	}
	return review.Of(runs)
}

// ReviewText is a review in words, for the terminal.
func ReviewText(findings []Finding) string { return review.Text(findings) }
