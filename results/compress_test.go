package results

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// A run folder with these lines.
func folderOf(t *testing.T, lines string) *Run {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, RunsFile), []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	return &Run{Folder: folder}
}

const twoLines = `{"id":"a","definition":"1","status":"converged","families":{}}` + "\n" + `{"id":"b","definition":"2","status":"budget","families":{}}` + "\n"

func idsOf(t *testing.T, r *Run) (ids string, failed error) {
	t.Helper()
	for record, err := range r.Records() {
		if err != nil {
			return ids, err
		}
		ids += record.ID
	}
	return ids, nil
}

// A compressed run has the lines of the plain one, for those who read records and those who read
// lines, and unpacks to its bytes where it is continued.
func TestCompress(t *testing.T) {
	r := folderOf(t, twoLines)
	if IsCompressed(r.Folder) {
		t.Error("a plain run is taken for a compressed one")
	}
	if err := Compress(r.Folder); err != nil {
		t.Fatal(err)
	}
	if names, _ := filepath.Glob(filepath.Join(r.Folder, "*")); len(names) != 1 || filepath.Base(names[0]) != CompressedFile || !IsCompressed(r.Folder) {
		t.Errorf("the folder has %v", names)
	}
	if ids, err := idsOf(t, r); ids != "ab" || err != nil {
		t.Errorf("records %q, %v", ids, err)
	}
	lines, err := r.Lines()
	if err != nil {
		t.Fatal(err)
	}
	defer lines.Close()
	if ok, err := lines.Next(); !ok || err != nil || lines.ID != "a" || !strings.HasSuffix(lines.Name, CompressedFile) {
		t.Errorf("%v %v, line %+v", ok, err, lines.CellLine)
	}
	a, found, err := Reopen(r.Folder, func(c CellLine) (int, error) { return int(c.ID[0] - 'a'), nil })
	if err != nil || len(found.Done) != 2 {
		t.Fatal(found, err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(r.Folder, RunsFile)); string(text) != twoLines || err != nil || IsCompressed(r.Folder) {
		t.Errorf("continued with %q, %v", text, err)
	}
}

// Lines written by another program, in several frames and with a checksum, are read.
func TestCompressedElsewhere(t *testing.T) {
	r := folderOf(t, "")
	var packed bytes.Buffer
	for _, line := range strings.SplitAfter(twoLines, "\n") {
		z, _ := zstd.NewWriter(&packed, zstd.WithEncoderCRC(true))
		if _, err := z.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	writePacked(t, r, packed.Bytes())
	if ids, err := idsOf(t, r); ids != "ab" || err != nil {
		t.Errorf("records %q, %v", ids, err)
	}
}

func writePacked(t *testing.T, r *Run, text []byte) {
	t.Helper()
	if err := os.Remove(filepath.Join(r.Folder, RunsFile)); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.Folder, CompressedFile), text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A cut or altered file is an error that names it, and never fewer records.
func TestCompressedAndDamaged(t *testing.T) {
	r := folderOf(t, strings.Repeat(twoLines, 1000))
	if err := Compress(r.Folder); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(r.Folder, CompressedFile))
	if err != nil {
		t.Fatal(err)
	}
	altered := bytes.Clone(whole)
	altered[len(altered)/2] ^= 0xff
	for name, text := range map[string][]byte{"cut": whole[:len(whole)-5], "altered": altered, "no zstd": []byte(twoLines), "huge window": {0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xf8}} {
		writePacked(t, r, text)
		lines, err := r.Lines()
		for ok := true; ok && err == nil; {
			lines.reader.seen = nil // the lines repeat
			ok, err = lines.Next()
		}
		if err == nil || !strings.Contains(err.Error(), CompressedFile) || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s: %v", name, err)
		}
		if lines != nil {
			lines.Close()
		}
	}
}
