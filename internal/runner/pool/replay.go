package pool

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/internal/results/archive"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/results"
)

// replay is a method that goes through the iterates of a file. It asks the oracle for nothing,
// and charges it what the file says.
type replay struct {
	file    *archive.Iterates
	limits  suite.Budget
	samples int64 // of the problem; 0: it is no sum

	oracle *methods.Oracle
	next   int    // line of the next step
	starts bool   // the file begins with the start
	over   string // why the budget ends the run; empty: it does not
	misfit error  // why the file is none of the suite
}

var (
	_ methods.Method   = (*replay)(nil)
	_ methods.Proximal = (*replay)(nil)
	_ methods.Inexact  = (*replay)(nil)
)

func (*replay) Proximal() bool  { return true }
func (*replay) Inexact() string { return "computed by another program" }

// Init finds out whether the file begins with the start, whose costs are then charged.
func (m *replay) Init(o *methods.Oracle, at *methods.Iterate) error {
	m.oracle, m.next, m.starts = o, 0, m.file.BeginsAt(at.X)
	switch {
	case m.file.First == 0 && !m.starts:
		m.misfit = fmt.Errorf("%s:%d: iteration 0 is not the start of the suite, %.6g; use the start of the suite, or give the suite yours (start: [%.6g, …])",
			m.file.Name, m.file.List[0].Line, at.X[:min(8, len(at.X))], m.file.List[0].X[0])
		return m.misfit
	case m.file.First == 1:
		m.starts = false
	}
	if m.starts {
		m.next = 1
		*o.Counts() = m.charged(0)
	}
	return nil
}

// Step moves to the next iterate of the file, and ends before one that the budget does not
// allow.
func (m *replay) Step(at *methods.Iterate) error {
	if m.next == len(m.file.List) {
		return methods.Stalled("the file ends")
	}
	spent := m.charged(m.next)
	if m.over = m.beyond(&spent); m.over != "" {
		return methods.Stalled("%s", m.over)
	}
	*m.oracle.Counts() = spent
	copy(at.X, m.file.List[m.next].X)
	at.HasF, at.HasGrad, at.Trials, at.Length, at.Slope = false, false, 0, math.NaN(), math.NaN()
	m.next++
	return nil
}

// charged are the counts at a line of the file. A gradient is taken to come with its value
// where the file has no evaluations, and an evaluation to have both where it has nothing else.
func (m *replay) charged(line int) results.Counts {
	c, has := m.file.List[line].Counts, m.file.Has
	if !m.file.Counted() {
		c.Evaluations = int64(line)
		if !m.starts {
			c.Evaluations++
		}
	}
	if !has[counts.Values] && !has[counts.Gradients] {
		c.Values, c.Gradients = c.Evaluations, c.Evaluations
	} else if !has[counts.Evaluations] {
		c.Evaluations = max(c.Values, c.Gradients)
	}
	if !has[counts.Samples] {
		c.Samples = c.Evaluations * m.samples
	}
	return c
}

// beyond says which part of the budget counts are beyond; empty: none.
func (m *replay) beyond(c *results.Counts) string {
	epochs := m.limits.Samples(m.samples)
	for _, part := range []struct {
		of         counts.Count
		spent, may int64
	}{{counts.Evaluations, c.Evaluations, m.limits.Evaluations}, {counts.Gradients, c.Gradients, m.limits.Gradients}, {counts.Samples, c.Samples, epochs}} {
		if part.may > 0 && part.spent > part.may {
			return fmt.Sprintf("budget spent: the next iterate of the file has taken %s, and the budget is %d", part.of.Spell(part.spent), part.may)
		}
	}
	return ""
}
