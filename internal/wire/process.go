package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Process is a running program that speaks the protocol.
type Process struct {
	*Conn
	Hello *Hello

	cmd    *exec.Cmd
	output tail
	ended  chan struct{} // closed when the program has ended
	state  error         // how; valid then
	once   sync.Once
}

// threads are the variables that say how many threads numerical libraries use. Results depend
// on it, and workers share the processors already.
var threads = []string{"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"}

// Launch starts a program and exchanges greetings with it. An answer may take as long as the
// timeout, also later. When ctx ends before the greeting, the program is ended.
func Launch(ctx context.Context, command []string, timeout time.Duration, version string) (*Process, error) {
	p, err := start(command, timeout)
	if err != nil {
		return nil, err
	}
	defer context.AfterFunc(ctx, p.Kill)()
	switch p.Hello, err = p.greet(version); {
	case err != nil:
		err = p.Explain(err)
	case p.Hello.Protocol != Protocol:
		err = fmt.Errorf("it speaks version %d of the protocol, and this gdbench version %d; install versions of both that match", p.Hello.Protocol, Protocol)
	default:
		return p, nil
	}
	p.Kill()
	return nil, err
}

func start(command []string, timeout time.Duration) (*Process, error) {
	theirIn, ourOut, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirIn.Close()
	ourIn, theirOut, err := os.Pipe()
	if err != nil {
		ourOut.Close()
		return nil, err
	}
	defer theirOut.Close()
	p := &Process{Conn: NewConn(ourIn, ourOut, timeout), ended: make(chan struct{})}
	p.cmd = exec.Command(command[0], command[1:]...)
	p.cmd.Stdout, p.cmd.Stderr = &p.output, &p.output
	p.cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	p.cmd.Env = append(os.Environ(), fmt.Sprintf("GDBENCH_PROTOCOL=%d", Protocol))
	for _, name := range threads {
		p.cmd.Env = append(p.cmd.Env, name+"=1")
	}
	p.cmd.WaitDelay = time.Second // for a descendant that keeps the standard streams open
	if err := launch(p.cmd); err != nil {
		p.Close()
		return nil, fmt.Errorf("cannot start %q: %w", strings.Join(command, " "), err)
	}
	go func() {
		p.state = p.cmd.Wait()
		kill(p.cmd) // what it has left in its group
		forget(p.cmd)
		close(p.ended)
	}()
	return p, nil
}

// greet sends the greeting and reads the hello.
func (p *Process) greet(version string) (*Hello, error) {
	greeting := Control{Gdbench: &Greeting{Protocol: Protocol, Version: version}}
	if err := p.Tell(greeting); err != nil && !errors.Is(err, syscall.EPIPE) {
		return nil, fmt.Errorf("greeting: %w", err)
	}
	head, err := p.Next()
	if err != nil {
		return nil, fmt.Errorf("hello: %w", err)
	}
	if head.Kind != Line {
		return nil, fmt.Errorf("hello: found a frame %v; expected a line of JSON", head.Kind)
	}
	m, err := p.Control()
	switch {
	case err != nil:
		return nil, fmt.Errorf("hello: %w", err)
	case m.Error != "":
		return nil, &Reported{m.Error}
	case m.Hello == nil:
		return nil, errors.New("hello: the first message has no hello")
	}
	return m.Hello, nil
}

// Ask sends the frame that was begun and returns the head of the answer, whose payload is to
// be read next.
func (p *Process) Ask(kind Kind) (Head, error) {
	if err := p.Pending(); err != nil {
		return Head{}, err
	}
	if err := p.End(); err != nil {
		return Head{}, err
	}
	return p.Expect(kind.Answer())
}

// Request sends a line of JSON and returns the line that answers it.
func (p *Process) Request(m Control) (Control, error) {
	if err := p.Pending(); err != nil {
		return Control{}, err
	}
	if err := p.Tell(m); err != nil {
		return Control{}, err
	}
	if _, err := p.Expect(Line); err != nil {
		return Control{}, err
	}
	answer, err := p.Control()
	if err == nil && answer.Error != "" {
		err = &Reported{answer.Error}
	}
	return answer, err
}

// Expect waits for a message of a kind.
func (p *Process) Expect(kind Kind) (Head, error) {
	head, err := p.Next()
	if err != nil || head.Kind == kind {
		return head, err
	}
	if head.Kind == Line {
		m, err := p.Control()
		if err == nil && m.Error != "" {
			err = &Reported{m.Error}
		}
		if err != nil {
			return head, err
		}
		return head, fmt.Errorf("sent the line %q; expected an answer %v", shorten(p.line), kind)
	}
	return head, fmt.Errorf("sent a frame %v; expected %v", head.Kind, kind)
}

// RoundTrip measures the time of a question without work in it: the least of a few.
func (p *Process) RoundTrip() (time.Duration, error) {
	least := time.Hour
	for range 20 {
		began := time.Now()
		p.Begin(Ping, 0)
		p.Floats(1, 2)
		head, err := p.Ask(Ping)
		if err != nil {
			return 0, p.Explain(err)
		}
		var x [2]float64
		if err := p.ReadFloats(head, x[:]); err != nil || x != [2]float64{1, 2} {
			return 0, fmt.Errorf("the answer to a ping is %v (%v); expected the numbers that were sent", x, err)
		}
		least = min(least, time.Since(began))
	}
	return least, nil
}

// Reported is an error that the process itself has reported; it is still fit for work.
type Reported struct{ Message string }

func (r *Reported) Error() string { return r.Message }

// exitPatience is how long a process that has closed its pipe may take to end.
const exitPatience = 200 * time.Millisecond

// Explain adds to an error how the process has ended, if it has, and the end of what it
// printed.
func (p *Process) Explain(err error) error {
	var reported *Reported
	if errors.As(err, &reported) {
		return err
	}
	text := err.Error()
	closed := errors.Is(err, io.EOF) || errors.Is(err, syscall.EPIPE) || errors.Is(err, os.ErrClosed)
	switch gone := p.Gone(); {
	case closed && gone:
		text = p.ending()
	case closed:
		text = "the process closed its end of the pipe"
	}
	if p.Hello == nil {
		text += "; expected a line {\"hello\": …} on descriptor 4, see docs/protocol.md"
	}
	if printed := p.output.String(); printed != "" {
		text += "; it printed: " + printed
	}
	return errors.New(text)
}

// ending says how the process has ended.
func (p *Process) ending() string {
	var exit *exec.ExitError
	if errors.As(p.state, &exit) {
		return "the process ended: " + exit.Error()
	}
	return "the process ended without an answer"
}

// Running reports whether the process has not ended.
func (p *Process) Running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// Gone reports whether the process has ended, or does so in a moment.
func (p *Process) Gone() bool {
	select {
	case <-p.ended:
		return true
	case <-time.After(exitPatience):
		return false
	}
}

// farewell is how long a process may take to end by itself once its pipe is closed.
const farewell = 500 * time.Millisecond

// Quit closes the pipes, upon which a process ends by itself; one that does not is ended.
func (p *Process) Quit() {
	p.Close()
	select {
	case <-p.ended:
	case <-time.After(farewell):
	}
	p.Kill()
}

// Kill ends the process and everything that it has started, and waits for it.
func (p *Process) Kill() {
	p.once.Do(func() {
		if p.Running() {
			kill(p.cmd)
		}
		p.Close()
		<-p.ended
	})
}

// tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	kept []byte
	cut  bool
}

// tailBytes is how much of what a process prints is kept.
const tailBytes = 2000

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.kept = append(t.kept, b...)
	if extra := len(t.kept) - tailBytes; extra > 0 {
		t.kept = append(t.kept[:0], t.kept[extra:]...)
		t.cut = true
	}
	return len(b), nil
}

// String is the end of the output.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.TrimSpace(strings.ToValidUTF8(string(t.kept), "\uFFFD"))
	if t.cut {
		text = "… " + text
	}
	return text
}
