package data

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// A small compressed file that becomes a large one is refused in each format, before the memory is full.
func TestInflatedFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	digits := strings.Repeat("0", 500)
	for name, line := range map[string]string{"a.csv.gz": "0." + digits + ",1\n", "a.libsvm.gz": "1 1:0." + digits + "\n", "a.txt.gz": "x" + digits + "\n"} {
		var file bytes.Buffer
		z := gzip.NewWriter(&file)
		block := []byte(strings.Repeat(line, 1<<11))
		for range 70 {
			z.Write(block)
		}
		z.Close()
		if err := os.WriteFile(filepath.Join(dir, name), file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	type pair struct {
		A int64 `parquet:"a,dict"`
		Y int64 `parquet:"y,dict"`
	}
	if err := parquet.WriteFile(filepath.Join(dir, "a.parquet"), make([]pair, 4_300_000)); err != nil {
		t.Fatal(err)
	}
	for _, set := range []string{"a.csv.gz", "{name: libsvm, path: a.libsvm.gz}", "{name: text, path: a.txt.gz}", "a.parquet"} {
		if _, err := load(t, dir, set); err == nil || !strings.Contains(err.Error(), "decompressed it is more than 100 times as large") {
			t.Errorf("%s: %v", set, err)
		}
	}
}
