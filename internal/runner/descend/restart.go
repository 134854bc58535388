package descend

import (
	"math"
	"math/rand/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// restarts draws further starts for a run whose descents end before its targets are met, as
// methods that find one minimum are used where there are many (Hansen et al. 2021,
// doi:10.1080/10556788.2020.1808977, section 3). The k-th further start is the same for all methods.
type restarts struct {
	build func() (methods.Method, error)
	start func(x []float64) error

	count int
	asked int64 // evaluations before the last start
	best  []float64
	value float64 // at best, the lowest end of the descents before
}

// restarting is what restarts the runs of a cell; nil where its method does not ask for that.
func (w *Worker) restarting(c suite.Cell, b *prepare.Built, seed problems.Seed) *restarts {
	if !c.Method.Keys.Multistart {
		return nil
	}
	var stream *rand.Rand
	return &restarts{
		build: func() (methods.Method, error) {
			made, err := w.pair(c).build(b)
			if err != nil {
				return nil, err
			}
			behind, err := traits.Behind(made, b.Facts)
			if err == nil {
				err = methods.Resolve(behind, b.Facts)
			}
			return behind, err
		},
		start: func(x []float64) error {
			if stream == nil {
				stream = seed.Rand("restart")
			}
			err := c.Problem.Keys.Start.Start(b.Facts, x, stream)
			prepare.Confine(w.observed, x)
			return err
		},
		value: math.Inf(1),
	}
}

// mayRestart reports whether a descent that has ended so is followed by another one: a target
// is open, the stop at a gap is not met, the budget is not spent, and the descent has asked for
// something. Without the last, a method that cannot begin anywhere would be started for ever.
func (d *descent) mayRestart(v ending) bool {
	switch o := d.observer; {
	case d.restarts == nil, v.status != results.Stalled && v.status != results.Converged, !o.open(), o.gap() <= o.gapStop:
		return false
	case d.k >= d.limits.iterations, d.limits.metered && d.spent():
		return false
	}
	return d.oracle.Counts().Evaluations > d.restarts.asked
}

// again begins another descent from another start, which is an iteration: the iterate moves.
func (d *descent) again() (ending, error) {
	r := d.restarts
	r.keep(d)
	r.asked = d.oracle.Counts().Evaluations
	traits.Release(d.method)
	var err error
	if d.method, err = r.build(); err != nil {
		return ending{}, err
	}
	d.at = newIterate(len(d.at.X))
	if err := r.start(d.at.X); err != nil {
		return ending{}, err
	}
	r.count++
	d.k++
	d.keep()
	d.observer.spoiled, d.observer.ready, d.observer.grad = false, false, nil
	refused := d.begin()
	if refused != nil && refused != errRefused {
		return ending{}, refused
	}
	d.observer.prompt = !d.limits.metered && !d.oracle.Batched() && methods.AsksOnlyGradient(d.method)
	v := d.observer.look(d.k, &d.at)
	if d.k >= d.next {
		d.recordDue()
	}
	if v.status == "" && (refused != nil || d.k >= d.limits.iterations || d.limits.metered && d.spent()) {
		v = d.spending()
	}
	return v, nil
}

// keep remembers the end of a descent, where none before has ended lower.
func (r *restarts) keep(d *descent) {
	if d.observer.complete(&d.at); d.observer.value < r.value {
		r.best, r.value = append(r.best[:0], d.at.X...), d.observer.value
	}
}

// giveBest ends the run at the lowest end of its descents, which is one more iteration where
// that was not the last of them.
func (d *descent) giveBest(v ending) ending {
	r := d.restarts
	if r == nil || r.count == 0 {
		return v
	}
	v.message += "; " + english.Count(r.count, "restart")
	if d.observer.complete(&d.at); d.observer.value <= r.value {
		return v
	}
	d.k++
	d.at = methods.Iterate{Point: methods.Point{X: r.best, Grad: make([]float64, len(r.best))}, Length: math.NaN(), Slope: math.NaN()}
	d.observer.spoiled, d.observer.ready, d.observer.grad, d.observer.prompt = false, false, nil, false
	d.observer.look(d.k, &d.at) // its ending is that of a descent before
	return v
}
