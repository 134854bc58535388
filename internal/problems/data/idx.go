package data

import (
	"encoding/binary"
	"io"
	"math"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/problems"
)

// IDX is a data set in two files of the format of MNIST: an array whose first axis are the
// samples and whose others are their features, and an array with one label each. A name that ends in
// .gz is decompressed.
type IDX struct {
	Path    string `param:"path" doc:"path of the file of features, such as train-images-idx3-ubyte.gz, relative to the suite's folder"`
	Labels  string `param:"labels" doc:"path of the file of labels"`
	Samples int    `param:"samples" default:"0" range:"[0,)" doc:"number of samples that are used, from the first on; 0: all"`
}

func init() {
	Register("idx", problems.Info{
		Summary: "a pair of files of features and labels in the IDX format of MNIST",
		Source:  "Y. LeCun, C. Cortes & C. J. C. Burges, The MNIST database of handwritten digits, 1998",
	}, func() Set { return new(IDX) })
}

var _ problems.FileReader = (*IDX)(nil)

// Files are the paths of both files.
func (d *IDX) Files() []string { return []string{d.Path, d.Labels} }

// Load reads the files, unless they were read before and have not changed since.
func (d *IDX) Load(env problems.Env) (*Samples, error) {
	path, labels := env.Resolve(d.Path), env.Resolve(d.Labels)
	features, err := keyOf(path, *d)
	if err != nil {
		return nil, err
	}
	targets, err := keyOf(labels, *d)
	if err != nil {
		return nil, err
	}
	return loadOnce([2]fileKey{features, targets}, func() (*Samples, error) {
		x, y := &array{file: path}, &array{file: labels}
		for _, a := range []*array{x, y} {
			if _, err := readFile(a.file, a); err != nil {
				return nil, err
			}
		}
		return d.samples(x, y)
	})
}

// samples joins features and labels.
func (d *IDX) samples(x, y *array) (*Samples, error) {
	m := x.sides[0]
	switch {
	case len(x.sides) < 2:
		return nil, wrong(x.file, "the array has one axis; expected samples and features. Are path and labels exchanged?")
	case len(y.sides) != 1:
		return nil, wrong(y.file, "the array has %d axes; expected one label for each sample", len(y.sides))
	case y.sides[0] != m:
		return nil, wrong(y.file, "%s for %s in %s", english.Count(y.sides[0], "label"), english.Count(m, "sample"), x.file)
	}
	m, err := used(x.file, d.Samples, m)
	if err != nil {
		return nil, err
	}
	features := len(x.values) / x.sides[0]
	return &Samples{Name: x.file, X: NewDense(m, features, x.values[:m*features]), Y: y.values[:m]}, nil
}

// array is a file in IDX format: two zero bytes, the type of the numbers, the number of axes, the
// length of each, and the numbers, all of them with the most significant byte first.
type array struct {
	file   string
	sides  []int
	values []float64
}

// idxTypes are the types of numbers by their codes, with their size in bytes.
var idxTypes = map[byte]struct {
	bytes int
	read  func(b []byte) float64
}{
	0x08: {1, func(b []byte) float64 { return float64(b[0]) }},
	0x09: {1, func(b []byte) float64 { return float64(int8(b[0])) }},
	0x0b: {2, func(b []byte) float64 { return float64(int16(binary.BigEndian.Uint16(b))) }},
	0x0c: {4, func(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) }},
	0x0d: {4, func(b []byte) float64 { return float64(math.Float32frombits(binary.BigEndian.Uint32(b))) }},
	0x0e: {8, func(b []byte) float64 { return math.Float64frombits(binary.BigEndian.Uint64(b)) }},
}

func (a *array) read(r io.Reader) (*Samples, error) {
	var head [4]byte
	if n, err := io.ReadFull(r, head[:]); err == io.EOF || err == io.ErrUnexpectedEOF {
		return nil, wrong(a.file, "the file has %s; expected an IDX file", english.Count(n, "byte"))
	} else if err != nil {
		return nil, placed(a.file, err)
	}
	kind, known := idxTypes[head[2]]
	if head[0] != 0 || head[1] != 0 || !known || head[3] == 0 {
		return nil, wrong(a.file, "the file begins with the bytes % x; expected an IDX file, which begins with 00 00, a type from 08 to 0e and the number of axes", head)
	}
	count := 1
	for range head[3] {
		var side [4]byte
		if _, err := io.ReadFull(r, side[:]); err != nil {
			return nil, wrong(a.file, "the file ends in its head; is it complete?")
		}
		length := int(binary.BigEndian.Uint32(side[:]))
		if length == 0 {
			return nil, wrong(a.file, "an axis has the length 0; expected at least 1")
		}
		if count > maxValues()/length {
			return nil, wrong(a.file, "the array has more numbers than a data set may have: %s", tooLarge())
		}
		count *= length
		a.sides = append(a.sides, length)
	}
	return nil, a.readValues(r, count, kind.bytes, kind.read)
}

// readValues reads the numbers in parts, so that a head that lies about its lengths takes no memory.
func (a *array) readValues(r io.Reader, count, size int, value func([]byte) float64) error {
	part := make([]byte, 1<<16)
	for len(a.values) < count {
		some := part[:min(len(part), (count-len(a.values))*size)]
		n, err := io.ReadFull(r, some)
		for b := some[:n-n%size]; len(b) > 0; b = b[size:] {
			v := value(b)
			if v-v != 0 {
				return wrong(a.file, "number %d is %v; expected finite numbers", len(a.values)+1, v)
			}
			a.values = append(a.values, v)
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return wrong(a.file, "the file ends after %s; its head says %d", english.Count(len(a.values), "number"), count)
		} else if err != nil {
			return placed(a.file, err)
		}
	}
	if n, _ := io.ReadFull(r, part[:1]); n > 0 {
		return wrong(a.file, "the file goes on after the %d numbers of its head", count)
	}
	return nil
}
