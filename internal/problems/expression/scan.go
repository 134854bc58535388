package expression

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
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
func scan(text string) ([]lexeme, *mistake) {
	var out []lexeme
	at := 0
	for rest := text; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		l := lexeme{from: at, text: rest[:size]}
		switch number := numberForm.FindString(rest); {
		case unicode.IsSpace(r):
			at, rest = at+1, rest[size:]
			continue
		case number != "":
			value, err := strconv.ParseFloat(number, 64)
			if err != nil && value == 0 {
				return nil, &mistake{at, fmt.Sprintf("%q is no number", number)}
			}
			l.kind, l.text, l.value = numberLexeme, number, value
		case isLetter(r):
			l.kind, l.text = nameLexeme, rest[:len(rest)-len(strings.TrimLeftFunc(rest, inName))]
		case strings.ContainsRune("\"'`", r):
			length := strings.IndexRune(rest[size:], r)
			if length < 0 {
				return nil, &mistake{at, "this text has no end, and texts have no meaning here"}
			}
			l.kind, l.text = quotedLexeme, rest[:length+2]
		default:
			form := slices.IndexFunc(operatorForms, func(form string) bool { return strings.HasPrefix(rest, form) })
			if form < 0 {
				return nil, &mistake{at, fmt.Sprintf("unrecognized character %q", r)}
			}
			l.kind, l.text = operatorLexeme, operatorForms[form]
		}
		at, rest = at+utf8.RuneCountInString(l.text), rest[len(l.text):]
		l.to = at
		out = append(out, l)
	}
	return append(out, lexeme{from: max(0, at-1), to: at}), nil
}

func isLetter(r rune) bool { return r == '_' || unicode.IsLetter(r) }

func inName(r rune) bool { return isLetter(r) || r >= '0' && r <= '9' }
