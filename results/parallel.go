package results

import (
	"errors"
	"io"
	"runtime"
)

// outcome is a record or what was wrong with its line.
type outcome struct {
	record *Record
	number int // of the line
	err    error
}

// all goes through the records in order. Lines are read by one goroutine and decoded by
// as many as there are processors, for decoding is what reading a large run costs. At
// most twice that many records are under way, so that memory stays bounded.
func (r *Reader) all(yield func(*Record, error) bool) {
	workers := runtime.GOMAXPROCS(0)
	queue := make(chan chan outcome, workers) // answers, in the order of the lines
	room := make(chan struct{}, workers)
	done := make(chan struct{})
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		defer close(queue)
		for {
			line, err := r.readLine()
			if errors.Is(err, io.EOF) {
				return
			}
			answer := make(chan outcome, 1)
			select {
			case queue <- answer:
			case <-done:
				return
			}
			if err != nil {
				answer <- outcome{err: err}
				return
			}
			room <- struct{}{}
			go func(number int) {
				record, err := r.decode(number, line)
				answer <- outcome{record, number, err}
				<-room
			}(r.line)
		}
	}()
	for answer := range queue {
		o := <-answer
		if o.err == nil {
			o.err = r.once(o.record.ID, o.number)
		}
		if o.err != nil {
			o.record = nil
		}
		if !yield(o.record, o.err) || o.err != nil {
			break
		}
	}
	close(done)
	<-finished // the file may be closed now
}
