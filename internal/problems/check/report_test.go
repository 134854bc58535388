package check

import (
	"strings"
	"testing"
)

// What a problem of another program says is printed without its control characters, in one line.
func TestReportForATerminal(t *testing.T) {
	r := &Report{Results: []Result{{Problem: "mine.bowl", Check: "build", Conclusion: Failed, Message: "failed: \x1b[31mred\nagain"}}}
	var out strings.Builder
	if err := r.Write(&out, false); err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(out.String(), "\n")
	if line != `mine.bowl: build: failed: failed: \x1b[31mred\nagain` {
		t.Errorf("%q", line)
	}
}
