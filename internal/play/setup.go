package play

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
)

// Setup is a playground: a problem, a start and a few methods.
type Setup struct {
	Problem    Component   `json:"problem"`
	Start      []float64   `json:"start,omitempty"` // the problem's own where it is left out
	Methods    []Component `json:"methods"`
	Iterations int         `json:"iterations"`
	Seed       uint64      `json:"seed,omitempty"`   // of batches and noise; 0: 1
	Window     *Window     `json:"window,omitempty"` // what a picture shows; that of the problem where it is left out
}

// First is what a new visitor sees.
var First = Setup{Problem: firstProblems[0], Methods: []Component{{"fixed-step", map[string]any{"lr": "0.15"}}}, Iterations: 50}

// Component is a problem or a method with its settings: texts in the suite language, numbers,
// booleans, or components.
type Component struct {
	Name     string         `json:"name"`
	Settings map[string]any `json:"settings,omitempty"`
}

// Limits of a setup.
const (
	mostMethods    = 4
	mostIterations = 20000
	mostNumbers    = 4000000 // of all paths
	mostSettings   = 40
	mostNesting    = 3
)

// withPath keeps the iterates, which only a picture needs.
const withPath = ", path: true"

// plainScalar is a text that means itself in YAML and is a number, an expression or a word there.
var plainScalar = regexp.MustCompile(`^[A-Za-z0-9.+-][A-Za-z0-9.+/()*_-]*$`)

// Suite is the text of the suite whose runs are those of the setup.
func (s Setup) Suite() (string, error) {
	if n := len(s.Methods); n < 1 || n > mostMethods {
		return "", fmt.Errorf("%s; expected 1 to %d", english.Count(n, "method"), mostMethods)
	}
	if s.Iterations < 1 || s.Iterations > mostIterations {
		return "", fmt.Errorf("%s; expected 1 to %d", english.Count(s.Iterations, "iteration"), mostIterations)
	}
	problem := s.Problem
	if s.Start != nil {
		problem.Settings = maps.Clone(problem.Settings)
		if problem.Settings == nil {
			problem.Settings = map[string]any{}
		}
		problem.Settings["start"] = s.Start
	}
	var b strings.Builder
	fmt.Fprintf(&b, "suite: playground\nbudget: {iterations: %d}\ntrace: {every: 1%s}\n", s.Iterations, withPath)
	if s.Seed > 1 {
		fmt.Fprintf(&b, "seed: %d\n", s.Seed)
	}
	text, err := problem.flow(0)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&b, "problems:\n  - %s\nmethods:\n", text)
	for _, m := range s.Methods {
		if text, err = m.flow(0); err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "  - %s\n", text)
	}
	return b.String(), nil
}

// flow is the component in the suite language.
func (c Component) flow(depth int) (string, error) {
	if len(c.Settings) > mostSettings || depth > mostNesting {
		return "", fmt.Errorf("%s: too many settings", c.Name)
	}
	parts := []string{"name: " + scalar(c.Name)}
	for _, key := range slices.Sorted(maps.Keys(c.Settings)) {
		value, err := flowValue(c.Settings[key], depth)
		if err != nil {
			return "", fmt.Errorf("%s: %s: %w", c.Name, key, err)
		}
		parts = append(parts, scalar(key)+": "+value)
	}
	return "{" + strings.Join(parts, ", ") + "}", nil
}

func flowValue(value any, depth int) (string, error) {
	switch v := value.(type) {
	case string:
		return scalar(v), nil
	case bool:
		return strconv.FormatBool(v), nil
	case int:
		return strconv.Itoa(v), nil
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), nil
	case []float64:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = strconv.FormatFloat(x, 'g', -1, 64)
		}
		return "[" + strings.Join(parts, ", ") + "]", nil
	case []any:
		if len(v) > mostSettings || depth >= mostNesting {
			return "", fmt.Errorf("a list of %d; expected at most %d, not nested deeply", len(v), mostSettings)
		}
		parts := make([]string, len(v))
		for i, x := range v {
			var err error
			if parts[i], err = flowValue(x, depth+1); err != nil {
				return "", err
			}
		}
		return "[" + strings.Join(parts, ", ") + "]", nil
	case map[string]any:
		rest := maps.Clone(v)
		delete(rest, "name")
		name, _ := v["name"].(string)
		return Component{name, rest}.flow(depth + 1)
	}
	return "", fmt.Errorf("found %v; expected a text, a number or a component", value)
}

// scalar quotes what YAML might read as something else.
func scalar(text string) string {
	if plainScalar.MatchString(text) {
		return text
	}
	quoted, _ := json.Marshal(text) // a text in JSON is one in YAML
	return string(quoted)
}

// read is the suite of a setup, and its problem.
func (s Setup) read() (*suite.Suite, *prepare.Built, string, error) {
	text, err := s.Suite()
	if err != nil {
		return nil, nil, "", err
	}
	read, err := suite.Read("playground", ".", strings.NewReader(text), nil)
	if err != nil {
		return nil, nil, "", plainError(err)
	}
	if n := read.Count(); n != len(s.Methods) {
		return nil, nil, "", fmt.Errorf("the settings make %d runs; expected one value for each", n)
	}
	problem := read.Problems[0]
	if files, err := prepare.Reads(problem); err != nil || files {
		return nil, nil, "", fmt.Errorf("the playground reads no files")
	}
	built, err := prepare.Problem(read, problem)
	if err != nil {
		return nil, nil, "", plainError(err)
	}
	if built.Problem.Dim() > 2 {
		text = strings.Replace(text, withPath, "", 1)
	}
	if n := built.Problem.Dim() * s.Iterations * len(s.Methods); n > mostNumbers {
		return nil, nil, "", fmt.Errorf("%s in %d variables are too many to show; lower the iterations", english.Count(s.Iterations, "iteration"), built.Problem.Dim())
	}
	return read, built, text, nil
}

// place is where an error is in the suite that was made of the setup, which the user has not
// written.
var place = regexp.MustCompile(`playground:[0-9]+:[0-9]+: `)

func plainError(err error) error {
	return fmt.Errorf("%s", place.ReplaceAllString(err.Error(), ""))
}
