package page

import (
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

func gather(t testing.TB, drafts ...synthetic.Draft) *evidence.Evidence {
	t.Helper()
	e, err := evidence.Gather([]*results.Run{synthetic.Write(t, drafts, "")})
	if err != nil {
		t.Fatal(err)
	}
	return e
}
