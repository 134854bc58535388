package wire

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"time"
)

// Kind says what a frame asks for. The answer has the same letter in lower case. In the
// comments n is the number of variables, and all numbers are float64 but for indices.
type Kind byte

// The kinds of frames.
const (
	Value          Kind = 'V' // x → f(x)
	Gradient       Kind = 'G' // x → ∇f(x)
	Evaluate       Kind = 'E' // x → f(x), ∇f(x)
	HessianProduct Kind = 'P' // x, v → ∇²f(x)·v
	Hessian        Kind = 'H' // x → ∇²f(x), row by row
	Residuals      Kind = 'R' // x → r(x)
	Jacobian       Kind = 'J' // x → r(x), then ∂rᵢ/∂xⱼ row by row
	Rest           Kind = 'K' // x → h(x), the part of a sum f + h that is not smooth
	Prox           Kind = 'X' // t, x → the proximal operator of t·h at x
	Batch          Kind = 'B' // nothing → indices of the next batch (int32), none where there are no batches
	On             Kind = 'O' // x, indices (int32) → the mean over these samples, and its gradient
	Numbers        Kind = 'D' // x → the diagnostics of a problem
	Iterate        Kind = 'I' // x; the start of a run, or a new iterate; no answer
	Ping           Kind = 'N' // x → x
	Stop           Kind = 'S' // nothing; the run ends; Done follows
	Line           Kind = '{' // a line of JSON
)

// Answer is the kind of the answer to a question.
func (k Kind) Answer() Kind { return k + 'a' - 'A' }

func (k Kind) String() string { return fmt.Sprintf("%q", byte(k)) }

// Head is what precedes the payload of a frame.
type Head struct {
	Kind   Kind
	Number int // of the problem, between gdbench and a problem
	Length int // bytes of the payload
}

// headBytes is the size of a head: kind, a zero byte, the number (uint16), the length (uint32).
const headBytes = 8

// What a process may send at most.
const (
	maxLine  = 64 << 20 // bytes of a line
	maxFrame = 1 << 30  // bytes of a payload
)

// Conn sends and receives messages. It is used by one goroutine at a time.
type Conn struct {
	in      *os.File
	out     *os.File
	reader  *bufio.Reader
	timeout time.Duration
	until   time.Time // the deadline that is set
	message []byte    // room for what is sent
	payload []byte    // room for what is received
	line    []byte    // the last line of JSON
}

// NewConn speaks over two pipes. An answer that takes longer than the timeout is an error; zero
// is no limit.
func NewConn(in, out *os.File, timeout time.Duration) *Conn {
	return &Conn{in: in, out: out, reader: bufio.NewReaderSize(in, 1<<16), timeout: timeout}
}

// ErrSilent is an answer that did not come in time.
var ErrSilent = errors.New("no answer")

// wait sets the deadline of the next answer. Setting it for each would cost as much as a tenth
// of a round trip, so that an answer may take up to an eighth longer.
func (c *Conn) wait() error {
	if c.timeout == 0 {
		return nil
	}
	now := time.Now()
	if c.until.Sub(now) >= c.timeout {
		return nil
	}
	c.until = now.Add(c.timeout + c.timeout/8)
	if err := c.in.SetReadDeadline(c.until); err != nil {
		return err
	}
	return c.out.SetWriteDeadline(c.until)
}

// SetTimeout changes how long an answer may take.
func (c *Conn) SetTimeout(d time.Duration) { c.timeout, c.until = d, time.Time{} }

// Begin starts a frame, to which Floats and Indices add.
func (c *Conn) Begin(kind Kind, number int) {
	c.message = append(c.message[:0], byte(kind), 0, byte(number), byte(number>>8), 0, 0, 0, 0)
}

// Floats adds numbers to the frame.
func (c *Conn) Floats(numbers ...float64) {
	at := len(c.message)
	c.message = append(c.message, make([]byte, 8*len(numbers))...)
	room := c.message[at:]
	for i, v := range numbers {
		binary.LittleEndian.PutUint64(room[8*i:], math.Float64bits(v))
	}
}

// Indices adds indices of samples to the frame.
func (c *Conn) Indices(indices []int32) {
	for _, i := range indices {
		c.message = binary.LittleEndian.AppendUint32(c.message, uint32(i))
	}
}

// End sends the frame.
func (c *Conn) End() error {
	binary.LittleEndian.PutUint32(c.message[4:], uint32(len(c.message)-headBytes))
	return c.write(c.message)
}

// Send sends a frame of numbers.
func (c *Conn) Send(kind Kind, number int, numbers ...float64) error {
	c.Begin(kind, number)
	c.Floats(numbers...)
	return c.End()
}

// Tell sends a line of JSON.
func (c *Conn) Tell(m Control) error {
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return c.write(append(line, '\n'))
}

func (c *Conn) write(message []byte) error {
	if err := c.wait(); err != nil {
		return err
	}
	_, err := c.out.Write(message)
	return c.explain(err)
}

func (c *Conn) explain(err error) error {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return fmt.Errorf("%w within %v, its timeout, which a suite can set", ErrSilent, c.timeout)
	}
	return err
}

// Pending is an error where the process has sent something without being asked.
func (c *Conn) Pending() error {
	if n := c.reader.Buffered(); n > 0 {
		some, _ := c.reader.Peek(min(n, 40))
		return fmt.Errorf("sent %q without being asked", some)
	}
	return nil
}

// Next waits for a message and reads its head. The payload of a frame is read by ReadFloats or
// ReadIndices, a line by Control.
func (c *Conn) Next() (Head, error) {
	if c.reader.Buffered() < headBytes {
		if err := c.wait(); err != nil {
			return Head{}, err
		}
	}
	first, err := c.reader.Peek(1)
	if err != nil {
		return Head{}, c.explain(err)
	}
	if Kind(first[0]) == Line {
		return Head{Kind: Line}, c.readLine()
	}
	head, err := c.reader.Peek(headBytes)
	if err != nil && len(head) < headBytes {
		if errors.Is(err, io.EOF) {
			err = noMessage(head)
		}
		return Head{}, c.explain(err)
	}
	length := binary.LittleEndian.Uint32(head[4:])
	if k := head[0] &^ 0x20; k < 'A' || k > 'Z' || head[1] != 0 || length > maxFrame {
		some, _ := c.reader.Peek(min(c.reader.Buffered(), 40))
		return Head{}, noMessage(some)
	}
	h := Head{Kind: Kind(head[0]), Number: int(binary.LittleEndian.Uint16(head[2:])), Length: int(length)}
	_, err = c.reader.Discard(headBytes)
	return h, err
}

// noMessage is what a program gets that prints where it should send.
func noMessage(sent []byte) error {
	return fmt.Errorf("sent %q, which is no message; what it prints belongs on its standard streams", sent)
}

func (c *Conn) readLine() error {
	c.line = c.line[:0]
	for {
		part, err := c.reader.ReadSlice('\n')
		c.line = append(c.line, part...)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return c.explain(err)
		case len(c.line) > maxLine:
			return fmt.Errorf("sent a line of more than %d bytes", maxLine)
		}
	}
}

// Control reads the line of JSON that Next has found.
func (c *Conn) Control() (Control, error) {
	var m Control
	d := json.NewDecoder(bytes.NewReader(c.line))
	if err := d.Decode(&m); err != nil {
		return m, fmt.Errorf("sent the line %q: %w", shorten(c.line), err)
	}
	return m, nil
}

func shorten(line []byte) []byte { return bytes.TrimSpace(line[:min(len(line), 80)]) }

// ReadFloats reads the payload of a frame into parts, which must be as long as it is.
func (c *Conn) ReadFloats(h Head, parts ...[]float64) error {
	expected := 0
	for _, p := range parts {
		expected += 8 * len(p)
	}
	if h.Length != expected {
		return fmt.Errorf("sent a frame %v of %d bytes; expected %d", h.Kind, h.Length, expected)
	}
	payload, err := c.read(h.Length)
	if err != nil {
		return err
	}
	for _, p := range parts {
		for i := range p {
			p[i] = math.Float64frombits(binary.LittleEndian.Uint64(payload[8*i:]))
		}
		payload = payload[8*len(p):]
	}
	return nil
}

// ReadIndices reads n numbers and the indices that follow them.
func (c *Conn) ReadIndices(h Head, numbers []float64, into []int32) ([]int32, error) {
	rest := h.Length - 8*len(numbers)
	if rest < 0 || rest%4 != 0 {
		return nil, fmt.Errorf("sent a frame %v of %d bytes; expected %d and four for each index", h.Kind, h.Length, 8*len(numbers))
	}
	payload, err := c.read(h.Length)
	if err != nil {
		return nil, err
	}
	for i := range numbers {
		numbers[i] = math.Float64frombits(binary.LittleEndian.Uint64(payload[8*i:]))
	}
	payload = payload[8*len(numbers):]
	into = into[:0]
	for i := 0; i < len(payload); i += 4 {
		into = append(into, int32(binary.LittleEndian.Uint32(payload[i:])))
	}
	return into, nil
}

// read is the payload of a frame. It is kept in the reader's buffer where it fits there.
func (c *Conn) read(n int) ([]byte, error) {
	if n <= c.reader.Size() {
		payload, err := c.reader.Peek(n)
		if err != nil {
			return nil, c.cut(err, n)
		}
		_, err = c.reader.Discard(n)
		return payload, err
	}
	if cap(c.payload) < n {
		c.payload = make([]byte, n)
	}
	payload := c.payload[:n]
	if _, err := io.ReadFull(c.reader, payload); err != nil {
		return nil, c.cut(err, n)
	}
	return payload, nil
}

func (c *Conn) cut(err error, n int) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("ended in the middle of a frame of %d bytes", n)
	}
	return c.explain(err)
}

// Skip drops the payload of a frame.
func (c *Conn) Skip(h Head) error {
	_, err := c.reader.Discard(h.Length)
	return err
}

// Close closes both pipes.
func (c *Conn) Close() error { return errors.Join(c.in.Close(), c.out.Close()) }
