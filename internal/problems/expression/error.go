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
	at := (&file.Error{Location: n.Location()}).Bind(c.source)
	return &Error{c.source.String(), at.Line, at.Column + 1, fmt.Sprintf(format, args...)}
}

// syntaxError gives the parser's error the form of ours.
func syntaxError(text string, err error) error {
	var at *file.Error
	if !errors.As(err, &at) {
		return err
	}
	return &Error{text, at.Line, at.Column + 1, at.Message}
}
