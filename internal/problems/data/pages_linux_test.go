package data

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unsafe"
)

// Huge pages are requested for a large matrix, and not for a small one: /proc says so by the flag
// hg of the mapping.
func TestInLargePages(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage/enabled"); err != nil {
		t.Skip("this system knows no large pages: ", err)
	}
	values := inLargePages(make([]float64, 16<<20))
	if at := uintptr(unsafe.Pointer(&values[len(values)/2])); !advised(t, at) {
		t.Error("the mapping of a large matrix has no flag hg")
	}
	if small := inLargePages([]float64{1, 2}); small[0] != 1 || len(inLargePages(nil)) != 0 {
		t.Error("small matrices are not left alone")
	}
}

// advised reports whether the mapping that holds an address has the flag hg.
func advised(t *testing.T, at uintptr) bool {
	text, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	var within bool
	for line := range strings.Lines(string(text)) {
		var from, to uintptr
		if n, _ := fmt.Sscanf(line, "%x-%x ", &from, &to); n == 2 {
			within = from <= at && at < to
		}
		if within && strings.HasPrefix(line, "VmFlags:") {
			return strings.Contains(line, " hg")
		}
	}
	return false
}
