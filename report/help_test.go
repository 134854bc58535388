package report

import (
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/results"
)

func cell(t *testing.T, tab *table.Table, row int, column string) string {
	t.Helper()
	for i, c := range tab.Columns {
		if c.Name == column {
			return tab.Rows[row][i].Read()
		}
	}
	t.Fatalf("no column %q", column)
	return ""
}

func gather(t testing.TB, drafts ...synthetic.Draft) *evidence.Evidence {
	t.Helper()
	e, err := evidence.Gather([]*results.Run{synthetic.Write(t, drafts, "")})
	if err != nil {
		t.Fatal(err)
	}
	return e
}
