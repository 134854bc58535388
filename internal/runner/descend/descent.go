package descend

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// descent is one run of a method on a problem.
type descent struct {
	method   methods.Method
	oracle   *problems.Oracle
	at       methods.Iterate
	observer *observer
	watch    problems.Watch
	limits   limits
	schedule *schedule
	trace    *results.Trace // nil: none
	keepPath bool
	room     int64 // points that the trace may have
	watched  *diagnostics
	checker  *theory.Checker // nil where no theorem applies
	restarts *restarts       // nil: none

	pair    *pairing
	memory  **int64 // of the record: what the method keeps
	started time.Time
	k       int             // iterations done
	kept    methods.Iterate // the iterate after them, where a step may be cut short by a budget
	next    int             // iteration that the trace records next
	due     int64           // samples at which the next look is due
	looks   int64           // those that were due
	expired atomic.Bool     // set by the clock
	stopped *atomic.Bool    // set when the whole suite is to end now

	allIterations string // message of a run that spends its budget of iterations
}

// newIterate is room for an iterate of n variables.
func newIterate(n int) methods.Iterate {
	room := make(vec.Room, 2*n)
	return methods.Iterate{Point: methods.Point{X: room.Take(n), Grad: room.Take(n)}, Length: math.NaN(), Slope: math.NaN()}
}

// limits are the budget as counts. An epoch is one pass over the samples.
type limits struct {
	iterations int
	counts     problems.Counts // of evaluations, gradients and samples
	metered    bool            // anything but iterations is limited
	epoch      int64           // samples an epoch; 0 where the problem is no sum
}

func newLimits(b suite.Budget, samples int) limits {
	l := limits{
		iterations: orUnlimited(b.Iterations, math.MaxInt),
		counts: problems.Counts{
			Evaluations: orUnlimited(b.Evaluations, math.MaxInt64),
			Gradients:   orUnlimited(b.Gradients, math.MaxInt64),
			Samples:     math.MaxInt64,
		},
		epoch: int64(samples),
	}
	c := &l.counts
	if b.Epochs > 0 {
		c.Samples = b.Samples(int64(samples))
	}
	l.metered = b.Seconds > 0 || c.Evaluations < math.MaxInt64 || c.Gradients < math.MaxInt64 || c.Samples < math.MaxInt64
	return l
}

func orUnlimited[T int | int64](limit, unlimited T) T {
	if limit == 0 {
		return unlimited
	}
	return limit
}

// spent reports whether a part of the budget other than iterations is used up.
func (d *descent) spent() bool {
	l, c := &d.limits.counts, d.oracle.Counts()
	return c.Evaluations >= l.Evaluations || c.Gradients >= l.Gradients || c.Samples >= l.Samples || d.expired.Load()
}

// spending is the ending of a run whose budget is spent: where the next question would pass
// it, a part of it may be left.
func (d *descent) spending() ending {
	l, c := &d.limits, d.oracle.Counts()
	epochs := func(samples int64) string { return fmt.Sprintf("%.4g", float64(samples)/float64(max(1, l.epoch))) }
	switch {
	case d.k >= l.iterations:
		return ending{results.Budget, d.allIterations}
	case c.Samples >= l.counts.Samples:
		return ending{results.Budget, "budget spent: " + epochs(c.Samples) + " epochs"}
	case c.Gradients >= l.counts.Gradients:
		return ending{results.Budget, "budget spent: " + english.Count(c.Gradients, "gradient")}
	case c.Evaluations >= l.counts.Evaluations:
		return ending{results.Budget, "budget spent: " + english.Count(c.Evaluations, "evaluation")}
	case d.expired.Load():
		return ending{results.Timeout, "time limit reached after " + english.Count(d.k, "iteration")}
	case l.counts.Samples < math.MaxInt64:
		return ending{results.Budget, fmt.Sprintf("budget spent: %s of %s epochs; the next evaluation would take more", epochs(c.Samples), epochs(l.counts.Samples))}
	}
	return ending{results.Budget, fmt.Sprintf("budget spent: %d of %s; the next gradient would take more", c.Evaluations, english.Count(l.counts.Evaluations, "evaluation"))}
}

// errStopped is the end of a run whose suite is being stopped; it leaves no record.
var errStopped = errors.New("stopped")

// errRefused is the end of a step in the middle, at a question that would have passed a budget,
// or after the time limit.
var errRefused = errors.New("refused")

// run descends until something ends it.
func (d *descent) run() (ending, error) {
	d.started = time.Now()
	d.keep()
	refused := d.begin()
	if refused != nil && refused != errRefused {
		return ending{}, refused
	}
	if refused == nil {
		d.weigh()
	}
	d.observer.each = d.limits.epoch == 0
	d.observer.prompt = !d.limits.metered && !d.oracle.Batched() && methods.AsksOnlyGradient(d.method)
	v := d.observer.look(0, &d.at)
	d.record()
	if v.status == "" && refused != nil {
		v = d.spending()
	}
	d.next = d.schedule.after(0)
	v, err := d.descend(v)
	for err == nil && d.mayRestart(v) {
		if v, err = d.again(); err == nil {
			v, err = d.descend(v)
		}
	}
	if err != nil {
		return v, err
	}
	return d.finish(v), nil
}

// weigh writes down what the method keeps. Counting it, which the first repeat does, is no part of
// the run.
func (d *descent) weigh() {
	if !d.pair.weighed {
		began := time.Now()
		d.pair.weigh(d.method, &d.at)
		d.started = d.started.Add(time.Since(began))
	}
	*d.memory = d.pair.memory
}

// descend steps until something ends the descent, unless it has ended.
func (d *descent) descend(v ending) (ending, error) {
	eventful := d.eventful()
	for v.status == "" {
		if err := d.glide(eventful); err == errStopped {
			return v, err
		} else if err != nil {
			d.observer.spoiled = true
			v = d.ended(err)
			break
		}
		d.keep()
		if due := d.limits.epoch == 0 || d.lookDue(); due || d.k == d.next {
			if d.observer.offered(d.k) || !d.observer.quiet(d.k, &d.at) {
				v = d.observer.look(d.k, &d.at)
			}
			if due {
				d.follow()
			}
			if d.k == d.next {
				d.recordDue()
				eventful = d.eventful()
				v = cmp.Or(v, d.observer.divergence(), d.full()) // the trace may know more than the look
			}
		}
		if v.status == "" && (d.k >= d.limits.iterations || d.limits.metered && d.spent()) {
			v = d.spending()
		}
	}
	return d.settle(v), nil
}

// glide steps to the first iteration that asks for more than a quiet look, whose look is
// not yet taken. It is the loop of all loops, and holds nothing but what is done in each. The
// quiet look at a prompt method is written out, for a call costs as much as half of it.
func (d *descent) glide(eventful int) (err error) {
	defer d.unwound(&err)
	o, at := d.observer, &d.at
	for {
		if d.stopped.Load() {
			return errStopped
		}
		if o.ready {
			o.ready = false
			d.watch.Provide(&at.Point)
		}
		if err := d.method.Step(at); err != nil {
			return err
		}
		if d.k++; d.k >= eventful {
			return nil
		}
		if o.unprepared(at) {
			f := o.prepare(at)
			if squared := vec.Square(at.Grad); o.ordinary(d.k, f, squared) {
				o.note(d.k, f, squared)
			} else if !o.remark(d.k, f, at.Grad, squared) {
				return nil
			}
		} else if !o.quiet(d.k, at) {
			return nil
		}
	}
}

// begin is the method's Init.
func (d *descent) begin() (err error) {
	defer d.unwound(&err)
	return d.method.Init(d.oracle, &d.at)
}

// unwound is deferred around the method's code. Where the oracle has refused a question, the
// panic with which it left that code ends here, and the iterate is the last completed one. Any
// other panic passes.
func (d *descent) unwound(err *error) {
	if !d.watch.Refused() {
		return
	}
	recover() // nil where the method has recovered from it
	if *err = errRefused; d.stopped.Load() {
		*err = errStopped
		return
	}
	kept := d.kept
	d.at.X, d.at.HasF, d.at.HasGrad = append([]float64(nil), kept.X...), false, false
	d.at.Length, d.at.Slope, d.at.Trials = kept.Length, kept.Slope, kept.Trials
}

// keep remembers a completed iterate, where a budget may end the next step in its middle.
func (d *descent) keep() {
	if !d.limits.metered {
		return
	}
	x := append(d.kept.X[:0], d.at.X...)
	d.kept = d.at
	d.kept.X = x
}

// eventful is the first iteration at which more may be due than a quiet look: a point of
// the trace, or the end of the budget. Every iteration is where samples or other costs are to be
// watched.
func (d *descent) eventful() int {
	if d.limits.metered || d.limits.epoch > 0 {
		return 0
	}
	return min(d.next, d.limits.iterations)
}

// follow adds the look that was due to the course of the run. Where each iteration is looked
// at, its number is that of the iteration, since the loop does not count those that are quiet.
func (d *descent) follow() {
	d.looks++
	if d.limits.epoch == 0 {
		d.looks = int64(d.k)
	}
	d.observer.follow(d.looks)
}

// firstLooks is how often a run is looked at in its first epoch, if it takes so many steps:
// mini-batches often reach coarse targets before they have seen all of the data.
const firstLooks = 20

// lookDue reports whether enough samples have been seen for a look: a problem that is a sum
// is looked at after each twentieth of the first epoch, and then at the end of each epoch.
// Where a step takes as many samples, that is at every iteration.
func (d *descent) lookDue() bool {
	samples := d.oracle.Counts().Samples
	if samples < d.due {
		return false
	}
	d.due = dueAfter(samples, d.limits.epoch)
	return true
}

// dueAfter is the number of samples, more than have been seen, at which a look is due.
func dueAfter(samples, epoch int64) int64 {
	if samples >= epoch {
		return (samples/epoch + 1) * epoch
	}
	looks := firstLooks*samples/epoch + 1
	return (looks*epoch + firstLooks - 1) / firstLooks
}

// ended is the ending of a run whose step failed.
func (d *descent) ended(err error) ending {
	if err == errRefused {
		return d.spending()
	}
	if errors.Is(err, methods.ErrStalled) {
		return ending{results.Stalled, fmt.Sprintf("iteration %d: %v", d.k, err)}
	}
	return ending{results.Failed, fmt.Sprintf("iteration %d: %v", d.k+1, err)}
}

// settle observes the last iterate, unless that is done. A stop that is met there comes before
// the end of a budget, or of what a step can do.
func (d *descent) settle(v ending) ending {
	if d.observer.iteration != d.k {
		if last := d.observer.look(d.k, &d.at); last.status != "" && v.status != results.Failed {
			v = last
		}
	}
	d.observer.complete(&d.at) // may evaluate what no stop had needed
	if v.status != results.Failed {
		if last := d.observer.divergence(); last.status != "" {
			v = last
		}
	}
	return v
}

// finish closes the trace with the last iterate.
func (d *descent) finish(v ending) ending {
	v = d.giveBest(v)
	if t := d.trace; t != nil && t.Iteration[len(t.Iteration)-1] != int64(d.k) {
		d.record()
	}
	return v
}

// full is the ending of a run that has recorded as much as a trace may hold: one whose
// iterations have no budget, for otherwise that is known before anything runs.
func (d *descent) full() ending {
	if d.trace == nil || int64(d.trace.Len()) <= d.room {
		return ending{}
	}
	return ending{results.Failed, fmt.Sprintf("the trace is full at iteration %d (%s); record fewer points (`trace`) or limit the iterations (`budget`): %s",
		d.k, english.Count(d.trace.Len(), "point"), limit.Trace.Exceeded())}
}

// recordDue adds the iterate to the trace, which is due, and finds what is due next.
func (d *descent) recordDue() {
	d.record()
	d.next = d.schedule.after(d.k)
}

// record adds the iterate to the trace.
func (d *descent) record() {
	t := d.trace
	if t == nil {
		return
	}
	d.observer.complete(&d.at)
	o, c := d.observer, d.oracle.Counts()
	t.Iteration = append(t.Iteration, int64(d.k))
	t.Value = append(t.Value, o.value)
	t.Gap = append(t.Gap, o.gap())
	t.GradientNorm = append(t.GradientNorm, o.gradNorm)
	t.Distance = append(t.Distance, o.facts.Distance(d.at.X))
	t.StepLength = append(t.StepLength, d.at.Length)
	t.Trials = append(t.Trials, int64(d.at.Trials))
	t.Slope = append(t.Slope, d.at.Slope)
	t.Count(c)
	t.Seconds = append(t.Seconds, time.Since(d.started).Seconds())
	d.watched.record(t, d.at.X)
	if d.checker != nil {
		d.checker.Observe(d.k, d.observer.completed(&d.at))
	}
	if d.keepPath {
		appendX(t, d.at.X)
	}
}
