package play

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"sync"

	"github.com/gdbench/gdbench/internal/param"
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
	Typed      string         `json:"typed,omitempty"` // the function with these settings as one types it, where the formula is a general one
	More       bool           `json:"more,omitempty"`  // not among those to begin with
	Dim        int            `json:"dim,omitempty"`
	Rate       string         `json:"rate,omitempty"`     // of a problem: a learning rate to begin with
	Settings   map[string]any `json:"settings,omitempty"` // with which it is offered
	Parameters []Parameter    `json:"parameters"`
}

// Parameter is one of them.
type Parameter struct {
	Name    string   `json:"name"`
	Doc     string   `json:"doc"`
	Default string   `json:"default"`
	OneOf   []string `json:"oneof,omitempty"`
}

// regression is that of the playground: two weights, few samples, and labels on which a batch is noisy.
var regression = Component{"least-squares", map[string]any{"data": map[string]any{"name": "regression", "samples": 64, "features": 2, "condition": 4, "noise": 1}, "intercept": "none"}}

// firstProblems are those to begin with, in the order of the page; the others of the catalogue follow.
var firstProblems = []Component{
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
	regression,
}

// typed are those of them whose formulas are for n variables, as one would type them.
var typed = map[string]string{
	"quadratic":       "(x^2 + 10*y^2)/2",
	"sphere":          "x^2",
	"double-well":     "((x^2 - 1)^2 + (y^2 - 1)^2)/4",
	"rosenbrock":      "100*(y - x^2)^2 + (1 - x)^2",
	"styblinski-tang": "(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2",
	"rastrigin":       "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)",
	"ackley":          "20 - 20*exp(-0.2*sqrt((x^2 + y^2)/2)) + e - exp((cos(2*pi*x) + cos(2*pi*y))/2)",
}

// firstMethods are those to begin with.
var firstMethods = []string{"fixed-step", "heavy-ball", "nesterov", "descent", "steepest", "sgd", "adam", "rmsprop", "adagrad", "rprop",
	"sign-momentum", "gradient-noise", "polyak", "barzilai-borwein", "newton", "damped-newton", "trust-region", "bfgs", "conjugate-gradient"}

// Defaults of learning rates that are made for thousands of steps hardly move in those of a picture.
const (
	smallRate   = 0.1   // a default below it is one of these
	offeredRate = "0.1" // in its place
)

// batch is the key of every method in a suite that is none of its own parameters; the page has it
// where the problem has samples.
const batch = "batch"

// allOffers lists what the page offers: what is registered and makes sense on it.
var allOffers = sync.OnceValues(func() (*Offers, error) {
	out := &Offers{}
	for _, c := range firstProblems {
		entry, err := param.Of[problems.Problem]().Lookup(c.Name)
		if err != nil {
			return nil, err
		}
		o := offer(entry, c.Settings)
		o.Typed = typed[c.Name]
		if _, err := o.try(); err != nil {
			return nil, err
		}
		out.Problems = append(out.Problems, o)
	}
	for _, e := range others(param.Of[problems.Problem](), func(name string) bool {
		return slices.ContainsFunc(firstProblems, func(c Component) bool { return c.Name == name })
	}) {
		if o := offer(e, nil); testFunction(e) && o.drawn() {
			out.Problems = append(out.Problems, o)
		}
	}
	for _, name := range firstMethods {
		entry, err := param.Of[methods.Method]().Lookup(name)
		if err != nil {
			return nil, err
		}
		out.Methods = append(out.Methods, methodOffer(entry))
	}
	for _, e := range others(param.Of[methods.Method](), func(name string) bool { return slices.Contains(firstMethods, name) }) {
		if o := methodOffer(e); o.runs(e) {
			o.More = true
			out.Methods = append(out.Methods, o)
		}
	}
	return out, nil
})

// others are the components of a registry whose names are not taken.
func others(r *param.Registry, taken func(string) bool) []*param.Entry {
	var out []*param.Entry
	for _, name := range r.Names() {
		if e, err := r.Lookup(name); err == nil && !taken(name) {
			out = append(out, e)
		}
	}
	return out
}

func offer(e *param.Entry, settings map[string]any) Offer {
	return Offer{Name: e.Name, Summary: e.Summary, Formula: e.Formula, Settings: settings, Parameters: parameters(e)}
}

func methodOffer(e *param.Entry) Offer {
	o := offer(e, nil)
	for _, p := range o.Parameters {
		if rate, err := strconv.ParseFloat(p.Default, 64); err == nil && p.Name == "lr" && rate < smallRate {
			o.Settings = map[string]any{"lr": offeredRate}
		}
	}
	o.Parameters = append(o.Parameters, Parameter{Name: batch, Doc: "samples in each step, on a sum over samples", Default: "full"})
	return o
}

// testFunction reports whether a problem has no other component in it, such as data, and needs nothing.
func testFunction(e *param.Entry) bool {
	return !slices.ContainsFunc(e.Fields(), func(f *param.Field) bool { return f.Required || f.Registry() != nil })
}

// try builds the problem of an offer, and adds what is known of it.
func (o *Offer) try() (*Problem, error) {
	s, b, _, err := Setup{Problem: Component{o.Name, o.Settings}, Methods: []Component{{Name: firstMethods[0]}}, Iterations: 1}.read()
	if err != nil {
		return nil, err
	}
	p := problemOf(s, b)
	o.Dim, o.Rate = p.Dim, p.Rate
	return &p, nil
}

// drawn tries a further function, in two variables where it has as many as is asked for, and reports
// whether it has a picture.
func (o *Offer) drawn() bool {
	o.More = true
	if slices.ContainsFunc(o.Parameters, func(p Parameter) bool { return p.Name == "dim" }) {
		o.Settings = map[string]any{"dim": 2}
	}
	p, err := o.try()
	return err == nil && p.Dim <= 2 && p.Window != nil
}

// runs reports whether the method runs with its settings on the first quadratic, or on the regression.
// Those that need a matrix or a constraint run on neither. One with arithmetic of another library is
// left out: the records of a page are the same everywhere.
func (o *Offer) runs(e *param.Entry) bool {
	if _, inexact := methods.Unwrap(e.Prototype()).(methods.Inexact); inexact {
		return false
	}
	return slices.ContainsFunc([]Component{firstProblems[0], regression}, func(p Component) bool {
		r, err := descents(context.Background(), Setup{Problem: p, Methods: []Component{{o.Name, o.Settings}}, Iterations: 1})
		return err == nil && r.Runs[0].Status != results.Skipped && r.Runs[0].Status != results.Failed
	})
}

// parameters are those whose values are words or numbers.
func parameters(e *param.Entry) []Parameter {
	out := []Parameter{}
	for _, f := range e.Fields() {
		if f.Registry() != nil || f.Depth() > 0 || f.Type.Kind() == reflect.Interface {
			continue
		}
		choices := f.OneOf
		if f.Type.Kind() == reflect.Bool {
			choices = []string{"true", "false"}
		}
		out = append(out, Parameter{Name: f.Name, Doc: f.Doc, Default: f.Default, OneOf: choices})
	}
	return out
}
