package expression

import (
	"math"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/text"
)

// call compiles name(arguments).
func (c *compiler) call(n *node, name string, arguments []*node) (int32, error) {
	switch name {
	case "sum":
		return c.repeat(n, name, arguments, add, 0)
	case "prod":
		return c.repeat(n, name, arguments, multiply, 1)
	case "pow":
		return c.fold(n, name, arguments, exponentiate, 2)
	case "min":
		return c.fold(n, name, arguments, smaller, len(arguments))
	case "max":
		return c.fold(n, name, arguments, larger, len(arguments))
	case "where":
		if len(arguments) != 3 {
			return 0, c.fail(n, "where has %d arguments; expected three, as in where(x > 0, x^2, 0)", len(arguments))
		}
		return c.choose(arguments[0], arguments[1], arguments[2])
	case "log10", "log2":
		return c.logarithm(n, name, arguments)
	case "x":
		return 0, c.fail(n, "x is no function; variables are written x[0], x[1], …, and a product x*(…)")
	}
	valid := []string{"sum", "prod", "pow", "min", "max", "where", "log2", "log10"}
	for i, f := range functions {
		if f.name != name {
			valid = append(valid, f.name)
			continue
		}
		if len(arguments) != 1 {
			return 0, c.fail(n, "%s has %d arguments; expected one", name, len(arguments))
		}
		a, err := c.node(arguments[0])
		if err != nil {
			return 0, err
		}
		return c.emit(firstFunction+operation(i), a, 0), nil
	}
	return 0, c.fail(n, "unknown function %q%s", name, text.Suggest(name, valid))
}

// logarithm compiles a logarithm to another base.
func (c *compiler) logarithm(n *node, name string, arguments []*node) (int32, error) {
	log, err := c.call(n, "log", arguments)
	base, _ := strconv.ParseFloat(strings.TrimPrefix(name, "log"), 64)
	return c.emit(divide, log, c.constant(elementary.Log(base))), err
}

// fold joins two or more arguments by an operation.
func (c *compiler) fold(n *node, name string, arguments []*node, o operation, count int) (int32, error) {
	if len(arguments) != count || count < 2 {
		return 0, c.fail(n, "%s has %d arguments; expected %d", name, len(arguments), max(2, count))
	}
	var joined int32
	for i, argument := range arguments {
		slot, err := c.node(argument)
		switch {
		case err != nil:
			return 0, err
		case i == 0:
			joined = slot
		default:
			joined = c.emit(o, joined, slot)
		}
	}
	return joined, nil
}

// repeat compiles sum(i, from, to, term): the term once for each i, both ends included.
func (c *compiler) repeat(n *node, name string, arguments []*node, o operation, empty float64) (int32, error) {
	arguments, err := c.sumArguments(n, name, arguments)
	if err != nil {
		return 0, err
	}
	index := arguments[0]
	if index.kind != identifier || reserved(index.text) {
		return 0, c.fail(arguments[0], "%q cannot be an index; expected a name of its own, such as i", shorten(arguments[0].String()))
	}
	if _, taken := c.indices[index.text]; taken {
		return 0, c.fail(index, "the index %s belongs to the sum outside; choose another name", index.text)
	}
	from, err := c.bound(name, arguments[1])
	if err != nil {
		return 0, err
	}
	to, err := c.bound(name, arguments[2])
	if err != nil {
		return 0, err
	}
	if from > to {
		return c.constant(empty), nil
	}
	defer delete(c.indices, index.text)
	var joined int32
	for i := from; i <= to; i++ {
		c.indices[index.text] = i
		slot, err := c.node(arguments[3])
		switch {
		case err != nil:
			return 0, err
		case i == from:
			joined = slot
		default:
			joined = c.emit(o, joined, slot)
		}
	}
	return joined, nil
}

// sumArguments are the index, both bounds and the term. Without bounds the sum is over all
// variables; the term may come first: sum(x[i]^2, i, 0, n-1).
func (c *compiler) sumArguments(n *node, name string, arguments []*node) ([]*node, error) {
	index := func(i int) bool {
		return arguments[i].kind == identifier && !reserved(arguments[i].text)
	}
	switch {
	case len(arguments) == 4 && !index(0) && index(1):
		return []*node{arguments[1], arguments[2], arguments[3], arguments[0]}, nil
	case len(arguments) == 4:
		return arguments, nil
	case len(arguments) == 2 && index(0):
		if c.dim == 0 {
			return nil, c.fail(n, "%s(%s, …) is over all variables; give their number as dim, or write %s(%s, 0, 9, …)", name, arguments[0], name, arguments[0])
		}
		return []*node{arguments[0], &node{kind: numeral}, &node{kind: numeral, value: float64(c.dim - 1)}, arguments[1]}, nil
	case len(arguments) == 1:
		return nil, c.fail(n, "x is a number here and no vector; a sum over the variables is written %s(i, 0, n-1, x[i]^2)", name)
	}
	return nil, c.fail(n, "%s has %d arguments; expected four, as in %s(i, 0, n-1, x[i]^2)", name, len(arguments), name)
}

// bound is the first or last index of a sum.
func (c *compiler) bound(name string, n *node) (float64, error) {
	slot, err := c.node(n)
	if err != nil {
		return 0, err
	}
	value, ok := c.tape.constants[slot]
	if !ok || value != math.Trunc(value) || math.Abs(value) > maxVisits {
		return 0, c.fail(n, "the bound %q of %s is not a whole number; expected one made of numbers and n", shorten(n.String()), name)
	}
	return value, nil
}

// reserved reports whether a name has a meaning of its own.
func reserved(name string) bool {
	switch name {
	case "x", "y", "z", "pi", "e", "n":
		return true
	}
	return false
}
