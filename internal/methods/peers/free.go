package peers

import (
	"fmt"
	"math"
	"runtime"
	"slices"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/optimize"
)

// free drives one of gonum's methods without gradients. It is embedded in each of them.
//
// Their machine is not exported, only the loop that sends requests over a channel and waits for
// answers. The loop runs in a goroutine; the requests are answered in Step, one at a time, so
// that evaluations, and panics in a problem, stay there.
type free struct {
	oracle *methods.Oracle
	*conversation
}

// conversation holds our ends of the channels. The goroutine has no reference to it, so that
// the loop ends once the method is no longer in use.
type conversation struct {
	requests <-chan optimize.Task
	answers  chan<- optimize.Task
	failed   <-chan any // what the loop panicked with, or nil at its end
	next     optimize.Task
}

// begin starts gonum's loop at x, up to its first request.
func (m *free) begin(o *methods.Oracle, x []float64, method optimize.Method) error {
	if o.Batched() {
		return &problems.Missing{What: "exact values: gonum's methods do not know batches"}
	}
	requests, failed := make(chan optimize.Task, 1), make(chan any, 1)
	answers := make(chan optimize.Task, 1)
	method.Init(len(x), 1)
	start := optimize.Task{Location: &optimize.Location{X: slices.Clone(x)}}
	go func() {
		defer func() { failed <- recover() }()
		method.Run(requests, answers, []optimize.Task{start})
	}()
	*m = free{oracle: o, conversation: &conversation{requests: requests, answers: answers, failed: failed}}
	runtime.AddCleanup(m.conversation, end, answers)
	return m.listen()
}

// end tells gonum's loop, which waits for an answer, to end.
func end(answers chan optimize.Task) {
	answers <- optimize.Task{Op: optimize.PostIteration}
	close(answers)
}

// listen waits for the next request.
func (m *free) listen() error {
	select {
	case m.next = <-m.requests:
		return nil
	case fault := <-m.failed:
		return fmt.Errorf("gonum's method panicked: %v", fault)
	}
}

// advance answers requests until gonum's next major iteration, or its end.
func (m *free) advance() (values int, err error) {
	for m.next.Op == optimize.FuncEvaluation {
		m.next.F = m.oracle.Value(m.next.X)
		values++
		m.answers <- m.next
		if err := m.listen(); err != nil {
			return values, err
		}
	}
	return values, nil
}

// Step is one major iteration: a move of the simplex, or a generation.
func (m *free) Step(at *methods.Iterate) error {
	switch m.next.Op {
	case optimize.MethodDone:
		return methods.Stalled("gonum's method has ended by its own test")
	case optimize.MajorIteration:
		m.answers <- m.next
		if err := m.listen(); err != nil {
			return err
		}
	}
	values, err := m.advance()
	if err != nil {
		return err
	}
	at.Trials, at.Length, at.Slope = values, math.NaN(), math.NaN()
	m.show(at)
	return nil
}

// show copies gonum's best point. Its gradient stays known where the point is the same.
func (m *free) show(at *methods.Iterate) {
	at.HasGrad = at.HasGrad && slices.Equal(at.X, m.next.X)
	copy(at.X, m.next.X)
	at.F, at.HasF = m.next.F, true
}

// Inexact says that gonum chooses its kernels by processor.
func (*free) Inexact() string { return (*peer)(nil).Inexact() }
