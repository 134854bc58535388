package process

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/wire"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// validName is a name that can be written in a suite without quotes.
var validName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]{0,99}$`)

// ValidName reports whether a program may have that name.
func ValidName(name string) bool { return validName.MatchString(name) }

// Reserved are the keys of an entry that are the runner's, and so cannot be parameters.
var reserved = []string{"name", "label", "on", "batch", "sampling", "start", "instances", "constraint"}

// offers are what a problem may have besides values and gradients.
var offers = []string{wire.OfferHessian, wire.OfferHessianProduct, wire.OfferResiduals, wire.OfferSamples, wire.OfferProx}

// needs are what a method may need.
var needs = append(slices.Clone(offers), methods.HorizonFact)

// check refuses a hello that cannot be used.
func (h *Hub) check() error {
	if !validName.MatchString(h.Prefix) {
		return fmt.Errorf("hello: the name %q; expected letters, digits, dashes and underscores", h.Prefix)
	}
	if len(h.Hello.Methods)+len(h.Hello.Problems) == 0 {
		return errors.New("hello: no components; expected methods or problems")
	}
	for kind, list := range map[string][]wire.Component{"method": h.Hello.Methods, "problem": h.Hello.Problems} {
		seen := map[string]bool{}
		for _, c := range list {
			switch {
			case !validName.MatchString(c.Name):
				return fmt.Errorf("hello: the %s name %q; expected letters, digits, dashes and underscores", kind, c.Name)
			case seen[c.Name]:
				return fmt.Errorf("hello: the %s %q is declared twice", kind, c.Name)
			}
			seen[c.Name] = true
			for _, need := range c.Needs {
				if !slices.Contains(needs, need) {
					return fmt.Errorf("hello: %s %s needs %q%s", kind, c.Name, need, text.Suggest(need, needs))
				}
			}
			if _, err := structOf(c.Parameters); err != nil {
				return fmt.Errorf("hello: %s %s: %w", kind, c.Name, err)
			}
		}
	}
	return nil
}

// Lend registers the components of the program until giveBack is called.
func (h *Hub) Lend() (giveBack func(), err error) {
	lentMethods, err := h.lentOf(h.Hello.Methods, func(c *wire.Component, settings any) any {
		return &method{hub: h, about: c, settings: settings}
	})
	if err != nil {
		return nil, err
	}
	lentProblems, err := h.lentOf(h.Hello.Problems, func(c *wire.Component, settings any) any {
		return &problem{hub: h, about: c, settings: settings}
	})
	if err != nil {
		return nil, err
	}
	backMethods, err := param.Of[methods.Method]().Lend(lentMethods)
	if err != nil {
		return nil, err
	}
	backProblems, err := param.Of[problems.Problem]().Lend(lentProblems)
	if err != nil {
		backMethods()
		return nil, err
	}
	return func() { backMethods(); backProblems() }, nil
}

// lentOf is a list of components, each made with a new struct of its settings.
func (h *Hub) lentOf(list []wire.Component, make func(c *wire.Component, settings any) any) ([]param.Lent, error) {
	var out []param.Lent
	for i := range list {
		c := &list[i]
		settings, err := structOf(c.Parameters)
		if err != nil {
			return nil, err
		}
		lent := h.lent(c)
		lent.Make = func() any { return make(c, reflect.New(settings).Interface()) }
		out = append(out, lent)
	}
	return out, nil
}

// lent is what a catalogue says about a component. Its edition is the version that it declares,
// and without one the contents of the files that the command names: results of one edition can be compared.
func (h *Hub) lent(c *wire.Component) param.Lent {
	edition := cmp.Or(c.Version, h.Hello.Version)
	if edition == "" {
		edition = h.files()
	}
	return param.Lent{
		Name: h.Prefix + "." + c.Name, Edition: edition,
		Origin: fmt.Sprintf("%q, %s, version %q %q", h.Run, h.files(), h.Hello.Version, c.Version),
		Info: param.Info{
			Summary: cmp.Or(strings.TrimSpace(c.Summary), "a component of "+h.Command()), Formula: c.Formula,
			Source: c.Source, DOI: c.DOI, Family: c.Family,
		},
	}
}
