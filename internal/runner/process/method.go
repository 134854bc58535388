package process

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/internal/wire"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// method is a method that runs in another process.
type method struct {
	hub      *Hub
	about    *wire.Component
	settings any

	oracle *methods.Oracle
	start  wire.Start
	worker *worker // nil before the first step, and after the run
	room   room
	served bool // a question was answered
	silent int  // iterates since the last question
	idle   int  // iterates and questions since x moved or something was asked that a budget counts
}

var (
	_ methods.Method   = (*method)(nil)
	_ methods.Proximal = (*method)(nil)
	_ methods.Informed = (*method)(nil)
	_ methods.Inexact  = (*method)(nil)
	_ problems.Random  = (*method)(nil)
	_ param.Holder     = (*method)(nil)
	_ io.Closer        = (*method)(nil)
)

// room is memory for questions and answers.
type room struct {
	x, v, answer []float64
	matrix       *mat.Dense
	symmetric    *mat.SymDense
}

func (m *method) Component() any { return m.settings }
func (m *method) Proximal() bool { return m.about.Proximal }
func (m *method) Random() bool   { return m.about.Random }
func (m *method) Inexact() string {
	return "computed by another program (" + m.hub.Command() + ")"
}

// Asked reports whether its iterates are the points that it asks about.
func (m *method) Asked() bool { return m.about.Asked }

func (m *method) Requires(*methods.Oracle) []string {
	if slices.Contains(m.about.Needs, methods.HorizonFact) {
		return []string{methods.HorizonFact}
	}
	return nil
}

// Init finds out whether the problem has what the method needs. The process begins with the
// first step.
func (m *method) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.oracle, m.worker, m.served, m.silent, m.idle = o, nil, false, 0, 0
	m.start = wire.Start{Method: m.about.Name, Parameters: param.Values(m.settings), Dim: o.Dim(), Samples: o.Samples(), Batched: o.Batched(), Offers: []string{}}
	if o.Batched() && !m.about.Batches {
		return &problems.Missing{What: "values and gradients of the whole objective, without batches and noise"}
	}
	for _, offer := range offers {
		needed := slices.Contains(m.about.Needs, offer)
		if offer == wire.OfferHessian && !needed {
			continue // to ask for room is to take it
		}
		switch err := m.offered(offer); {
		case err == nil:
			m.start.Offers = append(m.start.Offers, offer)
		case needed:
			return err
		}
	}
	if slices.Contains(m.about.Needs, methods.HorizonFact) {
		if m.start.Horizon = o.Horizon(); m.start.Horizon == 0 {
			return &problems.Missing{What: "a budget of iterations"}
		}
	}
	if m.about.Random {
		m.start.Seed = o.Rand().Uint64()
	}
	n := o.Dim()
	m.room = room{x: make([]float64, n), answer: make([]float64, n+1)}
	return nil
}

// offered is an error where the oracle does not offer something, and notes what there is to
// know of it.
func (m *method) offered(what string) (err error) {
	o := m.oracle
	switch what {
	case wire.OfferHessian:
		err = o.NeedHessian()
	case wire.OfferHessianProduct:
		err = o.NeedHessianProduct()
	case wire.OfferResiduals:
		m.start.Residuals, err = o.ResidualCount()
	case wire.OfferSamples:
		err = o.NeedSamples()
	case wire.OfferProx:
		if !o.Composite() {
			err = &problems.Missing{What: "a part with a proximal operator"}
		}
	}
	return err
}

// mostIdle is how many iterates at one point, and questions that no budget counts, may follow each
// other. A trust region whose radius has shrunk to nothing asks for Hessian products for ever.
// Inner iterations are fewer than a hundred for each variable.
func (m *method) mostIdle() int { return maxSilent + 100*len(m.room.x) }

// maxSilent is how many iterates a process may announce without a question between them.
const maxSilent = 10_000

// Step releases the process, and answers it until it announces its next iterate.
func (m *method) Step(at *methods.Iterate) error {
	at.HasF, at.HasGrad, at.Trials, at.Length, at.Slope = false, false, 0, math.NaN(), math.NaN()
	if m.worker == nil {
		if err := m.begin(at.X); err != nil {
			return err
		}
	}
	for {
		head, err := m.worker.Next()
		if err != nil && !m.served && m.worker.Gone() { // it had ended before it began
			err = m.again(at.X)
			if err == nil {
				continue
			}
		}
		if err != nil {
			return m.lost(err)
		}
		moved, err := m.handle(head, at)
		if err != nil || moved {
			return err
		}
	}
}

// begin starts the run in a process.
func (m *method) begin(x []float64) error {
	w, err := m.hub.take()
	if err != nil {
		return err
	}
	m.worker = w
	if err = w.Pending(); err == nil {
		if err = w.Tell(wire.Control{Run: &m.start}); err == nil {
			err = w.Send(wire.Iterate, 0, x...)
		}
	}
	if err != nil && !m.served && w.Gone() {
		return m.again(x)
	}
	if err != nil {
		return m.lost(err)
	}
	return nil
}

// again begins in another process in place of one that has ended while it was idle.
func (m *method) again(x []float64) error {
	_ = m.lost(io.EOF)
	m.served = true // one that ends again does so because of this run
	return m.begin(x)
}

// lost gives up a process that cannot go on.
func (m *method) lost(err error) error {
	w := m.worker
	m.worker = nil
	if w == nil {
		return err
	}
	return m.hub.drop(w, err)
}

// handle answers a question, or takes over an iterate. A question that the oracle refuses
// unwinds from here; Close then ends the run.
func (m *method) handle(head wire.Head, at *methods.Iterate) (moved bool, err error) {
	w := m.worker
	switch head.Kind {
	case wire.Line:
		c, err := w.Control()
		switch {
		case err != nil:
			return false, m.lost(err)
		case c.Error != "":
			m.free()
			return false, errors.New(c.Error)
		case c.Done != nil:
			m.free()
			return false, methods.Stalled("the method ended: %s", c.Done.Message)
		}
		return false, m.lost(errors.New("sent a line that is neither done nor an error while a method runs"))
	case wire.Iterate:
		if err := w.ReadFloats(head, m.room.x); err != nil {
			return false, m.lost(err)
		}
		if !vec.SameBits(m.room.x, at.X) {
			m.idle = 0
		}
		copy(at.X, m.room.x)
		if m.silent++; m.silent >= maxSilent {
			return false, m.lost(fmt.Errorf("announced %d iterates without a question", m.silent))
		}
		return true, m.rests(head.Kind)
	}
	m.served, m.silent = true, 0
	if err := m.rests(head.Kind); err != nil {
		return false, err
	}
	asked, err := m.answer(head)
	if err != nil {
		return false, m.lost(err)
	}
	if asked && m.about.Asked {
		copy(at.X, m.room.x)
		return true, nil
	}
	return false, nil
}

// rests is an error where a method has neither moved nor asked what a budget counts for too long.
func (m *method) rests(kind wire.Kind) error {
	switch kind {
	case wire.Iterate, wire.HessianProduct, wire.Hessian, wire.Prox, wire.Batch, wire.Ping:
		if m.idle++; m.idle > m.mostIdle() {
			return methods.Stalled("the method has stayed at one point for %d iterates and questions, and asked for no value or gradient", m.idle)
		}
	default:
		m.idle = 0
	}
	return nil
}

// free gives the process back.
func (m *method) free() {
	m.hub.give(m.worker)
	m.worker = nil
}

// endPatience is how long a method may take to notice that its run is over.
const endPatience = 5 * time.Second

// Close ends the run in the process: its next question is answered by a refusal.
func (m *method) Close() error {
	w := m.worker
	if w == nil {
		return nil
	}
	m.worker = nil
	w.SetTimeout(min(m.hub.Timeout, endPatience))
	if err := drain(w); err != nil {
		_ = m.hub.drop(w, err)
		return nil
	}
	w.SetTimeout(m.hub.Timeout)
	m.hub.give(w)
	return nil
}

// drain tells a process that its run is over, and drops what it sends until it says so, too.
func drain(w *worker) error {
	if err := w.Send(wire.Stop, 0); err != nil {
		return err
	}
	for range maxSilent {
		head, err := w.Next()
		if err != nil {
			return err
		}
		if head.Kind == wire.Line {
			c, err := w.Control()
			if err != nil || c.Done == nil && c.Error == "" {
				return fmt.Errorf("sent a line at the end of a run that is neither done nor an error: %w", err)
			}
			return nil
		}
		if err := w.Skip(head); err != nil {
			return err
		}
	}
	return errors.New("did not end its run")
}
