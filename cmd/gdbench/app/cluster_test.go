package app_test

import (
	"bytes"
	"context"
	"debug/elf"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// clusterPage are the YAML blocks of docs/cluster.md, about a suite that is over sooner.
func clusterPage(t *testing.T) (job, gitlab, github map[string]any) {
	text, err := os.ReadFile("../../../docs/cluster.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(strings.ReplaceAll(string(text), "convex", "learning-rate"), "```yaml\n")[1:]
	if len(blocks) != 3 {
		t.Fatalf("%d YAML blocks; expected a Job, GitLab's and GitHub's", len(blocks))
	}
	for i, into := range []*map[string]any{&job, &gitlab, &github} {
		block, _, _ := strings.Cut(blocks[i], "```")
		if err := yaml.Unmarshal([]byte(block), into); err != nil {
			t.Fatalf("block %d: %v", i+1, err)
		}
	}
	return job, gitlab, github
}

// dig follows keys and indices into what YAML holds.
func dig(t *testing.T, from any, path ...any) any {
	t.Helper()
	for _, key := range path {
		switch k := key.(type) {
		case string:
			m, _ := from.(map[string]any)
			from = m[k]
		case int:
			list, _ := from.([]any)
			if k >= len(list) {
				t.Fatalf("%v: no entry %d", path, k)
			}
			from = list[k]
		}
	}
	if from == nil {
		t.Fatalf("%v is missing", path)
	}
	return from
}

// gdbench runs a command line, which must succeed.
func gdbench(t *testing.T, args ...string) {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := app.Run(context.Background(), append([]string{"gdbench"}, args...), &out, &errOut); code != 0 {
		t.Fatalf("%s: exit %d\n%s", strings.Join(args, " "), code, errOut.String())
	}
}

// What docs/cluster.md shows of Kubernetes, GitLab and GitHub, run task by task, gives the
// run of one process.
func TestClusterPage(t *testing.T) {
	job, gitlab, github := clusterPage(t)
	t.Chdir(t.TempDir())
	gdbench(t, "run", "learning-rate", "--no-report", "--out", "whole")
	same := func(run string) {
		t.Helper()
		var texts [2]string
		for i, folder := range []string{"whole", run} {
			text, err := os.ReadFile(filepath.Join(folder, "runs.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			texts[i] = timing.ReplaceAllString(string(text), "")
		}
		if texts[0] != texts[1] {
			t.Errorf("%s differs from the run of one process", run)
		}
	}

	t.Run("Kubernetes", func(t *testing.T) {
		if mode := dig(t, job, "spec", "completionMode"); mode != "Indexed" {
			t.Errorf("completionMode: %v", mode)
		}
		var args []string
		for _, a := range dig(t, job, "spec", "template", "spec", "containers", 0, "args").([]any) {
			args = append(args, a.(string))
		}
		n := dig(t, job, "spec", "completions").(int)
		for i := range n {
			t.Setenv("JOB_COMPLETION_INDEX", strconv.Itoa(i))
			gdbench(t, args...)
			gdbench(t, args...) // a pod that is started again
		}
		shards, err := filepath.Glob(fmt.Sprintf("results/learning-rate/shards/*-of-%d", n))
		if err != nil {
			t.Fatal(err)
		}
		gdbench(t, append([]string{"merge", "--out", "kubernetes"}, shards...)...)
		same("kubernetes")
	})
	t.Run("GitLab", func(t *testing.T) {
		n := dig(t, gitlab, "run", "parallel").(int)
		t.Setenv("CI_NODE_TOTAL", strconv.Itoa(n))
		for i := range n {
			t.Setenv("CI_NODE_INDEX", strconv.Itoa(i+1))
			gdbench(t, strings.Fields(os.ExpandEnv(dig(t, gitlab, "run", "script").(string)))[1:]...)
		}
		gdbench(t, strings.Fields(dig(t, gitlab, "merge", "script").(string))[1:]...)
		same("merged")
	})
	t.Run("GitHub", func(t *testing.T) {
		t.Chdir(t.TempDir())
		command := dig(t, github, "jobs", "run", "steps", 0, "run").(string)
		merge := []string{"merge", "--out", "merged"}
		for _, shard := range dig(t, github, "jobs", "run", "strategy", "matrix", "shard").([]any) {
			gdbench(t, strings.Fields(strings.ReplaceAll(command, "${{ matrix.shard }}", fmt.Sprint(shard)))[1:]...)
			merge = append(merge, fmt.Sprintf("shard-%v", shard))
		}
		gdbench(t, merge...)
	})
}

// The Containerfile, as far as it can be tested without an engine: its build command makes
// a static binary that runs, with the Go of go.mod, for a user who is not root.
func TestContainerfile(t *testing.T) {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	find := func(name, pattern string) []string {
		t.Helper()
		m := regexp.MustCompile(pattern).FindStringSubmatch(read(name))
		if m == nil {
			t.Fatalf("%s has no %s", name, pattern)
		}
		return m[1:]
	}
	if image, module := find("Containerfile", `(?m)^FROM golang:(\d+\.\d+)`)[0], find("go.mod", `(?m)^go (\d+\.\d+)`)[0]; image != module {
		t.Errorf("the image builds with Go %s, go.mod says %s", image, module)
	}
	for _, name := range strings.Fields(find("Containerfile", `(?m)^COPY (go\.mod .*) \./$`)[0]) {
		read(name)
	}
	if user := find("Containerfile", `(?m)^USER (\d+)`)[0]; user == "0" {
		t.Error("the image runs as root")
	}
	build := find("Containerfile", `(?m)^RUN (.*go build .*) -o (\S+) (\S+)$`)
	if copied := find("Containerfile", `(?m)^COPY --from=build (\S+) \S+/gdbench$`)[0]; copied != build[1] {
		t.Errorf("%s is built and %s copied", build[1], copied)
	}
	if runtime.GOOS != "linux" {
		t.Skip("the image is one of Linux")
	}
	binary := filepath.Join(t.TempDir(), "gdbench")
	c := exec.Command("sh", "-c", build[0]+` -o "$0" `+build[2], binary)
	c.Dir = root
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	file, err := elf.Open(binary)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if libraries, err := file.ImportedLibraries(); err != nil || len(libraries) > 0 {
		t.Errorf("the binary is not static: it needs %v (%v)", libraries, err)
	}
	if out, err := exec.Command(binary, "--version").CombinedOutput(); err != nil || !strings.Contains(string(out), "gdbench version") {
		t.Errorf("%v: %s", err, out)
	}
}
