package process

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/wire"
	"github.com/gdbench/gdbench/problems"
)

// problem is a problem that another process evaluates. Any idle process of the hub answers, so
// that one problem serves all workers.
type problem struct {
	hub      *Hub
	about    *wire.Component
	settings any

	build *wire.Build
	built *wire.Built
	facts *problems.Facts
}

var (
	_ problems.Problem        = (*problem)(nil)
	_ problems.Builder        = (*problem)(nil)
	_ problems.Describer      = (*problem)(nil)
	_ problems.Selective      = (*problem)(nil)
	_ problems.Hessian        = (*problem)(nil)
	_ problems.HessianProduct = (*problem)(nil)
	_ problems.Residuals      = (*problem)(nil)
	_ problems.FiniteSum      = (*problem)(nil)
	_ problems.Composite      = (*problem)(nil)
	_ problems.Diagnostics    = (*problem)(nil)
	_ problems.Approximate    = (*problem)(nil)
	_ problems.Shapes         = (*problem)(nil)
	_ param.Holder            = (*problem)(nil)
)

func (p *problem) Component() any         { return p.settings }
func (p *problem) Dim() int               { return p.built.Dim }
func (p *problem) Facts() *problems.Facts { return p.facts }
func (p *problem) Samples() int           { return p.built.Samples }
func (p *problem) ResidualCount() int     { return p.built.Residuals }
func (p *problem) Approximate() bool      { return p.built != nil && p.built.Approximate }
func (p *problem) DiagnosticNames() []string {
	return p.built.Diagnostics
}

// Shapes are the blocks that the process states, one after another.
func (p *problem) Shapes() []problems.Block {
	var blocks []problems.Block
	at := 0
	for _, b := range p.built.Shapes {
		block := problems.Block{Name: b.Name, Kind: problems.BlockKind(b.Kind), Rows: b.Rows, Columns: b.Columns, Offset: at}
		blocks = append(blocks, block)
		at += block.Size()
	}
	return blocks
}

// capabilities are what a process may offer, by the interfaces here.
var capabilities = map[reflect.Type]string{
	reflect.TypeFor[problems.Hessian]():        wire.OfferHessian,
	reflect.TypeFor[problems.HessianProduct](): wire.OfferHessianProduct,
	reflect.TypeFor[problems.Residuals]():      wire.OfferResiduals,
	reflect.TypeFor[problems.FiniteSum]():      wire.OfferSamples,
	reflect.TypeFor[problems.Composite]():      wire.OfferProx,
}

// Offers answers problems.As. Before it is built a problem offers nothing.
func (p *problem) Offers(capability reflect.Type, _ bool) bool {
	switch what, optional := capabilities[capability]; {
	case p.built == nil:
		return !optional
	case optional:
		return slices.Contains(p.built.Offers, what)
	case capability == reflect.TypeFor[problems.Diagnostics]():
		return len(p.built.Diagnostics) > 0
	case capability == reflect.TypeFor[problems.Shapes]():
		return len(p.built.Shapes) > 0
	}
	return true
}

// Build makes the problem in a process, and checks what it says of itself.
func (p *problem) Build(env problems.Env) error {
	b := &wire.Build{Problem: p.about.Name, Parameters: param.Values(p.settings), Seed: env.Rand("process").Uint64() >> 11, Dir: env.Dir}
	var err error
	if b.Number, err = p.hub.number(fmt.Sprintf("%s %v %s", env.Name, b.Parameters, env.Dir)); err != nil {
		return err
	}
	p.build = b
	w, err := p.hub.take()
	if err != nil {
		return err
	}
	built, err := w.build(b)
	if err != nil {
		return p.failed(w, err)
	}
	p.hub.give(w)
	if p.facts, err = factsOf(built); err != nil {
		return err
	}
	p.built = built
	return p.verify()
}

// build makes a problem in this process.
func (w *worker) build(b *wire.Build) (*wire.Built, error) {
	answer, err := w.Request(wire.Control{Build: b})
	switch {
	case err != nil:
		return nil, err
	case answer.Built == nil:
		return nil, errors.New("sent a line without built; expected {\"built\": …}")
	}
	w.built[b.Number] = true
	return answer.Built, nil
}

// failed says what an error means: a process that has reported it goes on, any other ends.
func (p *problem) failed(w *worker, err error) error {
	var reported *wire.Reported
	if errors.As(err, &reported) {
		p.hub.give(w)
		return err
	}
	return p.hub.drop(w, err)
}

// ask has a process answer a question. One that has ended, not because of this question, is
// replaced: the answer is the same in another.
func (p *problem) ask(kind wire.Kind, question func(*worker), into func(*worker, wire.Head) error) {
	for attempt, generation := 0, p.hub.generation(); ; attempt++ {
		w, err := p.hub.take()
		if err == nil {
			if err = p.askOnce(w, kind, question, into); err == nil {
				p.hub.give(w)
				return
			}
			again := attempt == 0 && w.isBroken(err) && w.Gone() && generation == p.hub.generation()
			err = p.failed(w, err)
			if again {
				continue
			}
		}
		panic(problems.Failure{Err: err})
	}
}

// isBroken reports whether an error is of the pipe, and no report of the process.
func (w *worker) isBroken(err error) bool {
	var reported *wire.Reported
	return !errors.As(err, &reported) && !errors.Is(err, wire.ErrSilent)
}

func (p *problem) askOnce(w *worker, kind wire.Kind, question func(*worker), into func(*worker, wire.Head) error) error {
	if !w.built[p.build.Number] {
		if _, err := w.build(p.build); err != nil {
			return err
		}
	}
	w.Begin(kind, p.build.Number)
	question(w)
	head, err := w.Ask(kind)
	if err != nil {
		return err
	}
	return into(w, head)
}

func (p *problem) Evaluate(x, grad []float64) (f float64) {
	kind := wire.Evaluate
	if grad == nil {
		kind = wire.Value
	}
	p.ask(kind, func(w *worker) { w.Floats(x...) }, func(w *worker, head wire.Head) error {
		err := w.ReadFloats(head, w.one[:], grad)
		f = w.one[0]
		return err
	})
	return f
}

func (p *problem) EvaluateOn(x, grad []float64, batch []int32) (f float64) {
	room := grad
	if room == nil {
		room = make([]float64, len(x))
	}
	p.ask(wire.On, func(w *worker) { w.Floats(x...); w.Indices(batch) }, func(w *worker, head wire.Head) error {
		err := w.ReadFloats(head, w.one[:], room)
		f = w.one[0]
		return err
	})
	return f
}

func (p *problem) HessianProduct(x, v, hv []float64) {
	p.ask(wire.HessianProduct, func(w *worker) { w.Floats(x...); w.Floats(v...) }, func(w *worker, head wire.Head) error {
		return w.ReadFloats(head, hv)
	})
}

func (p *problem) Hessian(x []float64, h *mat.SymDense) {
	n := len(x)
	rows := make([]float64, n*n)
	p.ask(wire.Hessian, func(w *worker) { w.Floats(x...) }, func(w *worker, head wire.Head) error {
		return w.ReadFloats(head, rows)
	})
	for i := range n {
		for j := i; j < n; j++ {
			h.SetSym(i, j, rows[i*n+j])
		}
	}
}

func (p *problem) Residuals(x, r []float64) {
	p.ask(wire.Residuals, func(w *worker) { w.Floats(x...) }, func(w *worker, head wire.Head) error {
		return w.ReadFloats(head, r)
	})
}

func (p *problem) Jacobian(x []float64, jac *mat.Dense) {
	r, rows := make([]float64, p.built.Residuals), make([]float64, p.built.Residuals*len(x))
	p.ask(wire.Jacobian, func(w *worker) { w.Floats(x...) }, func(w *worker, head wire.Head) error {
		return w.ReadFloats(head, r, rows)
	})
	jac.Copy(mat.NewDense(len(r), len(x), rows))
}

func (p *problem) Rest(x []float64) (h float64) {
	p.ask(wire.Rest, func(w *worker) { w.Floats(x...) }, func(w *worker, head wire.Head) error {
		err := w.ReadFloats(head, w.one[:])
		h = w.one[0]
		return err
	})
	return h
}

func (p *problem) Prox(dst, x []float64, t float64) {
	p.ask(wire.Prox, func(w *worker) { w.Floats(t); w.Floats(x...) }, func(w *worker, head wire.Head) error {
		return w.ReadFloats(head, dst)
	})
}

func (p *problem) Diagnostics(x, into []float64) {
	p.ask(wire.Numbers, func(w *worker) { w.Floats(x...) }, func(w *worker, head wire.Head) error {
		return w.ReadFloats(head, into)
	})
}
