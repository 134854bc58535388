package text

import (
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestShort(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 12: "12", 123456: "123456", 1234567: "1.23e6", 0.12345: "0.123", 1234.5: "1230", 1e-9: "1e-9",
		-2.5: "-2.5", 1.2e300: "1.2e300", math.Inf(1): "∞", math.Copysign(0, -1): "0", 0.001: "0.001", 9.99e-4: "9.99e-4",
	} {
		if got := Short(v); got != want {
			t.Errorf("Short(%g) = %s; expected %s", v, got, want)
		}
	}
	if Short(math.NaN()) != "–" {
		t.Error("NaN is a dash")
	}
	if got := Digits(0.98765, 4) + " " + Digits(1234567, 4) + " " + Digits(12, 4); got != "0.9877 1.235e6 12" {
		t.Errorf("four digits: %s", got)
	}
	if got := Exact(0.1); got != "0.1" {
		t.Errorf("Exact(0.1) = %s", got)
	}
}

func TestSome(t *testing.T) {
	for got, want := range map[string]string{
		Some([]string{"a", "b"}): "a; b", Some([]string{"a", "b", "c", "d", "e"}): "a; b; c; and 2 more", Some(nil): "",
	} {
		if got != want {
			t.Errorf("%q; expected %q", got, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	valid := []string{"newton", "adam", "heavy-ball"}
	for name, want := range map[string]string{
		"newtn": `; did you mean "newton"?`, "heavy": `; did you mean "heavy-ball"?`, "xyzzyx": "; known are adam, heavy-ball, newton",
	} {
		if got := Suggest(name, valid); got != want {
			t.Errorf("Suggest(%q) = %q; expected %q", name, got, want)
		}
	}
	if got := Suggest("foo", []string{"on", "lr"}); got != "; known are lr, on" {
		t.Errorf("two of three letters are wrong: %q", got)
	}
	if got := Suggest("dmi", []string{"dim", "lr"}); got != `; did you mean "dim"?` {
		t.Errorf("two letters changed places: %q", got)
	}
	if got := Suggest("xyz", []string{"lr"}); got != "; the only one is lr" {
		t.Errorf("of one: %q", got)
	}
	if got := Suggest("a", nil); got != "; none are known here" {
		t.Errorf("of nothing: %q", got)
	}
}

// One hostile text, and what is left of it in each medium.
func TestEscapes(t *testing.T) {
	const hostile = "=cmd|a\x1b[31m\n::error::<img src=x> @name *b* [l](u) \u202e$x_1%"
	for medium, c := range map[string]struct {
		escape  func(string) string
		without []string
		with    []string
	}{
		"line":       {Line, []string{"\x1b", "\n", "\u202e"}, []string{`\x1b[31m`, `\n`, `\u202e`, "<img src=x> @name"}},
		"terminal":   {Terminal, []string{"\x1b", "\n", "\u202e"}, []string{`\x1b[31m`, `\n`, `\u202e`, "<img src=x> @name"}},
		"Markdown":   {Markdown, []string{"\x1b", "\n", "<img", "@name", "|", " [l]", " *b*"}, []string{"&lt;img", "&#124;", `\*b\*`, `\[l](u)`, `x\_1`}},
		"XML":        {XML, []string{"\x1b", "\n"}, []string{"<img"}},
		"HTML":       {HTML, []string{"\x1b", "\n", "\u202e"}, []string{"<img"}},
		"picture":    {Picture, []string{"\x1b", "\n", "\u202e"}, []string{"<img"}},
		"LaTeX":      {LaTeX, []string{"\x1b", " $x", "x_1%"}, []string{`\$x\_1\%`, "$<$img"}},
		"annotation": {AnnotationMessage, []string{"\n", "\x1b"}, []string{"%0A::error::", "25"}},
		"property":   {AnnotationProperty, []string{"\n", "::", ","}, []string{"%0A%3A%3Aerror"}},
		"CSV":        {CSV, []string{"\x1b", "\u202e"}, []string{"'=cmd", `\x1b[31m`, "\n"}},
	} {
		got := c.escape(hostile)
		for _, text := range c.without {
			if strings.Contains(got, text) {
				t.Errorf("%s: %q is in %q", medium, text, got)
			}
		}
		for _, text := range c.with {
			if !strings.Contains(got, text) {
				t.Errorf("%s: %q is missing in %q", medium, text, got)
			}
		}
	}
	for _, mark := range []string{"\u061c", "\u200e", "\u200f", "\u202a", "\u2069"} { // of direction, seen or not
		if got := Line(mark); !strings.HasPrefix(got, `\u`) {
			t.Errorf("%+q became %+q", mark, got)
		}
	}
	for _, harmless := range []string{"adam lr=1e-3", "f* ≤ 1 κ", ""} {
		if got := Terminal(harmless); got != harmless {
			t.Errorf("%q became %q", harmless, got)
		}
		if got := CSV(harmless); got != harmless {
			t.Errorf("%q became %q", harmless, got)
		}
	}
}

// A shell reads back what was written for it, from one line where that is asked for.
func TestShell(t *testing.T) {
	for _, word := range []string{"a=b", "it's", `back\slash`, "$HOME `id` \"!\"", "line\nbreak's \\n", "\x1b[31mred\x07a", "\u202eab\u0085f", "", "\t"} {
		for name, escape := range map[string]func(string) string{"sh": Shell, "bash": ShellLine} {
			line := escape(word)
			if name == "bash" && strings.ContainsFunc(line, disturbs) {
				t.Errorf("%q has what disturbs", line)
			}
			shell, err := exec.LookPath(name)
			if err != nil {
				t.Skip(err)
			}
			c := exec.Command(shell, "-c", "printf %s "+line)
			c.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
			if got, err := c.Output(); err != nil || string(got) != word {
				t.Errorf("%s reads %q in %s: %v", name, got, line, err)
			}
		}
	}
	if got := ShellLine("a=b"); got != Shell("a=b") {
		t.Errorf("an escape that nothing needs: %s", got)
	}
}

// A formula of many pages is shown by its ends, a paragraph as it is.
func TestTerminalHasNoEndlessLines(t *testing.T) {
	paragraph := strings.Repeat("words ", 600)
	if got := Terminal(paragraph); got != paragraph {
		t.Errorf("a paragraph of %d bytes became %d", len(paragraph), len(got))
	}
	got := Terminal("first" + strings.Repeat("\x1b", 10000) + "last")
	if len(got) > 5000 || !strings.HasPrefix(got, "first") || !strings.HasSuffix(got, "last") || !strings.Contains(got, "characters) …") {
		t.Errorf("%d bytes: %.100s", len(got), got)
	}
}

// A file has room for a text of any length, and its characters are made harmless where it is long, too.
func TestFilesHoldLongTexts(t *testing.T) {
	for medium, escape := range map[string]func(string) string{"line": Line, "Markdown": Markdown, "XML": XML, "HTML": HTML, "LaTeX": LaTeX, "CSV": CSV} {
		long := strings.Repeat("words ", longest)
		if got := escape(long); got != long {
			t.Errorf("%s: a text of %d bytes became %d", medium, len(long), len(got))
		}
		if got := escape(long + "\x1b\xff\ufffe"); strings.ContainsAny(got, "\x1b\ufffe") || !utf8.ValidString(got) || len(got) <= len(long) {
			t.Errorf("%s: %q", medium, got[len(long):])
		}
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"sgd", "sgd", true}, {"sgd", "sgd lr=1", false}, {"sgd*", "sgd lr=1", true}, {"*", "", true}, {"", "", true}, {"", "a", false},
		{"* on logistic", "sgd lr=1 on logistic", true}, {"sgd * on *", "sgd lr=1 on p", true}, {"a*a", "a", false}, {"a*b*c", "abbc", true}, {"a*b*c", "acb", false}, {"*a*", "bab", true},
	} {
		if got := Matches(c.pattern, c.name); got != c.want {
			t.Errorf("Matches(%q, %q) = %t", c.pattern, c.name, got)
		}
	}
}

// The quick answer for ASCII is that of Unicode.
func TestDisturbs(t *testing.T) {
	for r := range rune(unicode.MaxASCII + 1) {
		if got := disturbs(r); got != unicode.IsControl(r) {
			t.Errorf("%q: %v", r, got)
		}
	}
}

// A number that was read has the text of any other.
func TestExactAs(t *testing.T) {
	for _, written := range []string{"0.1", "1e-3", "0.001", "1e3", "+1", "1.", ".5", "0.10", "-0", "1e+06", "1e-07", "123456789012345678", "5e-324"} {
		v, err := strconv.ParseFloat(written, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got := ExactAs(v, written); got != Exact(v) {
			t.Errorf("%s is %s; want %s", written, got, Exact(v))
		}
	}
}
