// Package process makes the methods and problems of other programs available beside those that
// come with gdbench. A suite declares a program; what that says in its hello is registered
// while the suite is read, by the same door as a Go user's components: parameters, ranges,
// axes and messages with positions work as for all others.
//
// The referee stays here. A method process keeps its own loop and asks; every question goes
// through the oracle, which counts it and refuses it once the budget is spent. A problem process
// only answers. One program is started for each worker that needs one, serves cell after cell, and
// ends with everything that it has started.
package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/internal/wire"
)

// Declaration is a program as a suite declares it.
type Declaration struct {
	Prefix  string   // of the names of its components; empty: the name that it gives itself
	Run     []string // the command with its arguments
	Timeout time.Duration
	Dir     string // folder that arguments which name files start from
}

// Hub is a program with its running processes.
type Hub struct {
	Declaration
	Hello     *wire.Hello
	RoundTrip time.Duration     // of a question without work in it
	Digests   map[string]string // SHA-256 of the files that the command names, by argument

	command []string

	mu      sync.Mutex
	idle    []*worker
	all     map[*worker]bool
	numbers map[string]int // of problems, by their text
	closed  int            // how often the processes were ended
}

// worker is one process of a hub.
type worker struct {
	*wire.Process
	built map[int]bool // the problems that it has, by their numbers
	one   [1]float64   // room for an answer
}

// Open starts one process of a program, and learns which components it has. When ctx ends
// before that, it gives up.
func Open(ctx context.Context, d Declaration) (*Hub, error) {
	h := &Hub{Declaration: d, all: map[*worker]bool{}, numbers: map[string]int{}}
	if len(d.Run) == 0 || d.Run[0] == "" {
		return nil, errors.New("the command is empty; expected a program and its arguments, such as [python3, ./mine.py]")
	}
	var err error
	if h.command, h.Digests, err = resolve(d.Run, d.Dir); err != nil {
		return nil, err
	}
	w, err := h.launch(ctx)
	if err != nil {
		return nil, err
	}
	h.Hello = w.Hello
	if h.Prefix == "" {
		h.Prefix = h.Hello.Name
	}
	if err := h.check(); err != nil {
		h.Close()
		return nil, err
	}
	if h.RoundTrip, err = w.RoundTrip(); err != nil {
		h.Close()
		return nil, err
	}
	h.give(w)
	return h, nil
}

func (h *Hub) launch(ctx context.Context) (*worker, error) {
	p, err := wire.Launch(ctx, h.command, h.Timeout, version.Current().String())
	if err != nil {
		return nil, err
	}
	w := &worker{Process: p, built: map[int]bool{}}
	if h.Hello != nil && !reflect.DeepEqual(h.Hello, p.Hello) {
		p.Kill()
		return nil, errors.New("it declares other components than when it was started first")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all[w] = true
	return w, nil
}

// take is a process that is not in use. One that has ended meanwhile is passed over.
func (h *Hub) take() (*worker, error) {
	h.mu.Lock()
	for len(h.idle) > 0 {
		w := h.idle[len(h.idle)-1]
		h.idle = h.idle[:len(h.idle)-1]
		if w.Running() {
			h.mu.Unlock()
			return w, nil
		}
		delete(h.all, w)
	}
	h.mu.Unlock()
	return h.launch(context.Background())
}

// give returns a process that is fit for further work.
func (h *Hub) give(w *worker) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.all[w] { // not ended by Close meanwhile
		h.idle = append(h.idle, w)
	}
}

// drop ends a process that is not, and says why of err.
func (h *Hub) drop(w *worker, err error) error {
	err = w.Explain(err)
	w.Kill()
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.all, w)
	return err
}

// generation changes when all processes are ended.
func (h *Hub) generation() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.closed
}

// Close ends all processes, also those at work. The next question starts one again.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed++
	idle, all := h.idle, h.all
	h.idle, h.all = nil, map[*worker]bool{}
	h.mu.Unlock()
	var group sync.WaitGroup
	for _, w := range idle {
		delete(all, w)
		group.Go(w.Quit)
	}
	for w := range all {
		group.Go(w.Kill)
	}
	group.Wait()
}

// number is that of a problem, the same in all processes.
func (h *Hub) number(text string) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	n, ok := h.numbers[text]
	if !ok {
		if n = len(h.numbers) + 1; n > maxProblems {
			return 0, fmt.Errorf("a process serves at most %d problems", maxProblems)
		}
		h.numbers[text] = n
	}
	return n, nil
}

// maxProblems is what the number of a frame can count.
const maxProblems = 1<<16 - 1

// Command is the command as it is written.
func (h *Hub) Command() string { return strings.Join(h.Run, " ") }

// Variable is the name of the environment variable that allows programs to be started.
const Variable = "GDBENCH_ALLOW_PROCESSES"

// Allowed reports whether the user has allowed it: a suite from elsewhere must not run programs
// by itself.
func Allowed() bool { return os.Getenv(Variable) == "1" }
