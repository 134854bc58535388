package app

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// interrupts are the two ways in which a user ends a run.
type interrupts struct {
	gently context.Context // first signal: finish the cells in flight
	now    context.Context // second signal: drop them
}

// notifyInterrupts ends the first context at the first SIGINT or SIGTERM, the second at
// the second; a third ends the process. Meanwhile a reader of the output who leaves, as head
// does, ends nothing: the run files matter more than what a run prints.
func notifyInterrupts(parent context.Context) (interrupts, func()) {
	gently, endGently := context.WithCancelCause(parent)
	now, endNow := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 2)
	ignoreClosedOutput()
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
		signal.Stop(signals)
	}()
	return interrupts{gently, now}, func() {
		signal.Stop(signals)
		close(done)
		endGently(nil)
		endNow(nil)
	}
}
