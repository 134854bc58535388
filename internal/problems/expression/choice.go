package expression

// A formula chooses by a condition: x > 0 ? x^2 : 0, or where(x > 0, x^2, 0). A condition is the
// number 1 or 0, whose derivatives are zero; a choice is the sum of both branches, each of which
// is zero with all its derivatives where it is not chosen, whatever it would be there.

// comparisons are the operators of conditions.
var comparisons = map[string]operation{"<": less, "<=": lessOrEqual, "==": equal, "&&": multiply, "and": multiply, "||": larger, "or": larger}

// swapped are comparisons that are another one with its sides exchanged.
var swapped = map[string]string{">": "<", ">=": "<="}

// condition compiles a condition to 1 or 0.
func (c *compiler) condition(n *node) (int32, error) {
	if n.kind == operation1 && (n.text == "not" || n.text == "!") {
		a, err := c.condition(n.parts[0])
		return c.emit(subtract, c.constant(1), a), err
	}
	if n.kind != operation2 {
		return 0, c.fail(n, "%q is no condition; expected a comparison such as x > 0", shorten(n.String()))
	}
	part, operator, left, right := c.node, n.text, n.parts[0], n.parts[1]
	if other, ok := swapped[operator]; ok {
		operator, left, right = other, right, left
	}
	switch operator {
	case "&&", "and", "||", "or":
		part = c.condition
	case "!=":
		operator = "=="
	}
	o, ok := comparisons[operator]
	if !ok {
		return 0, c.fail(n, "%q is no condition; expected a comparison such as x > 0", shorten(n.String()))
	}
	p, err := part(left)
	if err != nil {
		return 0, err
	}
	q, err := part(right)
	if err != nil {
		return 0, err
	}
	slot := c.emit(o, p, q)
	if n.text == "!=" {
		slot = c.emit(subtract, c.constant(1), slot)
	}
	return slot, nil
}

// choose compiles a choice. A branch that is never taken is not compiled: its indices may not
// exist, as in i > 0 ? x[i-1] : 0.
func (c *compiler) choose(condition, yes, no *node) (int32, error) {
	slot, err := c.condition(condition)
	if err != nil {
		return 0, err
	}
	if value, constant := c.tape.constants[slot]; constant {
		if value != 0 {
			return c.node(yes)
		}
		return c.node(no)
	}
	p, err := c.node(yes)
	if err != nil {
		return 0, err
	}
	q, err := c.node(no)
	if err != nil {
		return 0, err
	}
	return c.emit(add, c.emit(whereTrue, slot, p), c.emit(whereFalse, slot, q)), nil
}

// chosen reports whether an operation that chooses takes its operand b.
func chosen(o operation, condition float64) bool { return (condition != 0) == (o == whereTrue) }
