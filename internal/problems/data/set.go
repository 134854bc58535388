// Package data holds what losses descend on: data sets, named in a suite and loaded
// once, however many problems use them.
//
// A Set is a component like any other: a plain struct whose tagged fields are its
// parameters, registered under a name. `data: iris` is embedded in the program,
// `data: {name: csv, path: mine.csv}` is read from a file, and a plain text that looks
// like a path is short for that. Loading gives Samples, which never change afterwards.
//
// The package refuses rather than repairs: a missing value, a ragged line or a NaN is an
// error with file, line and column, because a data set that was mended in silence is
// another data set. The error lists all that is in the way, and ends with the line of a suite
// that reads the file; a key of the suite is needed for every repair, and a note says what it did.
package data

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/problems"
)

// Set is a data set as a suite names it.
type Set interface {
	// Load reads or generates the samples. The answer is shared and never modified. It is
	// safe for concurrent use.
	Load(env problems.Env) (*Samples, error)
}

// Samples are m samples with d features and one label each.
type Samples struct {
	Name     string    // for messages: the set's name or the file's path
	X        Matrix    // m×d, raw features
	Y        []float64 // m labels; a class is a whole number
	Features []string  // d names; nil: the features have none
	Classes  []string  // names of the labels 0, 1, …; nil: the labels are numbers
	Lines    []int     // line of each sample in its file; nil: there is no file
	Notes    []string  // what was assumed in reading the set, for the reader of a run
	Columns  []Column  // those of a file of columns; nil: there is none
	Truth    []float64 // d weights that explain the labels exactly; nil: unknown
}

// Column is a column of a file as it was understood.
type Column struct {
	Number    int    `json:"column"` // from 1
	Name      string `json:"name,omitempty"`
	Role      string `json:"role"`              // feature, label, categories, left out
	Kind      string `json:"kind"`              // numbers, texts, …
	Different int    `json:"texts,omitempty"`   // different texts
	Missing   int    `json:"missing,omitempty"` // values
}

// Errorf is an error about sample i, at its line where it has one.
func (s *Samples) Errorf(i int, format string, args ...any) error {
	message := fmt.Sprintf(format, args...)
	if s.Lines == nil {
		return fmt.Errorf("data set %s, sample %d: %s", s.Name, i, message)
	}
	return &param.Error{Position: param.Position{File: s.Name, Line: s.Lines[i], Column: 1}, Message: message}
}

// Feature names feature j.
func (s *Samples) Feature(j int) string {
	if j < len(s.Features) {
		return s.Features[j]
	}
	return fmt.Sprintf("feature %d", j+1)
}

// Registry holds the data sets.
var Registry = param.NewRegistry[Set]("data set")

// Register adds a data set under a name, from an init function. New returns a pointer to
// a zero struct; its fields with `param` tags are the parameters.
func Register(name string, info problems.Info, new func() Set) {
	Registry.Register(name, param.Info(info), func() any { return new() })
}

func init() {
	Registry.Shorthand = func(n *yaml.Node) *yaml.Node {
		if n.Kind != yaml.ScalarNode || n.Tag != "!!str" {
			return nil
		}
		return longhand(n)
	}
	Registry.Hint = func(name string) string { return "; a file of that name is written ./" + name }
}

// longhand is the set behind a plain text that looks like a path, nil for any other.
func longhand(n *yaml.Node) *yaml.Node {
	name := strings.ToLower(strings.TrimSuffix(n.Value, ".gz"))
	switch {
	case hasSuffix(name, ".libsvm", ".svm"):
		return param.Longhand(n, "libsvm", "path")
	case strings.ContainsAny(n.Value, `./\`): // the names of data sets have none of them
		return param.Longhand(n, "csv", "path")
	}
	return nil
}

func hasSuffix(name string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(name, s) {
			return true
		}
	}
	return false
}

// drawn identifies generated samples.
type drawn struct {
	seed uint64
	set  any
}

// stream is the random stream of a generated set. It depends on the suite's seed and the
// size of the set only: the samples are the same for every problem on them, whatever its
// regularizer, and as alike as can be for another noise or condition number.
func stream(env problems.Env, axes ...any) *rand.Rand {
	return rand.New(random.NewSource(env.Seed, append([]any{"data"}, axes...)...))
}
