package app_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A reader of Parquet in JavaScript, of which we wrote nothing, finds in the Parquet file what
// encoding/csv finds in the CSV file: the columns, and in every row the same texts, numbers, truths and nulls.
func TestPeersParquet(t *testing.T) {
	needsPeers(t, "npm")
	script, err := os.ReadFile(filepath.Join("testdata", "parquet.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	const suite = `suite: suite
repeats: 2
budget: {iterations: 60}
targets: {absolute: [1, 1e-6], relative: [1e-3]}
diagnostics: [sharpness]
problems:
  - {name: rosenbrock, label: 'a "valley", curved'}
  - {name: quadratic, dim: [2, 3], start: normal}
  - {name: logistic, data: breast-cancer, l2: 1e-2}
methods:
  - {name: bfgs, label: BFGS ü}
  - {name: fixed-step, lr: [1e-5, 1/L]}
  - {name: adam, lr: 1e-1, betas: [0.8, 0.99]}
`
	for name, text := range map[string]string{"suite.yaml": suite, "parquet.mjs": string(script)} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	npm := exec.Command("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "hyparquet@1.33.0", "hyparquet-compressors@1.1.2")
	if said, err := npm.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	call(t, []int{0}, "run", "suite.yaml", "--no-report", "--out", "run")
	call(t, []int{0}, "export", "run", "--format", "csv", "--out", "runs.csv")
	call(t, []int{0}, "export", "run", "--format", "parquet", "--out", "runs.parquet")
	file, err := os.Open("runs.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	want, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("node", "parquet.mjs", "runs.parquet").Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	lines := strings.Split(strings.TrimSpace(string(said)), "\n")
	if len(lines) != len(want) || len(want) < 500 {
		t.Fatalf("%d rows in Parquet, %d in CSV", len(lines)-1, len(want)-1)
	}
	for k, line := range lines {
		var row []any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if !slices.EqualFunc(row, want[k], alike) {
			t.Fatalf("row %d is %v in Parquet, and %q in CSV", k, row, want[k])
		}
	}
}

// alike reports whether a value of JSON is what a field of CSV says.
func alike(value any, field string) bool {
	switch v := value.(type) {
	case nil:
		return field == ""
	case string:
		return v == field
	case bool:
		return strconv.FormatBool(v) == field
	case float64:
		f, err := strconv.ParseFloat(field, 64)
		return err == nil && f == v
	}
	return false
}
