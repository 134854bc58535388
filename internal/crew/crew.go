// Package crew lets the workers of a run that have no cell left help those that still have one, in
// evaluations that are large and can be taken apart.
//
// Who helps, and how much, changes no result: the parts of a job are put together in their order.
package crew

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Crew is the idle workers of a run. A nil one has none.
type Crew struct {
	idle atomic.Int32

	mu     sync.Mutex
	change sync.Cond // in what follows
	open   []*Job    // those that have a free seat
	closed bool
}

// Helped is what can use a crew, and has none until it is given one.
type Helped interface {
	HelpedBy(c *Crew)
}

// New is a crew that workers can join.
func New() *Crew {
	c := &Crew{}
	c.change.L = &c.mu
	return c
}

// Idle is the number of workers that would help now.
func (c *Crew) Idle() int {
	if c == nil {
		return 0
	}
	return int(c.idle.Load())
}

// Join helps with one job after another, until the crew is closed.
func (c *Crew) Join() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.closed {
		if len(c.open) == 0 {
			c.idle.Add(1)
			c.change.Wait()
			c.idle.Add(-1)
			continue
		}
		j := c.open[0]
		seat := j.sit()
		if j.taken == j.seats {
			c.remove(j)
		}
		c.mu.Unlock()
		j.help(seat)
		c.mu.Lock()
		c.remove(j)
		j.helpers--
		c.change.Broadcast()
	}
}

// Close ends the help.
func (c *Crew) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	c.change.Broadcast()
}

// Do does the parts of the work together with idle workers, as many as there are further seats, and
// returns when all are done. A panic of a part is one of Do. The job is the caller's, and used again
// in the next call.
func (c *Crew) Do(j *Job, w Work, seats, parts, lanes int) {
	j.begin(w, seats, parts, lanes)
	c.mu.Lock()
	seat := j.sit()
	if seats > 1 {
		c.open = append(c.open, j)
		c.change.Broadcast()
	}
	c.mu.Unlock()
	j.help(seat)
	c.mu.Lock()
	c.remove(j)
	j.helpers--
	for j.helpers > 0 { // there may be parts that others have begun
		c.change.Wait()
	}
	c.mu.Unlock()
	if j.panicked != nil {
		panic(j.panicked)
	}
}

// sit takes a seat.
func (j *Job) sit() (seat int) {
	seat = j.taken
	j.taken++
	j.helpers++
	return seat
}

// remove takes a job from the list, if it is there: no seat is free, or all parts are begun.
func (c *Crew) remove(j *Job) {
	if at := slices.Index(c.open, j); at >= 0 {
		c.open = slices.Delete(c.open, at, at+1)
	}
}
