// Package wiretest is a small program that speaks the protocol of processes, and programs that
// speak it badly, for the tests of whatever starts such programs.
package wiretest

import (
	"errors"
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/gdbench/gdbench/internal/wire"
)

// greeting is the hello of a good client.
var greeting = strings.ReplaceAll(`{"hello": {"protocol": 1, "name": "mine", "version": "7",
 "methods": [
  {"name": "descent", "summary": "gradient descent", "parameters": [
    {"name": "lr", "type": "length", "default": 0.1, "range": "(0,)", "doc": "learning rate"},
    {"name": "mood", "type": "text", "default": "good", "oneof": ["good", "crash", "crash-later", "sizes", "nan", "flood", "flood-questions", "done", "error", "hang", "idle", "idle-silent", "unasked", "letter", "once"]},
    {"name": "list", "type": "numbers", "default": [1, 0.5]}], "batches": true},
  {"name": "asker", "asked": true},
  {"name": "lucky", "random": true},
  {"name": "newton", "needs": ["hessian"]},
  {"name": "gauss-newton", "needs": ["residuals"]}],
 "problems": [
  {"name": "bowl", "summary": "a bowl", "parameters": [
    {"name": "dim", "type": "integer", "default": 2, "range": "[1,)"},
    {"name": "mood", "type": "text", "default": "good", "oneof": ["good", "nan", "wrong", "changes", "crash", "sizes", "dims", "error", "hang", "once", "blocks", "no-blocks"]}]}]}}`, "\n", "") + "\n"

// moods are the parameters by which a good client can be made to misbehave; others have none.
var moods = regexp.MustCompile(`,\s*\{"name": "mood"[^}]*\}`)

// Serve plays a role on descriptors 3 and 4: "good" is a client of the protocol, "calm" one without the
// parameters that make it misbehave, "leaky" one whose runs depend on the runs before them, and the
// others behave badly before or in their hello.
func Serve(role string) {
	in, out := os.NewFile(3, "in"), os.NewFile(4, "out")
	switch role {
	case "exit":
		fmt.Fprintln(os.Stderr, "no module named mine")
		os.Exit(3)
	case "prints":
		fmt.Fprintln(out, "Loading, please wait")
	case "hangs":
		time.Sleep(time.Hour)
	case "future":
		say(out, strings.Replace(greeting, `"protocol": 1`, `"protocol": 99`, 1))
	case "twice":
		say(out, strings.Replace(greeting, `"asker"`, `"descent"`, 1))
	case "range":
		say(out, strings.Replace(greeting, `"(0,)"`, `"many"`, 1))
	case "default":
		say(out, strings.Replace(greeting, `"default": 0.1`, `"default": -1`, 1))
	case "reserved":
		say(out, strings.Replace(greeting, `"lr"`, `"batch"`, 1))
	case "type":
		say(out, strings.Replace(greeting, `"length"`, `"lenght"`, 1))
	case "json":
		say(out, `{"hello": [}`+"\n")
	case "need":
		say(out, strings.Replace(greeting, `["hessian"]`, `["hesian"]`, 1))
	case "good", "leaky", "calm":
		fmt.Println("a module that prints")
		hello := greeting
		if role != "good" {
			hello = moods.ReplaceAllString(greeting, "")
		}
		say(out, hello)
		c := client{Conn: wire.NewConn(in, out, 0), out: out, built: map[int]*wire.Build{}, leaky: role == "leaky"}
		fmt.Fprintln(os.Stderr, c.loop())
	}
}

// say writes a line, whole or not.
func say(out *os.File, text string) { _, _ = out.WriteString(text) }

// client is a program with the methods and the problem above.
type client struct {
	*wire.Conn
	out   *os.File
	built map[int]*wire.Build
	leaky bool // a run depends on the runs before it
	runs  int
}

// loop serves until gdbench closes the pipe, and says why it ends.
func (c *client) loop() error {
	for {
		head, err := c.Next()
		if err != nil {
			return err // gdbench has closed the pipe
		}
		if head.Kind != wire.Line {
			err = c.answer(head)
		} else {
			var m wire.Control
			if m, err = c.Control(); err != nil {
				return err
			}
			switch {
			case m.Run != nil:
				err = c.run(m.Run)
			case m.Build != nil:
				err = c.build(m.Build)
			}
		}
		if err != nil {
			return err
		}
	}
}

var errStop = errors.New("stop")

// run is a gradient descent.
func (c *client) run(s *wire.Start) error {
	head, err := c.Next()
	x := make([]float64, s.Dim)
	if err == nil {
		err = c.ReadFloats(head, x)
	}
	if err != nil {
		return err
	}
	lr, mood := 0.1, "good"
	if v, ok := s.Parameters["lr"].(float64); ok {
		lr = v
	}
	if v, ok := s.Parameters["mood"].(string); ok {
		mood = v
	}
	if s.Method == "lucky" {
		lr *= float64(s.Seed%7) / 7
	}
	if c.runs++; c.leaky {
		lr *= 1 + float64(c.runs)/1000
	}
	g := make([]float64, s.Dim)
	for k := 0; ; k++ {
		if err = c.misbehave(mood, k, x); err == nil {
			err = c.step(s, x, g, lr)
		}
		if errors.Is(err, errStop) {
			return c.Tell(wire.Control{Done: &wire.Done{Message: "stopped"}})
		} else if err != nil {
			return err
		}
		if mood == "done" && k == 4 {
			return c.Tell(wire.Control{Done: &wire.Done{Message: "xtol"}})
		}
		if mood == "error" && k == 4 {
			return c.Tell(wire.Control{Error: "ValueError: no luck"})
		}
	}
}

func (c *client) step(s *wire.Start, x, g []float64, lr float64) error {
	if s.Batched {
		if err := c.Send(wire.Batch, 0); err != nil {
			return err
		}
		head, err := c.Next()
		if err != nil || head.Kind == wire.Stop {
			return errors.Join(err, errStop)
		}
		if _, err := c.ReadIndices(head, nil, nil); err != nil {
			return err
		}
	}
	if err := c.Send(wire.Gradient, 0, x...); err != nil {
		return err
	}
	head, err := c.Next()
	if err != nil {
		return err
	}
	if head.Kind == wire.Stop {
		return errStop
	}
	if err := c.ReadFloats(head, g); err != nil {
		return err
	}
	for i := range x {
		x[i] -= lr * g[i]
	}
	if s.Method == "asker" {
		return nil
	}
	return c.Send(wire.Iterate, 0, x...)
}

func (c *client) misbehave(mood string, k int, x []float64) error {
	if k != 3 && mood != "crash" {
		return nil
	}
	switch mood {
	case "crash", "crash-later":
		fmt.Fprintln(os.Stderr, "Segmentation fault, says the client")
		os.Exit(7)
	case "once":
		os.Exit(7)
	case "sizes":
		return c.Send(wire.Evaluate, 0, append([]float64{1}, x...)...)
	case "nan":
		x[0] = math.NaN()
	case "letter":
		return c.Send('q', 0, x...)
	case "unasked":
		_, err := c.out.WriteString("Epoch 1 finished\n")
		return err
	case "hang":
		time.Sleep(time.Hour)
	case "flood":
		for {
			if err := c.Send(wire.Iterate, 0, x...); err != nil {
				return err
			}
		}
	case "idle", "idle-silent":
		for {
			c.Begin(wire.HessianProduct, 0)
			c.Floats(x...)
			c.Floats(x...)
			if err := c.End(); err != nil {
				return err
			}
			head, err := c.Next()
			if err != nil || head.Kind == wire.Stop {
				return errors.Join(err, errStop)
			}
			if err := c.Skip(head); err != nil {
				return err
			}
			if mood == "idle" {
				if err := c.Send(wire.Iterate, 0, x...); err != nil {
					return err
				}
			}
		}
	case "flood-questions":
		for range 1000 {
			if err := c.Send(wire.Gradient, 0, x...); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *client) build(b *wire.Build) error {
	c.built[b.Number] = b
	n := int(b.Parameters["dim"].(float64))
	built := wire.Built{Dim: n, Start: make([]float64, n), Convexity: "strongly convex", Minimum: &wire.Minimum{},
		Constants: map[string]float64{"L": 2, "mu": 2}}
	for i := range built.Start {
		built.Start[i] = float64(i + 1)
	}
	switch b.Parameters["mood"] {
	case "dims":
		built.Start = built.Start[1:]
	case "blocks", "no-blocks":
		built.Shapes = []wire.Block{{Name: "W", Kind: "matrix", Rows: 2, Columns: 2}, {Name: "b", Kind: "bias", Rows: n - 4, Columns: 1}}
		if b.Parameters["mood"] == "no-blocks" {
			built.Shapes[1].Rows++
		}
	case "error":
		return c.Tell(wire.Control{Error: "FileNotFoundError: data.csv"})
	}
	return c.Tell(wire.Control{Built: &built})
}

var asked int

// answer gives ‖x‖² and its gradient.
func (c *client) answer(head wire.Head) error {
	if head.Kind == wire.Ping {
		var x [2]float64
		if err := c.ReadFloats(head, x[:]); err != nil {
			return err
		}
		return c.Send(wire.Ping.Answer(), 0, x[:]...)
	}
	b := c.built[head.Number]
	if b == nil {
		return c.Skip(head) // a stop that came late
	}
	x := make([]float64, head.Length/8)
	if err := c.ReadFloats(head, x); err != nil {
		return err
	}
	f, g := 0.0, make([]float64, len(x))
	for i, v := range x {
		f += v * v
		g[i] = 2 * v
	}
	asked++
	switch b.Parameters["mood"] {
	case "nan":
		if f < 1 {
			f = math.NaN()
		}
	case "wrong":
		g[0] *= 2
	case "changes":
		f += float64(asked)
	case "crash":
		if f < 1 {
			os.Exit(9)
		}
	case "sizes":
		g = g[1:]
	case "hang":
		if f < 1 {
			time.Sleep(time.Hour)
		}
	}
	if head.Kind == wire.Value {
		return c.Send(wire.Value.Answer(), head.Number, f)
	}
	return c.Send(wire.Evaluate.Answer(), head.Number, append([]float64{f}, g...)...)
}
