package results

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"

	"github.com/gdbench/gdbench/internal/counts"
)

// baselineLine is an outcome in the file.
type baselineLine struct {
	ID         string    `json:"id"`
	Definition string    `json:"definition"`
	Conditions string    `json:"conditions"`
	Problem    string    `json:"problem"` // label
	Method     string    `json:"method"`
	Names      [2]string `json:"names"` // of the components
	Families   *Families `json:"families,omitempty"`
	Inexact    string    `json:"inexact,omitempty"`

	// Every parameter, resolved: absent where they are those of the line before, which is of
	// another repeat of the same cell.
	Settings *settings `json:"settings,omitempty"`

	Repeat        int    `json:"repeat"`
	Deterministic bool   `json:"deterministic,omitempty"`
	Status        Status `json:"status"`
	Iterations    int    `json:"iterations"`
	Start         *begun `json:"start,omitempty"` // absent in files of older versions
	Gap           Number `json:"gap"`
	Floor         Number `json:"floor"`
	GradientNorm  Number `json:"gradient_norm"`

	Counts `omit:"empty"`

	Hits    *hitColumns `json:"hits,omitempty"` // absent: the cell did not begin
	Jitter  []Jittered  `json:"jitter,omitempty"`
	Seconds Number      `json:"seconds"`
}

// begun is where the run began.
type begun struct {
	Gap          Number `json:"gap"`
	GradientNorm Number `json:"gradient_norm"`
}

// settings are the components of a cell.
type settings struct {
	Problem Component `json:"problem"`
	Method  Component `json:"method"`
}

// hitColumns are the targets column by column, in the order of the first line: null where
// a target was not met. A column of zeros is left out.
type hitColumns struct {
	Refused   []int  `json:"refused,omitempty"` // targets that were refused, counted from 0
	Iteration Series `json:"iteration"`
	Since     Series `json:"since,omitempty"` // the check before; absent where it is the iteration before, of every target
	hitCounts `omit:"empty"`
}

type hitCounts = counts.Of[Series]

// lineOf is the line of an outcome, after the line of another, if there is one.
func lineOf(o, before *Summary) *baselineLine {
	l := &baselineLine{
		ID: o.ID, Definition: o.Definition, Conditions: o.Conditions,
		Problem: o.Labels.Problem, Method: o.Labels.Method, Names: [2]string{o.Problem, o.Method}, Families: o.Families, Inexact: o.Inexact,
		Repeat: o.Repeat, Deterministic: o.Deterministic, Status: o.Status, Iterations: o.Iterations,
		Gap: Number(o.Gap), Floor: Number(o.Floor), GradientNorm: Number(o.GradientNorm),
		Counts: o.Counts, Jitter: o.Jitter, Seconds: Number(o.Seconds),
	}
	if !math.IsNaN(o.StartGap) || !math.IsNaN(o.StartGradient) {
		l.Start = &begun{Number(o.StartGap), Number(o.StartGradient)}
	}
	if o.MethodSettings.Name != "" && (before == nil || !sameSettings(o, before)) {
		l.Settings = &settings{o.ProblemSettings, o.MethodSettings}
	}
	if len(o.Targets) > 0 {
		l.Hits = columnsOf(o.Targets)
	}
	return l
}

// sameSettings reports whether two outcomes are of one cell with one setting.
func sameSettings(a, b *Summary) bool {
	return a.Labels == b.Labels && reflect.DeepEqual(a.ProblemSettings, b.ProblemSettings) && reflect.DeepEqual(a.MethodSettings, b.MethodSettings)
}

func columnsOf(targets []Target) *hitColumns {
	h := &hitColumns{}
	skipped := false
	for k := range targets {
		t := targets[k]
		if t.Message != "" {
			h.Refused = append(h.Refused, k)
		}
		h.Iteration, h.Since = append(h.Iteration, math.NaN()), append(h.Since, math.NaN())
		if t.Hit() {
			h.Iteration[k] = float64(*t.Iteration)
			if t.Since != nil {
				h.Since[k] = float64(*t.Since)
				skipped = skipped || *t.Since != *t.Iteration-1
			}
		}
		for c, column := range h.Each {
			*column = append(*column, float64(*t.At(c)))
		}
	}
	if !skipped {
		h.Since = nil
	}
	for _, column := range h.Each {
		if !slices.ContainsFunc(*column, func(v float64) bool { return v != 0 }) {
			*column = nil
		}
	}
	return h
}

// outcome is what the line says, after the outcome of the line before, if there is one.
func (l *baselineLine) outcome(names []TargetName, before *Summary) (Summary, error) {
	o := Summary{
		ID: l.ID, Definition: l.Definition, Conditions: l.Conditions,
		Labels: Labels{l.Problem, l.Method}, Problem: l.Names[0], Method: l.Names[1], Families: l.Families, Inexact: l.Inexact,
		Repeat: l.Repeat, Deterministic: l.Deterministic, Status: l.Status, Iterations: l.Iterations,
		Counts: l.Counts, StartGap: math.NaN(), StartGradient: math.NaN(),
		Gap: float64(l.Gap), Floor: float64(l.Floor), GradientNorm: float64(l.GradientNorm), Jitter: l.Jitter, Seconds: float64(l.Seconds),
	}
	if o.ID == "" || o.Status == "" {
		return o, errors.New("a cell without id or status")
	}
	if l.Start != nil {
		o.StartGap, o.StartGradient = float64(l.Start.Gap), float64(l.Start.GradientNorm)
	}
	switch {
	case l.Settings != nil:
		o.ProblemSettings, o.MethodSettings = l.Settings.Problem, l.Settings.Method
	case before != nil && before.Labels == o.Labels:
		o.ProblemSettings, o.MethodSettings = before.ProblemSettings, before.MethodSettings
	}
	if l.Hits == nil {
		return o, nil
	}
	return o, l.Hits.fill(&o, names)
}

// fill turns columns back into targets.
func (h *hitColumns) fill(o *Summary, names []TargetName) error {
	o.Targets = make([]Target, len(names))
	if len(h.Iteration) != len(names) || h.Since != nil && len(h.Since) != len(names) {
		return fmt.Errorf("%d targets; the first line names %d", len(h.Iteration), len(names))
	}
	for k := range o.Targets {
		t := &o.Targets[k]
		t.Target, t.Kind, t.AtLeast = names[k].Target, names[k].Kind, names[k].AtLeast
		if v := h.Iteration[k]; !math.IsNaN(v) {
			iteration, since := int(v), int(v)-1
			t.Iteration = &iteration
			if h.Since != nil && !math.IsNaN(h.Since[k]) {
				since = int(h.Since[k])
			}
			if since >= 0 {
				t.Since = &since
			}
		}
		for c, column := range h.Each {
			if *column == nil {
				continue
			}
			if len(*column) != len(names) {
				return fmt.Errorf("a column of %d targets; the first line names %d", len(*column), len(names))
			}
			*t.At(c) = int64((*column)[k])
		}
	}
	for _, k := range h.Refused {
		if k < 0 || k >= len(names) {
			return fmt.Errorf("target %d is refused; the first line names %d", k, len(names))
		}
		o.Targets[k].Message = "refused"
	}
	return nil
}
