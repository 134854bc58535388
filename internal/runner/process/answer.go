package process

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/wire"
)

// answer answers a question by the oracle; asked reports whether it was for a gradient, or for
// what a least-squares method has in its place.
func (m *method) answer(head wire.Head) (asked bool, err error) {
	w, o, x, answer := m.worker, m.oracle, m.room.x, m.room.answer
	n := len(x)
	switch head.Kind {
	case wire.Batch:
		if err := w.ReadFloats(head); err != nil {
			return false, err
		}
		w.Begin(head.Kind.Answer(), 0)
		w.Indices(o.NextBatch())
		return false, w.End()
	case wire.On:
		return true, m.answerOn(head)
	case wire.HessianProduct:
		return false, m.answerProduct(head)
	case wire.Prox:
		if err := w.ReadFloats(head, answer[:1], x); err != nil {
			return false, err
		}
		o.Prox(x, x, answer[0])
		return false, w.Send(head.Kind.Answer(), 0, x...)
	}
	if err := w.ReadFloats(head, x); err != nil {
		return false, err
	}
	switch head.Kind {
	case wire.Value:
		answer[0] = o.Value(x)
		return false, w.Send(head.Kind.Answer(), 0, answer[:1]...)
	case wire.Gradient:
		o.Gradient(x, answer[:n])
		return true, w.Send(head.Kind.Answer(), 0, answer[:n]...)
	case wire.Evaluate:
		answer[0] = o.Evaluate(x, answer[1:])
		return true, w.Send(head.Kind.Answer(), 0, answer...)
	case wire.Rest:
		answer[0] = o.Rest(x)
		return false, w.Send(head.Kind.Answer(), 0, answer[:1]...)
	case wire.Hessian:
		return false, m.answerHessian()
	case wire.Residuals, wire.Jacobian:
		return head.Kind == wire.Jacobian, m.answerResiduals(head.Kind)
	case wire.Ping:
		return false, w.Send(head.Kind.Answer(), 0, x...)
	}
	return false, fmt.Errorf("sent a frame %v, which is no question", head.Kind)
}

// answerOn answers for samples that the method has chosen itself.
func (m *method) answerOn(head wire.Head) error {
	w, o := m.worker, m.oracle
	batch, err := w.ReadIndices(head, m.room.x, nil)
	if err != nil {
		return err
	}
	for _, i := range batch {
		if i < 0 || int(i) >= o.Samples() {
			return fmt.Errorf("asked about sample %d; there are %d", i, o.Samples())
		}
	}
	if len(batch) == 0 {
		return fmt.Errorf("asked about no sample")
	}
	f, err := o.EvaluateOn(m.room.x, m.room.answer[1:], batch)
	if err != nil {
		return err
	}
	m.room.answer[0] = f
	return w.Send(head.Kind.Answer(), 0, m.room.answer...)
}

func (m *method) answerProduct(head wire.Head) error {
	if m.room.v == nil {
		m.room.v = make([]float64, len(m.room.x))
	}
	w, hv := m.worker, m.room.answer[1:]
	if err := w.ReadFloats(head, m.room.x, m.room.v); err != nil {
		return err
	}
	if err := m.oracle.HessianProduct(m.room.x, m.room.v, hv); err != nil {
		return err
	}
	return w.Send(head.Kind.Answer(), 0, hv...)
}

func (m *method) answerHessian() error {
	n := len(m.room.x)
	if err := m.oracle.NeedHessian(); err != nil { // no room, or none
		return err
	}
	if m.room.symmetric == nil {
		m.room.symmetric = mat.NewSymDense(n, nil)
	}
	if err := m.oracle.Hessian(m.room.x, m.room.symmetric); err != nil {
		return err
	}
	w := m.worker
	w.Begin(wire.Hessian.Answer(), 0)
	for i := range n {
		for j := range n {
			w.Floats(m.room.symmetric.At(i, j))
		}
	}
	return w.End()
}

func (m *method) answerResiduals(kind wire.Kind) error {
	count, err := m.oracle.ResidualCount()
	if err != nil {
		return err
	}
	r := make([]float64, count)
	var jac *mat.Dense
	if kind == wire.Jacobian {
		if err := m.oracle.NeedDense(count); err != nil {
			return err
		}
		if m.room.matrix == nil {
			m.room.matrix = mat.NewDense(count, len(m.room.x), nil)
		}
		jac = m.room.matrix
	}
	if err := m.oracle.Residuals(m.room.x, r, jac); err != nil {
		return err
	}
	w := m.worker
	w.Begin(kind.Answer(), 0)
	w.Floats(r...)
	if jac != nil {
		w.Floats(jac.RawMatrix().Data...)
	}
	return w.End()
}
