package app_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// documented lists the gdbench commands in the fenced blocks of a Markdown file.
func documented(t *testing.T, path string) [][]string {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	fenced, inBlock := false, false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
			inBlock = fenced && line == "```"
			continue
		}
		line, _, _ = strings.Cut(line, "  #") // a remark
		line = strings.Replace(line, "go run ./cmd/gdbench ", "gdbench ", 1)
		if inBlock && strings.HasPrefix(line, "gdbench ") && !strings.Contains(line, "…") {
			out = append(out, words(line))
		}
	}
	return out
}

// words splits a command at blanks, keeping what is in single quotes together.
func words(line string) []string {
	var out []string
	for i, part := range strings.Split(line, "'") {
		if i%2 == 1 {
			out = append(out, part)
			continue
		}
		out = append(out, strings.Fields(part)...)
	}
	return out
}

// writeGateFiles makes what docs/ci.md takes as given: a suite, and baselines of it.
func writeGateFiles(t *testing.T) {
	const suite = `suite: suite
repeats: 8
budget: {iterations: 300}
targets: [1e-1, 1e-2]
problems: [{name: logistic, data: wine, positive: 1, l2: 1e-1}]
methods: [newton, {name: sgd, lr: 0.01, batch: 1}]
`
	if err := os.WriteFile("suite.yaml", []byte(suite), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll("results/baselines", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("BASE_BINARY", nil, 0o755); err != nil { // which is not called where nothing is worse
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"run", "suite.yaml", "--no-report"},
		{"run", "suite.yaml", "--no-report", "--out", "base"},
		{"baseline", "results/suite/latest", "--out", "results/baselines/suite.jsonl"},
		{"baseline", "results/suite/latest", "--out", "results/baselines/release-1.0.jsonl"},
		{"baseline", "results/suite/latest", "--out", "last.jsonl"},
	} {
		var out, errOut bytes.Buffer
		if code := app.Run(context.Background(), append([]string{"gdbench"}, args...), &out, &errOut); code != 0 {
			t.Fatalf("%s: exit %d\n%s", strings.Join(args, " "), code, errOut.String())
		}
	}
}

// writeArchive makes an archive as COCO has them.
func writeArchive(t *testing.T) {
	var out, errOut bytes.Buffer
	if code := app.Run(context.Background(), []string{"gdbench", "export", "results/bbob/latest", "--format", "coco", "--out", "archive"}, &out, &errOut); code != 0 {
		t.Fatalf("exit %d\n%s", code, errOut.String())
	}
	if said, err := exec.Command("tar", "-czf", "BFGS_ros_noiseless.tgz", "-C", "archive", ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
}

// writeExportedRuns makes the runs that the guides of export take as given.
func writeExportedRuns(t *testing.T, guide string) {
	problem, runs := "{name: bbob, function: [1, 8], dim: 2}", []string{"results/bbob/latest"}
	switch guide {
	case "docs/coco.md":
	case "docs/pandas.md", "docs/trackers.md":
		problem, runs = "rosenbrock", []string{"results/suite/before", "results/suite/latest"}
	default:
		return
	}
	suite := "suite: suite\nbudget: {evaluations: 200}\ntargets: {absolute: [1, 1e-6]}\nproblems: [" + problem + "]\nmethods: [bfgs]\n"
	if err := os.WriteFile("suite.yaml", []byte(suite), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, run := range runs {
		var out, errOut bytes.Buffer
		if code := app.Run(context.Background(), []string{"gdbench", "run", "suite.yaml", "--no-report", "--out", run}, &out, &errOut); code != 0 {
			t.Fatalf("exit %d\n%s", code, errOut.String())
		}
	}
	if guide == "docs/coco.md" {
		writeArchive(t)
	}
}

// Every command that README and docs show runs, in a folder with the suites beside it.
// Those that need files of the reader's own are tested where they are described.
func TestDocumentedCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the suites of the README")
	}
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "docs/suites.md", "docs/results.md", "docs/report.md", "docs/ci.md",
		"docs/pandas.md", "docs/coco.md", "docs/trackers.md", "docs/papers.md", "docs/lessons.md"} {
		commands := documented(t, filepath.Join(root, name))
		if len(commands) == 0 && name != "docs/results.md" {
			t.Errorf("%s has no command", name)
		}
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.Symlink(filepath.Join(root, "suites"), "suites"); err != nil {
				t.Skip(err) // a system without links
			}
			if name == "docs/ci.md" || name == "docs/results.md" {
				writeGateFiles(t)
			}
			writeExportedRuns(t, name)
			for _, args := range commands {
				args = expand(args)
				var out, errOut bytes.Buffer
				if code := app.Run(context.Background(), args, &out, &errOut); code != 0 {
					t.Errorf("%s: exit %d\n%s", strings.Join(args, " "), code, errOut.String())
				}
				if out.Len() == 0 {
					t.Errorf("%s printed nothing", strings.Join(args, " "))
				}
			}
		})
	}
}

// The suite in the README's text loads.
func TestDocumentedSuites(t *testing.T) {
	for _, name := range []string{"README.md", "docs/suites.md"} {
		text, err := os.ReadFile(filepath.Join("../../..", name))
		if err != nil {
			t.Fatal(err)
		}
		for i, block := range strings.Split(string(text), "```yaml\n")[1:] {
			block, _, _ = strings.Cut(block, "```")
			path := filepath.Join(t.TempDir(), fmt.Sprintf("%d.yaml", i))
			if err := os.WriteFile(path, []byte(block), 0o644); err != nil {
				t.Fatal(err)
			}
			var out, errOut bytes.Buffer
			if code := app.Run(context.Background(), []string{"gdbench", "run", path, "--dry-run"}, &out, &errOut); code != 0 {
				t.Errorf("%s, block %d: %s", name, i+1, errOut.String())
			}
		}
	}
}

// expand replaces patterns of files by what matches them, as a shell does.
func expand(args []string) []string {
	var out []string
	for _, arg := range args {
		matches, err := filepath.Glob(arg)
		if err != nil || len(matches) == 0 {
			matches = []string{arg}
		}
		out = append(out, matches...)
	}
	return out
}
