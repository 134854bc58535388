package suite

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
	"gopkg.in/yaml.v3"
)

// space is where the settings of a method are drawn from.
type space []*coordinate

// coordinate is one parameter of a space.
type coordinate struct {
	path, node *yaml.Node // the node has the position of the draws
	form       string
	low, high  float64
	unit       *param.Length // that low and high are multiples of; nil: 1
	choices    []*yaml.Node
	when       []wanted
}

// wanted is what another parameter of the space must be.
type wanted struct {
	of     *coordinate
	values []string
}

// forms are how values are drawn, from u in [0, 1).
var forms = map[string]func(c *coordinate, u float64) float64{
	"uniform":      func(c *coordinate, u float64) float64 { return c.low + float64(u*(c.high-c.low)) },
	"loguniform":   geometric,
	"oneminus-log": func(c *coordinate, u float64) float64 { return 1 - text.Rounded(geometric(c, u), drawnDigits) },
	"integer":      func(c *coordinate, u float64) float64 { return c.low + math.Floor(u*(c.high-c.low+1)) },
	"choice":       func(c *coordinate, u float64) float64 { return math.Floor(u * float64(len(c.choices))) },
}

// geometric is uniform in the logarithm.
func geometric(c *coordinate, u float64) float64 {
	return c.low * elementary.Exp(float64(u*elementary.Log(c.high/c.low)))
}

// drawnDigits are those that a drawn value has: more would only lengthen its label.
const drawnDigits = 6

const spaceExample = "such as {lr: {loguniform: [1e-5, 1]}}; the forms are uniform, loguniform, oneminus-log, integer and choice"

// readSpace reads a map of parameters.
func readSpace(source param.Source, n *yaml.Node) (space, error) {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return nil, source.Errorf(n, "expected a map of parameters, %s, or `default`", spaceExample)
	}
	var s space
	for i := 0; i < len(n.Content); i += 2 {
		c, err := s.read(source, n.Content[i], n.Content[i+1])
		if err != nil {
			return nil, err
		}
		s = append(s, c)
	}
	return s, nil
}

// read reads a parameter, whose condition may be about those before it.
func (s space) read(source param.Source, path, n *yaml.Node) (*coordinate, error) {
	c := &coordinate{path: path, node: n}
	if n.Kind != yaml.MappingNode {
		return nil, source.Errorf(n, "%s: expected where its values are drawn from, %s", path.Value, spaceExample)
	}
	var bounds *yaml.Node
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Value == "when":
			if err := s.readWhen(source, c, value); err != nil {
				return nil, err
			}
		case forms[key.Value] == nil:
			return nil, source.Errorf(key, "%s: unknown form %q%s", path.Value, key.Value, text.Suggest(key.Value, append(formNames(), "when")))
		case c.form != "":
			return nil, source.Errorf(key, "%s: found %s and %s; expected one form", path.Value, c.form, key.Value)
		default:
			c.form, bounds = key.Value, value
		}
	}
	if c.form == "" {
		return nil, source.Errorf(n, "%s: the form is missing, %s", path.Value, spaceExample)
	}
	return c, c.readBounds(source, bounds)
}

func formNames() []string { return slices.Sorted(maps.Keys(forms)) }

func (c *coordinate) readBounds(source param.Source, n *yaml.Node) error {
	if c.form == "choice" {
		return c.readChoices(source, n)
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) != 2 {
		return source.Errorf(n, "%s: %s takes two numbers, the least and the largest, such as [1e-4, 1]", c.path.Value, c.form)
	}
	var ends [2]param.Length
	for i, end := range n.Content {
		if err := ends[i].UnmarshalText([]byte(end.Value)); err != nil || end.Kind != yaml.ScalarNode {
			return source.Errorf(end, "%s: found %q; expected a number, or an expression such as 1/L", c.path.Value, end.Value)
		}
	}
	low, plain := ends[0].Literal()
	high, alsoPlain := ends[1].Literal()
	if !plain || !alsoPlain {
		ratio, ok := ends[1].Over(ends[0])
		switch {
		case c.form != "uniform" && c.form != "loguniform":
			return source.Errorf(n, "%s: the ends of %s are numbers; facts about the problem are for uniform and loguniform", c.path.Value, c.form)
		case !ok:
			return source.Errorf(n, "%s: the two ends must be multiples of one expression, such as [1e-4/L, 10/L]", c.path.Value)
		}
		low, high, c.unit = 1, ratio, &ends[0]
	}
	c.low, c.high = low, high
	return c.checkBounds(source, n)
}

// checkBounds refuses spaces in which nothing varies, or that have no logarithm.
func (c *coordinate) checkBounds(source param.Source, n *yaml.Node) error {
	whole := c.low == math.Trunc(c.low) && c.high == math.Trunc(c.high)
	switch {
	case c.low >= c.high:
		return source.Errorf(n, "%s: the space has no width: the first number must be less than the second; a fixed value belongs into the method's entry", c.path.Value)
	case strings.HasSuffix(c.form, "log") || c.form == "loguniform":
		if c.low <= 0 {
			return source.Errorf(n.Content[0], "%s: %s needs numbers > 0", c.path.Value, c.form)
		}
	case c.form == "integer" && !whole:
		return source.Errorf(n, "%s: integer needs two whole numbers", c.path.Value)
	}
	if c.form == "oneminus-log" && c.high > 1 {
		return source.Errorf(n.Content[1], "%s: oneminus-log draws 1 − v, and v is at most 1; to draw near 0.9 to 0.999 write {oneminus-log: [1e-3, 0.1]}", c.path.Value)
	}
	return nil
}

func (c *coordinate) readChoices(source param.Source, n *yaml.Node) error {
	if n.Kind != yaml.SequenceNode {
		return source.Errorf(n, "%s: choice takes a list of values, such as [8, 32, 128]", c.path.Value)
	}
	seen := map[string]bool{}
	for _, value := range n.Content {
		seen[written(value)] = true
	}
	if len(seen) < 2 || len(seen) < len(n.Content) {
		return source.Errorf(n, "%s: the space has no width: choice needs at least two values, all different", c.path.Value)
	}
	c.choices = n.Content
	return nil
}

// written is a value as the suite language has it, on one line.
func written(n *yaml.Node) string {
	flow := *n
	flow.Style = yaml.FlowStyle
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	text, err := yaml.Marshal(&flow)
	if err != nil {
		return n.Value
	}
	return strings.TrimSpace(string(text))
}

// readWhen reads a condition on parameters that come before.
func (s space) readWhen(source param.Source, c *coordinate, n *yaml.Node) error {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return source.Errorf(n, "%s: when: expected a map such as {nesterov: true}", c.path.Value)
	}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := slices.IndexFunc(s, func(o *coordinate) bool { return o.path.Value == key.Value })
		if at < 0 || s[at].form != "choice" {
			var known []string
			for _, o := range s {
				if o.form == "choice" {
					known = append(known, o.path.Value)
				}
			}
			return source.Errorf(key, "%s: when: %q is no choice of this space that comes before%s", c.path.Value, key.Value, text.Suggest(key.Value, known))
		}
		one := wanted{of: s[at]}
		values := []*yaml.Node{value}
		if value.Kind == yaml.SequenceNode {
			values = value.Content
		}
		for _, v := range values {
			if !slices.Contains(s[at].options(), written(v)) {
				return source.Errorf(v, "%s: when: %s is never %s: it is one of %s", c.path.Value, key.Value, written(v), strings.Join(s[at].options(), ", "))
			}
			one.values = append(one.values, written(v))
		}
		c.when = append(c.when, one)
	}
	return nil
}

func (c *coordinate) options() []string {
	var out []string
	for _, o := range c.choices {
		out = append(out, written(o))
	}
	return out
}

// draw is the settings at a point of the unit cube. A parameter whose condition is not met is
// left as the method has it.
func (s space) draw(point []float64) []param.Setting {
	var out []param.Setting
	drawn := map[*coordinate]string{}
	for i, c := range s {
		if slices.ContainsFunc(c.when, func(w wanted) bool { return !slices.Contains(w.values, drawn[w.of]) }) {
			continue
		}
		value := c.at(point[i])
		drawn[c] = written(value)
		out = append(out, param.Setting{Path: c.path, Value: value})
	}
	return out
}

// at is the value for u in [0, 1), as a node.
func (c *coordinate) at(u float64) *yaml.Node {
	v := forms[c.form](c, u)
	if c.form == "choice" {
		return c.choices[min(int(v), len(c.choices)-1)]
	}
	if c.form == "integer" {
		v = math.Min(v, c.high)
	} else {
		low, high := c.ends()
		v = math.Max(low, math.Min(text.Rounded(v, drawnDigits), high))
		if c.form == "oneminus-log" {
			v = text.Rounded(v, 12)
		}
	}
	value := text.Exact(v)
	if c.unit != nil {
		value = param.Text(c.unit.Times(v))
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: value, Line: c.node.Line, Column: c.node.Column}
}

// ends are the least and the largest value of a parameter, without its unit.
func (c *coordinate) ends() (low, high float64) {
	if c.form == "oneminus-log" {
		return 1 - c.high, 1 - c.low
	}
	return c.low, c.high
}

// text is the canonical text of the space, which is part of what decides a final run.
func (s space) text() string {
	var b strings.Builder
	for _, c := range s.record() {
		c.Conditions = nil // When has them in words
		fmt.Fprintf(&b, "%+v\n", c)
	}
	return b.String()
}

// record is the space as the manifest keeps it.
func (s space) record() []results.Coordinate {
	var out []results.Coordinate
	for _, c := range s {
		r := results.Coordinate{Parameter: c.path.Value, Form: c.form, Low: results.Number(c.low), High: results.Number(c.high)}
		if c.form == "choice" {
			r.Low, r.High, r.Choices = results.Number(math.NaN()), results.Number(math.NaN()), c.options()
		}
		if c.unit != nil {
			r.Unit, r.Uses = param.Text(*c.unit), c.unit.Uses()
		}
		for _, w := range c.when {
			if r.When != "" {
				r.When += ", "
			}
			r.When += w.of.path.Value + ": " + strings.Join(w.values, " or ")
			r.Conditions = append(r.Conditions, results.Condition{Parameter: w.of.path.Value, Values: w.values})
		}
		out = append(out, r)
	}
	return out
}

// defaultSpace is what the tags of a method's parameters say; nil where none does.
func defaultSpace(entry *param.Entry, at param.Position) (space, error) {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: at.Line, Column: at.Column}
	add := func(path string, value *yaml.Node) {
		n.Content = append(n.Content, param.Map(n, path, value).Content...)
	}
	for _, f := range entry.Fields() {
		if f.Space == "" {
			continue
		}
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(f.Space), &document); err != nil {
			return nil, fmt.Errorf("the space of %s %s: %w", entry.Name, f.Name, err)
		}
		if inner := document.Content[0]; inner.Kind == yaml.SequenceNode {
			for i, one := range inner.Content {
				add(f.Name+"."+strconv.Itoa(i), one)
			}
			continue
		}
		add(f.Name, document.Content[0])
	}
	if len(n.Content) == 0 {
		return nil, nil
	}
	return readSpace(param.Source(at.File), n)
}
