package history

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/text"
)

// Order sorts runs by the place of their commits in the repository, and those of one commit by
// the times at which they started. If the repository does not know all commits they stay in the
// order given, or are sorted by time; the note says which and why.
func Order(runs []Run, repository *Repository, given bool) (note string) {
	var commits, unknown []string
	for i := range runs {
		if runs[i].Commit == "" {
			runs[i].Commit = commitOf(runs[i].Baseline)
		}
		if c := runs[i].Commit; c != "" {
			commits = append(commits, c)
		}
	}
	ranks := repository.ranks(commits)
	for _, r := range runs {
		if _, ok := ranks[r.Commit]; !ok {
			unknown = append(unknown, r.Name)
		}
	}
	byTime := func(a, b Run) int { return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(a.Name, b.Name)) }
	switch {
	case len(unknown) == 0:
		slices.SortStableFunc(runs, func(a, b Run) int { return cmp.Or(cmp.Compare(ranks[a.Commit], ranks[b.Commit]), byTime(a, b)) })
		return "Runs are in the order of their commits."
	case given:
		note = "Runs are in the order given"
	default:
		slices.SortStableFunc(runs, byTime)
		note = "Runs are in the order of their start times"
	}
	if repository == nil {
		return note + ": they are in no git repository that can be read."
	}
	return fmt.Sprintf("%s: this repository does not have the commit of %s.", note, text.Some(unknown))
}
