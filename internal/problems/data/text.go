package data

import (
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/problems"
)

// Text is a plain text to be predicted: for each character a sample, whose features say which
// characters precede it, one of them 1 for each place, and whose label is the character. A name
// that ends in .gz is decompressed.
type Text struct {
	Path    string `param:"path" doc:"path of the file, relative to the suite's folder"`
	Context int    `param:"context" default:"3" range:"[1,1000]" doc:"number of characters before the one that is predicted"`
	Samples int    `param:"samples" default:"0" range:"[0,)" doc:"number of samples that are used, from the first on; 0: all"`
}

func init() {
	Register("text", problems.Info{
		Summary: "a plain text whose characters are predicted from those before them: sparse features, one class for each character",
		Source:  "C. E. Shannon 1951, Bell System Technical Journal 30, 50–64",
		DOI:     "10.1002/j.1538-7305.1951.tb01366.x",
	}, func() Set { return new(Text) })
}

var _ problems.FileReader = (*Text)(nil)

// Files is the path of the file.
func (d *Text) Files() []string { return []string{d.Path} }

// Load reads the file, unless it was read before and has not changed since.
func (d *Text) Load(env problems.Env) (*Samples, error) {
	path := env.Resolve(d.Path)
	key, err := keyOf(path, *d)
	if err != nil {
		return nil, err
	}
	return loadOnce(key, func() (*Samples, error) { return readFile(path, &plain{Text: d, file: path}) })
}

// plain is one reading of a text.
type plain struct {
	*Text
	file string
}

func (p *plain) read(r io.Reader) (*Samples, error) {
	decoded, _, err := characters(p.file, r)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(decoded, int64(maxValues())+1))
	switch {
	case err != nil:
		return nil, placed(p.file, err)
	case len(text) > maxValues()/(p.Context+1):
		return nil, wrong(p.file, "the text has more characters than a data set may have, %s for each; %s", english.Count(p.Context+1, "number"), tooLarge())
	case !utf8.Valid(text):
		return nil, wrong(p.file, "the file is not text in UTF-8 or UTF-16")
	}
	return p.samples([]rune(string(text)))
}

// samples are one for each character that has enough of them before it.
func (p *plain) samples(text []rune) (*Samples, error) {
	m := len(text) - p.Context
	if m < 1 {
		return nil, wrong(p.file, "the text has %s; expected more than the %d of a context", english.Count(len(text), "character"), p.Context)
	}
	m, err := used(p.file, p.Samples, m)
	if err != nil {
		return nil, err
	}
	text = text[:m+p.Context]
	alphabet := slices.Clone(text)
	slices.Sort(alphabet)
	alphabet = slices.Compact(alphabet)
	codes := make([]int32, len(text))
	for i, c := range text {
		code, _ := slices.BinarySearch(alphabet, c)
		codes[i] = int32(code)
	}
	s := &Samples{Name: p.file, Y: make([]float64, m)}
	for _, c := range alphabet {
		s.Classes = append(s.Classes, fmt.Sprintf("%q", c))
	}
	offsets, columns, ones := make([]int, 1, m+1), make([]int32, 0, m*p.Context), make([]float64, 0, m*p.Context)
	for i := range m {
		for k, code := range codes[i : i+p.Context] {
			columns, ones = append(columns, int32(k*len(alphabet))+code), append(ones, 1)
		}
		offsets = append(offsets, len(ones))
		s.Y[i] = float64(codes[i+p.Context])
	}
	s.X = NewSparse(m, p.Context*len(alphabet), offsets, columns, ones)
	s.Notes = []string{fmt.Sprintf("%s: %s, %s", p.file, english.Count(len(text), "character"), english.Count(len(alphabet), "different one"))}
	return s, nil
}
