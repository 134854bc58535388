package app

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// notifyInterrupts ends the first context at the first SIGINT or SIGTERM, the second at
// the second.
func notifyInterrupts(parent context.Context) (interrupts, func()) {
	gently, endGently := context.WithCancelCause(parent)
	now, endNow := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		for _, end := range []context.CancelCauseFunc{endGently, endNow} {
			select {
			case <-signals:
				end(errInterrupted)
			case <-done:
				return
			}
		}
	}()
	return interrupts{gently, now}, func() {
		signal.Stop(signals)
		close(done)
		endGently(nil)
		endNow(nil)
	}
}
