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
	environment := "table"
	if t.Wide {
		environment = "table*"
	}
	fmt.Fprintf(&b, "%% needs \\usepackage{booktabs}\n\\begin{%s}\n\\centering\n", environment)
	b.WriteString("\\footnotesize\\setlength{\\tabcolsep}{4pt}\n")
	fmt.Fprintf(&b, "\\caption{%s}\n\\label{tab:%s}\n\\begin{tabular}{", text.LaTeX(t.Title), t.Name)
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
		if words := strings.Fields(c.title()); t.Wide && len(words) > 1 {
			for k := range words {
				words[k] = text.LaTeX(words[k])
			}
			head[i] = "\\shortstack[r]{" + strings.Join(words, "\\\\") + "}"
		}
	}
	fmt.Fprintf(&b, "%s \\\\\n\\midrule\n", strings.Join(head, " & "))
	for _, row := range t.Rows {
		entries := make([]string, len(row))
		for i, cell := range row {
			entries[i] = text.LaTeX(cell.Read())
			if m, ok := cell.(Marked); ok {
				entries[i] = text.LaTeX(m.Quartiles.Read())
				if m.Best {
					entries[i] = "\\textbf{" + entries[i] + "}"
				}
			}
		}
		if strings.HasPrefix(entries[0], "[") { // it would be an option of the \\ or \midrule before it
			entries[0] = "{}" + entries[0]
		}
		fmt.Fprintf(&b, "%s \\\\\n", strings.Join(entries, " & "))
	}
	b.WriteString("\\bottomrule\n\\end{tabular}\n")
	for _, note := range t.Notes {
		fmt.Fprintf(&b, "\n\\smallskip\n{\\raggedright %s\\par}\n", text.LaTeX(note))
	}
	fmt.Fprintf(&b, "\\end{%s}\n", environment)
	_, err := io.WriteString(w, b.String())
	return err
}
