package play

import (
	"math"
	"reflect"
	"sync"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// Offers are what the page lets the user choose from.
type Offers struct {
	Problems []Offer `json:"problems"`
	Methods  []Offer `json:"methods"`
}

// Offer is a component with the parameters that have a field on the page.
type Offer struct {
	Name       string         `json:"name"`
	Summary    string         `json:"summary"`
	Formula    string         `json:"formula,omitempty"`
	Dim        int            `json:"dim,omitempty"`
	Settings   map[string]any `json:"settings,omitempty"` // with which it is offered
	Window     *Window        `json:"window,omitempty"`
	Parameters []Parameter    `json:"parameters"`
}

// Parameter is one of them.
type Parameter struct {
	Name    string   `json:"name"`
	Doc     string   `json:"doc"`
	Default string   `json:"default"`
	OneOf   []string `json:"oneof,omitempty"`
}

// offeredProblems are those with a picture that teach something, in the order of the page. The last
// is the regression of the playground: two weights, few samples, and labels on which a batch is noisy.
var offeredProblems = []Component{
	{"quadratic", map[string]any{"dim": 2, "condition": 10}},
	{"sphere", map[string]any{"dim": 1}},
	{"double-well", nil},
	{"quartic1d", nil},
	{"huber1d", nil},
	{"pl-sin", nil},
	{"hb-counterexample", nil},
	{"rosenbrock", nil},
	{"himmelblau", nil},
	{"saddle-quartic", nil},
	{"monkey-confined", nil},
	{"matyas", nil},
	{"booth", nil},
	{"branin", nil},
	{"six-hump-camel", nil},
	{"styblinski-tang", map[string]any{"dim": 2}},
	{"rastrigin", map[string]any{"dim": 2}},
	{"ackley", map[string]any{"dim": 2}},
	{"xy-factor", nil},
	{"least-squares", map[string]any{"data": map[string]any{"name": "regression", "samples": 64, "features": 2, "condition": 4, "noise": 1}, "intercept": "none"}},
}

// offeredMethods are those of the page.
var offeredMethods = []string{"fixed-step", "descent", "heavy-ball", "nesterov", "steepest", "sgd", "adam", "rmsprop", "adagrad", "rprop",
	"sign-momentum", "gradient-noise", "polyak", "barzilai-borwein", "newton", "damped-newton", "trust-region", "bfgs", "conjugate-gradient"}

// batch is the key of every method in a suite that is none of its own parameters; the page has it
// where the problem has samples.
const batch = "batch"

// allOffers lists what the page offers, and builds each problem once.
var allOffers = sync.OnceValues(func() (*Offers, error) {
	out := &Offers{}
	for _, c := range offeredProblems {
		entry, err := param.Of[problems.Problem]().Lookup(c.Name)
		if err != nil {
			return nil, err
		}
		o := offer(entry, c.Settings)
		_, b, _, err := Setup{Problem: c, Methods: []Component{{Name: offeredMethods[0]}}, Iterations: 1}.read()
		if err != nil {
			return nil, err
		}
		o.describe(b)
		out.Problems = append(out.Problems, o)
	}
	for _, name := range offeredMethods {
		entry, err := param.Of[methods.Method]().Lookup(name)
		if err != nil {
			return nil, err
		}
		o := offer(entry, nil)
		o.Parameters = append(o.Parameters, Parameter{Name: batch, Doc: "samples in each step, on a sum over samples", Default: "full"})
		out.Methods = append(out.Methods, o)
	}
	return out, nil
})

func offer(e *param.Entry, settings map[string]any) Offer {
	return Offer{Name: e.Name, Summary: e.Summary, Formula: e.Formula, Settings: settings, Parameters: parameters(e)}
}

// describe adds what is known of the problem once it is built.
func (o *Offer) describe(b *prepare.Built) {
	p := problemOf("", b)
	o.Dim, o.Window = p.Dim, p.Window
	if o.Window == nil && p.Dim == 2 && b.Facts.Minimum != nil && len(b.Facts.Minimum.Points) > 0 {
		o.Window = around(b.Facts.Minimum.Points[0])
	}
}

// around is a window that has a point and the origin in its middle half.
func around(p []float64) *Window {
	half := max(1, math.Abs(p[0]), math.Abs(p[1]))
	x, y := float64(p[0]/2), float64(p[1]/2)
	return &Window{X: results.Series{x - half, x + half}, Y: results.Series{y - half, y + half}}
}

// parameters are those whose values are words or numbers.
func parameters(e *param.Entry) []Parameter {
	out := []Parameter{}
	for _, f := range e.Fields() {
		if f.Registry() != nil || f.Depth() > 0 || f.Type.Kind() == reflect.Interface {
			continue
		}
		out = append(out, Parameter{Name: f.Name, Doc: f.Doc, Default: text.Terminal(f.Default), OneOf: f.OneOf})
	}
	return out
}
