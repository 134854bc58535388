package table

import (
	"fmt"
	"io"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

// writeLaTeX writes a tabular for the booktabs package.
func (t *Table) writeLaTeX(w io.Writer) error {
	var b strings.Builder
	b.WriteString("% needs \\usepackage{booktabs}\n\\begin{table}\n\\centering\n")
	fmt.Fprintf(&b, "\\caption{%s}\n\\begin{tabular}{", text.LaTeX(t.Title))
	for i := range t.Columns {
		if t.numeric(i) {
			b.WriteByte('r')
		} else {
			b.WriteByte('l')
		}
	}
	b.WriteString("}\n\\toprule\n")
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = text.LaTeX(c.title())
	}
	fmt.Fprintf(&b, "%s \\\\\n\\midrule\n", strings.Join(head, " & "))
	for _, row := range t.Rows {
		entries := make([]string, len(row))
		for i, cell := range row {
			entries[i] = text.LaTeX(cell.Read())
		}
		fmt.Fprintf(&b, "%s \\\\\n", strings.Join(entries, " & "))
	}
	b.WriteString("\\bottomrule\n\\end{tabular}\n")
	for _, note := range t.Notes {
		fmt.Fprintf(&b, "\n\\smallskip\n{\\footnotesize %s\\par}\n", text.LaTeX(note))
	}
	b.WriteString("\\end{table}\n")
	_, err := io.WriteString(w, b.String())
	return err
}
