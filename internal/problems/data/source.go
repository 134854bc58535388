package data

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
)

// fileKey identifies the contents of a file, and how they were read.
type fileKey struct {
	path    string
	size    int64
	changed int64
	how     string
}

// keyOf refuses what is no file that ends.
func keyOf(path string, how any) (fileKey, error) {
	info, err := limit.Regular(path, "a data file")
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fileKey{}, fmt.Errorf("%s: no such file; relative paths are relative to the suite's folder", path)
	case err != nil:
		return fileKey{}, err
	}
	return fileKey{path, info.Size(), info.ModTime().UnixNano(), fmt.Sprintf("%T%+v", how, how)}, nil
}

// reader is a format of data files.
type reader interface {
	read(io.Reader) (*Samples, error)
}

// readFile reads a file of text, decompressed where its name ends in .gz.
func readFile(path string, format reader) (*Samples, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !strings.HasSuffix(path, ".gz") {
		return format.read(f)
	}
	samples, err := readCompressed(path, f, format)
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("%s: %w; is the file complete, and compressed with gzip?", path, err)
	}
	return samples, err
}

func readCompressed(path string, r io.Reader, format reader) (*Samples, error) {
	z, err := limit.NewInflated(r, gzip.NewReader)
	if err != nil {
		return nil, err
	}
	samples, err := format.read(z)
	if beyond := z.Exceeded(); beyond != nil { // whatever the format has made of that
		return nil, wrong(path, "%v", beyond)
	}
	return samples, err
}

// firstBytes is how much of a file is looked at before it is read.
const firstBytes = 1 << 16

// characters is the text of a file in UTF-8, without the mark that some programs put first. The
// encoding is named where it is another one. Bytes that are no UTF-8 are left to fields, see
// inUTF8: most of them are in files of a few names among numbers.
func characters(file string, r io.Reader) (text *bufio.Reader, encoding string, err error) {
	text = bufio.NewReaderSize(r, firstBytes)
	head, err := text.Peek(firstBytes)
	if err != nil && err != io.EOF {
		return nil, "", placed(file, err)
	}
	order, marked := unicode.LittleEndian, true
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		text.Discard(3)
		return text, "", nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		order = unicode.BigEndian
	case alternating(head, 1):
		marked = false
	case alternating(head, 0):
		order, marked = unicode.BigEndian, false
	default:
		return text, "", notText(file, head)
	}
	if marked {
		text.Discard(2)
	}
	decoded := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Reader(text)
	return bufio.NewReaderSize(decoded, firstBytes), "UTF-16", nil
}

// alternating reports whether every second byte, from the given one on, is zero, as in UTF-16
// without a mark.
func alternating(head []byte, from int) bool {
	head = head[:min(len(head), 64)&^1]
	for i, b := range head {
		if (b == 0) != (i%2 == from) {
			return false
		}
	}
	return len(head) >= 4
}

// strangers are formats that are no text of samples, by how they begin.
var strangers = []struct{ head, what string }{
	{"PK\x03\x04", "an Excel workbook or another zip archive; save the sheet as CSV"},
	{"\xd0\xcf\x11\xe0", "an old Excel workbook; save the sheet as CSV"},
	{"\x1f\x8b", "compressed with gzip; give it a name that ends in .gz"},
	{"BZh", "compressed with bzip2; decompress it"},
	{"\xfd7zXZ", "compressed with xz; decompress it"},
	{"\x28\xb5\x2f\xfd", "compressed with zstd; decompress it"},
	{"\x00\x00\x08", "in IDX format; write {name: idx, path: …, labels: …}"},
	{"\x93NUMPY", "a NumPy array; save it with numpy.savetxt"},
	{"\x89HDF", "an HDF5 file; save the table as CSV or Parquet"},
	{"ARROW1", "an Arrow file; save the table as CSV or Parquet"},
	{"MATLAB", "a MATLAB file; save the table with writematrix"},
	{"SQLite format 3", "an SQLite database; save the table as CSV"},
	{"version https://git-lfs", "a pointer of Git LFS; fetch the file itself with git lfs pull"},
	{"<!doctype", "a web page; was the download an error page?"},
	{"<html", "a web page; was the download an error page?"},
	{"<?xml", "XML; save the table as CSV"},
	{"{", "JSON; save the table as CSV"},
	{"[", "JSON; save the table as CSV"},
	{"%PDF", "a PDF document; save the table as CSV"},
}

// notText says what a file is that is no text.
func notText(file string, head []byte) error {
	begin := strings.ToLower(string(head[:min(len(head), 64)]))
	for _, s := range strangers {
		if strings.HasPrefix(begin, strings.ToLower(s.head)) {
			return wrong(file, "the file is %s", s.what)
		}
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return wrong(file, "the file is not text; expected one sample per line, or a Parquet file")
	}
	return nil
}

// wrong is an error about a file as a whole.
func wrong(file, format string, args ...any) error {
	return &param.Error{Position: param.Position{File: file}, Message: fmt.Sprintf(format, args...)}
}

// used is how many of a file's m samples a suite asks for, 0 being all.
func used(file string, asked, m int) (int, error) {
	switch {
	case asked > m:
		return 0, wrong(file, "samples: %d of %d; expected at most as many as the file has, or 0 for all", asked, m)
	case asked > 0:
		return asked, nil
	}
	return m, nil
}

// placed names the file of an error that does not.
func placed(file string, err error) error {
	var p *param.Error
	if errors.As(err, &p) {
		return err
	}
	return fmt.Errorf("%s: %w", file, err)
}
