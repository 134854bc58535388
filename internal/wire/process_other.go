//go:build !unix

package wire

import (
	"errors"
	"os/exec"
)

// launch refuses: file descriptors cannot be passed here.
func launch(*exec.Cmd) error {
	return errors.New("processes are supported on Unix only; this system cannot pass file descriptors to them")
}

func kill(*exec.Cmd) {}

func forget(*exec.Cmd) {}
