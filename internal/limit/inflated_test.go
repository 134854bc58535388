package limit

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
)

// zeros is a compressed file of so many zeros after some bytes that do not compress.
func zeros(t *testing.T, count int64, before []byte) []byte {
	t.Helper()
	var file bytes.Buffer
	z := gzip.NewWriter(&file)
	z.Write(before)
	if _, err := io.CopyN(z, endless{}, count); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// noise is what gzip cannot make smaller.
func noise(n int) []byte {
	out, x := make([]byte, n), uint32(1)
	for i := range out {
		x = x*1664525 + 1013904223
		out[i] = byte(x >> 24)
	}
	return out
}

func TestInflated(t *testing.T) {
	most := Inflation.Max()
	for name, c := range map[string]struct {
		file []byte
		ok   bool
	}{
		"small":                         {zeros(t, 1<<20, nil), true},
		"more":                          {zeros(t, most+1<<20, nil), false},
		"more, but not out of thin air": {zeros(t, most+1<<20, noise(1<<20)), true},
	} {
		r, err := NewInflated(bytes.NewReader(c.file), gzip.NewReader)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, r)
		if ok := err == nil && r.Exceeded() == nil; ok != c.ok {
			t.Errorf("%s: %v, %v", name, err, r.Exceeded())
		}
		if !c.ok && !strings.Contains(err.Error(), "decompressed it is more than 100 times as large; the limit on bytes of a file that is decompressed to more than a hundred times its size is 67108864; to raise it, set GDBENCH_LIMITS=inflation=NUMBER in the environment") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewInflated(strings.NewReader("no gzip"), gzip.NewReader); err == nil {
		t.Error("what is not compressed was accepted")
	}
}
