package problems_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// Blocks that do not cover the variables are refused with the block and what was expected.
func TestCheckShapes(t *testing.T) {
	matrix := problems.Block{Name: "W", Kind: problems.MatrixBlock, Rows: 2, Columns: 3}
	bias := problems.Block{Name: "b", Kind: problems.BiasBlock, Rows: 2, Columns: 1, Offset: 6}
	with := func(b problems.Block, change func(*problems.Block)) problems.Block {
		change(&b)
		return b
	}
	for name, c := range map[string]struct {
		blocks []problems.Block
		want   string
	}{
		"good":      {[]problems.Block{matrix, bias}, ""},
		"none":      {nil, ""},
		"too few":   {[]problems.Block{matrix}, "the blocks have 6 variables; the problem has 8"},
		"too many":  {[]problems.Block{matrix, with(bias, func(b *problems.Block) { b.Rows = 3 })}, "the blocks have 9 variables; the problem has 8"},
		"a gap":     {[]problems.Block{matrix, with(bias, func(b *problems.Block) { b.Offset = 7 })}, `block "b" begins at variable 7; expected 6`},
		"an order":  {[]problems.Block{bias, matrix}, `block "b" begins at variable 6; expected 0`},
		"no name":   {[]problems.Block{with(matrix, func(b *problems.Block) { b.Name = "" }), bias}, "the block at variable 0 has no name"},
		"one name":  {[]problems.Block{matrix, with(bias, func(b *problems.Block) { b.Name = "W" })}, `two blocks are called "W"`},
		"a kind":    {[]problems.Block{with(matrix, func(b *problems.Block) { b.Kind = "matirx" }), bias}, `block "W" has the kind "matirx"`},
		"no rows":   {[]problems.Block{with(matrix, func(b *problems.Block) { b.Rows = 0 }), bias}, `block "W" is 0×3`},
		"enormous":  {[]problems.Block{with(matrix, func(b *problems.Block) { b.Rows, b.Columns = 1<<32, 1<<32 }), bias}, `expected sides from 1 to 8`},
		"a negated": {[]problems.Block{with(matrix, func(b *problems.Block) { b.Rows, b.Columns = -2, -3 }), bias}, `block "W" is -2×-3`},
	} {
		err := problems.CheckShapes(c.blocks, 8)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; expected %q", name, err, c.want)
		}
	}
}

// blocks is a problem with shapes.
type blocks struct {
	parabolas
	of []problems.Block
}

func (b blocks) Shapes() []problems.Block { return b.of }

// Methods for matrices get shapes only where one of the blocks is more than a row, column or number.
func TestShapesOfOracle(t *testing.T) {
	for name, c := range map[string]struct {
		p    problems.Problem
		have bool
	}{
		"plain":       {parabolas{m: 1}, false},
		"unknown":     {blocks{}, false},
		"a number":    {blocks{of: []problems.Block{{Kind: problems.MatrixBlock, Rows: 1, Columns: 1}}}, false},
		"a row":       {blocks{of: []problems.Block{{Kind: problems.MatrixBlock, Rows: 1, Columns: 5}}}, false},
		"a column":    {blocks{of: []problems.Block{{Kind: problems.MatrixBlock, Rows: 5, Columns: 1}}}, false},
		"a table":     {blocks{of: []problems.Block{{Kind: problems.EmbeddingBlock, Rows: 5, Columns: 5}}}, false},
		"a matrix":    {blocks{of: []problems.Block{{Kind: problems.MatrixBlock, Rows: 2, Columns: 2}}}, true},
		"beside bias": {blocks{of: []problems.Block{{Kind: problems.BiasBlock, Rows: 2, Columns: 1}, {Kind: problems.MatrixBlock, Rows: 2, Columns: 2}}}, true},
	} {
		got, err := open(t, c.p, problems.OracleOptions{}).Shapes()
		var missing *problems.Missing
		if (err == nil) != c.have || (len(got) > 0) != c.have || err != nil && !errors.As(err, &missing) {
			t.Errorf("%s: %v, %v; expected shapes: %t", name, got, err, c.have)
		}
	}
}
