//go:build !playground

package adaptive

import (
	"fmt"

	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Companion takes the variables that form no matrix, where a method is for matrices: biases,
// embeddings, single rows and columns.
type Companion struct {
	Others methods.Method `param:"others" default:"adamw" doc:"method for the variables that form no matrix, such as {name: adamw, lr: 1e-3}"`

	matrices []problems.Block
	rest     []problems.Block
	rule     methods.Update // of the companion; nil where all variables are in matrices
	x, g     []float64      // those of the rest
}

// whole is a method whose update asks the oracle about all variables, so that it cannot have some
// of them only.
type whole interface{ whole() }

func (*Companion) whole() {}

// Validate asks for a method with an update rule that needs nothing but its own part of a gradient.
func (c *Companion) Validate() error {
	m := methods.Unwrap(c.Others)
	_, updates := m.(methods.Update)
	if _, all := m.(whole); all || !updates {
		return fmt.Errorf("others: the companion must be a first-order method that steps from one gradient, such as adamw, adam or sgd")
	}
	return nil
}

// Needs matrices.
func (*Companion) Needs() []problems.Need { return []problems.Need{problems.NeedsMatrices} }

// split divides the variables between the matrices and the companion, which begins.
func (c *Companion) split(o *oracle, at *iterate) error {
	blocks, err := o.Shapes()
	if err != nil {
		return err
	}
	c.matrices, c.rest, c.rule, c.x = nil, nil, nil, nil
	for _, b := range blocks {
		if b.IsMatrix() {
			c.matrices = append(c.matrices, b)
			continue
		}
		c.rest = append(c.rest, b)
		c.x = append(c.x, b.Of(at.X)...)
	}
	if len(c.x) == 0 {
		return nil
	}
	c.g = make([]float64, len(c.x))
	m := methods.Unwrap(c.Others)
	c.rule = m.(methods.Update)
	return m.Init(o, &iterate{Point: methods.Point{X: c.x, Grad: c.g}})
}

// entries is the number of variables in matrices.
func (c *Companion) entries() (n int) {
	for _, b := range c.matrices {
		n += b.Size()
	}
	return n
}

// accompany lets the companion make its update.
func (c *Companion) accompany(x, g []float64) {
	if c.rule == nil {
		return
	}
	c.gather(c.x, x)
	c.gather(c.g, g)
	c.rule.Update(c.x, c.g)
	at := 0
	for _, b := range c.rest {
		at += copy(b.Of(x), c.x[at:])
	}
}

// gather writes the companion's part of a vector into dst.
func (c *Companion) gather(dst, v []float64) {
	at := 0
	for _, b := range c.rest {
		at += copy(dst[at:], b.Of(v))
	}
}

// carry moves the points that the companion keeps.
func (c *Companion) carry(shift []float64) {
	if moved, ok := c.rule.(methods.Adjustable); ok {
		c.gather(c.g, shift)
		moved.Carry(c.g)
	}
}
