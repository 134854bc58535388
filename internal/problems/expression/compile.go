package expression

import (
	"fmt"
	"math"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
)

// Limits on what a formula may expand to. They are far above any formula that is worth
// typing and far below what exhausts memory.
const (
	maxText       = 1 << 16
	maxDim        = 1 << 20
	maxOperations = 1 << 20
	maxVisits     = 1 << 22 // of nodes, those in a sum once for each index
)

// compiler writes a syntax tree out as a tape.
type compiler struct {
	spelling *spelling
	dim      int // number of variables; 0: as many as occur
	tape     *tape

	indices  map[string]float64    // the index of each sum around the node
	known    map[instruction]int32 // slot of every instruction, keyed with to = 0
	numbers  map[uint64]int32      // slot of every constant, by its bits
	visits   int
	variable []int32 // slot of each variable that has occurred, −1 before
	last     *node   // where the one with the largest index occurred first
}

// compile reads a formula. With dim = 0 it has as many variables as occur in it.
func compile(text string, dim int) (*tape, error) {
	if len(text) > maxText {
		return nil, &Error{text[:maxText], 1, 1, "the expression is longer than 64 KiB; write repetition as sum(i, 0, n-1, …)"}
	}
	spelled, err := spell(text)
	if err != nil {
		return nil, err
	}
	tree, wrong := parse(string(spelled.out))
	if wrong != nil {
		return nil, spelled.syntaxError(wrong)
	}
	c := &compiler{
		spelling: spelled, dim: dim, tape: &tape{constants: map[int32]float64{}},
		indices: map[string]float64{}, known: map[instruction]int32{}, numbers: map[uint64]int32{},
	}
	if c.tape.result, err = c.node(tree); err != nil {
		return nil, err
	}
	for len(c.variable) < dim {
		c.variable = append(c.variable, -1)
	}
	if len(c.variable) == 0 {
		return nil, c.fail(tree, "no variable occurs; expected x, y, z or x[0], x[1], …")
	}
	if err := c.gaps(); err != nil {
		return nil, err
	}
	c.tape.variables = c.variable
	return c.tape, nil
}

// gaps refuses a formula that leaves out variables below its last one, unless dim says how many
// there are: x[1] and x[2] may be meant as two variables counted from 1, or as two of three.
func (c *compiler) gaps() error {
	if c.dim > 0 {
		return nil
	}
	var absent, present []string
	for i, slot := range c.variable {
		name := fmt.Sprintf("x[%d]", i)
		if slot < 0 {
			absent = append(absent, name)
		} else {
			present = append(present, name)
		}
	}
	if len(absent) == 0 {
		return nil
	}
	n := len(c.variable)
	renamed := make([]string, len(present))
	for i := range renamed {
		renamed[i] = fmt.Sprintf("x[%d]", i)
	}
	return c.fail(c.last, "%s %s not occur, and variables count from 0 (x, y, z are x[0], x[1], x[2]); write %s for a function of %s, or dim: %d for one of %s",
		few(absent), english.Verb(len(absent), "does", "do"), few(renamed), english.Count(len(present), "variable"), n, english.Count(n, "variable"))
}

// few lists names, cut where there are many.
func few(names []string) string {
	const shown = 4
	if len(names) > shown {
		return strings.Join(names[:shown], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

// node compiles a node and returns the slot of its value.
func (c *compiler) node(n *node) (int32, error) {
	if c.visits++; c.visits > maxVisits || c.tape.slots > maxOperations {
		return 0, c.fail(n, "the expression expands to more than %d operations; lower dim or shorten its sums", maxOperations)
	}
	switch n.kind {
	case numeral:
		return c.constant(n.value), nil
	case identifier:
		return c.identifier(n)
	case element:
		return c.element(n)
	case operation1:
		return c.unary(n)
	case operation2:
		return c.binary(n)
	case call:
		return c.call(n, n.text, n.parts)
	case conditional:
		return c.choose(n.parts[0], n.parts[1], n.parts[2])
	case meaningless:
		if len(n.parts) == 1 && n.parts[0].kind == identifier && reserved(n.parts[0].text) {
			return 0, c.fail(n, "%q has no meaning here; variables are written x[0], x[1], …", shorten(n.String()))
		}
	}
	return 0, c.fail(n, "%q has no meaning here; expected numbers, variables, + - * / ^, functions and sums", shorten(n.String()))
}

// shorten keeps a quotation readable.
func shorten(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

func (c *compiler) identifier(n *node) (int32, error) {
	if index, ok := c.indices[n.text]; ok {
		return c.constant(index), nil
	}
	switch n.text {
	case "x", "y", "z":
		return c.coordinate(n, float64(n.text[0]-'x'))
	case "pi":
		return c.constant(math.Pi), nil
	case "e":
		return c.constant(math.E), nil
	case "n":
		if c.dim == 0 {
			return 0, c.fail(n, "n is the number of variables; give it as dim")
		}
		return c.constant(float64(c.dim)), nil
	}
	for _, f := range functions {
		if f.name == n.text {
			return 0, c.fail(n, "the function %s needs an argument: %s(…)", f.name, f.name)
		}
	}
	valid := []string{"x", "y", "z", "pi", "e", "n"}
	for index := range c.indices {
		valid = append(valid, index)
	}
	if product, ok := c.product(n.text); ok {
		return 0, c.fail(n, "unknown name %q; a product is written %s", n.text, product)
	}
	return 0, c.fail(n, "unknown name %q%s; further variables are x[0], x[1], …", n.text, text.Suggest(n.text, valid))
}

// product splits a name into known ones of a letter: xy is meant as x*y.
func (c *compiler) product(name string) (string, bool) {
	letters := strings.Split(name, "")
	for _, letter := range letters {
		if _, index := c.indices[letter]; !index && !reserved(letter) {
			return "", false
		}
	}
	return strings.Join(letters, "*"), len(letters) > 1
}

// element is x[index].
func (c *compiler) element(n *node) (int32, error) {
	vector, property := n.parts[0], n.parts[1]
	if vector.kind != identifier || vector.text != "x" {
		return 0, c.fail(n, "%q has no meaning here; variables are written x[0], x[1], …", shorten(n.String()))
	}
	slot, err := c.node(property)
	if err != nil {
		return 0, err
	}
	index, ok := c.tape.constants[slot]
	if !ok || index != math.Trunc(index) {
		return 0, c.fail(property, "the index %q is not a whole number; expected one made of numbers, n and the index of a sum", shorten(property.String()))
	}
	return c.coordinate(property, index)
}

// coordinate is the slot of a variable.
func (c *compiler) coordinate(n *node, index float64) (int32, error) {
	switch {
	case index < 0:
		return 0, c.fail(n, "x[%g] does not exist; indices count from 0", index)
	case c.dim > 0 && index >= float64(c.dim):
		return 0, c.fail(n, "x[%g] does not exist; with dim: %d the last variable is x[%d]%s", index, c.dim, c.dim-1, c.sumHint(index))
	case index >= maxDim:
		return 0, c.fail(n, "x[%g] is beyond the largest number of variables, %d", index, maxDim)
	}
	if int(index) >= len(c.variable) {
		c.last = n
	}
	for len(c.variable) <= int(index) {
		c.variable = append(c.variable, -1)
	}
	if c.variable[int(index)] < 0 {
		c.variable[int(index)] = c.slot()
	}
	return c.variable[int(index)], nil
}

// sumHint is for sums that count variables from 1.
func (c *compiler) sumHint(index float64) string {
	if index != float64(c.dim) || len(c.indices) == 0 {
		return ""
	}
	return "; variables count from 0, as in sum(i, 0, n-1, x[i]^2)"
}

func (c *compiler) unary(n *node) (int32, error) {
	a, err := c.node(n.parts[0])
	switch {
	case err != nil:
		return 0, err
	case n.text == "+":
		return a, nil
	case n.text == "-":
		return c.emit(negate, a, 0), nil
	}
	return 0, c.fail(n, "the operator %q has no meaning here; expected + - * / ^", n.text)
}

var operators = map[string]operation{"+": add, "-": subtract, "*": multiply, "/": divide, "^": exponentiate, "**": exponentiate}

func (c *compiler) binary(n *node) (int32, error) {
	operation, ok := operators[n.text]
	if !ok {
		return 0, c.fail(n, "the operator %q has no meaning here; expected + - * / ^, or a choice such as x > 0 ? x^2 : 0", n.text)
	}
	a, err := c.node(n.parts[0])
	if err != nil {
		return 0, err
	}
	b, err := c.node(n.parts[1])
	if err != nil {
		return 0, err
	}
	return c.emit(operation, a, b), nil
}

func (c *compiler) slot() int32 {
	c.tape.slots++
	return c.tape.slots - 1
}

// constant is the slot of a number.
func (c *compiler) constant(value float64) int32 {
	bits := math.Float64bits(value)
	slot, ok := c.numbers[bits]
	if !ok {
		slot = c.slot()
		c.numbers[bits] = slot
		c.tape.constants[slot] = value
	}
	return slot
}

// emit is the slot of operation(a, b): a constant where both are, the slot of the same
// operation where it was done before.
func (c *compiler) emit(o operation, a, b int32) int32 {
	va, constantA := c.tape.constants[a]
	vb, constantB := c.tape.constants[b]
	if o == exponentiate && constantB {
		switch o = power; vb {
		case 1:
			return a
		case 2:
			o, b = square, 0
		}
	}
	if constantA && (constantB || o.unary()) {
		return c.constant(evaluate(o, va, vb))
	}
	in := instruction{operation: o, a: a, b: b}
	if slot, ok := c.known[in]; ok {
		return slot
	}
	slot := c.slot()
	c.known[in] = slot
	in.to = slot
	c.tape.code = append(c.tape.code, in)
	return slot
}
