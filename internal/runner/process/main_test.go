package process_test

import (
	"os"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/wire/wiretest"
)

// TestMain makes the test binary a program of the protocol, too, where it is called with a role
// as its only argument.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && strings.HasPrefix(os.Args[1], "role:") {
		wiretest.Serve(strings.TrimPrefix(os.Args[1], "role:"))
		os.Exit(0)
	}
	os.Exit(m.Run())
}
