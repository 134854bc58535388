package crew

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Work is a list of parts. Each is prepared on its own, and then added to what the parts before it
// have left, which is in some lanes: so the outcome is that of one worker who does one part after
// another, and two parts may be added at once in different lanes.
type Work interface {
	// Prepare does what depends on no other part. What it leaves for Add is in the room of a seat,
	// which has one worker.
	Prepare(seat, part int)
	// Add adds the part to a lane that holds all parts before it.
	Add(seat, part, lane int)
}

// Job is work under way. The zero value is ready to use.
type Job struct {
	work         Work
	parts, seats int
	lanes        []turn

	begun  atomic.Int64 // parts
	broken atomic.Bool  // a part has panicked; what is left need not be done

	taken, helpers int // seats that were taken, and workers who look at the job; guarded by the crew

	failing  sync.Mutex
	panicked any
}

// turn is the part that a lane waits for, alone in its line of the cache.
type turn struct {
	atomic.Int64
	_ [56]byte
}

func (j *Job) begin(w Work, seats, parts, lanes int) {
	j.work, j.parts, j.seats = w, parts, seats
	if cap(j.lanes) < lanes {
		j.lanes = make([]turn, lanes)
	}
	j.lanes = j.lanes[:lanes]
	for k := range j.lanes {
		j.lanes[k].Store(0)
	}
	j.begun.Store(0)
	j.broken.Store(false)
	j.taken, j.panicked = 0, nil
}

// help does parts in a seat until all are begun.
func (j *Job) help(seat int) {
	defer func() {
		if v := recover(); v != nil {
			j.failing.Lock()
			defer j.failing.Unlock()
			j.panicked = v
			j.broken.Store(true)
		}
	}()
	for {
		part := int(j.begun.Add(1) - 1)
		if part >= j.parts {
			return
		}
		j.work.Prepare(seat, part)
		for lane := range j.lanes {
			turn := &j.lanes[lane].Int64
			if !j.await(turn, int64(part)) {
				return
			}
			j.work.Add(seat, part, lane)
			turn.Store(int64(part + 1))
		}
	}
}

// await waits for a turn; false where it will never come. The parts before take microseconds, less
// than a sleep and a waking: so it asks again and again, and gives the processor away only where another
// program may have taken that of the others.
func (j *Job) await(turn *atomic.Int64, part int64) bool {
	const eager, patient = 5000, 100
	for asked := 0; turn.Load() < part; asked++ {
		switch {
		case j.broken.Load():
			return false
		case asked > eager+patient:
			time.Sleep(20 * time.Microsecond)
		case asked > eager:
			runtime.Gosched()
		}
	}
	return true
}
