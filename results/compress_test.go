package results

import (
	"bytes"
	"fmt"
	"io"
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

// flat is a run file of so many lines that hardly have any information, of a megabyte each.
func flat(t *testing.T, lines int) *Run {
	t.Helper()
	zeros := strings.Repeat("0,", 1<<19)
	var text strings.Builder
	for i := range lines {
		fmt.Fprintf(&text, "{\"id\":\"%d\",\"definition\":\"1\",\"status\":\"budget\",\"families\":{},\"final\":{\"x\":[%s0]}}\n", i, zeros)
	}
	return folderOf(t, text.String())
}

// A run that becomes more than a hundred times smaller is read, by other programs, too.
func TestCompressFlatRuns(t *testing.T) {
	const lines = 70
	r := flat(t, lines)
	plain, err := os.ReadFile(filepath.Join(r.Folder, RunsFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := Compress(r.Folder); err != nil {
		t.Fatal(err)
	}
	packed, err := os.ReadFile(filepath.Join(r.Folder, CompressedFile))
	if err != nil || len(packed) > len(plain)/30 {
		t.Errorf("%d bytes become %d, %v", len(plain), len(packed), err)
	}
	n := 0
	for record, err := range r.Records() {
		if err != nil {
			t.Fatal(err)
		}
		if n++; len(*record.Final.X) != 1<<19+1 {
			t.Fatalf("%d variables", len(*record.Final.X))
		}
	}
	if n != lines {
		t.Errorf("%d records", n)
	}
	z, err := zstd.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if back, err := io.ReadAll(z); err != nil || !bytes.Equal(back, plain) {
		t.Errorf("unpacked by itself it has %d bytes, %v", len(back), err)
	}
}

// A small file that becomes very large is refused by all who read runs, and not unpacked onto the disk.
func TestInflatedRuns(t *testing.T) {
	r := folderOf(t, "")
	var packed bytes.Buffer
	z, _ := zstd.NewWriter(&packed)
	for range 400 {
		if _, err := z.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	writePacked(t, r, packed.Bytes())
	_, records := idsOf(t, r)
	lines, err := r.Lines()
	if err != nil {
		t.Fatal(err)
	}
	defer lines.Close()
	_, undecoded := lines.Next()
	_, _, reopened := Reopen(r.Folder, func(CellLine) (int, error) { return 0, nil })
	for who, err := range map[string]error{"records": records, "lines": undecoded, "continued": reopened} {
		if err == nil || !strings.Contains(err.Error(), CompressedFile+": decompressed it is more than 100 times as large") {
			t.Errorf("%s: %v", who, err)
		}
	}
	if _, err := os.Stat(filepath.Join(r.Folder, RunsFile)); err == nil || !IsCompressed(r.Folder) {
		t.Error("it was unpacked")
	}
}
