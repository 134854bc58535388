package data

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// LIBSVM is a sparse data set in the text format of LIBSVM: a line is a sample, its label
// and then index:value for each feature that is not zero, indices rising. What follows
// a # is a comment, and the group of a sample (qid:3) is left out. A name that ends in .gz is
// decompressed.
type LIBSVM struct {
	Path     string `param:"path" doc:"path of the file, relative to the suite's folder"`
	Features int    `param:"features" default:"0" range:"[0,67108864]" doc:"number d of features; 0: the largest index in the file"`
	First    string `param:"first" default:"auto" oneof:"auto 0 1" doc:"index of the first feature; auto: 0 if that index occurs, otherwise 1"`
}

func init() {
	Register("libsvm", problems.Info{
		Summary: "a sparse text file in LIBSVM format; a path that ends in .libsvm or .svm is short for it",
		Source:  "C.-C. Chang & C.-J. Lin 2011, ACM Transactions on Intelligent Systems and Technology 2(3), 27",
		DOI:     "10.1145/1961189.1961199",
	}, func() Set { return new(LIBSVM) })
}

var _ problems.FileReader = (*LIBSVM)(nil)

// Files is the path of the file.
func (l *LIBSVM) Files() []string { return []string{l.Path} }

// Load reads the file, unless it was read before and has not changed since.
func (l *LIBSVM) Load(env problems.Env) (*Samples, error) {
	path := env.Resolve(l.Path)
	key, err := keyOf(path, *l)
	if err != nil {
		return nil, err
	}
	return loadOnce(key, func() (*Samples, error) {
		return readFile(path, &sparseText{File: path, Path: l.Path, Features: l.Features, First: l.First})
	})
}

// maxFeatures bounds the largest index of a file that does not state its features.
const maxFeatures = 1 << 26

// sparseText is one reading of a LIBSVM file.
type sparseText struct {
	File, Path string
	Features   int
	First      string // "" is auto

	line    int
	text    string
	groups  bool // there were some, which are left out
	largest int  // the largest index met so far, and −1 before
	least   int  // the least one
	offsets []int
	index   []int32
	values  []float64
	labels  []float64
	lines   []int
}

func (s *sparseText) read(r io.Reader) (*Samples, error) {
	text, _, err := characters(s.File, r)
	if err != nil {
		return nil, err
	}
	scanner := bufio.NewScanner(text)
	scanner.Buffer(nil, maxLine())
	s.offsets, s.largest, s.least = []int{0}, -1, maxFeatures
	for scanner.Scan() {
		s.line++
		s.text, _, _ = strings.Cut(scanner.Text(), "#")
		if err := s.addLine(); err != nil {
			if len(s.lines) == 0 && !strings.Contains(s.text, ":") && strings.ContainsAny(s.text, " \t,;") {
				return nil, wrongKind(s.File, s.Path, isTable)
			}
			return nil, err
		}
	}
	s.line++
	switch err := scanner.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, lineTooLong(s.File, s.line)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", s.File, err)
	case len(s.labels) == 0:
		return nil, wrong(s.File, "no samples; expected lines such as +1 1:0.5 7:2")
	case s.largest < 0:
		return nil, wrong(s.File, "no features; expected lines such as +1 1:0.5 7:2")
	}
	first := s.shift()
	d := max(s.Features, s.largest+1-first)
	if int64(d) > limit.Variables.Max() {
		return nil, wrong(s.File, "%d features: %s", d, limit.Variables.Exceeded())
	}
	return &Samples{
		Name: s.File, X: NewSparse(len(s.labels), d, s.offsets, s.index, s.values),
		Y: s.labels, Lines: s.lines, Notes: s.notes(d, first),
	}, nil
}

// shift makes columns of the indices, and returns the index of the first column.
func (s *sparseText) shift() int {
	first := 1
	if s.First == "0" || s.First != "1" && s.least == 0 {
		first = 0
	}
	for k := range s.index {
		s.index[k] -= int32(first)
	}
	return first
}

// notes say how the file was read.
func (s *sparseText) notes(d, first int) []string {
	note := fmt.Sprintf("%s: %s, %s, indices from %d", s.File, english.Count(len(s.labels), "sample"), english.Count(d, "feature"), first)
	if first == 0 && s.First != "0" {
		note += " (found from the index 0)"
	}
	if s.groups {
		note += "; the groups (qid) are left out"
	}
	all := []string{note}
	if first == 0 && s.least > 0 {
		all = append(all, s.File+": the index 0 does not occur, so that the first feature is zero; should indices count from 1, leave out first: 0")
	}
	return all
}

// addLine reads one sample; blank lines are none.
func (s *sparseText) addLine() error {
	at, first := 0, true
	for {
		from, to := nextField(s.text, at)
		if from == to {
			break
		}
		at = to
		var err error
		if first {
			err = s.addLabel(s.text[from:to], from)
		} else {
			err = s.addEntry(s.text[from:to], from)
		}
		if err != nil {
			return err
		}
		first = false
	}
	if !first {
		s.offsets = append(s.offsets, len(s.values))
		s.lines = append(s.lines, s.line)
	}
	return nil
}

// nextField finds the next text without blanks from at on; none where from equals to.
func nextField(text string, at int) (from, to int) {
	blank := func(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }
	for at < len(text) && blank(text[at]) {
		at++
	}
	from = at
	for at < len(text) && !blank(text[at]) {
		at++
	}
	return from, at
}

func (s *sparseText) addLabel(field string, at int) error {
	y, err := finite(field)
	if err != nil && strings.Contains(field, ",") {
		return s.errorf(at, "the sample has several labels (%s); expected one", quote(field))
	}
	if err != nil {
		return s.errorf(at, "the label %s is not a number", quote(field))
	}
	s.labels = append(s.labels, y)
	return nil
}

func (s *sparseText) addEntry(field string, at int) error {
	left, right, ok := strings.Cut(field, ":")
	if !ok {
		return s.errorf(at, "found %s; expected index:value", quote(field))
	}
	if left == "qid" {
		s.groups = true
		return nil
	}
	index, err := strconv.Atoi(left)
	if err != nil {
		return s.errorf(at, "the index %s is not a whole number", quote(left))
	}
	if low, high := s.allowed(index); index < low || index > high {
		return s.errorf(at, "the index %d is out of range; expected %d to %d", index, low, high)
	}
	if row := s.index[s.offsets[len(s.offsets)-1]:]; len(row) > 0 && int(row[len(row)-1]) >= index {
		return s.errorf(at, "the index %d does not rise; the one before is %d", index, row[len(row)-1])
	}
	v, err := finite(right)
	if err != nil {
		return s.errorf(at+len(left)+1, "the value %s of feature %d is not a number", quote(right), index)
	}
	if len(s.values) >= maxValues() {
		return s.errorf(at, "the data set is too large: %s", tooLarge())
	}
	s.index = append(s.index, int32(index))
	s.values = append(s.values, v)
	s.largest, s.least = max(s.largest, index), min(s.least, index)
	return nil
}

// allowed are the least and the largest index that may be where the given one is.
func (s *sparseText) allowed(index int) (low, high int) {
	low, high = 1, maxFeatures
	if s.Features > 0 {
		high = s.Features
	}
	if s.First == "0" || s.First != "1" && min(index, s.least) == 0 {
		return 0, high - 1
	}
	return low, high
}

func (s *sparseText) errorf(at int, format string, args ...any) error {
	return &param.Error{Position: param.Position{File: s.File, Line: s.line, Column: at + 1}, Message: fmt.Sprintf(format, args...)}
}

// finite reads a number that is neither infinite nor NaN.
func finite(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
		err = strconv.ErrRange
	}
	return v, err
}
