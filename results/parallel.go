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

// undecoded is a line that waits, and where its record is to go.
type undecoded struct {
	line   []byte
	number int
	answer chan outcome
}

// all goes through the records in order. Lines are read by one goroutine and decoded by
// as many as there are processors, for decoding is what reading a large run costs. At
// most twice that many records are under way, so that memory stays bounded.
func (r *Reader) all(yield func(*Record, error) bool) {
	workers := runtime.GOMAXPROCS(0)
	queue := make(chan chan outcome, workers) // answers, in the order of the lines
	lines := make(chan undecoded)
	spare := make(chan []byte, 2*workers) // lines that were decoded, whose room is used again
	done := make(chan struct{})
	finished := make(chan struct{})
	for range workers {
		go r.decodeLines(lines, spare)
	}
	go func() {
		defer close(finished)
		defer close(queue)
		defer close(lines)
		for {
			var room []byte
			select {
			case room = <-spare:
			default:
			}
			line, err := r.readLine(room)
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
			lines <- undecoded{line, r.line, answer}
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

// decodeLines answers until there are no more lines.
func (r *Reader) decodeLines(lines <-chan undecoded, spare chan<- []byte) {
	for l := range lines {
		record, err := r.decode(l.number, l.line)
		l.answer <- outcome{record, l.number, err}
		select {
		case spare <- l.line:
		default:
		}
	}
}
