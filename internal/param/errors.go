package param

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// Position is a place in a suite file or on the command line. Line and Column count
// from 1; a zero Line means that only File is known.
type Position struct {
	File         string
	Line, Column int
}

func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.File == "":
		return fmt.Sprintf("%d:%d", p.Line, p.Column)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Error is a mistake in the input, with its place.
type Error struct {
	Position Position
	Message  string
}

func (e *Error) Error() string {
	if at := e.Position.String(); at != "" {
		return at + ": " + e.Message
	}
	return e.Message
}

// Source names the file that nodes come from, for messages.
type Source string

// At is the position of a node.
func (s Source) At(n *yaml.Node) Position {
	return Position{File: string(s), Line: n.Line, Column: n.Column}
}

// Errorf is an error at a node.
func (s Source) Errorf(n *yaml.Node, format string, args ...any) error {
	return &Error{Position: s.At(n), Message: fmt.Sprintf(format, args...)}
}
