package expression

import (
	"errors"
	"fmt"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// Error is a mistake in an expression, with its place.
type Error struct {
	Expression   string
	Line, Column int // from 1, in characters
	Message      string
}

// Error names the place and shows it.
func (e *Error) Error() string {
	at := fmt.Sprintf("column %d", e.Column)
	lines := strings.Split(e.Expression, "\n")
	if len(lines) > 1 {
		at = fmt.Sprintf("line %d, %s", e.Line, at)
	}
	if e.Line < 1 || e.Line > len(lines) {
		return at + ": " + e.Message
	}
	// A long line is cut to the neighbourhood of the mistake.
	const before, after = 40, 30
	line := []rune(lines[e.Line-1])
	from, to := max(0, e.Column-1-before), min(len(line), e.Column-1+after)
	from = min(from, to)
	shown := strings.ReplaceAll(string(line[from:to]), "\t", " ")
	return fmt.Sprintf("%s: %s\n    %s\n    %s^", at, e.Message, shown, strings.Repeat(" ", max(0, e.Column-1-from)))
}

// fail is an error at a node.
func (c *compiler) fail(n ast.Node, format string, args ...any) error {
	return placedAt(c.spelling.source, c.spelling.place(n.Location().From), fmt.Sprintf(format, args...))
}

// syntaxError gives the parser's error the form of ours.
func (s *spelling) syntaxError(err error) error {
	var at *file.Error
	if !errors.As(err, &at) {
		return placedAt(s.source, 0, err.Error())
	}
	return placedAt(s.source, s.place(at.From), at.Message+s.hint())
}

// hint is the spelling of what the formula seems to be, from a language whose grammar is another
// one.
func (s *spelling) hint() string {
	for _, t := range s.tokens {
		switch {
		case t.text == "for":
			return "; a sum is written sum(i, 0, n-1, x[i]^2)"
		case t.text == "if", t.text == "else":
			return "; a choice is written x > 0 ? x^2 : 0"
		case t.text == "|":
			return "; an absolute value is written abs(x)"
		case t.text == "\\":
			return "; a formula has no backslashes: sqrt(x), x/y, sum(i, 0, n-1, x[i]^2)"
		case t.text == "=":
			return "; expected the formula alone"
		}
	}
	return ""
}
