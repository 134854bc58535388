package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
)

func TestPythonVersion(t *testing.T) {
	for semantic, want := range map[string]string{"1.2.3": "1.2.3", "1.2.3-rc.1": "1.2.3rc1", "1.2.3-beta2": "1.2.3b2", "1.2.3-alpha.4": "1.2.3a4", "1.2.3-Odd-one": "1.2.3.dev0+odd.one"} {
		if got := pythonVersion(semantic); got != want {
			t.Errorf("%s: %s; expected %s", semantic, got, want)
		}
	}
}

// here is a source with the files of the working tree and a binary that is a script.
func here(version string) (*source, []file) {
	s := &source{dir: "..", tag: "v" + version, version: version, time: time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC)}
	return s, []file{{"gdbench", 0o755, []byte("#!/bin/sh\necho gdbench " + version + " \"$@\"\n")}, {"LICENSE", 0o644, []byte("terms")}, {"README.md", 0o644, []byte("read")}}
}

// Every file of a wheel is in its RECORD with its sum, and the metadata are those of pyproject.toml.
func TestWheel(t *testing.T) {
	s, contents := here("9.8.7-rc.1")
	dist := t.TempDir()
	if err := s.writeWheel(dist, "linux/amd64", "gdbench", contents); err != nil {
		t.Fatal(err)
	}
	name := "gdbench-9.8.7rc1-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_1_x86_64.whl"
	files := unpackWheel(t, filepath.Join(dist, name))
	info := "gdbench-9.8.7rc1.dist-info/"
	listed := 0
	for line := range strings.Lines(files[info+"RECORD"]) {
		parts := strings.Split(strings.TrimSpace(line), ",")
		content, ok := files[parts[0]]
		sum := sha256.Sum256([]byte(content))
		if listed++; !ok || parts[0] != info+"RECORD" && (parts[1] != "sha256="+base64.RawURLEncoding.EncodeToString(sum[:]) || parts[2] != fmt.Sprint(len(content))) {
			t.Errorf("RECORD: %s", line)
		}
	}
	if listed != len(files) {
		t.Errorf("RECORD has %d of %d files", listed, len(files))
	}
	for name, want := range map[string]string{
		info + "METADATA":         "Name: gdbench\nVersion: 9.8.7rc1\nSummary: Methods and problems in Python for gdbench, a benchmark of descent methods\nRequires-Python: >=3.9\n",
		info + "entry_points.txt": "[pytest11]\ngdbench = gdbench.pytest_plugin\n",
		info + "WHEEL":            "Root-Is-Purelib: false\nTag: py3-none-manylinux_2_17_x86_64\nTag: py3-none-manylinux2014_x86_64\n",
		info + "licenses/LICENSE": "terms", "gdbench/py.typed": "", "gdbench/scipy.py": "scipy.optimize", "gdbench-9.8.7rc1.data/scripts/gdbench": "#!/bin/sh",
	} {
		if content, ok := files[name]; !ok || !strings.Contains(content, want) {
			t.Errorf("%s: %q; expected %q", name, content, want)
		}
	}
	if m := files[info+"METADATA"]; !strings.Contains(m, "\nRequires-Dist: numpy\n") || !strings.Contains(m, "\nProvides-Extra: torch\nRequires-Dist: torch; extra == 'torch'\n") {
		t.Error(m)
	}
	if err := s.writeWheel(dist, "plan9/386", "gdbench", contents); err != nil {
		t.Error(err)
	}
}

func unpackWheel(t *testing.T, path string) map[string]string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	out := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(content)
		if mode := f.Mode(); !mode.IsRegular() || strings.Contains(f.Name, "/scripts/") != (mode&0o111 != 0) {
			t.Errorf("%s has the mode %v", f.Name, mode)
		}
	}
	return out
}

// pip installs the command and the package without a network.
func TestPeersWheel(t *testing.T) {
	if os.Getenv("GDBENCH_PEERS") == "" {
		t.Skip("needs pip; ./test --peers runs it")
	}
	s, contents := here("9.8.7")
	dist, target := t.TempDir(), t.TempDir()
	platform := runtime.GOOS + "/" + runtime.GOARCH
	if err := s.writeWheel(dist, platform, "gdbench", contents); err != nil {
		t.Fatal(err)
	}
	if tried, err := s.tryWheel(dist, platform, "/usr/bin/python3"); err != nil || !tried {
		t.Fatalf("%v, %v", tried, err)
	}
	wheels, _ := filepath.Glob(filepath.Join(dist, "*.whl"))
	for _, args := range [][]string{{"venv", "--system-site-packages", target}, {"pip", "--version"}} {
		if out, err := exec.Command("/usr/bin/python3", append([]string{"-m"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	if out, err := exec.Command(filepath.Join(target, "bin", "python"), "-m", "pip", "install", "--no-index", "--quiet", wheels[0]).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	program := filepath.Join(target, "bin", "gdbench")
	if out, err := exec.Command(program, "a").Output(); err != nil || string(out) != "gdbench 9.8.7 a\n" {
		t.Errorf("%v: %q", err, out)
	}
	python := exec.Command(filepath.Join(target, "bin", "python"), "-c", "import gdbench, gdbench._gate as g, importlib.metadata as m; print(g.command(), m.version('gdbench'), [e.value for e in m.entry_points(group='pytest11') if e.name == 'gdbench'])")
	python.Env = append(os.Environ(), "GDBENCH=")
	if out, err := python.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != program+" 9.8.7 ['gdbench.pytest_plugin']" {
		t.Errorf("%v: %s", err, out)
	}
	if err := os.WriteFile(wheels[0], []byte("cut"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.tryWheel(dist, platform, "/usr/bin/python3"); err == nil {
		t.Error("a damaged wheel is installed")
	}
}

// The recipes name the archives of the release with their sums.
func TestRecipes(t *testing.T) {
	s, _ := here("9.8.7-rc.1")
	dist, all := t.TempDir(), strings.Split(platforms, ",")
	for _, platform := range all {
		if err := os.WriteFile(filepath.Join(dist, s.archive(platform)), []byte(platform), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.writeRecipes(dist, all); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dist, "meta.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var recipe struct {
		Package struct{ Name, Version string }
		Source  []struct{ URL, Sha256 string }
		Build   struct{ Script []string }
		About   map[string]any
	}
	if err := yaml.Unmarshal(text, &recipe); err != nil {
		t.Fatal(err)
	}
	if recipe.Package.Version != "9.8.7rc1" || len(recipe.Source) != len(all) || len(recipe.Build.Script) != 3 || recipe.About["license"] != "Apache-2.0" {
		t.Errorf("%+v", recipe)
	}
	formula, err := os.ReadFile(filepath.Join(dist, "gdbench.rb"))
	if err != nil {
		t.Fatal(err)
	}
	ruby := string(formula)
	for i, platform := range all {
		url, sum := home+"/releases/download/v9.8.7-rc.1/"+s.archive(platform), fmt.Sprintf("%x", sha256.Sum256([]byte(platform)))
		if at := recipe.Source[i]; at.URL != url || at.Sha256 != sum || !strings.Contains(string(text), url+"  # ["+selectors[platform]+"]\n") {
			t.Errorf("conda: %+v", at)
		}
		has := strings.Contains(ruby, fmt.Sprintf("      url %q\n      sha256 %q\n", url, sum))
		if has == strings.HasPrefix(platform, "windows/") {
			t.Errorf("Homebrew has %s: %v\n%s", platform, has, ruby)
		}
	}
	if opened, ended := strings.Count(ruby, " do\n")+strings.Count(ruby, "class ")+strings.Count(ruby, "  def "), strings.Count(ruby, "end\n"); opened != ended {
		t.Errorf("%d blocks begin and %d end\n%s", opened, ended, ruby)
	}
	if interpreter, err := exec.LookPath("ruby"); err == nil {
		if out, err := exec.Command(interpreter, "-c", filepath.Join(dist, "gdbench.rb")).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
}
