package lesson

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/play"
	"github.com/gdbench/gdbench/internal/report/words"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

// Check is what is seen in the runs of a lesson. Those of its fields that are set hold together.
type Check struct {
	Run       int            `yaml:"run,omitempty"`       // which method, from 1
	Iteration *int           `yaml:"iteration,omitempty"` // the iterate that is looked at; the last where it is left out
	Status    results.Status `yaml:"status,omitempty"`
	Ends      string         `yaml:"ends,omitempty"`    // kind of critical point
	Event     string         `yaml:"event,omitempty"`   // cycle, plateau, overshoot, zigzag
	Without   string         `yaml:"without,omitempty"` // an event that does not happen
	Near      []float64      `yaml:"near,omitempty"`    // x, to 1 % of the larger of 1 and its length
	Below     *Amount        `yaml:"below,omitempty"`
	Above     *Amount        `yaml:"above,omitempty"`
	About     *Amount        `yaml:"about,omitempty"`   // numbers to their last digit
	Steps     int            `yaml:"steps,omitempty"`   // how many iterations the run has
	Sooner    int            `yaml:"sooner,omitempty"`  // another run, which takes more iterations to converge, or does not
	Promise   string         `yaml:"promise,omitempty"` // the name of a theorem that applies and holds
}

// Amount is a bound on numbers at an iterate, or what they are.
type Amount struct {
	Value    *float64 `yaml:"value,omitempty"`
	Gap      *float64 `yaml:"gap,omitempty"`
	Gradient *float64 `yaml:"gradient,omitempty"`
}

// Failures are the checks of a scene that do not hold on its runs, in words.
func (s Scene) Failures(record *play.Record) []string {
	var out []string
	for _, s := range s.See {
		for _, c := range s.Expect {
			if why := c.failure(record); why != "" {
				out = append(out, fmt.Sprintf("%q: %s", s.Text, why))
			}
		}
	}
	return out
}

func (c Check) failure(record *play.Record) string {
	if c.Run < 1 || c.Run > len(record.Runs) {
		return fmt.Sprintf("run %d does not exist; there are 1 to %d", c.Run, len(record.Runs))
	}
	r := &record.Runs[c.Run-1]
	if c.claimsNothing() {
		return "the check claims nothing"
	}
	if len(r.F) == 0 {
		return fmt.Sprintf("run %d did not begin: %s", c.Run, r.Message)
	}
	at := len(r.F) - 1
	if c.Iteration != nil {
		if at = *c.Iteration; at < 0 || at >= len(r.F) {
			return fmt.Sprintf("run %d has no iteration %d, but %d", c.Run, at, len(r.F)-1)
		}
	}
	for _, why := range []string{c.ending(r), c.happened(r), c.place(r, at), c.Below.compare(r, at, "below"), c.Above.compare(r, at, "above"), c.About.compare(r, at, "about"), c.sooner(record)} {
		if why != "" {
			return fmt.Sprintf("run %d (%s): %s", c.Run, r.Label, why)
		}
	}
	return ""
}

func (c Check) claimsNothing() bool {
	return c.Status == "" && c.Ends == "" && c.Event == "" && c.Without == "" && c.Near == nil && c.Below == nil && c.Above == nil && c.About == nil && c.Steps == 0 && c.Sooner == 0 && c.Promise == ""
}

func (c Check) ending(r *play.Descent) string {
	switch {
	case c.Status != "" && r.Status != c.Status:
		return fmt.Sprintf("status %s; expected %s", r.Status, c.Status)
	case c.Ends != "" && r.Ends != c.Ends:
		return fmt.Sprintf("ends at %q; expected %q", r.Ends, c.Ends)
	case c.Steps != 0 && r.Iterations != c.Steps:
		return fmt.Sprintf("%d steps; expected %d", r.Iterations, c.Steps)
	}
	return ""
}

func (c Check) happened(r *play.Descent) string {
	has := func(kind string) bool {
		return slices.ContainsFunc(r.Events, func(e words.Event) bool { return e.Kind == kind })
	}
	switch {
	case c.Event != "" && !has(c.Event):
		return fmt.Sprintf("no %s; events: %v", c.Event, r.Events)
	case c.Without != "" && has(c.Without):
		return fmt.Sprintf("a %s; events: %v", c.Without, r.Events)
	case c.Promise != "" && !slices.ContainsFunc(r.Theorems, func(t results.Theorem) bool { return t.Name == c.Promise && t.Outcome == string(theorem.Holds) }):
		return fmt.Sprintf("the theorem %q does not apply and hold", c.Promise)
	}
	return ""
}

func (c Check) place(r *play.Descent, at int) string {
	if c.Near == nil {
		return ""
	}
	if at >= len(r.X) {
		return "near: the iterates of more than two variables are not kept"
	}
	x := r.X[at]
	if len(x) != len(c.Near) {
		return fmt.Sprintf("near: %d coordinates; expected %d", len(c.Near), len(x))
	}
	for i, v := range c.Near {
		if !(math.Abs(x[i]-v) <= 0.01*max(1, math.Abs(v))) {
			return fmt.Sprintf("at %v; expected near %v", x, c.Near)
		}
	}
	return ""
}

// compare says what is not on the expected side.
func (a *Amount) compare(r *play.Descent, at int, side string) string {
	if a == nil {
		return ""
	}
	for _, q := range []struct {
		name  string
		bound *float64
		value float64
	}{{"f", a.Value, r.F[at]}, {"the gap", a.Gap, r.Gap[at]}, {"the gradient norm", a.Gradient, r.Norm[at]}} {
		if q.bound == nil {
			continue
		}
		holds := false
		switch side {
		case "below":
			holds = q.value < *q.bound
		case "above":
			holds = q.value > *q.bound
		case "about":
			holds = RoundsTo(q.value, *q.bound)
		}
		if !holds {
			return fmt.Sprintf("%s is %g at iteration %d; expected %s %g", q.name, q.value, at, side, *q.bound)
		}
	}
	return ""
}

// RoundsTo reports whether a number is another one to the digits that this one is written with.
func RoundsTo(exact, written float64) bool {
	text := strconv.FormatFloat(written, 'f', -1, 64)
	_, decimals, _ := strings.Cut(text, ".")
	return strconv.FormatFloat(exact, 'f', len(decimals), 64) == text
}

func (c Check) sooner(record *play.Record) string {
	if c.Sooner == 0 {
		return ""
	}
	if c.Sooner < 1 || c.Sooner > len(record.Runs) {
		return fmt.Sprintf("sooner: run %d does not exist", c.Sooner)
	}
	r, other := record.Runs[c.Run-1], record.Runs[c.Sooner-1]
	if r.Status != results.Converged || other.Status == results.Converged && other.Iterations <= r.Iterations {
		return fmt.Sprintf("%s after %d iterations, run %d %s after %d", r.Status, r.Iterations, c.Sooner, other.Status, other.Iterations)
	}
	return ""
}
