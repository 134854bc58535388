package search

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/report/statistics"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Setting is what the studies choose for one parameter.
type Setting struct {
	Problem, Method string
	Coordinate      *results.Coordinate
	Median, Q1, Q3  float64 // of a number
	Choice          string  // the most frequent, of words
	Chosen          int     // how many studies have it
	Studies         int     // that draw the parameter
	AtEdge          int     // studies whose value is within the outer 5% of the space
	Flatness        float64
}

// Settings are the chosen values of all methods on all problems.
func (s *Search) Settings() []Setting {
	var out []Setting
	for _, problem := range s.Problems {
		for i := range s.Plan.Methods {
			m := &s.Plan.Methods[i]
			chosen := s.chosen[cell{problem, m.Method}]
			if len(chosen) == 0 {
				continue
			}
			for k := range m.Space {
				setting := settingOf(&m.Space[k], chosen)
				setting.Problem, setting.Method, setting.Flatness = problem, m.Method, s.Flatness(problem, m.Method)
				out = append(out, setting)
			}
		}
	}
	return out
}

// settingOf is what those studies choose that draw the parameter: in the others it stays as written.
func settingOf(c *results.Coordinate, chosen []choice) Setting {
	chosen = slices.DeleteFunc(slices.Clone(chosen), func(m choice) bool { return !drawn(c, m) })
	out := Setting{Coordinate: c, Studies: len(chosen), Median: math.NaN(), Q1: math.NaN(), Q3: math.NaN()}
	var numbers []float64
	words := map[string]int{}
	for _, m := range chosen {
		switch v := m.valueAt(c.Parameter).(type) {
		case float64:
			numbers = append(numbers, v)
		case int64:
			numbers = append(numbers, float64(v))
		case bool:
			words[strconv.FormatBool(v)]++
		case string:
			words[v]++
		case results.Component:
			words[v.Name]++
		}
	}
	if len(numbers) > len(chosen)/2 {
		out.Q1, out.Median, out.Q3 = statistics.Quartiles(numbers)
		out.AtEdge = atEdge(c, numbers)
		return out
	}
	for _, name := range slices.Sorted(maps.Keys(words)) {
		if words[name] > out.Chosen {
			out.Choice, out.Chosen = name, words[name]
		}
	}
	return out
}

// drawn reports whether the conditions of a parameter hold in the settings of a method.
func drawn(c *results.Coordinate, m choice) bool {
	for _, condition := range c.Conditions {
		value, source := m.valueAt(condition.Parameter), m.written[condition.Parameter]
		if !slices.ContainsFunc(condition.Values, func(want string) bool { return isWritten(value, source, want) }) {
			return false
		}
	}
	return true
}

// isWritten reports whether a value is what a suite writes so: a number, a word, or a component by its name.
// The source is the expression behind a number, such as 1/L, whose value depends on the problem.
func isWritten(value any, source, text string) bool {
	switch v := value.(type) {
	case float64:
		return isNumber(v, source, text)
	case int64:
		return isNumber(float64(v), source, text)
	case bool:
		return text == strconv.FormatBool(v)
	case string:
		return text == v
	case results.Component:
		name, _, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(text, "{name: "), "}"), ",")
		return name == v.Name
	}
	return false
}

// isNumber reports whether a number, or the expression behind it, is written so.
func isNumber(v float64, source, text string) bool {
	var number param.Length
	if number.UnmarshalText([]byte(text)) != nil {
		return false
	}
	if source != "" {
		return param.Text(number) == source
	}
	return len(number.Uses()) == 0 && number.Resolve(nil) == nil && number.Value == v
}

// atEdge counts the values in the outer 5% at either end of a space, on its own scale. Values in
// units of facts are not counted: their space is another on each problem.
func atEdge(c *results.Coordinate, numbers []float64) int {
	if c.Form == "choice" || c.Form == "integer" || c.Unit != "" {
		return 0
	}
	low, high, scale := float64(c.Low), float64(c.High), func(v float64) float64 { return v }
	if c.Form != "uniform" {
		scale = elementary.Log
	}
	n := 0
	for _, v := range numbers {
		if c.Form == "oneminus-log" {
			v = 1 - v
		}
		share := (scale(v) - scale(low)) / (scale(high) - scale(low))
		if share < 0.05 || share > 0.95 {
			n++
		}
	}
	return n
}

// valueAt is the value of the parameter at a path; nil where there is none.
func (m choice) valueAt(path string) any {
	keys := strings.Split(path, ".")
	value := m.Get(keys[0])
	for _, key := range keys[1:] {
		switch v := value.(type) {
		case results.Component:
			value = v.Get(key)
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

// Describe is a parameter's space as the suite language has it.
func Describe(c *results.Coordinate) string {
	out := c.Form + " " + text.Short(float64(c.Low)) + " to " + text.Short(float64(c.High))
	if c.Form == "choice" {
		out = "choice of " + strings.Join(c.Choices, ", ")
	}
	if c.Unit != "" {
		out += " × " + c.Unit
	}
	if c.When != "" {
		out += ", when " + c.When
	}
	return out
}
