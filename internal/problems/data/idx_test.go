package data

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// folder writes files into a new folder.
func folder(t *testing.T, files map[string]string) problems.Env {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if strings.HasSuffix(name, ".gz") {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			_, _ = z.Write([]byte(content))
			_ = z.Close()
			content = b.String()
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return problems.Env{Dir: dir, Seed: 1}
}

const (
	images = "\x00\x00\x08\x03\x00\x00\x00\x03\x00\x00\x00\x02\x00\x00\x00\x01" + "\x00\xff\x01\x02\x80\x03" // 3 of 2×1 pixels
	digits = "\x00\x00\x08\x01\x00\x00\x00\x03" + "\x07\x02\x09"
)

// Features and labels are those of the bytes, of each type of numbers, also compressed.
func TestIDX(t *testing.T) {
	env := folder(t, map[string]string{
		"images": images, "labels.gz": digits,
		"shorts":  "\x00\x00\x0b\x02\x00\x00\x00\x03\x00\x00\x00\x01\xff\xff\x01\x00\x00\x02",
		"ints":    "\x00\x00\x0c\x02\x00\x00\x00\x03\x00\x00\x00\x01\xff\xff\xff\xff\x00\x01\x00\x00\x00\x00\x00\x02",
		"bytes":   "\x00\x00\x09\x02\x00\x00\x00\x03\x00\x00\x00\x01\xff\x01\x80",
		"floats":  "\x00\x00\x0d\x02\x00\x00\x00\x03\x00\x00\x00\x01\x3f\xc0\x00\x00\xbf\x80\x00\x00\x00\x00\x00\x00",
		"doubles": "\x00\x00\x0e\x02\x00\x00\x00\x03\x00\x00\x00\x01\x3f\xf8\x00\x00\x00\x00\x00\x00\xbf\xf0\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
	})
	for name, want := range map[string][]float64{
		"images": {0, 255, 1, 2, 128, 3}, "shorts": {-1, 256, 2}, "ints": {-1, 65536, 2}, "bytes": {-1, 1, -128},
		"floats": {1.5, -1, 0}, "doubles": {1.5, -1, 0},
	} {
		s, err := (&IDX{Path: name, Labels: "labels.gz"}).Load(env)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := s.X.(*Dense).values; !slices.Equal(got, want) || !slices.Equal(s.Y, []float64{7, 2, 9}) {
			t.Errorf("%s: %v, labels %v; expected %v", name, got, s.Y, want)
		}
	}
	s, err := (&IDX{Path: "images", Labels: "labels.gz", Samples: 2}).Load(env)
	if err != nil {
		t.Fatal(err)
	}
	if m, d := s.X.Dims(); m != 2 || d != 2 || len(s.Y) != 2 {
		t.Errorf("%d samples of %d features, %d labels; expected 2, 2, 2", m, d, len(s.Y))
	}
}

// What is no such file, or two that do not fit, is refused.
func TestBadIDX(t *testing.T) {
	env := folder(t, map[string]string{
		"images": images, "labels": digits, "empty": "", "csv": "1,2,3\n", "head": images[:9], "cut": images[:20], "long": images + "x",
		"two": "\x00\x00\x08\x01\x00\x00\x00\x02\x01\x01", "nothing": "\x00\x00\x08\x01\x00\x00\x00\x00",
		"huge": "\x00\x00\x08\x02\xff\xff\xff\xff\xff\xff\xff\xff", "nan": "\x00\x00\x0d\x02\x00\x00\x00\x03\x00\x00\x00\x01\x7f\xc0\x00\x00",
	})
	for _, c := range []struct{ path, labels, want string }{
		{"empty", "labels", "empty: the file has 0 bytes; expected an IDX file"},
		{"csv", "labels", "csv: the file begins with the bytes 31 2c 32 2c; expected an IDX file"},
		{"head", "labels", "head: the file ends in its head"},
		{"cut", "labels", "cut: the file ends after 4 numbers; its head says 6"},
		{"long", "labels", "long: the file goes on after the 6 numbers of its head"},
		{"images", "two", "two: 2 labels for 3 samples"},
		{"labels", "images", "Are path and labels exchanged?"},
		{"images", "images", "images: the array has 3 axes; expected one label for each sample"},
		{"nothing", "labels", "an axis has the length 0"},
		{"huge", "labels", "more numbers than a data set may have"},
		{"nan", "labels", "number 1 is NaN; expected finite numbers"},
		{"absent", "labels", "absent: no such file"},
	} {
		if _, err := (&IDX{Path: c.path, Labels: c.labels}).Load(env); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s and %s: %v; expected %q", c.path, c.labels, err, c.want)
		}
	}
	if _, err := (&IDX{Path: "images", Labels: "labels", Samples: 4}).Load(env); err == nil || !strings.Contains(err.Error(), "samples: 4 of 3") {
		t.Errorf("%v", err)
	}
}

// The samples of a text are its characters, each with those before it.
func TestText(t *testing.T) {
	env := folder(t, map[string]string{"a.txt": "abcabä", "short": "ab", "bytes": "ab\xff\xfeab", "zip": "PK\x03\x04 and more"})
	s, err := (&Text{Path: "a.txt", Context: 2}).Load(env)
	if err != nil {
		t.Fatal(err)
	}
	if m, d := s.X.Dims(); m != 4 || d != 2*4 {
		t.Fatalf("%d samples of %d features; expected 4 of 8", m, d)
	}
	if !slices.Equal(s.Classes, []string{"'a'", "'b'", "'c'", "'ä'"}) || !slices.Equal(s.Y, []float64{2, 0, 1, 3}) {
		t.Errorf("classes %v, labels %v", s.Classes, s.Y)
	}
	for i, want := range [][]int32{{0, 4 + 1}, {1, 4 + 2}, {2, 4 + 0}, {0, 4 + 1}} {
		if columns, values := s.X.Row(i); !slices.Equal(columns, want) || !slices.Equal(values, []float64{1, 1}) {
			t.Errorf("sample %d has the features %v; expected %v", i, columns, want)
		}
	}
	for name, want := range map[string]string{
		"short": "the text has 2 characters; expected more than the 2 of a context", "bytes": "not text in UTF-8",
		"zip": "an Excel workbook or another zip archive", "absent": "no such file",
	} {
		if _, err := (&Text{Path: name, Context: 2}).Load(env); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected %q", name, err, want)
		}
	}
}
