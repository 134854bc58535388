package param

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/text"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"
)

// parsed is the root node of a YAML text.
func parsed(t interface{ Fatal(...any) }, text string) *yaml.Node {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(text, err)
	}
	return document.Content[0]
}

// All accepted numbers are finite and what strconv reads; Number's text reads back.
func FuzzParseNumber(f *testing.F) {
	for _, text := range []string{"0", "-0.5", "1e-3", "010", "1.", ".5", "1e999", ".inf", "0x1p3", "1_0", "+3", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, written string) {
		v, err := ParseNumber(written)
		if err != nil {
			return
		}
		want, err := strconv.ParseFloat(written, 64)
		if err != nil || v != want || math.IsInf(v, 0) || math.IsNaN(v) || strings.ContainsAny(written, "xXpP_iInN") {
			t.Errorf("%q read as %v", written, v)
		}
		if again, err := ParseNumber(text.Exact(v)); err != nil || again != v {
			t.Errorf("%v is written %s and read %v (%v)", v, text.Exact(v), again, err)
		}
	})
}

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]float64{"3": 3, "-0.5": -0.5, "1.": 1, ".5": 0.5, "+2e3": 2000, "0.1": 0.1, "1e-400": 0} {
		if v, err := ParseNumber(text); err != nil || v != want {
			t.Errorf("%q is %v (%v), want %v", text, v, err, want)
		}
	}
	for _, text := range []string{"", ".", "-", "1e", "010", "00", "-01.5", "1e999", "inf", "nan", "0x10", "1_000", "1,5", "1 ", "1e3.5"} {
		if v, err := ParseNumber(text); err == nil {
			t.Errorf("%q was read as %v", text, v)
		}
	}
}

// Numbers are what a regular expression says: digits with a dot among or around them, an exponent, no leading zeros.
func TestIsNumber(t *testing.T) {
	number := regexp.MustCompile(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$`)
	leadingZero := regexp.MustCompile(`^[-+]?0[0-9]`)
	seen := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[-+]?[0-9]{0,3}\.?[0-9]{0,2}([eE][-+]?[0-9]{0,2})?|[-+.eE0-9x_ ]{0,6}`).Draw(t, "text")
		want := number.MatchString(text) && !leadingZero.MatchString(text)
		if seen[want]++; isNumber(text) != want {
			t.Fatalf("%q: %v", text, !want)
		}
	})
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("numbers and others: %v", seen)
	}
}

// A value that a generator repeats is there once, in a grid finer than rounding too, whose values rise and fall.
func TestRepeatedValues(t *testing.T) {
	field := &Field{Name: "v", Type: reflect.TypeFor[float64]()}
	for text, want := range map[string][]any{
		"{lin: [3, 1, 3]}":                     {3.0, 2.0, 1.0},
		"{lin: [1, 1.00000000001, 5]}":         {1.0, 1.00000000001},
		"[{lin: [1, 3, 3]}, {lin: [2, 4, 3]}]": {1.0, 2.0, 3.0, 4.0},
		"[{lin: [1, 2, 2]}, {lin: [3, 1, 3]}]": {1.0, 2.0, 3.0},
		"[1, 1]":                               {1.0, 1.0},
	} {
		if got, err := Source("t").alternatives(parsed(t, text), field); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s is %v, %v; want %v", text, got, err, want)
		}
	}
	if got, err := Source("t").generatedAxis(parsed(t, "{lin: [1, 2, 3]}"), []float64{2, 1, 2}, field); err != nil || !slices.Equal(got, []any{2.0, 1.0}) {
		t.Errorf("2, 1, 2 is %v, %v", got, err)
	}
}

// What an alias stands for can be set apart from the value that it names.
func TestAliasIsACopy(t *testing.T) {
	keys := []string{"a", "b", "c.in", "d.in"}
	for _, key := range keys {
		root, err := Load("t", strings.NewReader("a: &x {lr: [1, 2], z: 0}\nb: *x\nc: &y {in: *x}\nd: *y\n"))
		if err != nil {
			t.Fatal(err)
		}
		if err := Override(root, key+".lr.0=3"); err != nil {
			t.Fatal(err)
		}
		for _, other := range keys {
			want, value := map[bool]string{true: "3", false: "1"}[key == other], root
			for _, name := range strings.Split(other+".lr", ".") {
				value = Get(value, name)
			}
			if got := value.Content[0].Value; got != want {
				t.Errorf("with %s set, %s is %s; want %s", key, other, got, want)
			}
		}
	}
}

func TestInterval(t *testing.T) {
	for _, c := range []struct {
		text, words string
		in, out     []float64
	}{
		{"", "", []float64{-1e300, 0, 1e300}, nil},
		{"[0,1)", "≥ 0 and < 1", []float64{0, 0.5}, []float64{-1e-300, 1, math.NaN()}},
		{"(0,)", "> 0", []float64{5e-324, 1e300}, []float64{0, -1, math.NaN()}},
		{"(,2.5]", "≤ 2.5", []float64{-1e300, 2.5}, []float64{2.6}},
		{"[1,1]", "≥ 1 and ≤ 1", []float64{1}, []float64{0.9, 1.1}},
	} {
		i, err := ParseInterval(c.text)
		if err != nil || i.String() != c.words || i.Bounded() != (c.text != "") {
			t.Errorf("%q: %v, %q", c.text, err, i)
		}
		for _, v := range c.in {
			if !i.Holds(v) {
				t.Errorf("%q does not hold %v", c.text, v)
			}
		}
		for _, v := range c.out {
			if i.Holds(v) {
				t.Errorf("%q holds %v", c.text, v)
			}
		}
	}
	for _, text := range []string{"[", "[)", "0,1", "[0;1]", "[2,1]", "[a,1]", "{0,1}", "[0,nan]"} {
		if _, err := ParseInterval(text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

func TestSuggest(t *testing.T) {
	many := make([]string, 17)
	for i := range many {
		many[i] = fmt.Sprintf("parameter-%02d", i)
	}
	for _, c := range []struct {
		name  string
		valid []string
		want  string
	}{
		{"quadratc", []string{"rosenbrock", "quadratic"}, `; did you mean "quadratic"?`},
		{"Sgd", []string{"SGD", "Adam"}, `; did you mean "SGD"?`},
		{"back", []string{"exact", "backtracking"}, `; did you mean "backtracking"?`},
		{"zzzzzz", []string{"b", "a"}, "; known are a, b"},
		{"zzzzzz", nil, "; none are known here"},
		{"zzzzzz", many, ""},
	} {
		if got := text.Suggest(c.name, c.valid); got != c.want {
			t.Errorf("%s among %v: %q, want %q", c.name, c.valid, got, c.want)
		}
	}
}

func TestGenerators(t *testing.T) {
	field := &Field{Name: "v", Type: reflect.TypeFor[float64]()}
	for text, want := range map[string][]string{
		"{log: [1e-3, 1, 4]}":       {"0.001", "0.01", "0.1", "1"},
		"{log: [1, 1000, 3]}":       {"1", "31.6227766017", "1000"}, // √1000 = 31.62277660168…
		"{log: [100, 1, 2]}":        {"100", "1"},
		"{lin: [0, 1, 4]}":          {"0", "0.333333333333", "0.666666666667", "1"},
		"{lin: [1, 1e-20, 2]}":      {"1", "1e-20"},
		"{lin: [-1e308, 1e308, 3]}": {"-1e+308", "0", "1e+308"},
		"{lin: [3, 3, 1]}":          {"3"},
		"{range: [1, 9, 4]}":        {"1", "5", "9"},
		"{range: [0.1, 0.5, 0.1]}":  {"0.1", "0.2", "0.3", "0.4", "0.5"},
		"{range: [-0.3, 0.3, 0.1]}": {"-0.3", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3"},
		"{range: [3, 1, -1]}":       {"3", "2", "1"},
		"{range: [1, 2, 0.6]}":      {"1", "1.6"},
		"[7, {lin: [1, 2, 2]}, 8]":  {"7", "1", "2", "8"},
	} {
		items, err := Source("t").items(parsed(t, text), field)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		var got []string
		for _, n := range items {
			got = append(got, n.Value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"{log: [0, 1, 3]}":           "log needs two positive ends",
		"{lin: [0, 1, 0]}":           "expected a whole number ≥ 1",
		"{lin: [0, 1, 1000001]}":     "too many entries: the limit on settings that one entry or generator of a suite expands to is 1000000",
		"{lin: [0, 1, 1]}":           "a list of one entry needs two equal ends",
		"{range: [0, 1, 0]}":         "the step of range must lead",
		"{range: [0, 1, -1]}":        "the step of range must lead",
		"{range: [-1e308, 1e308,1]}": "range gives too many entries",
		"{log: [1, a, 3]}":           `found "a"; expected a number`,
		"{log: 3}":                   "log takes three numbers",
	} {
		if _, err := Source("t").items(parsed(t, text), field); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

// The canonical text of any value is YAML that reads back to the value.
func TestTextReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.String().Filter(func(s string) bool { return !strings.ContainsRune(s, 0xFFFD) }).Draw(t, "text")
		if back := parsed(t, "{key: "+Text(word)+"}").Content; len(back) != 2 || back[1].Value != word || back[1].ShortTag() != "!!str" {
			t.Fatalf("%q is written %s and read as %v", word, Text(word), back)
		}
		plain := rapid.OneOf(rapid.StringMatching("[a-z][a-z-]{0,12}"), rapid.SampledFrom([]string{"true", "false", "null", "shuffle", "off"})).Draw(t, "word")
		if back := parsed(t, "{key: "+Text(plain)+"}").Content; len(back) != 2 || back[1].Value != plain || back[1].ShortTag() != "!!str" {
			t.Fatalf("%q is written %s and read as %v", plain, Text(plain), back)
		}
		numbers := rapid.SliceOf(rapid.Float64Range(-1e300, 1e300)).Draw(t, "numbers")
		for i, n := range parsed(t, Text(numbers)).Content {
			if v, err := ParseNumber(n.Value); err != nil || v != numbers[i] {
				t.Fatalf("%v is written %s", numbers[i], n.Value)
			}
		}
	})
}
