package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"syscall"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/report/compare"
)

// The exit codes.
const (
	codeGood          = 0
	codeVerdict       = 1
	codeUsage         = 2
	codeIncomparable  = 3
	codeTooLittleData = 4
	codeFault         = 5
	codeInterrupted   = 130
)

// exitCodes is what each code means: `gdbench help exit-codes` and docs/commands.md are
// made from it.
var exitCodes = []struct {
	code    int
	meaning string
}{
	{codeGood, "success"},
	{codeVerdict, "a verdict against what was tested: a regression, a claim that is refuted or not tested, a failed cell, a failed check"},
	{codeUsage, "the call or a file is wrong, or nothing could run because every cell was skipped"},
	{codeIncomparable, "not comparable: the two runs met different conditions (compare, gate), or the data of the run are not here (verify)"},
	{codeTooLittleData, "underpowered: the loss that the gate must be able to find would not have been found"},
	{codeFault, "the disk or the machine failed (no space, input/output error, no memory, lost output), or gdbench has a bug"},
	{codeInterrupted, "interrupted by SIGINT or SIGTERM"},
}

// exitError is an error with the code that the process ends with.
type exitError struct {
	code  int
	quiet bool // reported already
	error
}

func (e *exitError) Unwrap() error { return e.error }

// usage is a mistake in the call or in a file.
func usage(format string, args ...any) error {
	return &exitError{code: codeUsage, error: fmt.Errorf(format, args...)}
}

// missing is a call whose argument is missing, or that has several where one is expected.
func missing(c *cli.Context, what, expected string) error {
	if c.NArg() > 1 {
		return usage("%s: expected one %s, found %d", c.Command.Name, what, c.NArg())
	}
	return usage("%s: missing %s; expected %s", c.Command.Name, what, expected)
}

// against is a verdict against what was tested.
func against(format string, args ...any) error {
	return &exitError{code: codeVerdict, error: fmt.Errorf(format, args...)}
}

// errInterrupted is the end of a command by the user.
var errInterrupted = errors.New("interrupted")

// exitCode is the one place where errors become codes. A failure of the machine decides
// before what a command made of it. An error without a code is one of the call or its files;
// this includes a missing permission and a path that does not exist, which another call
// avoids.
func exitCode(err error) int {
	var exit *exitError
	switch {
	case err == nil:
		return codeGood
	case errors.Is(err, errInterrupted) || errors.Is(err, context.Canceled):
		return codeInterrupted
	case isMachine(err):
		return codeFault
	case errors.Is(err, compare.ErrIncomparable):
		return codeIncomparable
	case errors.As(err, &exit):
		return exit.code
	}
	return codeUsage
}

// isMachine reports whether the disk or the operating system failed.
func isMachine(err error) bool {
	return errors.Is(err, io.ErrShortWrite) ||
		slices.ContainsFunc(machineErrors, func(e syscall.Errno) bool { return errors.Is(err, e) })
}

func isQuiet(err error) bool {
	var exit *exitError
	return errors.As(err, &exit) && exit.quiet
}

// worst returns the error with the highest code, which is the gravest.
func worst(errs []error) error {
	var gravest error
	for _, err := range errs {
		if err != nil && (gravest == nil || exitCode(err) > exitCode(gravest)) {
			gravest = err
		}
	}
	return gravest
}
