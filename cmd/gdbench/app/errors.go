package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/urfave/cli/v2"
)

// The exit codes.
const (
	codeGood          = 0
	codeVerdict       = 1 // a verdict against: regression, refuted claim, failed cell or check
	codeUsage         = 2 // the call or a file is wrong, or nothing could run
	codeIncomparable  = 3
	codeTooLittleData = 4
	codeInterrupted   = 130
)

// exitError is an error with the code that the process ends with.
type exitError struct {
	code  int
	quiet bool // said already
	error
}

func (e *exitError) Unwrap() error { return e.error }

// usage is a mistake in the call or in a file.
func usage(format string, args ...any) error {
	return &exitError{code: codeUsage, error: fmt.Errorf(format, args...)}
}

// against is a verdict against what was tested.
func against(format string, args ...any) error {
	return &exitError{code: codeVerdict, error: fmt.Errorf(format, args...)}
}

// errInterrupted is the end of a command by the user.
var errInterrupted = errors.New("interrupted")

// exitCode is the one place where errors become codes. An error that says nothing of a
// code is one of the call or its files.
func exitCode(err error) int {
	var exit *exitError
	switch {
	case err == nil:
		return codeGood
	case errors.Is(err, errInterrupted) || errors.Is(err, context.Canceled):
		return codeInterrupted
	case errors.As(err, &exit):
		return exit.code
	}
	return codeUsage
}

func isQuiet(err error) bool {
	var exit *exitError
	return errors.As(err, &exit) && exit.quiet
}

func suggestCommand(c *cli.Context) string {
	var names []string
	for _, command := range c.App.Commands {
		names = append(names, command.Name)
	}
	return param.Suggest(c.Args().First(), names)
}
