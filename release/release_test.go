package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// scratch is a repository with the files of the working tree, committed and tagged.
func scratch(t *testing.T, tag string, change map[string]string) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	listed, err := run(root, nil, "git", "ls-files", "--cached", "--others", "--exclude-standard")
	if err != nil {
		t.Fatalf("a checkout with git is needed: %v", err)
	}
	for name := range strings.SplitSeq(listed, "\n") {
		data, err := os.ReadFile(filepath.Join(root, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted, and not yet committed
		}
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range change {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	who := []string{"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
		"GIT_COMMITTER_DATE=2026-01-02T03:04:05Z", "GIT_AUTHOR_DATE=2026-01-02T03:04:05Z"}
	for _, args := range [][]string{
		{"init", "--quiet", "."}, {"add", "--all"},
		{"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "release"},
		{"tag", tag},
	} {
		if _, err := run(dir, who, "git", args...); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// named are the files that must name a version.
func named(version string) map[string]string {
	return map[string]string{
		"CHANGELOG.md": "# Changelog\n\n## [" + version + "] – 2026-01-02\n",
		"CITATION.cff": "version: " + version + "\n",
		"README.md":    "go install github.com/gdbench/gdbench/cmd/gdbench@v" + version + "\n",
		"docs/ci.md":   "- uses: gdbench/gdbench@v" + version + "\n",
	}
}

// A release has archives with working binaries, sums that hold and a bill of all modules.
// A second one, from another folder, has the same bytes.
func TestRelease(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	platform := runtime.GOOS + "/" + runtime.GOARCH
	dist := filepath.Join(t.TempDir(), "dist")
	if err := release(scratch(t, "v9.8.7", named("9.8.7")), "", dist, []string{platform}); err != nil {
		t.Fatal(err)
	}
	archive := "gdbench_9.8.7_" + strings.ReplaceAll(platform, "/", "_")
	sums := checkSums(t, dist)
	for _, name := range []string{archive + ".tar.gz", archive + ".cdx.json"} {
		if !strings.Contains(sums, "  "+name+"\n") {
			t.Errorf("no %s in\n%s", name, sums)
		}
	}

	files := unpackTar(t, filepath.Join(dist, archive+".tar.gz"))
	binary := filepath.Join(t.TempDir(), "gdbench")
	if err := os.WriteFile(binary, files[archive+"/gdbench"], 0o755); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(binary, "--version").Output(); err != nil || !strings.Contains(string(said), "9.8.7") || strings.Contains(string(said), "modified") {
		t.Errorf("--version: %q, %v", said, err)
	}
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	licences := string(files[archive+"/LICENSES-OF-DEPENDENCIES.txt"])
	for _, m := range info.Deps {
		if !strings.Contains(licences, "==== "+m.Path+" "+m.Version+": ") {
			t.Errorf("no licence of %s", m.Path)
		}
	}
	checkBill(t, filepath.Join(dist, archive+".cdx.json"), len(info.Deps))
	wheels, err := filepath.Glob(filepath.Join(dist, "gdbench-9.8.7-py3-none-*.whl"))
	if err != nil || len(wheels) != 1 {
		t.Fatalf("wheels %q, %v", wheels, err)
	}
	if about, err := os.Stat(wheels[0]); err != nil || about.Size() > 20<<20 {
		t.Errorf("the wheel has %d bytes, %v", about.Size(), err)
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.modified" && setting.Value != "false" {
			t.Error("the binary calls itself modified")
		}
	}
	again := filepath.Join(t.TempDir(), "again")
	if err := release(scratch(t, "v9.8.7", named("9.8.7")), "v9.8.7", again, []string{platform}); err != nil {
		t.Fatal(err)
	}
	if second := checkSums(t, again); second != sums {
		t.Errorf("a second release differs:\n%s\n%s", sums, second)
	}
}

// checkSums checks that SHA256SUMS lists every other file with its sum, and returns it.
func checkSums(t *testing.T, dist string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dist, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dist)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "SHA256SUMS" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dist, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if line := fmt.Sprintf("%x  %s\n", sha256.Sum256(data), e.Name()); !strings.Contains(string(text), line) {
			t.Errorf("SHA256SUMS lacks %s", line)
		}
	}
	return string(text)
}

// checkBill checks the fields that a reader of bills of materials relies on.
func checkBill(t *testing.T, path string, modules int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var b bill
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || b.Spec != "1.5" || b.Version != 1 || b.Metadata.Timestamp != "2026-01-02T03:04:05Z" {
		t.Errorf("the head is %q %q %d %q", b.Format, b.Spec, b.Version, b.Metadata.Timestamp)
	}
	if !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(b.Serial) {
		t.Errorf("the serial number is %q", b.Serial)
	}
	if c := b.Metadata.Component; c.Type != "application" || c.URL != "pkg:golang/github.com/gdbench/gdbench@v9.8.7" {
		t.Errorf("the component is %+v", c)
	}
	if len(b.Components) != modules+1 || b.Components[0].Name != "std" {
		t.Errorf("%d components; want the standard library and %d modules", len(b.Components), modules)
	}
	for _, c := range b.Components[1:] {
		if c.URL != "pkg:golang/"+c.Name+"@"+c.Version || len(c.Hashes) != 1 || len(c.Hashes[0].Content) != 64 {
			t.Errorf("component %+v", c)
		}
	}
	if len(b.Dependencies) != 1 || len(b.Dependencies[0].DependsOn) != len(b.Components) {
		t.Errorf("dependencies %+v", b.Dependencies)
	}
}

func unpackTar(t *testing.T, path string) map[string][]byte {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	compressed, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for archive := tar.NewReader(compressed); ; {
		header, err := archive.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if out[header.Name], err = io.ReadAll(archive); err != nil {
			t.Fatal(err)
		}
	}
}

// An archive for Windows has its files in a folder, with names, modes and the given time.
func TestZip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.zip")
	when := time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC)
	if err := writeZip(path, "a", []file{{"gdbench.exe", 0o755, []byte("MZ")}, {"LICENSE", 0o644, []byte("text")}}, when); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	if len(archive.File) != 2 {
		t.Fatalf("%d files", len(archive.File))
	}
	program := archive.File[0]
	if program.Name != "a/gdbench.exe" || program.Mode() != 0o755 || !program.Modified.Equal(when) {
		t.Errorf("%q, mode %v, time %v", program.Name, program.Mode(), program.Modified)
	}
	content, err := program.Open()
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(content); err != nil || string(data) != "MZ" {
		t.Errorf("content %q, %v", data, err)
	}
}

// A tag that is no version, or that the documents do not name, is refused.
func TestRefusedTags(t *testing.T) {
	for _, c := range []struct {
		name, tag, changed, want string
	}{
		{"no version", "nightly", "9.8.7", `the tag "nightly" is no version; expected the form v1.2.3`},
		{"not in the changelog", "v9.8.8", "9.8.7", "does not name version 9.8.8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dist := filepath.Join(t.TempDir(), "dist")
			err := release(scratch(t, c.tag, named(c.changed)), c.tag, dist, []string{"linux/amd64"})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v; want %q", err, c.want)
			}
			if _, err := os.Stat(dist); err == nil {
				t.Error("a refused release left a folder")
			}
		})
	}
	files := named("9.8.7")
	files["docs/ci.md"] += "- uses: gdbench/gdbench/action/comment@v9.8.6\n"
	if err := release(scratch(t, "v9.8.7", files), "v9.8.7", filepath.Join(t.TempDir(), "dist"), []string{"linux/amd64"}); err == nil || !strings.Contains(err.Error(), "action/comment@v9.8.6; update it") {
		t.Errorf("a recipe with an action of an older version: %v", err)
	}
	exists := t.TempDir()
	if err := release(".", "v9.8.7", exists, nil); err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Errorf("a folder that exists: %v", err)
	}
}
