package app_test

import (
	"os"
	"time"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// paced is a method whose descents take a while: a hundred steps of two milliseconds. It
// leaves a line in a file for every descent it begins, and hangs or panics if its parameters say so.
type paced struct {
	Log   string `param:"log" doc:"file for a line a descent"`
	Hang  bool   `param:"hang" default:"false" doc:"whether the tenth step never returns"`
	Panic bool   `param:"panic" default:"false" doc:"whether it panics"`

	k int
}

// unbuilt is a problem that is never built.
type unbuilt struct{}

// registerPaced is called by the command of the scripts alone, so that no catalogue has them.
func registerPaced() {
	methods.Register("paced", methods.Info{Summary: "for tests"}, func() methods.Method { return new(paced) })
	problems.Register("unbuilt", problems.Info{Summary: "for tests"}, func() problems.Problem { return new(unbuilt) })
}

func (m *paced) Init(*methods.Oracle, *methods.Iterate) error {
	m.k = 0
	file, err := os.OpenFile(m.Log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = file.WriteString("begun\n")
	return err
}

func (m *paced) Step(at *methods.Iterate) error {
	if m.k++; m.k == 10 && m.Hang {
		time.Sleep(time.Hour)
	}
	if m.k == 10 && m.Panic {
		panic("a broken invariant")
	}
	time.Sleep(2 * time.Millisecond)
	at.X[0] *= 0.99
	return nil
}

func (*unbuilt) Build(problems.Env) error {
	time.Sleep(time.Hour)
	return nil
}
func (*unbuilt) Dim() int                           { return 1 }
func (*unbuilt) Evaluate(x, grad []float64) float64 { return 0 }
