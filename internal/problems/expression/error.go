package expression

import (
	"fmt"
	"strings"
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
func (c *compiler) fail(n *node, format string, args ...any) error {
	return placedAt(c.spelling.source, c.spelling.place(n.at), fmt.Sprintf(format, args...))
}

// syntaxError is a mistake of the syntax at its place in the formula as it was typed.
func (s *spelling) syntaxError(wrong *mistake) error {
	return placedAt(s.source, s.place(wrong.at), wrong.message+s.hint())
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
