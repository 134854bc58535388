package app_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// action runs the scripts of the action as a job would, and returns what it said, its exit code
// and its outputs.
func (r *repository) action(env ...string) (out string, code int, outputs string) {
	r.t.Helper()
	root, err := filepath.Abs("../../..")
	if err != nil {
		r.t.Fatal(err)
	}
	output := filepath.Join(r.tmp, "output")
	os.Remove(output)
	env = append([]string{"PACKAGE=", "VERSION=", "SHA256=", "ARGUMENTS=", "ACTION=" + root, "RUNNER_TEMP=" + r.tmp, "GITHUB_OUTPUT=" + output,
		"GITHUB_STEP_SUMMARY=" + filepath.Join(r.tmp, "summary.md")}, env...)
	for _, script := range scripts(parseWorkflow(r.t, read(r.t, root+"/action.yml")).Runs.Steps) {
		said, exit := r.shell(script, env...)
		out, code = out+said, exit
		if code != 0 {
			break
		}
	}
	text, _ := os.ReadFile(output) // there is none if the binary is not
	return out, code, string(text)
}

func TestAction(t *testing.T) {
	r := newRepository(t)
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip(err) // GitHub's runners have it
	}
	baseline := filepath.Join(r.tmp, "gdbench/artifact/baseline.jsonl")
	first, code, said := r.action("SUITE=suite.yaml", "BASE=base.jsonl", "PACKAGE=./cmd/mybench")
	if code != 0 || !strings.Contains(said, "outcome=first\n") || !strings.Contains(first, "::warning title=gdbench::There is no baseline at base.jsonl") {
		t.Fatalf("without a baseline: exit %d, %q\n%s", code, said, first)
	}
	if !strings.Contains(read(t, filepath.Join(r.tmp, "summary.md")), "gdbench baseline new --out base.jsonl") {
		t.Error("the summary does not say how a baseline is written")
	}
	r.write("base.jsonl", read(t, baseline))
	for _, c := range []struct {
		name, keep, suite, arguments, outcome, changed string
		code                                           int
	}{
		{"the same", "1", ownSuite, "", "pass", "false", 0},
		{"another budget", "1", strings.Replace(ownSuite, "2000", "1000", 1), "", "incomparable", "true", 3},
		{"wrong call", "1", ownSuite, "--accept none.yaml", "error", "true", 2},
		{"no suite", "1", "suite: [", "", "error", "true", 2},
		{"changed", "0.99", ownSuite, "", "", "true", 0},
		{"worse", "0.7", ownSuite, "", "fail", "true", 1},
	} {
		r.write("cmd/mybench/main.go", strings.ReplaceAll(ownMethod, "KEEP", c.keep))
		r.write("suite.yaml", c.suite)
		out, code, said := r.action("SUITE=suite.yaml", "BASE=base.jsonl", "PACKAGE=./cmd/mybench", "ARGUMENTS="+c.arguments)
		if c.outcome == "" { // whatever the gate thinks of a small change, it is one
			if !strings.Contains(said, "changed=true\n") {
				t.Errorf("%s: %q\n%s", c.name, said, out)
			}
			continue
		}
		if code != c.code || !strings.Contains(said, "outcome="+c.outcome+"\n") || !strings.Contains(said, "changed="+c.changed+"\n") {
			t.Errorf("%s: exit %d, %q; want %d, outcome %s and changed %s\n%s", c.name, code, said, c.code, c.outcome, c.changed, out)
		}
	}
}

// A run that ends with 1 is not green, though nothing changed since BASE.
func TestActionKeepsTheCodeOfRun(t *testing.T) {
	r := newRepository(t)
	bench := filepath.Join(r.tmp, "gdbench/bench")
	if err := os.MkdirAll(filepath.Dir(bench), 0o755); err != nil {
		t.Fatal(err)
	}
	stub := "#!/bin/sh\ncase $1 in run) exit 1 ;; gate) echo '{\"comparisons\": [{\"verdicts\": {\"same\": 3}}]}' > \"$RUNNER_TEMP/gdbench/artifact/verdict.json\" ;; esac\n"
	if err := os.WriteFile(bench, []byte(stub), 0o755); err != nil {
		t.Fatal(err)
	}
	r.write("base.jsonl", "")
	output := filepath.Join(r.tmp, "output")
	root, _ := filepath.Abs("../../..")
	for _, base := range []string{"base.jsonl", "none.jsonl"} {
		os.Remove(output)
		out, code := r.shell("bash "+root+"/action/gate", "SUITE=suite.yaml", "BASE="+base, "ARGUMENTS=", "RUNNER_TEMP="+r.tmp, "GITHUB_OUTPUT="+output, "GITHUB_STEP_SUMMARY=/dev/null")
		if said := read(t, output); code != 1 || !strings.Contains(said, "outcome=fail\n") {
			t.Errorf("%s: exit %d, %q\n%s", base, code, said, out)
		}
	}
}

// Without a package the action downloads a release, and runs nothing whose checksum is another.
func TestActionDownloads(t *testing.T) {
	r := newRepository(t)
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	served := t.TempDir()
	// A release for every platform, and a curl that serves it.
	prepare := `cd "$SERVED"
for p in linux_amd64 linux_arm64 darwin_amd64 darwin_arm64; do
  mkdir gdbench_9.8.7_$p && printf '#!/bin/sh\necho it runs\n' > gdbench_9.8.7_$p/gdbench && chmod +x gdbench_9.8.7_$p/gdbench
  tar -czf gdbench_9.8.7_$p.tar.gz gdbench_9.8.7_$p
done
sha256sum *.tar.gz > SHA256SUMS
mkdir bin
cat > bin/curl <<'END'
#!/bin/bash
for word; do [ "${last-}" != --output ] || file=$word; last=$word; done
case $last in https://github.com/gdbench/gdbench/releases/download/v9.8.7/*) cp "$SERVED/${last##*/}" "$file" ;; *) exit 22 ;; esac
END
chmod +x bin/curl`
	if out, code := r.shell(prepare, "SERVED="+served); code != 0 {
		t.Skip(out)
	}
	install := func(version, sum string) (string, int) {
		return r.shell(`bash "$ACTION/action/install" && "$RUNNER_TEMP/gdbench/bench"`, "PACKAGE=", "VERSION="+version, "SHA256="+sum, "ACTION="+root, "SERVED="+served,
			"RUNNER_TEMP="+r.tmp, "GITHUB_SERVER_URL=", "PATH="+served+"/bin:"+os.Getenv("PATH"))
	}
	if out, code := install("v9.8.7", ""); code != 0 || !strings.Contains(out, "it runs") {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, code := install("v9.8.7", strings.Repeat("0", 64)); code != 2 || !strings.Contains(out, "expected 0000") || strings.Contains(out, "it runs") {
		t.Errorf("with a wrong pin: exit %d: %s", code, out)
	}
	if out, code := install("v1.0.0", ""); code == 0 {
		t.Errorf("a release that is not there: %s", out)
	}
	sums := filepath.Join(served, "SHA256SUMS")
	if err := os.WriteFile(sums, []byte(strings.ReplaceAll(read(t, sums), "gdbench_9.8.7", "gdbench_9.8.6")), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, code := install("v9.8.7", ""); code != 2 || !strings.Contains(out, "expected one in SHA256SUMS") {
		t.Errorf("without a checksum: exit %d: %s", code, out)
	}
}

// One comment, only about a change, on the pull request of the branch, with no mention in it.
func TestComment(t *testing.T) {
	r := newRepository(t)
	steps := parseWorkflow(t, read(t, "../../../action/comment/action.yml")).Runs.Steps
	action, err := filepath.Abs("../../../action/comment")
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(r.tmp, "bin")
	r.write("bin/gh", `#!/bin/bash
echo "$*" >> calls
case "$*" in
  *"GET repos/o/r/pulls"*"head=fork:b"*) [ -z "$PULL" ] || echo "$PULL" ;;
  *--paginate*issues/7/comments*) [ -z "$COMMENT" ] || echo "$COMMENT" ;;
  *PATCH*issues/comments/11*|*POST*issues/7/comments*) for word; do case $word in body=@*) cp "${word#body=@}" body ;; esac; done ;;
  *) echo "unexpected: $*" >&2; exit 1 ;;
esac
`)
	if err := os.Rename(filepath.Join(r.dir, "bin"), bin); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(bin+"/gh", 0o755); err != nil {
		t.Skip(err)
	}
	const verdict = "<!-- gdbench-gate -->\n## gdbench: fail\n\nhello @everyone\n"
	for _, c := range []struct {
		name, verdict, changed, pull, comment, call string
	}{
		{"a change", verdict, "true", "7", "", "POST repos/o/r/issues/7/comments"},
		{"a change, again", verdict, "true", "7", "11", "PATCH repos/o/r/issues/comments/11"},
		{"nothing changed", verdict, "false", "7", "", ""},
		{"nothing changed any more", verdict, "false", "7", "11", "PATCH repos/o/r/issues/comments/11"},
		{"no pull request", verdict, "true", "", "", ""},
		{"another text", "buy this", "true", "7", "", ""},
		{"a long text", verdict + strings.Repeat("x", 200000), "true", "7", "", "POST repos/o/r/issues/7/comments"},
	} {
		r.write("calls", "")
		r.write("body", "")
		r.write("f/verdict.md", c.verdict)
		r.write("f/changed", c.changed+"\n")
		out, code := r.shell(scripts(steps)[0], "ACTION="+action, "FOLDER=f", "REPOSITORY=o/r", "HEAD=fork:b", "PULL="+c.pull, "COMMENT="+c.comment, "PATH="+bin+":"+os.Getenv("PATH"))
		calls := read(t, filepath.Join(r.dir, "calls"))
		wrote := strings.Contains(calls, "POST") || strings.Contains(calls, "PATCH")
		if code != 0 || wrote != (c.call != "") || !strings.Contains(calls, c.call) {
			t.Errorf("%s: exit %d, calls\n%s%s", c.name, code, calls, out)
		}
		if body := read(t, filepath.Join(r.dir, "body")); wrote && (!strings.HasPrefix(body, "<!-- gdbench-gate -->\n") || strings.Contains(body, "@everyone") || len(body) > 65000) {
			t.Errorf("%s: the comment is\n%.300s", c.name, body)
		}
	}
}
