package process

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Files and folders beside the suite are found; a word without a separator is no folder, since it may
// be the name of a module or an option.
func TestResolve(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "benchmark"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "mine.py"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	command, digests, err := resolve([]string{"python3", "mine.py", "./mine.py", "benchmark", "./benchmark", "./none", "/"}, dir)
	file, folder := filepath.Join(dir, "mine.py"), filepath.Join(dir, "benchmark")
	if want := []string{"python3", file, file, "benchmark", folder, "./none", "/"}; err != nil || !slices.Equal(command, want) {
		t.Errorf("%q, %v; expected %q", command, err, want)
	}
	if len(digests) != 2 || digests["mine.py"] == "" {
		t.Errorf("digests %v", digests)
	}
}
