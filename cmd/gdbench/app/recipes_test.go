package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// The recipes of docs/ci.md and the steps of action.yml are run here as they are, in a
// repository with a method of its own whose history has a good commit, one that changes
// nothing, one that does not build, and the one that made the method worse.

const ownMethod = `package main

import (
	"os"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
	"github.com/gdbench/gdbench/methods"
)

// Plain is gradient descent that keeps a part of each step only.
type Plain struct {
	LR methods.Length ` + "`param:\"lr\" default:\"1/L\" doc:\"learning rate\"`" + `
	o  *methods.Oracle
}

func init() {
	methods.Register("plain", methods.Info{Summary: "gradient descent"}, func() methods.Method { return new(Plain) })
}

func (m *Plain) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.o = o
	return nil
}

func (m *Plain) Step(at *methods.Iterate) error {
	m.o.GradientAt(&at.Point)
	for i, g := range at.Grad {
		at.X[i] -= KEEP * m.LR.Value * g
	}
	at.HasGrad = false
	return nil
}

func main() { app.Main(os.Args) }
`

const ownSuite = `suite: own
budget: {iterations: 2000}
problems:
  - {name: quadratic, dim: 5, condition: 20, start: {name: point, x: [1, 1, 1, 1, 1]}}
methods: [plain]
`

type repository struct {
	t   *testing.T
	dir string
	tmp string // what a recipe calls /tmp, and its outputs
}

func newRepository(t *testing.T) *repository {
	t.Helper()
	if testing.Short() {
		t.Skip("builds a program several times")
	}
	r := &repository{t: t, dir: t.TempDir(), tmp: t.TempDir()}
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	module := read(t, root+"/examples/custom/go.mod")
	module = strings.ReplaceAll(module, "../..", root)
	r.write("go.mod", module)
	r.write("go.sum", read(t, root+"/examples/custom/go.sum"))
	r.write("suite.yaml", ownSuite)
	r.write("bench/suite.yaml", ownSuite)
	r.write("cmd/mybench/main.go", strings.ReplaceAll(ownMethod, "KEEP", "1"))
	return r
}

func (r *repository) write(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// shell runs a script in the repository, and returns what it printed and its exit code.
func (r *repository) shell(script string, env ...string) (string, int) {
	r.t.Helper()
	command := exec.Command("bash", "-e", "-o", "pipefail", "-c", script)
	command.Dir = r.dir
	command.Env = append(os.Environ(), "GITHUB_ACTIONS=", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	command.Env = append(command.Env, env...)
	out, err := command.CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		r.t.Fatal(err)
	}
	return string(out), command.ProcessState.ExitCode()
}

// commit records the tree with a method that keeps a part of its step, or any other text
// in place of that number.
func (r *repository) commit(message, keep string) string {
	r.t.Helper()
	r.write("cmd/mybench/main.go", strings.ReplaceAll(ownMethod, "KEEP", keep))
	out, code := r.shell("git add -A && git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m '" + message + "' && git rev-parse HEAD")
	if code != 0 {
		r.t.Fatal(out)
	}
	return strings.TrimSpace(out)
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// recipe is the code block of docs/ci.md under a heading.
func recipe(t *testing.T, heading string) string {
	t.Helper()
	text := read(t, "../../../docs/ci.md")
	_, section, ok := strings.Cut(text, "\n## "+heading+"\n")
	block := regexp.MustCompile("(?s)```[a-z]*\n(.*?)```").FindStringSubmatch(section)
	if !ok || block == nil {
		t.Fatalf("docs/ci.md has no recipe under %q", heading)
	}
	return block[1]
}

func TestBisectRecipe(t *testing.T) {
	r := newRepository(t)
	if out, code := r.shell("git init -q -b main ."); code != 0 {
		t.Fatal(out)
	}
	good := r.commit("good", "1.0")
	r.commit("the same", "(0.5 + 0.5)")
	r.commit("does not build", "nothing")
	r.commit("the same again", "1.0")
	worse := r.commit("worse", "0.7")
	bad := r.commit("no better", "0.7 * 1")
	script := strings.NewReplacer("/tmp/", r.tmp+"/", "start BAD GOOD", "start "+bad+" "+good).Replace(recipe(t, "git bisect"))
	first, rest, _ := strings.Cut(script, "git bisect start")
	out, code := r.shell("git checkout -q " + good + "\n" + first + "git bisect start" + rest)
	if want := worse + " is the first bad commit"; code != 0 || !strings.Contains(out, want) {
		t.Errorf("exit %d; want %q in\n%s", code, want, out)
	}
}

func TestGitLabRecipe(t *testing.T) {
	r := newRepository(t)
	var pipeline struct {
		Gate struct {
			Script    []string
			Artifacts struct {
				Reports struct{ JUnit string }
				Paths   []string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(recipe(t, "GitLab CI")), &pipeline); err != nil {
		t.Fatal(err)
	}
	script := strings.Join(pipeline.Gate.Script, "\n")
	if out, code := r.shell("go run ./cmd/mybench run bench/suite.yaml --out base --no-report; go run ./cmd/mybench baseline base --out results/baselines/suite.jsonl"); code != 0 {
		t.Fatal(out)
	}
	if out, code := r.shell(script); code != 0 || !strings.Contains(out, "PASS") {
		t.Errorf("the same: exit %d, %s", code, out)
	}
	if page := pipeline.Gate.Artifacts.Paths; len(page) != 1 || !strings.Contains(read(t, filepath.Join(r.dir, page[0])), "<html") {
		t.Errorf("the artifacts %v are not there", page)
	}
	r.write("cmd/mybench/main.go", strings.ReplaceAll(ownMethod, "KEEP", "0.7"))
	if out, code := r.shell("rm -r new\n" + script); code == 0 || !strings.Contains(out, "regressed") {
		t.Errorf("a worse method: exit %d, %s", code, out)
	}
}

// Without a package the action runs gdbench of its own checkout, with the version that it
// is used at.
func TestActionOfItsOwn(t *testing.T) {
	r := newRepository(t)
	var action struct {
		Runs struct {
			Steps []struct{ ID, Run string }
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, "../../../action.yml")), &action); err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	r.write("suite.yaml", strings.ReplaceAll(ownSuite, "[plain]", "[{name: fixed-step, lr: 1/L}]"))
	if out, code := r.shell("go run ./cmd/mybench run suite.yaml --out base --no-report"); code != 0 {
		t.Fatal(out)
	}
	output := filepath.Join(r.tmp, "output")
	out, code := r.shell(action.Runs.Steps[len(action.Runs.Steps)-1].Run, "SUITE=suite.yaml", "BASE=base", "PACKAGE=", "ARGUMENTS=--strict",
		"ACTION="+root, "REF=v9.8.7", "RUNNER_TEMP="+r.tmp, "GITHUB_OUTPUT="+output, "GITHUB_STEP_SUMMARY="+filepath.Join(r.tmp, "summary.md"))
	if code != 0 || !strings.Contains(read(t, output), "outcome=pass\n") {
		t.Fatalf("exit %d\n%s", code, out)
	}
	if manifest := read(t, filepath.Join(r.tmp, "gdbench/run/manifest.json")); !strings.Contains(manifest, `"9.8.7"`) {
		t.Errorf("the run is not one of version 9.8.7:\n%s", manifest)
	}
}

func TestAction(t *testing.T) {
	r := newRepository(t)
	var action struct {
		Runs struct {
			Steps []struct{ ID, Run string }
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, "../../../action.yml")), &action); err != nil {
		t.Fatal(err)
	}
	step := action.Runs.Steps[len(action.Runs.Steps)-1].Run
	if out, code := r.shell("go run ./cmd/mybench run suite.yaml --out base --no-report"); code != 0 {
		t.Fatal(out)
	}
	for _, c := range []struct {
		name, keep, arguments, outcome string
		code                           int
	}{
		{"the same", "1", "--strict", "pass", 0},
		{"worse", "0.7", "", "fail", 1},
		{"wrong call", "1", "--accept none.yaml", "error", 2},
	} {
		r.write("cmd/mybench/main.go", strings.ReplaceAll(ownMethod, "KEEP", c.keep))
		output, summary := filepath.Join(r.tmp, c.name), filepath.Join(r.tmp, c.name+".md")
		out, code := r.shell(step, "SUITE=suite.yaml", "BASE=base", "PACKAGE=./cmd/mybench", "ARGUMENTS="+c.arguments,
			"RUNNER_TEMP="+r.tmp, "GITHUB_OUTPUT="+output, "GITHUB_STEP_SUMMARY="+summary)
		if said := read(t, output); code != c.code || !strings.Contains(said, "outcome="+c.outcome+"\n") {
			t.Errorf("%s: exit %d, %q; want %d and outcome %s\n%s", c.name, code, said, c.code, c.outcome, out)
		}
		if c.code < 2 && !strings.Contains(read(t, summary), "<!-- gdbench-gate -->") {
			t.Errorf("%s: the job's summary is %q", c.name, read(t, summary))
		}
	}
}
