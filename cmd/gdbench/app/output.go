package app

import (
	"errors"
	"fmt"
	"io"
	"syscall"
)

// output is where results go. It keeps its first failure, so that no command has to ask
// after each line whether it arrived.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// judge is the end of a command whose results may not have arrived. A reader who left is no
// failure: whether a command goes on without one is decided by signals.
func (o *output) judge(err error) error {
	if o.err == nil || errors.Is(o.err, syscall.EPIPE) {
		return err
	}
	if errors.Is(err, o.err) { // the command has said so
		err = nil
	}
	lost := fmt.Errorf("the output is incomplete: %w; free space or redirect it elsewhere, then call again", o.err)
	return &exitError{code: max(codeFault, exitCode(err)), error: errors.Join(err, lost)}
}
