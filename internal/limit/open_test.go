package limit

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What has an end is read, what is not there is an error of the system, and all else is refused.
func TestOpen(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	opened, err := Open(file, "a suite")
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if text, err := io.ReadAll(opened); string(text) != "text" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := ReadFile(file, "a suite"); string(text) != "text" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	missing := filepath.Join(folder, "missing")
	for path, want := range map[string]string{folder: folder + ": is a directory; expected a suite", os.DevNull: os.DevNull + ": is a pipe or a device; expected a suite", missing: ""} {
		_, opening := Open(path, "a suite")
		_, reading := ReadFile(path, "a suite")
		_, looking := Regular(path, "a suite")
		for _, err := range []error{opening, reading, looking} {
			if err == nil || want == "" != errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v; want %q", path, err, want)
			}
		}
		if err := RegularOrNone(path, "a suite"); (err == nil) != (want == "") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
