package app_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// benchstat and pandas read what export wrote: pandas finds every row and a null where a target
// was missed, benchstat the costs of the one that was hit.
func TestPeersExport(t *testing.T) {
	needsPeers(t, "benchstat and pandas")
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	suite := "suite: suite\nbudget: {evaluations: 200}\ntargets: {absolute: [1, 1e-6]}\nproblems: [rosenbrock]\nmethods: [bfgs, {name: fixed-step, lr: 1e-5}]\n"
	if err := os.WriteFile("suite.yaml", []byte(suite), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", "suite.yaml", "--no-report", "--out", "run"},
		{"export", "run", "--format", "csv", "--out", "runs.csv"}, {"export", "run", "--format", "benchfmt", "--out", "runs.txt"}} {
		var out, errOut bytes.Buffer
		if code := app.Run(context.Background(), append([]string{"gdbench"}, args...), &out, &errOut); code != 0 {
			t.Fatalf("%v: exit %d\n%s", args, code, errOut.String())
		}
	}
	const script = `import pandas
r = pandas.read_csv("runs.csv")
t = r[(r.row == "target") & (r.target < 1e-3)].set_index("method")
print(t.hit["bfgs"], t.evaluations["bfgs"] > 0, t.hit["fixed-step lr=1e-05"], t.evaluations.isna()["fixed-step lr=1e-05"])`
	said, err := exec.Command("/usr/bin/python3", "-c", script).CombinedOutput()
	if err != nil || strings.TrimSpace(string(said)) != "True True False True" {
		t.Errorf("pandas says %s, %v", said, err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	benchstat := exec.Command("go", "run", "golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da", filepath.Join(here, "runs.txt"))
	benchstat.Dir = root
	said, err = benchstat.Output()
	if err != nil || !strings.Contains(string(said), "method=bfgs") || !strings.Contains(string(said), " evaluations ") {
		t.Errorf("benchstat says %s, %v", said, err)
	}
}
