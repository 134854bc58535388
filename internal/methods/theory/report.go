package theory

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"github.com/gdbench/gdbench/internal/theorem"
)

// Statement is a theorem with how its cases went.
type Statement struct {
	Theorem       string         `json:"theorem"`
	Statement     string         `json:"statement"`
	Source        string         `json:"source"`
	DOI           string         `json:"doi,omitempty"`
	Tight         bool           `json:"tight"`
	InExpectation bool           `json:"in_expectation"`
	Cases         int            `json:"cases"`
	Attained      int            `json:"attained"`
	Worst         *float64       `json:"worst_ratio"` // null where nothing was measured
	Outcome       theorem.Result `json:"outcome"`

	kind string
}

// Statements sums the cases up, one line a theorem, in the order of the suite.
func (r *Report) Statements() []Statement {
	var out []Statement
	index := map[string]int{}
	for _, f := range r.Findings {
		i, known := index[f.Case.Theorem]
		if !known {
			i = len(out)
			index[f.Case.Theorem] = i
			out = append(out, Statement{Theorem: f.Case.Theorem, Outcome: theorem.Unmeasured})
		}
		out[i].add(f)
	}
	return out
}

func (s *Statement) add(f Finding) {
	if f.Missing != "" {
		return
	}
	s.Cases++
	s.Statement, s.Source, s.DOI = f.Statement, f.Source, f.DOI
	s.Tight, s.InExpectation, s.kind = f.Tight, f.InExpectation, f.Kind()
	if f.Attained && f.Failure == "" {
		s.Attained++
	}
	if ratio := f.Ratio; !math.IsNaN(ratio) && !math.IsInf(ratio, 0) && (s.Worst == nil || ratio > *s.Worst) {
		s.Worst = &ratio
	}
	switch {
	case f.Failure != "":
		s.Outcome = theorem.Violated
	case s.Outcome != theorem.Violated:
		s.Outcome = f.Outcome
	}
}

// Write prints one line a theorem: how many cases, how many attained the bound, and the
// worst ratio; then what went wrong and what did not run.
func (r *Report) Write(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "theorem\tkind\tcases\tattained\tworst ratio\tverdict")
	for _, s := range r.Statements() {
		worst := "–"
		if s.Worst != nil {
			worst = fmt.Sprintf("%.7g", *s.Worst)
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%s\t%s\n", s.Theorem, s.kind, s.Cases, s.Attained, worst, s.Outcome)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, f := range r.Failures() {
		if _, err := fmt.Fprintln(w, f); err != nil {
			return err
		}
	}
	printed := map[string]bool{}
	for _, f := range r.Unrun() {
		line := f.Method + " did not run: " + f.Missing
		if printed[line] {
			continue
		}
		printed[line] = true
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}
