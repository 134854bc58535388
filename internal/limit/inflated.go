package limit

import (
	"fmt"
	"io"
)

// steepest is how many times its size a file may become when it is decompressed, however large that
// is. Numbers as text become ten times smaller when they are compressed, gzip's limit is a thousand.
const steepest = 100

// Inflated reads what a compressed file holds, and refuses to go on where a small file becomes a large
// one, which would fill memory or disk.
type Inflated struct {
	from   counter
	to     io.Reader
	size   int64
	beyond bool
}

// NewInflated reads a compressed file through a decompressor.
func NewInflated[R io.Reader](file io.Reader, decompress func(io.Reader) (R, error)) (*Inflated, error) {
	i := &Inflated{from: counter{Reader: file}}
	to, err := decompress(&i.from)
	i.to = to
	return i, err
}

func (i *Inflated) Read(p []byte) (int, error) {
	if err := i.Exceeded(); err != nil {
		return 0, err
	}
	n, err := i.to.Read(p)
	i.size += int64(n)
	i.beyond = Inflates(i.size, i.from.size)
	return n, err
}

// Exceeded is the error of a reader that has refused to go on.
func (i *Inflated) Exceeded() error {
	if !i.beyond {
		return nil
	}
	return TooInflated()
}

// Deflated is how many bytes a file must have to become so large.
func Deflated(size int64) int64 { return size / steepest }

// Inflates reports whether a file of some bytes becomes too large.
func Inflates(size, file int64) bool { return size > Inflation.Max() && Deflated(size) > file }

// ErrInflated is the error about a file that does.
var ErrInflated = fmt.Errorf("decompressed it is more than %d times as large", steepest)

// TooInflated is that error, with what to do.
func TooInflated() error { return fmt.Errorf("%w; %s", ErrInflated, Inflation.Exceeded()) }

// counter counts the bytes that were read.
type counter struct {
	io.Reader
	size int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.size += int64(n)
	return n, err
}
