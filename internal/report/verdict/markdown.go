package verdict

import (
	"fmt"
	"io"
	"strings"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
)

// Marker is hidden at the top of the Markdown, so that a bot finds its comment and updates
// it in place.
const Marker = "<!-- gdbench-gate -->"

// WriteMarkdown writes the document for a pull request: one line, and the tables folded
// where nothing changed.
func (s *Summary) WriteMarkdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n## gdbench", Marker)
	if s.Outcome != "" {
		fmt.Fprintf(&b, ": %s", s.Outcome)
	}
	fmt.Fprintf(&b, "\n\n%s\n", text.Markdown(s.Headline))
	for _, r := range s.Comparisons {
		fold := !s.speaks(r)
		fmt.Fprintf(&b, "\n%s. Cells: %d. Rows: %s.\n", text.Markdown(sides(r)), r.Cells, counts(r))
		if t := Table(r, shownRows); len(t.Rows) > 0 {
			fold = fold && open(&b, "differences that do not count")
			b.WriteByte('\n')
			if err := table.Write(&b, table.MarkdownFormat, t); err != nil {
				return err
			}
			if fold {
				b.WriteString("\n</details>\n")
			}
		}
		for _, remark := range r.Remarks() {
			fmt.Fprintf(&b, "\n%s\n", text.Markdown(remark))
		}
		for _, warning := range r.Warnings {
			fmt.Fprintf(&b, "\n> **Warning:** %s\n", text.Markdown(warning))
		}
	}
	if len(s.Claims) > 0 {
		b.WriteString("\n### Claims\n\n")
		for _, c := range s.Claims {
			fmt.Fprintf(&b, "- **%s**: %s", c.Verdict, text.Markdown(c.Statement()))
			if c.Evidence != "" {
				fmt.Fprintf(&b, " (%s)", text.Markdown(c.Evidence))
			}
			b.WriteByte('.')
			if c.Counterexample != "" {
				fmt.Fprintf(&b, " Counterexample: %s.", text.Markdown(c.Counterexample))
			}
			b.WriteByte('\n')
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// speaks reports whether a comparison has more to show than tolerated differences.
func (s *Summary) speaks(r *compare.Report) bool {
	for v, n := range r.Verdicts {
		if n > 0 && v != compare.Same && v != compare.Changed {
			return true
		}
	}
	for i := range r.Levels {
		if r.Levels[i].Verdict.Bad() {
			return true
		}
	}
	return false
}

func open(b *strings.Builder, summary string) bool {
	fmt.Fprintf(b, "\n<details><summary>%s</summary>\n", summary)
	return true
}
