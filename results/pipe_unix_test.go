//go:build unix

package results

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe in a run folder is refused and not waited for.
func TestPipesAreRefused(t *testing.T) {
	for _, name := range []string{ManifestFile, RunsFile, CompressedFile} {
		folder := filepath.Join(t.TempDir(), "run")
		if err := os.CopyFS(folder, os.DirFS("testdata/tiny")); err != nil {
			t.Fatal(err)
		}
		pipe := filepath.Join(folder, name)
		if err := os.Remove(pipe); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if name == CompressedFile {
			if err := os.Remove(filepath.Join(folder, RunsFile)); err != nil {
				t.Fatal(err)
			}
		}
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Skip(err)
		}
		run, err := Open(folder)
		if err == nil {
			for _, err = range run.Records() {
				if err != nil {
					break
				}
			}
		}
		if err == nil || !strings.Contains(err.Error(), name+": is a pipe or a device") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
