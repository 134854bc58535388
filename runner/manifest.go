package runner

import (
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/sys/cpu"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// wall is a time as the manifest keeps it.
func wall(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

func newManifest(s *suite.Suite, o Options, began time.Time) *results.Manifest {
	m := &results.Manifest{
		Schema: results.Schema, Suite: s.Name, About: s.About, Text: s.Text, Hash: s.Hash(),
		Overrides: s.Overrides, Only: s.Filter, Shard: o.Shard, Version: o.Version, Commit: o.Commit,
		Toolchain: Toolchain(), Processor: processor(), Cores: runtime.NumCPU(), Workers: o.Workers,
		Started: wall(began),
		Cells:   s.Count(), Status: map[results.Status]int{}, Inexact: inexact(s),
	}
	if s.Exclusive() {
		m.Timing = newTiming()
	}
	return m
}

// inexact is why the results of a suite need not repeat to the byte; empty: they do.
func inexact(s *suite.Suite) string {
	if s.Budget.Seconds > 0 {
		return "the budget in seconds ends runs by the clock"
	}
	return ""
}

// Toolchain is the class of this binary on this machine.
func Toolchain() results.Toolchain {
	t := results.Toolchain{OS: runtime.GOOS, Arch: runtime.GOARCH, Go: runtime.Version()}
	switch runtime.GOARCH {
	case "amd64":
		t.FMA = cpu.X86.HasFMA && !strings.Contains(os.Getenv("GODEBUG"), "cpu.fma=off")
	case "arm64":
		t.FMA = true
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if setting.Key == "GOAMD64" {
				t.AMD64 = setting.Value
			}
		}
	}
	return t
}

// processor names the processor where the system tells.
func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}
