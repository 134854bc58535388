package expression

// node is a part of a formula as it is written.
type node struct {
	kind  kindOfNode
	text  string // the name of an identifier or a call, the operator of an operation
	value float64
	parts []*node // operands, arguments, or a vector and its index
	from  int     // the runes that it spans
	to    int
	at    int // the rune that an error about it names
	whole string
}

type kindOfNode uint8

const (
	numeral     kindOfNode = iota
	identifier             // text
	operation1             // text, one part
	operation2             // text, two parts
	call                   // text(parts)
	element                // parts[0][parts[1]]
	conditional            // parts: condition, yes, no
	meaningless            // what the grammar reads and no formula has: a list, a text, a field
)

// String is the node as it is written.
func (n *node) String() string { return string([]rune(n.whole)[n.from:n.to]) }

// binding is how tightly an operator binds its operands, and whether it groups from the right.
type binding struct {
	strength int
	right    bool
}

var bindings = map[string]binding{
	"||": {strength: 1}, "or": {strength: 1},
	"&&": {strength: 2}, "and": {strength: 2},
	"==": {strength: 4}, "!=": {strength: 4}, "<": {strength: 4}, "<=": {strength: 4}, ">": {strength: 4}, ">=": {strength: 4},
	"+": {strength: 5}, "-": {strength: 5},
	"*": {strength: 6}, "/": {strength: 6}, "%": {strength: 6},
	"^": {8, true}, "**": {8, true},
}

// prefixes are the operators before an operand, with what they bind: −x^2 is −(x^2), and not x > 0
// is not (x > 0).
var prefixes = map[string]int{"-": 7, "+": 7, "!": 7, "not": 3}
