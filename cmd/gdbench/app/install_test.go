package app_test

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// modulePath is the module that users install from.
const modulePath = "github.com/gdbench/gdbench"

// A release that a module proxy serves is installed by one command, prints its version and
// writes it into manifests. The other modules come from the module cache of this build; the
// release is removed from it afterwards.
func TestPeersInstall(t *testing.T) {
	needsPeers(t, "a minute to compile the module as a proxy serves it")
	version := fmt.Sprintf("v1.2.%d", time.Now().UnixNano()) // in no cache
	proxy, bin := t.TempDir(), t.TempDir()
	serveModule(t, filepath.Join(proxy, filepath.FromSlash(modulePath), "@v"), version)
	cache := strings.TrimSpace(goOutput(t, "env", "GOMODCACHE"))
	t.Cleanup(func() { forgetModule(t, cache, version) })

	install := exec.Command("go", "install", modulePath+"/cmd/gdbench@"+version)
	install.Dir = t.TempDir()
	install.Env = append(os.Environ(), "GOPROXY=file://"+filepath.ToSlash(proxy), "GOSUMDB=off", "GOFLAGS=", "GOWORK=off", "GOBIN="+bin)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, args := range []string{"--version", "version"} {
		out, err := exec.Command(filepath.Join(bin, "gdbench"), args).CombinedOutput()
		if err != nil || !strings.HasPrefix(string(out), "gdbench version "+version[1:]+", commit ") {
			t.Errorf("gdbench %s: %v, %q; expected version %s", args, err, out, version[1:])
		}
	}
	run := exec.Command(filepath.Join(bin, "gdbench"), "run", "learning-rate", "--no-report", "--out", "run")
	run.Dir = t.TempDir()
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("a built-in suite: %v\n%s", err, out)
	}
	found := regexp.MustCompile(`"version": "([^"]*)"`).FindStringSubmatch(read(t, filepath.Join(run.Dir, "run", "manifest.json")))
	if found == nil || found[1] != version[1:] {
		t.Errorf("the manifest names the version %v", found)
	}
}

// serveModule writes what a proxy serves of this module: the packages that gdbench is
// built from, with the files that they embed.
func serveModule(t *testing.T, folder, version string) {
	t.Helper()
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	files := []string{"go.mod", "go.sum", "LICENSE"}
	list := goOutput(t, "list", "-deps", "-json=Module,Dir,GoFiles,IgnoredGoFiles,SFiles,IgnoredOtherFiles,EmbedFiles", modulePath+"/cmd/gdbench")
	for decoder := json.NewDecoder(strings.NewReader(list)); decoder.More(); {
		var p struct {
			Module                                                         *struct{ Path string }
			Dir                                                            string
			GoFiles, IgnoredGoFiles, SFiles, IgnoredOtherFiles, EmbedFiles []string
		}
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if p.Module == nil || p.Module.Path != modulePath {
			continue
		}
		for _, names := range [][]string{p.GoFiles, p.IgnoredGoFiles, p.SFiles, p.IgnoredOtherFiles, p.EmbedFiles} {
			for _, name := range names {
				path, err := filepath.Rel(root, filepath.Join(p.Dir, name))
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, filepath.ToSlash(path))
			}
		}
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"list":            version + "\n",
		version + ".info": fmt.Sprintf(`{"Version":%q,"Time":"2026-01-02T03:04:05Z"}`, version),
		version + ".mod":  read(t, filepath.Join(root, "go.mod")),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := os.Create(filepath.Join(folder, version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	archive := zip.NewWriter(out)
	for _, name := range files {
		entry, err := archive.Create(modulePath + "@" + version + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write([]byte(read(t, filepath.Join(root, name)))); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
}

// forgetModule removes a version of this module from the module cache, which is read-only.
func forgetModule(t *testing.T, cache, version string) {
	unpacked := filepath.Join(cache, filepath.FromSlash(modulePath)+"@"+version)
	err := filepath.Walk(unpacked, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.IsDir() {
			err = os.Chmod(path, 0o755)
		}
		return err
	})
	if err == nil {
		err = os.RemoveAll(unpacked)
	}
	if err != nil {
		t.Error(err)
	}
	served, err := filepath.Glob(filepath.Join(cache, "cache", "download", filepath.FromSlash(modulePath), "@v", version+".*"))
	if err != nil || len(served) == 0 {
		t.Errorf("nothing of %s is in the module cache: %v", version, err)
	}
	for _, path := range served {
		if err := os.Remove(path); err != nil {
			t.Error(err)
		}
	}
}

// goOutput is what a go command prints.
func goOutput(t *testing.T, args ...string) string {
	t.Helper()
	command := exec.Command("go", args...)
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}
