package expression

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// lexeme is a word of a formula in the parser's spelling.
type lexeme struct {
	kind  kindOfLexeme
	text  string
	value float64
	from  int
	to    int
}

type kindOfLexeme uint8

const (
	endOfText kindOfLexeme = iota
	numberLexeme
	nameLexeme
	operatorLexeme
	quotedLexeme
)

func (l lexeme) String() string {
	switch l.kind {
	case endOfText:
		return "EOF"
	case nameLexeme:
		return fmt.Sprintf("Identifier(%q)", l.text)
	case numberLexeme:
		return fmt.Sprintf("Number(%q)", l.text)
	}
	return fmt.Sprintf("Operator(%q)", l.text)
}

// operatorForms are the signs of the grammar, longer ones first.
var operatorForms = []string{"**", "<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "%", "^", "<", ">", "!", "(", ")", "[", "]", "{", "}", ",", ":", "?", "."}

// scan cuts a formula into lexemes, of which the last is the end.
func scan(text []rune) ([]lexeme, *mistake) {
	var out []lexeme
	for at := 0; at < len(text); {
		r := text[at]
		if unicode.IsSpace(r) {
			at++
			continue
		}
		l := lexeme{from: at, to: at + 1}
		switch {
		case isDigit(r) || r == '.' && at+1 < len(text) && isDigit(text[at+1]):
			l.kind, l.to = numberLexeme, numberEnd(text, at)
			value, err := strconv.ParseFloat(string(text[at:l.to]), 64)
			if err != nil && value == 0 {
				return nil, &mistake{at, fmt.Sprintf("%q is no number", string(text[at:l.to]))}
			}
			l.value = value
		case isLetter(r):
			for l.kind = nameLexeme; l.to < len(text) && (isLetter(text[l.to]) || isDigit(text[l.to])); l.to++ {
			}
		case strings.ContainsRune("\"'`", r):
			length := slices.Index(text[at+1:], r)
			if length < 0 {
				return nil, &mistake{at, "this text has no end, and texts have no meaning here"}
			}
			l.kind, l.to = quotedLexeme, at+length+2
		default:
			form := operatorAt(text[at:])
			if form == "" {
				return nil, &mistake{at, fmt.Sprintf("unrecognized character %q", r)}
			}
			l.kind, l.to = operatorLexeme, at+len(form)
		}
		l.text = string(text[l.from:l.to])
		at = l.to
		out = append(out, l)
	}
	return append(out, lexeme{from: max(0, len(text)-1), to: len(text)}), nil
}

func operatorAt(text []rune) string {
	for _, form := range operatorForms {
		if len(text) >= len(form) && string(text[:len(form)]) == form {
			return form
		}
	}
	return ""
}

// numberEnd is the end of the number that begins at a rune: digits, a fraction, an exponent.
func numberEnd(text []rune, at int) int {
	digits := func() {
		for at < len(text) && isDigit(text[at]) {
			at++
		}
	}
	digits()
	if at < len(text) && text[at] == '.' {
		at++
		digits()
	}
	if at < len(text) && (text[at] == 'e' || text[at] == 'E') {
		exponent := at + 1
		if exponent < len(text) && (text[exponent] == '+' || text[exponent] == '-') {
			exponent++
		}
		if exponent < len(text) && isDigit(text[exponent]) {
			at = exponent
			digits()
		}
	}
	return at
}

func isDigit(r rune) bool  { return r >= '0' && r <= '9' }
func isLetter(r rune) bool { return r == '_' || unicode.IsLetter(r) }
