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

// lines are some that follow one another, and where their records are to go.
type lines struct {
	text   []byte
	ends   []int // of each line in the text
	first  int   // number of the first line
	answer chan []outcome
}

// linesAtOnce is the number of lines, and bytes the size, that are decoded at once: to hand lines over
// takes as long as to decode short ones.
const linesAtOnce, bytesAtOnce = 32, 64 << 10

// all goes through the records in order. Lines are read by one goroutine and decoded by
// as many as there are processors, for decoding is what reading a large run costs. At
// most twice that many groups of lines are under way, so that memory stays bounded.
func (r *Reader) all(yield func(*Record, error) bool) {
	workers := runtime.GOMAXPROCS(0)
	queue := make(chan chan []outcome, workers) // answers, in the order of the lines
	undecoded := make(chan lines)
	spare := make(chan lines, 2*workers) // those that were decoded, whose room is used again
	done := make(chan struct{})
	finished := make(chan struct{})
	for range workers {
		go r.decodeLines(undecoded, spare)
	}
	go func() {
		defer close(finished)
		defer close(queue)
		defer close(undecoded)
		for {
			var l lines
			select {
			case l = <-spare:
			default:
			}
			l, err := r.readLines(l)
			answer := make(chan []outcome, 1)
			l.answer = answer
			if len(l.ends) > 0 {
				select {
				case queue <- answer:
				case <-done:
					return
				}
				undecoded <- l
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				failed := make(chan []outcome, 1)
				failed <- []outcome{{err: err}}
				select {
				case queue <- failed:
				case <-done:
				}
				return
			}
		}
	}()
	r.deliver(queue, yield)
	close(done)
	<-finished // the file may be closed now
}

// readLines are the next lines, in the room of those that are no longer needed. They do not wait for
// lines that a program is still to write, unless there are none.
func (r *Reader) readLines(room lines) (lines, error) {
	l := lines{text: room.text[:0], ends: room.ends[:0], first: r.line + 1}
	for len(l.ends) == 0 || len(l.ends) < linesAtOnce && len(l.text) < bytesAtOnce && r.in.Buffered() > 0 {
		text, err := r.readLine(l.text)
		if err != nil {
			return l, err
		}
		l.text, l.ends = text, append(l.ends, len(text))
	}
	return l, nil
}

// deliver yields records until there are no more, or one is wrong.
func (r *Reader) deliver(queue <-chan chan []outcome, yield func(*Record, error) bool) {
	for answer := range queue {
		for _, o := range <-answer {
			if o.err == nil {
				o.err = r.once(o.record.ID, o.number)
			}
			if o.err != nil {
				o.record = nil
			}
			if !yield(o.record, o.err) || o.err != nil {
				return
			}
		}
	}
}

// decodeLines answers until there are no more lines.
func (r *Reader) decodeLines(undecoded <-chan lines, spare chan<- lines) {
	for l := range undecoded {
		outcomes := make([]outcome, len(l.ends))
		from := 0
		for k, end := range l.ends {
			record, err := r.decode(l.first+k, l.text[from:end])
			outcomes[k] = outcome{record, l.first + k, err}
			from = end
		}
		l.answer <- outcomes
		if cap(l.text) > 8*bytesAtOnce { // of one line that was very long
			continue
		}
		select {
		case spare <- l:
		default:
		}
	}
}
