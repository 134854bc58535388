package gdbenchtest_test

import (
	"testing"

	"github.com/gdbench/gdbench/gdbenchtest"
)

// A test of this form lies beside the methods that it tests. Its first run says how to write
// the baseline.
func ExampleGate() {
	_ = func(t *testing.T) { // func TestMethods(t *testing.T)
		gdbenchtest.Gate(t, "testdata/suite.yaml", "testdata/baseline.jsonl",
			gdbenchtest.Set("repeats=10"), gdbenchtest.Pinned("testdata/release-1.0.jsonl"))
	}
}
