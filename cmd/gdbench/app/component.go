package app

import (
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/problems"
)

// componentView is what `show --json` prints of a component.
type componentView struct {
	Kind       string          `json:"kind"`
	Name       string          `json:"name"`
	Aliases    []string        `json:"aliases,omitempty"`
	Summary    string          `json:"summary"`
	Formula    string          `json:"formula,omitempty"`
	Source     string          `json:"source,omitempty"`
	DOI        string          `json:"doi,omitempty"`
	Parameters []parameterView `json:"parameters"`

	// Of methods, directions, step rules, wrappers and schedules.
	Cost     string        `json:"cost,omitempty"`     // of an iteration
	Memory   string        `json:"memory,omitempty"`   // numbers that it keeps
	Around   string        `json:"around,omitempty"`   // the method that a wrapper or schedule was tried around
	Requires []string      `json:"requires,omitempty"` // facts without which it does not run
	Needs    []string      `json:"needs,omitempty"`    // what else a problem must have
	Batches  bool          `json:"batches,omitempty"`  // it takes mini-batches
	Theorems []theoremView `json:"theorems,omitempty"`

	// Of problems.
	Problem string     `json:"problem,omitempty"` // the label, with the parameters that are set
	Dim     int        `json:"dim,omitempty"`
	Facts   *factsView `json:"facts,omitempty"`
	Missing string     `json:"missing,omitempty"` // why there are no facts: a parameter that is required
}

type parameterView struct {
	Name     string `json:"name"`
	Default  string `json:"default,omitempty"`
	Required bool   `json:"required,omitempty"`
	Range    string `json:"range,omitempty"`
	Meaning  string `json:"meaning"`
}

type theoremView struct {
	Name          string `json:"name"`
	Statement     string `json:"statement"`
	Hypotheses    string `json:"hypotheses"`
	Source        string `json:"source"`
	DOI           string `json:"doi,omitempty"`
	Tight         bool   `json:"tight,omitempty"`
	Lower         bool   `json:"lower,omitempty"`
	InExpectation bool   `json:"in_expectation,omitempty"`
}

// viewComponent describes a component; set are parameters of a problem, for its facts.
func viewComponent(e *param.Entry, set []string) (*componentView, error) {
	v := &componentView{
		Kind: e.Kind, Name: e.Name, Aliases: e.Aliases, Summary: e.Summary, Formula: e.Formula,
		Source: e.Source, DOI: e.DOI, Parameters: []parameterView{},
	}
	for _, f := range e.Fields() {
		v.Parameters = append(v.Parameters, parameterView{f.Name, f.Default, f.Required, rangeText(f), meaning(f)})
	}
	g, err := guideTo(e)
	if err != nil {
		return nil, err
	}
	if g != nil {
		v.Cost, v.Memory, v.Around, v.Requires, v.Needs, v.Batches = g.Cost, g.Memory, g.Around, g.Requires, g.Needs, g.Batches
		for _, t := range g.theorems {
			v.Theorems = append(v.Theorems, viewTheorem(t))
		}
	}
	if e.Kind == param.Of[problems.Problem]().Kind {
		built, label, err := buildProblem(e.Name, set)
		if err != nil {
			v.Missing = err.Error()
			return v, nil
		}
		facts := viewFacts(built.Facts)
		v.Problem, v.Dim, v.Facts = label, built.Problem.Dim(), &facts
	}
	return v, nil
}

func viewTheorem(t theorem.Theorem) theoremView {
	return theoremView{t.Name, t.Statement, t.Hypotheses, t.Source, t.DOI, t.Tight, t.Lower, t.InExpectation}
}
