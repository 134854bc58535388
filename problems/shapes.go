package problems

import (
	"fmt"
	"slices"

	"github.com/gdbench/gdbench/internal/english"
)

// Shapes is a problem whose variables form blocks: the weights and biases of layers, the
// factors of a matrix. Methods for matrices treat each block by its kind.
type Shapes interface {
	// Shapes are the blocks in the order of the variables, without gaps. It is called after
	// Build; nil where nothing is known.
	Shapes() []Block
}

// Block is a part of the variables, the Rows×Columns entries of a matrix row by row from
// Offset on.
type Block struct {
	Name          string
	Kind          BlockKind
	Rows, Columns int
	Offset        int
}

// Size is the number of variables in the block.
func (b Block) Size() int { return b.Rows * b.Columns }

// Of is the block's part of a point or gradient.
func (b Block) Of(x []float64) []float64 { return x[b.Offset : b.Offset+b.Size()] }

// BlockKind says what the entries of a block are to the function that they parametrize.
type BlockKind string

// The kinds of blocks.
const (
	MatrixBlock    BlockKind = "matrix"    // maps one space to another: weights of a layer, a factor
	BiasBlock      BlockKind = "bias"      // a vector: biases, gains
	EmbeddingBlock BlockKind = "embedding" // a table whose rows are looked up
)

// IsMatrix reports whether the block is a matrix that is no mere row, column or number: on
// those the norms by which methods for matrices differ from others are all the same.
func (b Block) IsMatrix() bool { return b.Kind == MatrixBlock && b.Rows > 1 && b.Columns > 1 }

// CheckShapes refuses blocks that do not cover n variables, each once and in order.
func CheckShapes(blocks []Block, n int) error {
	named, at := map[string]bool{}, 0
	for _, b := range blocks {
		switch {
		case b.Name == "":
			return fmt.Errorf("the block at variable %d has no name", b.Offset)
		case named[b.Name]:
			return fmt.Errorf("two blocks are called %q", b.Name)
		case b.Kind != MatrixBlock && b.Kind != BiasBlock && b.Kind != EmbeddingBlock:
			return fmt.Errorf("block %q has the kind %q; expected %q, %q or %q", b.Name, b.Kind, MatrixBlock, BiasBlock, EmbeddingBlock)
		case b.Rows < 1 || b.Columns < 1 || b.Rows > n || b.Columns > n:
			return fmt.Errorf("block %q is %d×%d; expected sides from 1 to %d, the number of variables", b.Name, b.Rows, b.Columns, n)
		case b.Offset != at:
			return fmt.Errorf("block %q begins at variable %d; expected %d, where the block before it ends", b.Name, b.Offset, at)
		}
		named[b.Name] = true
		at += b.Size()
	}
	if len(blocks) > 0 && at != n {
		return fmt.Errorf("the blocks have %s; the problem has %d", english.Count(at, "variable"), n)
	}
	return nil
}

// Shapes are the blocks of the variables. The error is a *Missing where the problem states
// none, or none of them IsMatrix: a method for matrices would be another method there.
func (o *Oracle) Shapes() ([]Block, error) {
	return o.matrices(), o.Need(NeedsMatrices)
}

// matrices are the blocks, nil where none of them IsMatrix.
func (o *Oracle) matrices() []Block {
	if p, ok := As[Shapes](o.problem); ok {
		if blocks := p.Shapes(); slices.ContainsFunc(blocks, Block.IsMatrix) {
			return blocks
		}
	}
	return nil
}
