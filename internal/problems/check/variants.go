package check

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/problems"
)

// variant is a problem to check, as written.
type variant struct {
	spec *param.Spec
	own  bool // what was asked for; the others may be refused by the problem
}

// variants are the components to check for a name or a text: for a name, the problem
// with its defaults, then with every other word of each parameter that has a closed
// choice, every switch turned, and other numbers of variables, each by itself. A problem
// made of another one is tried around some of every sort.
func variants(text string) ([]variant, error) {
	node, err := parse(text)
	if err != nil {
		return nil, err
	}
	if node.Kind == yaml.ScalarNode {
		entry, err := param.Of[problems.Problem]().Lookup(node.Value)
		if err != nil {
			return nil, err
		}
		switch need := required(entry); {
		case len(need) == 1 && need[0].Type == reflect.TypeFor[problems.Problem]():
			return around(entry, need[0])
		case len(need) > 0:
			return []variant{{spec: &param.Spec{Entry: entry}, own: true}}, nil
		}
	}
	written, err := expand(node)
	if err != nil {
		return nil, err
	}
	var out []variant
	for _, spec := range written {
		out = append(out, variant{spec, true})
	}
	if node.Kind != yaml.ScalarNode {
		return out, nil
	}
	for _, f := range written[0].Entry.Fields() {
		for _, value := range alternatives(f) {
			specs, err := expand(flow(node.Value, f.Name, value))
			if err == nil {
				out = append(out, variant{specs[0], false})
			}
		}
	}
	return out, nil
}

// required lists the parameters that have no default.
func required(e *param.Entry) []*param.Field {
	var fields []*param.Field
	for _, f := range e.Fields() {
		if f.Required {
			fields = append(fields, f)
		}
	}
	return fields
}

// inner are the problems that wrappers are tried around: a sum of squares, one with known
// constants, a finite sum, a composite one.
var inner = []string{"rosenbrock", "quadratic", "logistic", "lasso"}

func around(e *param.Entry, f *param.Field) ([]variant, error) {
	var out []variant
	for _, name := range inner {
		if !param.Of[problems.Problem]().Has(name) {
			continue
		}
		specs, err := expand(flow(e.Name, f.Name, name))
		if err != nil {
			return nil, err
		}
		out = append(out, variant{specs[0], false})
	}
	return out, nil
}

// alternatives are the other values of a parameter worth a look.
func alternatives(f *param.Field) []string {
	var out []string
	for _, word := range f.OneOf {
		if word != f.Default {
			out = append(out, word)
		}
	}
	switch f.Default {
	case "true":
		out = append(out, "false")
	case "false":
		out = append(out, "true")
	}
	if n, err := strconv.Atoi(f.Default); err == nil && f.Name == "dim" {
		for _, m := range []int{n + 1, 2 * n} {
			out = append(out, strconv.Itoa(m))
		}
	}
	return out
}

func parse(text string) (*yaml.Node, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil || len(document.Content) != 1 {
		return nil, fmt.Errorf("%q is neither the name of a problem nor a problem in the suite language, such as {name: quadratic, dim: 3}", text)
	}
	return document.Content[0], nil
}

func expand(n *yaml.Node) ([]*param.Spec, error) {
	return param.Of[problems.Problem]().Expand(param.Source("check"), n, nil)
}

// flow is {name: name, key: value}.
func flow(name, key, value string) *yaml.Node {
	n, err := parse(fmt.Sprintf("{name: %s, %s: %s}", name, key, value))
	if err != nil {
		return &yaml.Node{Kind: yaml.ScalarNode, Value: name}
	}
	return n
}

// check builds the problem and looks at it. A variant that the problem refuses is left
// out; what was asked for and cannot be built is a failure.
func (v variant) check(o Options) []Result {
	label := v.spec.Text()
	one := func(outcome Conclusion, message string) []Result {
		return []Result{{Problem: label, Check: "build", Conclusion: outcome, Message: message}}
	}
	if need := required(v.spec.Entry); len(need) > len(v.spec.Args) {
		return one(NotApplicable, fmt.Sprintf("the parameter %s must be given: check %q", need[0].Name,
			fmt.Sprintf("{name: %s, %s: …}", v.spec.Entry.Name, need[0].Name)))
	}
	p, err := v.build(o)
	var missing *problems.Missing
	switch {
	case err != nil && !v.own:
		return one(NotApplicable, err.Error())
	case errors.As(err, &missing):
		return one(NotApplicable, err.Error())
	case err != nil:
		return one(Failed, err.Error())
	}
	return Problem(label, p, o)
}

func (v variant) build(o Options) (p problems.Problem, err error) {
	component, err := v.spec.New()
	if err != nil {
		return nil, err
	}
	p, ok := component.(problems.Problem)
	if !ok {
		return nil, fmt.Errorf("%T is no problem", component)
	}
	return p, guard.Run("while the problem was built", func() error {
		return problems.Build(p, problems.Env{Dir: o.Dir, Seed: o.Seed, Name: v.spec.Text()})
	})
}
