package process_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/runner/process"
	"github.com/gdbench/gdbench/internal/runner/verify"
)

// The conformance check passes a program that keeps nothing between runs, and names every run of
// one that does.
func TestConform(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range []string{"good", "leaky"} {
		h, err := process.Open(context.Background(), process.Declaration{Run: []string{exe, "role:" + role}, Timeout: 10 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		giveBack, err := h.Lend()
		if err != nil {
			t.Fatal(err)
		}

		found, err := verify.Conform(h.Prefix, h.Hello.Methods[:1])
		if err != nil {
			t.Fatal(err)
		}
		if len(found) < 5 {
			t.Errorf("%d runs only", len(found))
		}
		for _, f := range found {
			if leaks := strings.Contains(f.Fault, "opposite order"); leaks != (role == "leaky") || f.Fault != "" && !leaks {
				t.Errorf("%s: %s on %s: %s, fault %q", role, f.Method, f.Problem, f.Status, f.Fault)
			}
		}
		giveBack()
	}
}
