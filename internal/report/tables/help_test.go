package tables

import (
	"github.com/gdbench/gdbench/internal/report/evidence"
)

var evaluations = evidence.Cost{Name: "evaluations", Label: "evaluations", Of: evidence.Evaluations.Of}
