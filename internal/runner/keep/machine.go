package keep

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gdbench/gdbench/results"
	"golang.org/x/sys/cpu"
)

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

// How cells are timed with `timing: exclusive`.
const (
	TimingRounds = 5                     // measurements of each cell, whose median is kept
	TimingBatch  = 10 * time.Millisecond // length of a measurement at least
)

// newTiming says how seconds are measured with `timing: exclusive`, and how busy the machine
// is before.
func newTiming() *results.Timing {
	t := &results.Timing{Rounds: TimingRounds, Batch: results.Number(TimingBatch.Seconds()), Governor: "unknown",
		LoadBefore: LoadAverage(), LoadAfter: results.Number(math.NaN()), Spread: results.Number(math.NaN())}
	if text, err := os.ReadFile("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"); err == nil {
		t.Governor = strings.TrimSpace(string(text))
	}
	return t
}

// LoadAverage is the load average of the last minute, NaN where the system has none.
func LoadAverage() results.Number {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return results.Number(math.NaN())
	}
	first, _, _ := strings.Cut(string(text), " ")
	v, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return results.Number(math.NaN())
	}
	return results.Number(v)
}

// processor is the name of the processor, "unknown" where the system has none.
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
