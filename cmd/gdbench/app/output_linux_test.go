package app_test

import (
	"os"
	"strings"
	"testing"
)

// Output that a full disk swallowed is told, once, and is no success.
func TestFullOutput(t *testing.T) {
	suite := "suite: s\nbudget: {iterations: 3}\nproblems: [quadratic]\nmethods: [newton]\n"
	made := newProcess(t, suite, "run", "suite.yaml", "--out", "run", "--no-report")
	if err := made.Run(); err != nil {
		t.Fatalf("%v: %s", err, made.err.String())
	}
	for _, args := range []string{
		"list methods", "list methods --json", "show newton", "schema", "--help", "run suite.yaml --dry-run",
		"verify run", "report run", "run suite.yaml --out other --no-report",
	} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer full.Close()
		p := newProcess(t, suite, strings.Fields(args)...)
		p.Dir, p.Stdout = made.folder, full
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		code, said := p.code(t), p.err.String()
		if code != 2 || strings.Count(said, "no space left on device") != 1 || !strings.Contains(said, "the output is not whole: ") {
			t.Errorf("%s: exit code %d, and it says %q", args, code, said)
		}
	}
}
