package bundle_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/bundle"
)

var at = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func packed(t *testing.T) []byte {
	t.Helper()
	folder := t.TempDir()
	for name, content := range map[string]string{"README.md": "read me\n", "run/runs.jsonl": strings.Repeat("{}\n", 5000), "run/a b·c.csv": "1\n"} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := bundle.Pack(&b, folder, "my-run", at); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// edited is an archive whose files pass through edit.
func edited(t *testing.T, archive []byte, edit func(h *tar.Header, content []byte) (*tar.Header, []byte)) []byte {
	t.Helper()
	in, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	zipped := gzip.NewWriter(&b)
	from, to := tar.NewReader(in), tar.NewWriter(zipped)
	for {
		h, err := from.Next()
		if err == io.EOF {
			break
		}
		content, _ := io.ReadAll(from)
		if h, content = edit(h, content); h != nil {
			h.Size = int64(len(content))
			if err := to.WriteHeader(h); err != nil {
				t.Fatal(err)
			}
			to.Write(content)
		}
	}
	to.Close()
	zipped.Close()
	return b.Bytes()
}

func TestBundleIsWhole(t *testing.T) {
	archive := packed(t)
	if !bytes.Equal(archive, packed(t)) {
		t.Error("the same folder gives other bytes")
	}
	u, err := bundle.Unpack(bytes.NewReader(archive), t.TempDir())
	if err != nil || len(u.Faults) > 0 || u.Files != 3 || filepath.Base(u.Folder) != "my-run" {
		t.Fatalf("%+v, %v", u, err)
	}
	text, err := os.ReadFile(filepath.Join(u.Folder, "run", "a b·c.csv"))
	if err != nil || string(text) != "1\n" {
		t.Errorf("%q, %v", text, err)
	}
	for _, program := range [][]string{{"tar", "tzf", "-"}, {"gzip", "-t"}} { // what others have
		if _, err := exec.LookPath(program[0]); err != nil {
			continue
		}
		c := exec.Command(program[0], program[1:]...)
		c.Stdin = bytes.NewReader(archive)
		if out, err := c.CombinedOutput(); err != nil || program[0] == "tar" && !strings.Contains(string(out), "my-run/run/runs.jsonl") {
			t.Errorf("%v: %s, %v", program, out, err)
		}
	}
	if path, err := exec.LookPath("sha256sum"); err == nil {
		c := exec.Command(path, "--check", "--quiet", bundle.Sums)
		c.Dir = u.Folder
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("sha256sum: %s", out)
		}
	}
}

func TestFaultsOfABundle(t *testing.T) {
	whole := packed(t)
	keep := func(h *tar.Header, content []byte) (*tar.Header, []byte) { return h, content }
	for want, archive := range map[string][]byte{
		"run/runs.jsonl is not the file that was packed": edited(t, whole, func(h *tar.Header, content []byte) (*tar.Header, []byte) {
			if strings.HasSuffix(h.Name, "runs.jsonl") {
				content[0] = '['
			}
			return h, content
		}),
		"README.md is missing": edited(t, whole, func(h *tar.Header, content []byte) (*tar.Header, []byte) {
			if strings.HasSuffix(h.Name, "README.md") {
				return nil, nil
			}
			return h, content
		}),
		"run/b.txt was added": edited(t, whole, func(h *tar.Header, content []byte) (*tar.Header, []byte) {
			if strings.HasSuffix(h.Name, "README.md") {
				h.Name = "my-run/run/b.txt"
			}
			return h, content
		}),
		"is cut or damaged": whole[:len(whole)-40],
	} {
		u, err := bundle.Unpack(bytes.NewReader(archive), t.TempDir())
		if err != nil || !strings.Contains(strings.Join(u.Faults, "\n"), want) {
			t.Errorf("%+v, %v; expected %s", u, err, want)
		}
	}
	for name, archive := range map[string][]byte{"without its last byte": whole[:len(whole)-1], "with another byte": append(bytes.Clone(whole), 'x')} {
		u, err := bundle.Unpack(bytes.NewReader(archive), t.TempDir())
		if err != nil || !strings.Contains(strings.Join(u.Faults, "\n"), "the archive is cut or damaged") {
			t.Errorf("%s: %+v, %v", name, u, err)
		}
	}
	if u, err := bundle.Unpack(bytes.NewReader(edited(t, whole, keep)), t.TempDir()); err != nil || len(u.Faults) > 0 {
		t.Errorf("%+v, %v", u, err)
	}
}

// What is no bundle is refused, and nothing is written outside of the folder.
func TestUnpackRefuses(t *testing.T) {
	whole := packed(t)
	rename := func(to string) []byte {
		return edited(t, whole, func(h *tar.Header, content []byte) (*tar.Header, []byte) {
			if strings.HasSuffix(h.Name, "README.md") {
				h.Name = to
			}
			return h, content
		})
	}
	link := edited(t, whole, func(h *tar.Header, content []byte) (*tar.Header, []byte) {
		if strings.HasSuffix(h.Name, "README.md") {
			return &tar.Header{Typeflag: tar.TypeSymlink, Name: "my-run/link", Linkname: "/etc"}, nil
		}
		return h, content
	})
	for name, archive := range map[string][]byte{"text": []byte("hello"), "above": rename("my-run/../../evil"), "other root": rename("other/README.md"), "absolute": rename("/tmp/evil"), "link": link} {
		parent := t.TempDir()
		into := filepath.Join(parent, "in")
		if err := os.Mkdir(into, 0o755); err != nil {
			t.Fatal(err)
		}
		if _, err := bundle.Unpack(bytes.NewReader(archive), into); err == nil || !strings.Contains(err.Error(), "no archive of `gdbench bundle`") {
			t.Errorf("%s: %v", name, err)
		}
		if found, _ := os.ReadDir(parent); len(found) != 1 {
			t.Errorf("%s: written outside: %v", name, found)
		}
	}
}

// An archive that would fill the disk is refused.
func TestUnpackRefusesWhatInflates(t *testing.T) {
	archive := edited(t, packed(t), func(h *tar.Header, content []byte) (*tar.Header, []byte) {
		if strings.HasSuffix(h.Name, "README.md") {
			content = make([]byte, 66<<20)
			h.Size = int64(len(content))
		}
		return h, content
	})
	into := t.TempDir()
	if _, err := bundle.Unpack(bytes.NewReader(archive), into); err == nil || !strings.Contains(err.Error(), "the archive is refused: decompressed it is more than 100 times as large") {
		t.Errorf("%v", err)
	}
}
