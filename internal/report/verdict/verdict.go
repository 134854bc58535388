// Package verdict is the document that a gate hands out: the comparisons it made, the
// claims it checked, the outcome and one line that says what happened. Its JSON form is
// canonical; text, Markdown, JUnit XML, HTML and GitHub annotations are rendered from it
// and from nothing else.
package verdict

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/gdbench/gdbench/internal/report/compare"
)

// Schema is the version of the JSON form.
const Schema = 2

// Summary is the document.
type Summary struct {
	Schema      int               `json:"schema"`
	Outcome     compare.Decision  `json:"outcome"`
	Code        int               `json:"code"` // the exit code
	Headline    string            `json:"headline"`
	Comparisons []*compare.Report `json:"comparisons"` // with BASE, then with the pinned baseline
	Claims      []Claim           `json:"claims"`
}

// Claim is a claim of the suite as it was found.
type Claim struct {
	Name           string `json:"name,omitempty"`   // by which the suite cites it
	Text           string `json:"text"`             // in words
	Denied         bool   `json:"denied,omitempty"` // the suite claims that the text is false
	Lesson         string `json:"lesson,omitempty"` // key of the lesson that shows it
	Place          string `json:"place,omitempty"`  // file:line:column
	Verdict        string `json:"verdict"`          // holds, refuted, untested
	Evidence       string `json:"evidence"`         // what decided, in words
	Counterexample string `json:"counterexample,omitempty"`
	ID             string `json:"id,omitempty"` // of the counterexample
}

// The verdicts of claims.
const (
	Holds    = "holds"
	Refuted  = "refuted"
	Untested = "untested" // no run that it speaks of decides it
)

// Statement says whether the text was found to be true, and what the suite claims of it.
func (c Claim) Statement() string {
	if c.Verdict == Untested {
		return "UNTESTED: " + c.Text
	}
	found, claimed := "TRUE", "TRUE"
	if c.Denied {
		claimed = "FALSE"
	}
	if c.Denied == (c.Verdict == Holds) {
		found = "FALSE"
	}
	if found == claimed {
		return found + ", as claimed: " + c.Text
	}
	return found + ", though claimed " + claimed + ": " + c.Text
}

// New judges comparisons and claims. A refuted claim fails; one that could not be tested
// fails too, because a claim that is silently dropped is a silent pass.
func New(gate compare.Gate, reports []*compare.Report, claims []Claim) *Summary {
	s := &Summary{Schema: Schema, Comparisons: reports, Claims: append([]Claim{}, claims...)}
	var outcomes []compare.Decision
	for i, r := range reports {
		outcomes = append(outcomes, gate.Judge(r))
		if i == 0 || s.Headline == "" || compare.Worst(outcomes...) != compare.Worst(outcomes[:i]...) {
			s.Headline = gate.Headline(r) // of the comparison that decides
		}
	}
	for _, c := range claims {
		if c.Verdict == Holds {
			continue
		}
		if worst := compare.Worst(outcomes...); worst == compare.Pass || worst == compare.TooLittleData {
			s.Headline = fmt.Sprintf("A claim is %s. %s: %s.", c.Verdict, c.Statement(), c.Evidence)
		}
		outcomes = append(outcomes, compare.Fail)
	}
	s.Outcome = compare.Worst(outcomes...)
	s.Code = s.Outcome.Code()
	return s
}

// WriteJSON writes the canonical form, with two blanks for each level so that it diffs.
func (s *Summary) WriteJSON(w io.Writer) error { return writeJSON(w, s) }

// WriteReport writes one comparison alone in its canonical form.
func WriteReport(w io.Writer, r *compare.Report) error { return writeJSON(w, r) }

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
