package report

import (
	"bytes"
	"fmt"

	"github.com/gdbench/gdbench/report/table"
)

// terminalRows bounds the table that is printed at the end of a run.
const terminalRows = 40

// headline is the summary for the terminal: of a large run only the best settings of each
// method, with a note of what was left out. The files have everything.
func (e *Evidence) headline() string {
	full := e.Summary()
	brief := &table.Table{Title: full.Title, Notes: full.Notes}
	keep := []int{0, 1, 2, 4, 5, 6, 7, 9, 10, 11} // without what the others imply
	for _, i := range keep {
		brief.Columns = append(brief.Columns, full.Columns[i])
	}
	shown := e.shown()
	row := 0
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			if shown[entry] {
				var cells []table.Cell
				for _, i := range keep {
					cells = append(cells, full.Rows[row][i])
				}
				brief.Rows = append(brief.Rows, cells)
			}
			row++
		}
	}
	if left := len(full.Rows) - len(brief.Rows); left > 0 {
		brief.Notes = append([]string{fmt.Sprintf("%d more rows, other learning rates and settings, are in the files of the summary.", left)}, brief.Notes...)
	}
	var b bytes.Buffer
	if err := table.Write(&b, table.TextFormat, brief); err != nil {
		return err.Error() // a buffer does not fail
	}
	b.WriteByte('\n')
	for _, sentence := range e.Headline() {
		b.WriteString(sentence + "\n")
	}
	for _, w := range e.Warnings {
		b.WriteString("warning: " + string(w) + "\n")
	}
	return b.String()
}

// shown are the entries that fit on a terminal: all, or the best of each family on the
// first problems.
func (e *Evidence) shown() map[*Entry]bool {
	shown := map[*Entry]bool{}
	total := e.entries()
	for _, p := range e.Problems {
		entries := p.Entries
		if total > terminalRows {
			room := max(3, terminalRows/len(e.Problems))
			entries, _ = p.Leaders(room)
			if len(shown)+len(entries) > terminalRows {
				break
			}
		}
		for _, entry := range entries {
			shown[entry] = true
		}
	}
	return shown
}
