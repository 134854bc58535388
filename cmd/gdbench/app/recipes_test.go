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

// The recipes of docs/ci.md and the scripts of the actions are run here as they are, in a
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
	command.Env = append(command.Env, "GOFLAGS=-ldflags=-s") // linking is most of what a build takes
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

// What cannot run here is at least YAML.
func TestRecipesAreYAML(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(read(t, "../../../docs/ci.md"), -1)
	if len(blocks) < 5 {
		t.Fatalf("%d blocks", len(blocks))
	}
	for _, b := range blocks {
		var document map[string]any
		if err := yaml.Unmarshal([]byte(b[1]), &document); err != nil || len(document) == 0 {
			t.Errorf("%v\n%s", err, b[1])
		}
	}
}

func TestPeersBisectRecipe(t *testing.T) {
	needsPeers(t, "a minute to build many programs")
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

func TestPeersGitLabRecipe(t *testing.T) {
	needsPeers(t, "a minute to build many programs")
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
	few := "repeats: 3\n" + strings.Replace(ownSuite, "start: {name: point, x: [1, 1, 1, 1, 1]}", "start: normal", 1) // too few for any loss
	baseline := ""
	for _, c := range []struct {
		name, base, keep, suite, said string
		code                          int
	}{
		{"the same", ownSuite, "1", ownSuite, "PASS", 0},
		{"worse", ownSuite, "0.7", ownSuite, "regressed", 1},
		{"another budget", ownSuite, "1", strings.Replace(ownSuite, "2000", "1000", 1), "INCOMPARABLE", 3},
		{"no suite", ownSuite, "1", "suite: [", "bench/suite.yaml", 2},
		{"too few repeats", few, "0.99", few, "UNDERPOWERED", 4},
	} {
		if c.base != baseline {
			baseline = c.base
			r.write("cmd/mybench/main.go", strings.ReplaceAll(ownMethod, "KEEP", "1"))
			r.write("bench/suite.yaml", c.base)
			if out, code := r.shell("rm -rf base; go build -o mine ./cmd/mybench && ./mine run bench/suite.yaml --out base --no-report && ./mine baseline base --out results/baselines/suite.jsonl"); code != 0 {
				t.Fatal(out)
			}
		}
		r.write("cmd/mybench/main.go", strings.ReplaceAll(ownMethod, "KEEP", c.keep))
		r.write("bench/suite.yaml", c.suite)
		out, code := r.shell("rm -rf new junit.xml verdict.html\n" + script)
		if code != c.code || !strings.Contains(out, c.said) {
			t.Errorf("%s: exit %d, want %d and %q in\n%s", c.name, code, c.code, c.said, out)
		}
		if c.code == 2 {
			continue
		}
		report := read(t, filepath.Join(r.dir, pipeline.Gate.Artifacts.Reports.JUnit))
		if red := strings.Contains(report, "<failure") || strings.Contains(report, "<error"); red != (code != 0) {
			t.Errorf("%s: exit %d, but the report is\n%s", c.name, code, report)
		}
		if page := pipeline.Gate.Artifacts.Paths; len(page) != 1 || !strings.Contains(read(t, filepath.Join(r.dir, page[0])), "<html") {
			t.Errorf("%s: the artifacts %v are not there", c.name, page)
		}
	}
}

// workflow is what of a workflow or an action runs here: the steps with a script. Those that use
// another action are stubs.
type workflow struct {
	Jobs map[string]struct{ Steps []workflowStep }
	Runs struct{ Steps []workflowStep }
}

type workflowStep struct {
	ID, Run, Uses string
	With          map[string]any
	Env           map[string]string
}

func parseWorkflow(t *testing.T, text string) (w workflow) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(text), &w); err != nil {
		t.Fatal(err)
	}
	return w
}

// scripts are the scripts of some steps.
func scripts(steps []workflowStep) (out []string) {
	for _, s := range steps {
		if s.Run != "" {
			out = append(out, s.Run)
		}
	}
	return out
}

func TestMergeBaseRecipe(t *testing.T) {
	r := newRepository(t)
	script := strings.Join(scripts(parseWorkflow(t, recipe(t, "GitHub Actions")).Jobs["gate"].Steps), "\n")
	if out, code := r.shell("git init -q -b main . && git remote add origin ."); code != 0 {
		t.Fatal(out)
	}
	r.write("bench/suite.yaml", "") // the suite comes later
	if out, code := r.shell("rm bench/suite.yaml"); code != 0 {
		t.Fatal(out)
	}
	bare := r.commit("no suite", "1")
	r.write("bench/suite.yaml", ownSuite)
	good := r.commit("good", "1")
	for _, c := range []struct {
		name, base, keep, suite, said string
		code                          int
	}{
		{"the same", good, "(0.5 + 0.5)", ownSuite, "PASS", 0},
		{"worse", good, "0.7", ownSuite, "regressed", 1},
		{"another budget", good, "1", strings.Replace(ownSuite, "2000", "1000", 1), "INCOMPARABLE", 3},
		{"the suite is new", bare, "1", ownSuite, "nothing to compare with", 0},
		{"a suite that does not parse", good, "1", "suite: [", "bench/suite.yaml", 2},
	} {
		if out, code := r.shell("git worktree prune; git checkout -q --detach " + c.base + " && git update-ref refs/remotes/origin/main " + c.base); code != 0 {
			t.Fatal(out)
		}
		r.write("bench/suite.yaml", c.suite)
		r.commit(c.name, c.keep)
		out, code := r.shell(script, "RUNNER_TEMP="+t.TempDir(), "GITHUB_BASE_REF=main")
		if code != c.code || !strings.Contains(out, c.said) {
			t.Errorf("%s: exit %d, want %d and %q in\n%s", c.name, code, c.code, c.said, out)
		}
	}
}
