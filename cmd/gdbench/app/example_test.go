package app_test

import (
	"os/exec"
	"testing"
)

// The example is a module of its own, which the build of this one leaves out: a dependency
// that is new here must be in its go.sum too.
func TestExampleResolves(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "-mod=readonly", "./...")
	list.Dir = "../../../examples/custom"
	if out, err := list.CombinedOutput(); err != nil {
		t.Errorf("%v; run `go mod tidy` in examples/custom\n%s", err, out)
	}
}
