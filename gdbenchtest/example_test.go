package gdbenchtest_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/gdbench/gdbench/gdbenchtest"
)

// A test of this form lies beside the methods that it tests. Its first run says how to write
// the baseline.
func ExampleGate() {
	_ = func(t *testing.T) { // func TestMethods(t *testing.T)
		gdbenchtest.Gate(t, "testdata/suite.yaml", "testdata/baseline.jsonl",
			gdbenchtest.Set("repeats=10"), gdbenchtest.Sensitivity(1.2), gdbenchtest.Pinned("testdata/release-1.0.jsonl"))
	}
}

// A pull request that should change nothing is held to more than one that may cost a little.
func ExampleGate_strict() {
	_ = func(t *testing.T) { // func TestRefactoring(t *testing.T)
		gdbenchtest.Gate(t, "testdata/suite.yaml", "testdata/baseline.jsonl",
			gdbenchtest.Strict(), gdbenchtest.Unchanged())
	}
	_ = func(t *testing.T) { // func TestMethods(t *testing.T)
		gdbenchtest.Gate(t, "testdata/suite.yaml", "testdata/baseline.jsonl",
			gdbenchtest.Tolerate(0.02), gdbenchtest.Accept("testdata/accepted.yaml"))
	}
}

// A program that writes all baselines of a repository anew sets Variable.
func ExampleGate_variable() {
	tests := exec.Command("go", "test", "./...")
	tests.Env = append(os.Environ(), gdbenchtest.Variable+"=write")
	fmt.Println(tests.Env[len(tests.Env)-1])
	// Output: GDBENCH_BASELINE=write
}
