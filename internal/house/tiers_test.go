package house_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// stubs is a folder of programs in which `go` and those given do nothing, the user is not
// root, and of all else only what a shell script needs is there.
func stubs(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"basename", "bash", "cat", "dirname", "env", "ln", "mktemp", "rm", "sed"} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Skip(err) // a system without a shell
		}
		if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!"+filepath.Join(dir, "bash")+"\nexit 0\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	// What `go build -o` builds does nothing either.
	built := "#!" + filepath.Join(dir, "bash") + "\nfor word; do [ \"${last-}\" != -o ] || ln -s \"$0\" \"$word\"; last=$word; done\n"
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte(built), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "id"), []byte("#!"+filepath.Join(dir, "bash")+"\necho 1000\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// tier runs ./test with those programs alone.
func tier(t *testing.T, path string, args ...string) (string, int) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(filepath.Join(path, "bash"), append([]string{filepath.Join(root, "test")}, args...)...)
	c.Env = []string{"PATH=" + path, "TMPDIR=" + t.TempDir()}
	out, err := c.CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		t.Fatal(err)
	}
	return string(out), c.ProcessState.ExitCode()
}

// Unknown arguments are refused with the usage, before anything is installed or run.
func TestTierUsage(t *testing.T) {
	path := stubs(t)
	for _, args := range [][]string{{"--peer"}, {"all"}, {""}, {"--peers", "--all"}} {
		if out, code := tier(t, path, args...); code != 2 || !strings.HasPrefix(out, "usage: ./test [--peers | --all]") {
			t.Errorf("%q: exit %d\n%s", args, code, out)
		}
	}
	if out, code := tier(t, path, "--help"); code != 0 || !strings.Contains(out, "--peers") {
		t.Errorf("--help: exit %d\n%s", code, out)
	}
}

// A part that cannot run is named in the last lines, with the packages that it needs.
func TestTierSaysWhatItSkips(t *testing.T) {
	out, code := tier(t, stubs(t, "qemu-aarch64"), "--peers")
	passed, skipped, found := strings.Cut(out, "\nSKIPPED:\n")
	if code != 0 || !found {
		t.Fatalf("exit %d\n%s", code, out)
	}
	if _, passed, _ := strings.Cut(passed, "\npassed in "); !strings.Contains(passed, "  other processors, emulated") || strings.Contains(passed, "Slurm") {
		t.Errorf("passed:\n%s", passed)
	}
	for _, want := range []string{"tables in LaTeX (Debian packages: texlive-latex-recommended)", "a Slurm cluster (Debian packages: slurm-wlm munge)", "python3-torch"} {
		if !strings.Contains(skipped, want) {
			t.Errorf("no %q among what is skipped:\n%s", want, skipped)
		}
	}
}

// Without a program that all tests need, ./test stops and names it.
func TestTierNeeds(t *testing.T) {
	if out, code := tier(t, stubs(t, "gcc", "git")); code != 2 || !strings.Contains(out, "./test needs chromium (Debian package chromium)") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// The list of vulnerabilities is asked where it can be reached, and else named as skipped.
func TestTierVulnerabilities(t *testing.T) {
	path := stubs(t, "gcc", "git", "chromium", "node", "pdftoppm", "gofmt")
	if out, code := tier(t, path); code != 0 || !strings.Contains(out, "SKIPPED:\n  known vulnerabilities (https://vuln.go.dev/index/db.json cannot be reached)\n") {
		t.Errorf("exit %d\n%s", code, out)
	}
	path = stubs(t, "gcc", "git", "chromium", "node", "pdftoppm", "gofmt", "curl")
	if out, code := tier(t, path); code != 0 || strings.Contains(out, "SKIPPED") || !strings.Contains(out, "\n  known vulnerabilities\n") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// A part that fails fails the tier.
func TestTierFails(t *testing.T) {
	path := stubs(t, "qemu-aarch64")
	if err := os.WriteFile(filepath.Join(path, "go"), []byte("#!"+filepath.Join(path, "bash")+"\necho broken\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if out, code := tier(t, path, "--peers"); code == 0 || strings.Contains(out, "passed in") || !strings.Contains(out, "broken") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// The tier that every change must pass ends with the steps it ran; the one that runs beside
// the others fails it as well.
func TestTierBesides(t *testing.T) {
	path := stubs(t, "gcc", "git", "chromium", "node", "pdftoppm", "gofmt")
	out, code := tier(t, path)
	if _, passed, _ := strings.Cut(strings.Split(out, "\nSKIPPED")[0], "\npassed in "); code != 0 || strings.Count(passed, "\n  ") != 7 || !strings.Contains(passed, "  compiles elsewhere\n") {
		t.Errorf("exit %d\n%s", code, out)
	}
	broken := "#!" + filepath.Join(path, "bash") + "\nif [ \"$1\" = build ]; then echo \"no $GOOS today\"; exit 1; fi\n"
	if err := os.WriteFile(filepath.Join(path, "go"), []byte(broken), 0o755); err != nil {
		t.Fatal(err)
	}
	if out, code := tier(t, path); code == 0 || !strings.Contains(out, "no linux today") || strings.Contains(out, "passed in") {
		t.Errorf("exit %d\n%s", code, out)
	}
}
