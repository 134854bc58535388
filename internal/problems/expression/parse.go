package expression

import "fmt"

// mistake is what is wrong with the syntax of a formula, and the rune where.
type mistake struct {
	at      int
	message string
}

// maxDepth is how deeply a formula may be nested; brackets of brackets use the stack.
const maxDepth = 1000

// parser reads the grammar by precedence climbing (M. Richards and C. Whitby-Strevens, BCPL: The
// Language and Its Compiler, 1979, section 6.6).
type parser struct {
	whole string
	words []lexeme
	depth int
	wrong *mistake
}

// parse reads a formula.
func parse(text string) (*node, *mistake) {
	words, wrong := scan(text)
	if wrong != nil {
		return nil, wrong
	}
	p := &parser{whole: text, words: words}
	n := p.choice()
	if p.wrong == nil && p.words[0].kind != endOfText {
		p.unexpected()
	}
	return n, p.wrong
}

// unexpected is the mistake that the next lexeme is. The first mistake is the one that is reported.
func (p *parser) unexpected() {
	p.fail(p.words[0].from, fmt.Sprintf("unexpected token %v", p.words[0]))
}

func (p *parser) fail(at int, message string) {
	if p.wrong == nil {
		p.wrong = &mistake{at, message}
	}
}

// is reports whether the next lexeme is an operator or a word.
func (p *parser) is(text string) bool {
	l := p.words[0]
	return l.text == text && (l.kind == operatorLexeme || l.kind == nameLexeme)
}

// take passes over the next lexeme if it is the one.
func (p *parser) take(text string) bool {
	if !p.is(text) {
		return false
	}
	p.words = p.words[1:]
	return true
}

// need passes over a lexeme that has to be there.
func (p *parser) need(text string) int {
	end := p.words[0].to
	if !p.take(text) {
		p.unexpected()
	}
	return end
}

// made is a node with its place.
func (p *parser) made(kind kindOfNode, text string, from, to, at int, parts ...*node) *node {
	return &node{kind: kind, text: text, parts: parts, from: from, to: to, at: at, whole: p.whole}
}

// choice is an operation, or c ? a : b.
func (p *parser) choice() *node {
	condition := p.operation(0)
	if p.wrong != nil || !p.take("?") {
		return condition
	}
	yes := p.choice()
	p.need(":")
	no := p.choice()
	return p.made(conditional, "", condition.from, no.to, condition.at, condition, yes, no)
}

// operation is operands joined by operators that bind at least so strongly.
func (p *parser) operation(least int) *node {
	if p.depth++; p.depth > maxDepth {
		p.fail(p.words[0].from, fmt.Sprintf("the expression is nested more than %d deep", maxDepth))
	}
	defer func() { p.depth-- }()
	left := p.prefixed()
	for p.wrong == nil {
		l := p.words[0]
		b, ok := bindings[l.text]
		if !ok || b.strength < least || l.kind == quotedLexeme {
			break
		}
		p.words = p.words[1:]
		next := b.strength + 1
		if b.right {
			next = b.strength
		}
		right := p.operation(next)
		left = p.made(operation2, l.text, left.from, right.to, l.from, left, right)
	}
	return left
}

// prefixed is an operand with the operators before it.
func (p *parser) prefixed() *node {
	l := p.words[0]
	strength, ok := prefixes[l.text]
	if p.wrong != nil || !ok || l.kind == quotedLexeme {
		return p.operand()
	}
	p.words = p.words[1:]
	inner := p.operation(strength)
	return p.made(operation1, l.text, l.from, inner.to, l.from, inner)
}

// operand is a number, a name, a call or something in brackets, with the indices behind it.
func (p *parser) operand() *node {
	n := p.primary()
	for p.wrong == nil {
		at := p.words[0].from
		switch {
		case p.take("["):
			index := p.choice()
			n = p.made(element, "", n.from, p.need("]"), at, n, index)
		case p.take("."):
			field := p.words[0]
			if field.kind != nameLexeme {
				p.unexpected()
				return n
			}
			p.words = p.words[1:]
			n = p.made(meaningless, "", n.from, field.to, field.from, n)
		default:
			return n
		}
	}
	return n
}

func (p *parser) primary() *node {
	if p.wrong != nil {
		return &node{}
	}
	l := p.words[0]
	switch {
	case p.take("if"):
		return p.branches(l)
	case p.take("("):
		n := *p.choice()
		n.from, n.to = l.from, p.need(")")
		return &n
	case p.take("["):
		parts := p.list("]")
		return p.made(meaningless, "", l.from, p.words[0].from, l.from, parts...)
	case l.kind == numberLexeme:
		p.words = p.words[1:]
		n := p.made(numeral, l.text, l.from, l.to, l.from)
		n.value = l.value
		return n
	case l.kind == quotedLexeme:
		p.words = p.words[1:]
		return p.made(meaningless, l.text, l.from, l.to, l.from)
	case l.kind == nameLexeme && !word(l.text):
		p.words = p.words[1:]
		if !p.take("(") {
			return p.made(identifier, l.text, l.from, l.to, l.from)
		}
		arguments := p.list(")")
		return p.made(call, l.text, l.from, p.words[0].from, l.from, arguments...)
	}
	p.unexpected()
	return &node{}
}

// list is what is separated by commas up to a closing bracket.
func (p *parser) list(closing string) []*node {
	var out []*node
	for !p.take(closing) && p.wrong == nil {
		if len(out) > 0 {
			p.need(",")
		}
		out = append(out, p.choice())
	}
	return out
}

// branches is if c { a } else { b }, after its first word.
func (p *parser) branches(first lexeme) *node {
	condition := p.choice()
	p.need("{")
	yes := p.choice()
	p.need("}")
	p.need("else")
	p.need("{")
	no := p.choice()
	return p.made(conditional, "", first.from, p.need("}"), condition.at, condition, yes, no)
}
