//go:build !js

package app

import (
	"os/signal"
	"syscall"
)

// ignoreClosedOutput makes a write to a pipe without a reader an error instead of the end.
func ignoreClosedOutput() { signal.Ignore(syscall.SIGPIPE) }
