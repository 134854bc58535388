package expression

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// spelling turns a formula as people write it into one that the parser reads: 2x, x_1, ln,
// np.cos, x², π. What may mean two things, such as 1/2x, is refused. Each rune of the result knows
// where it is from, for the places of errors.
type spelling struct {
	source string
	tokens []token
	first  int // what the names x1, x2, … count from

	out []rune
	at  []int // for each rune of out, that of the source
	err *Error
}

// token is a part of a formula.
type token struct {
	kind kindOf
	text string
	at   int // rune of the source
}

type kindOf uint8

const (
	number kindOf = iota
	name
	blank
	other
)

// numberForm is a number at the beginning of a text: digits, a fraction, an exponent.
var numberForm = regexp.MustCompile(`^([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?`)

var tokenForms = []struct {
	kind kindOf
	form *regexp.Regexp
}{
	{number, numberForm},
	{name, regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*(\{[0-9]+\})?`)},
	{blank, regexp.MustCompile(`^\s+`)},
}

// libraries are the modules that functions and constants may be called by.
var libraries = []string{"np", "numpy", "jnp", "math", "Math", "torch", "sp", "sympy"}

// synonyms are other names of functions and signs.
var synonyms = map[string]string{
	"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "fabs": "abs", "power": "pow", "minimum": "min", "maximum": "max",
	"Sum": "sum", "Abs": "abs", "PI": "pi", "Pi": "pi", "product": "prod", "ifelse": "where",
	"−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "π": "pi", "²": "^2", "³": "^3", "√": "sqrt", "≤": "<=", "≥": ">=",
}

// numbered is a variable with its number: x1, x_1, x_{1}.
var numbered = regexp.MustCompile(`^x_?\{?([0-9]+)\}?$`)

// leftSide is the name of a function before its formula: f(x) = …
var leftSide = regexp.MustCompile(`^\s*[a-zA-Z]\w*\s*(\([^()]*\))?\s*=\s*([^=])`)

// spell rewrites a formula.
func spell(text string) (*spelling, error) {
	s := &spelling{source: text}
	s.cut()
	if s.err == nil {
		s.countNumbered()
	}
	if s.err == nil {
		s.write()
	}
	if s.err != nil {
		return nil, s.err
	}
	return s, nil
}

// cut finds the tokens.
func (s *spelling) cut() {
	rest, at := s.source, 0
	if m := leftSide.FindStringSubmatchIndex(rest); m != nil {
		at, rest = utf8.RuneCountInString(rest[:m[4]]), rest[m[4]:]
	}
	for rest != "" {
		t := token{kind: other, at: at}
		_, size := utf8.DecodeRuneInString(rest)
		t.text = rest[:size]
		for _, form := range tokenForms {
			if found := form.form.FindString(rest); found != "" {
				t.kind, t.text = form.kind, found
				break
			}
		}
		if quoted := strings.IndexAny(t.text, `'"`+"`"); quoted == 0 { // the parser says what it thinks of texts
			t.text = rest
		}
		s.tokens = append(s.tokens, t)
		at += utf8.RuneCountInString(t.text)
		rest = rest[len(t.text):]
	}
}

func (s *spelling) fail(t token, message string) {
	if s.err == nil {
		s.err = placedAt(s.source, t.at, message)
	}
}

// countNumbered finds out what x1, x2, … count from: from 0 if x0 occurs, otherwise from 1. Beside
// another way to write variables they may be meant in two ways.
func (s *spelling) countNumbered() {
	var some *token
	mixed := ""
	s.first = 1
	for i, t := range s.tokens {
		if t.kind != name {
			continue
		}
		switch m := numbered.FindStringSubmatch(t.text); {
		case m != nil:
			if some == nil {
				some = &s.tokens[i]
			}
			if strings.Trim(m[1], "0") == "" {
				s.first = 0
			}
		case t.text == "x" || t.text == "y" || t.text == "z":
			mixed = t.text
			if s.next(i).text == "[" {
				mixed += "[…]"
			}
		}
	}
	if some != nil && mixed != "" {
		s.fail(*some, "variables are written in two ways, "+some.text+" and "+mixed+"; write all of them as x[0], x[1], …")
	}
}

// next is the token after the i-th that is no blank.
func (s *spelling) next(i int) token {
	for _, t := range s.tokens[min(i+1, len(s.tokens)):] {
		if t.kind != blank {
			return t
		}
	}
	return token{kind: other, at: -1}
}

// write writes the tokens with the spelling of the parser.
func (s *spelling) write() {
	before, two := token{kind: other}, token{kind: other} // the tokens before that are no blanks
	closes := false                                       // before ends an operand that was written with blanks or brackets
	for i := 0; i < len(s.tokens); i++ {
		t := s.tokens[i]
		if t.kind == blank {
			s.put(t.text, t)
			continue
		}
		if t.kind == name && slices.Contains(libraries, t.text) && s.next(i).text == "." {
			for i++; s.tokens[i].text != "."; i++ {
			}
			continue
		}
		opens := t.kind == name && !word(t.text) || t.kind == number || t.text == "(" || t.text == "π" || t.text == "√"
		ends := before.kind == number || before.text == "π" || closes && before.text == ")"
		if opens && ends && !(before.kind == number && t.kind == number) {
			if before.kind == number && (two.text == "/" || two.text == "^") {
				s.fail(before, fmt.Sprintf("%[1]s%[2]s%[3]s may be %[1]s(%[2]s*%[3]s) or %[1]s%[2]s*%[3]s; write one of them", two.text, before.text, t.text))
				return
			}
			s.put("*", t)
		}
		s.put(s.respell(t), t)
		closes = t.text == ")"
		two, before = before, t
	}
}

// word reports whether a name is an operator of the parser.
func word(text string) bool {
	return slices.Contains([]string{"and", "or", "not", "if", "else", "in", "for"}, text)
}

// respell is a token as the parser reads it.
func (s *spelling) respell(t token) string {
	if m := numbered.FindStringSubmatch(t.text); t.kind == name && m != nil {
		i, err := strconv.Atoi(m[1])
		if err != nil {
			return t.text
		}
		return "x[" + strconv.Itoa(i-s.first) + "]"
	}
	if other, ok := synonyms[t.text]; ok {
		return other
	}
	return t.text
}

// put writes a text in the place of a token.
func (s *spelling) put(text string, t token) {
	same := strings.HasPrefix(t.text, text)
	for k, r := range []rune(text) {
		s.out = append(s.out, r)
		if !same {
			k = 0 // a replacement is at the place of what it replaces
		}
		s.at = append(s.at, t.at+k)
	}
}

// place is where a rune of the result is from.
func (s *spelling) place(i int) int {
	switch {
	case i < 0:
		return 0
	case i < len(s.at):
		return s.at[i]
	}
	return utf8.RuneCountInString(s.source) + i - len(s.at)
}

// placedAt is an error at a rune of a text.
func placedAt(text string, at int, message string) *Error {
	e := &Error{Expression: text, Line: 1, Column: 1, Message: message}
	for i, r := range []rune(text) {
		if i == at {
			break
		}
		e.Column++
		if r == '\n' {
			e.Line, e.Column = e.Line+1, 1
		}
	}
	return e
}
