package prepare

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
)

// memory is how much there is to take, and by whose word.
func memory() (bytes float64, whose string) {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	if most := debug.SetMemoryLimit(-1); most < math.MaxInt64 {
		return max(0, float64(most)-float64(now.HeapAlloc)), "GOMEMLIMIT"
	}
	return available(), "the machine"
}

// available is what the machine, or the container, has left; infinite where that is
// unknown.
func available() float64 {
	free := math.Inf(1)
	if file, err := os.Open("/proc/meminfo"); err == nil {
		defer file.Close()
		for lines := bufio.NewScanner(file); lines.Scan(); {
			if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "MemAvailable:" {
				if kibibytes, err := strconv.ParseFloat(fields[1], 64); err == nil {
					free = kibibytes * 1024
				}
			}
		}
	}
	return math.Min(free, groupLeft("/sys/fs/cgroup"))
}

// groupLeft is what a control group has left, infinite where it has no limit. What it holds
// of files that are not in use counts as free, as it does in MemAvailable: the
// data that the problems were just read from would otherwise count twice.
func groupLeft(folder string) float64 {
	read := func(name string) string {
		text, _ := os.ReadFile(filepath.Join(folder, name)) // none: no number either
		return string(text)
	}
	most, err := strconv.ParseFloat(strings.TrimSpace(read("memory.max")), 64)
	used, usedErr := strconv.ParseFloat(strings.TrimSpace(read("memory.current")), 64)
	if err != nil || usedErr != nil { // none, or "max"
		return math.Inf(1)
	}
	for line := range strings.Lines(read("memory.stat")) {
		if text, ok := strings.CutPrefix(line, "inactive_file "); ok {
			if cached, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil {
				used -= cached
			}
		}
	}
	return most - used
}

// size is a number of bytes for people.
func size(bytes float64) string {
	if bytes < 1<<30 {
		return fmt.Sprintf("%.3g MiB", bytes/(1<<20))
	}
	return fmt.Sprintf("%.3g GiB", bytes/(1<<30))
}
