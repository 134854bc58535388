package app_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// A text of several pages is whole in each file that is made of a run; a terminal shows its ends.
func TestLongTexts(t *testing.T) {
	t.Chdir(t.TempDir())
	long := func(word string) string { return word + strings.Repeat(" and "+word, 1000) }
	method, problem, about := long("method"), long("problem"), long("about")
	suite := fmt.Sprintf("suite: small\nabout: %s\nbudget: {iterations: 5}\nproblems: [{name: sphere, dim: 2, label: %s}]\n"+
		"methods: [{name: descent, direction: gradient, step: exact, label: %s}]\nexpect: [{method: %[3]s, reaches: 1e-8, within: {iterations: 1}}]\n", about, problem, method)
	if err := os.WriteFile("s.yaml", []byte(suite), 0o644); err != nil {
		t.Fatal(err)
	}
	gdbench := func(arguments ...string) string {
		t.Helper()
		var out, errOut bytes.Buffer
		if code := app.Run(context.Background(), append([]string{"gdbench"}, arguments...), &out, &errOut); code != 0 {
			t.Fatalf("%v: exit %d\n%.2000s\n%.2000s", arguments, code, out.String(), errOut.String())
		}
		return out.String()
	}
	terminal := gdbench("run", "s.yaml", "--out", "run")
	gdbench("gate", "run", "run", "--junit", "gate.xml", "--summary", "gate.md")
	gdbench("bundle", "run", "--out", "run.tgz")
	if said, err := exec.Command("tar", "xzf", "run.tgz").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	for path, whole := range map[string][]string{
		"run/report/summary.csv": {problem, method}, "run/report/summary.md": {problem, method}, "run/report/summary.tex": {problem, method},
		"run/report/summary.json": {problem, method}, "run/report/index.html": {problem}, "gate.xml": {problem, method}, "gate.md": {method}, "small/README.md": {about},
	} {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range whole {
			if !bytes.Contains(content, []byte(text)) {
				t.Errorf("%s: %s … is not whole", path, text[:15])
			}
		}
	}
	if !strings.Contains(terminal, "characters) …") || strings.Contains(terminal, method) {
		t.Errorf("the terminal shows %d bytes", len(terminal))
	}
}

// The command that makes a run again is one line of the README, whatever was set.
func TestCommandOfTextsWithLines(t *testing.T) {
	t.Chdir(t.TempDir())
	gdbench := func(arguments ...string) {
		t.Helper()
		var out, errOut bytes.Buffer
		if code := app.Run(context.Background(), append([]string{"gdbench"}, arguments...), &out, &errOut); code != 0 {
			t.Fatalf("%v: exit %d\n%s", arguments, code, errOut.String())
		}
	}
	if err := os.WriteFile("s.yaml", []byte("suite: small\nbudget: {iterations: 5}\nproblems: [sphere]\nmethods: [fixed-step]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	gdbench("run", "s.yaml", "--out", "run", "--no-report", "--set", "about=one\n\n# two", "--set", "seed=2")
	gdbench("bundle", "run", "--out", "run.tgz")
	readme, err := exec.Command("tar", "xzOf", "run.tgz", "small/README.md").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, readme)
	}
	if command := `    gdbench run suite.yaml --set $'about=one\n\n# two' --set 'seed=2'` + "\n"; !strings.Contains(string(readme), command) {
		t.Errorf("%q is missing in\n%s", command, readme)
	}
}
