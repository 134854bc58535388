package crew_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gdbench/gdbench/internal/crew"
)

// begin has so many workers join a crew until the test ends.
func begin(t *testing.T, workers int) *crew.Crew {
	c := crew.New()
	var all sync.WaitGroup
	for range workers {
		all.Go(c.Join)
	}
	t.Cleanup(func() {
		c.Close()
		all.Wait()
	})
	return c
}

// ledger notes the order in which parts are added to each lane, and two workers in one seat.
type ledger struct {
	prepared []int   // by seat: the part
	lanes    [][]int // no lock: the race detector sees two workers in one lane
	wrong    atomic.Int32
}

func (l *ledger) Prepare(seat, part int) { l.prepared[seat] = part }
func (l *ledger) Add(seat, part, lane int) {
	if l.prepared[seat] != part {
		l.wrong.Add(1)
	}
	l.lanes[lane] = append(l.lanes[lane], part)
}

// In each lane the parts are added in their order, each once, whatever the number of workers, of seats and of
// those who have work at the same time.
func TestPartsInTheirOrder(t *testing.T) {
	for _, helpers := range []int{0, 1, 3} {
		c := begin(t, helpers)
		var owners sync.WaitGroup
		for range 3 {
			owners.Go(func() {
				var job crew.Job
				for round := range 200 {
					parts, lanes, seats := 1+round%17, round%5, 1+round%4
					l := &ledger{prepared: make([]int, seats), lanes: make([][]int, lanes)}
					c.Do(&job, l, seats, parts, lanes)
					for lane, order := range l.lanes {
						if len(order) != parts || !slices.IsSorted(order) || order[0] != 0 || order[parts-1] != parts-1 {
							t.Errorf("%d helpers: %d parts were added to lane %d in the order %v", helpers, parts, lane, order)
						}
					}
					if n := l.wrong.Load(); n > 0 {
						t.Errorf("%d helpers: %d parts were added from a seat that had prepared another", helpers, n)
					}
				}
			})
		}
		owners.Wait()
	}
}

// broken panics in one part, when it is prepared or added.
type broken struct {
	part int
	add  bool
}

func (b broken) Prepare(_, part int) {
	if part == b.part && !b.add {
		panic(fmt.Sprint("part ", part))
	}
}
func (b broken) Add(_, part, _ int) {
	if part == b.part && b.add {
		panic(fmt.Sprint("part ", part))
	}
}

// A panic in a part, whoever does it, ends the work of all and is one of Do.
func TestPanic(t *testing.T) {
	c := begin(t, 2)
	var job crew.Job
	for round := range 200 {
		func() {
			defer func() {
				if v := recover(); v != fmt.Sprint("part ", round%8) {
					t.Errorf("round %d: the panic is %v", round, v)
				}
			}()
			c.Do(&job, broken{round % 8, round%2 == 0}, 3, 8, 2)
			t.Errorf("round %d: no panic", round)
		}()
	}
	l := &ledger{prepared: make([]int, 3), lanes: make([][]int, 1)}
	c.Do(&job, l, 3, 4, 1) // the job and the crew are as good as before
	if !slices.Equal(l.lanes[0], []int{0, 1, 2, 3}) {
		t.Errorf("after a panic the order is %v", l.lanes[0])
	}
}

// Without a crew there are no idle workers.
func TestNoCrew(t *testing.T) {
	if n := (*crew.Crew)(nil).Idle(); n != 0 {
		t.Errorf("%d idle workers", n)
	}
}
