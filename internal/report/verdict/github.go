package verdict

import (
	"fmt"
	"io"
	"strings"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/text"
)

// annotationLimit is GitHub's own for one step.
const annotationLimit = 10

// WriteAnnotations writes workflow commands that GitHub shows beside a run: an error for
// what fails the gate, a warning for what could not be judged.
//
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func (s *Summary) WriteAnnotations(w io.Writer) error {
	var lines []string
	add := func(level, title, message string) {
		lines = append(lines, fmt.Sprintf("::%s title=%s::%s\n", level, text.AnnotationProperty(title), text.AnnotationMessage(message)))
	}
	for _, r := range s.Comparisons {
		for _, rows := range [][]compare.Row{r.Levels, r.Rows} {
			for i := range rows {
				switch row := &rows[i]; {
				case row.Accepted != "":
				case row.Gated && (row.Verdict.Bad() || row.Verdict == compare.Incomparable):
					add("error", "gdbench: "+string(row.Verdict), row.Sentence())
				}
			}
		}
		for _, warning := range r.Warnings {
			add("warning", "gdbench", warning)
		}
	}
	for _, c := range s.Claims {
		if c.Verdict != Holds {
			add("error", "gdbench: claim "+c.Verdict, c.Statement()+": "+c.Evidence)
		}
	}
	if len(lines) > annotationLimit {
		more := fmt.Sprintf("::notice title=gdbench::%d more are in the summary\n", len(lines)-annotationLimit+1)
		lines = append(lines[:annotationLimit-1], more)
	}
	_, err := io.WriteString(w, strings.Join(lines, ""))
	return err
}
