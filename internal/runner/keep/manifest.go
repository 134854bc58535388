package keep

import (
	"runtime"
	"time"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/results"
)

// Wall is a time as the manifest keeps it.
func Wall(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// NewManifest is the manifest of a run that begins: of the suite, this machine and this
// gdbench.
func NewManifest(s *suite.Suite, began time.Time, workers int, build, commit string, shard *results.Shard) *results.Manifest {
	m := &results.Manifest{
		Schema: results.Schema, Suite: s.Name, About: s.About, Text: s.Text, Hash: s.Hash(),
		Overrides: s.Overrides, Only: s.Filter, Shard: shard, Version: build, Commit: commit, Binary: version.Binary(),
		Toolchain: Toolchain(), Processor: processor(), Cores: runtime.NumCPU(), Workers: workers,
		Started: Wall(began),
		Cells:   s.Count(), Status: map[results.Status]int{}, Inexact: Inexact(s), Claims: s.Claims(), Look: s.Looks(), Accept: s.Acceptances(),
		Reference: s.ReferenceMethod(), Styles: s.Styles, Own: s.OwnMethods(), Asked: s.Asked(), Gate: s.Judged(), Processes: s.Processes(), Tuning: s.Tuning(),
	}
	if s.Exclusive() {
		m.Timing = newTiming()
	}
	return m
}

// Inexact is why the results of a suite need not repeat to the byte; empty: they do.
func Inexact(s *suite.Suite) string {
	if s.Budget.Seconds > 0 {
		return "the budget in seconds makes results depend on the clock"
	}
	return ""
}
