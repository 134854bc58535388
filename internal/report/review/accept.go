package review

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/results"
)

// accept marks the findings that all of the suites state themselves, and finds what a suite
// accepts though its run does not show it: a reason that has outlived its finding.
func (r *referee) accept() {
	for i := range r.findings {
		f := &r.findings[i]
		for _, run := range r.Runs {
			because := reason(run.Manifest, f.Name)
			if because == "" {
				f.Stated = ""
				break
			}
			f.Stated = because
		}
	}
	if len(r.Runs) != 1 {
		return // together they may show less
	}
	m := r.Runs[0].Manifest
	if m.Shard != nil || len(m.Only) > 0 || len(m.Overrides) > 0 || r.Read[0] < m.Cells {
		return
	}
	for _, a := range m.Accept {
		if !slices.ContainsFunc(r.findings, func(f Finding) bool { return f.Name == a.Finding }) {
			r.find(false, "suite", "", fmt.Sprintf("the suite accepts %s, which this run does not show.", a.Finding), "Delete it from `accept:` in the suite.")
		}
	}
}

// reason is why a suite accepts a finding; empty: it does not.
func reason(m *results.Manifest, finding string) string {
	if finding == "" {
		return ""
	}
	for _, a := range m.Accept {
		if a.Finding == finding {
			return a.Because
		}
	}
	return ""
}
