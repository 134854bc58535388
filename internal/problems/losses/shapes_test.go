package losses_test

import (
	"testing"

	"gonum.org/v1/gonum/mat"

	_ "github.com/gdbench/gdbench/internal/problems/wrappers"
	"github.com/gdbench/gdbench/problems"
)

// The gradient of one sample with respect to the weights of a layer is an outer product, and so
// has rank 1 as a matrix of the stated shape.
func TestShapes(t *testing.T) {
	for _, text := range []string{
		"{name: mlp, data: iris, widths: [5, 3]}",
		"{name: softmax, data: iris}",
		"{name: softmax, data: iris, intercept: none}",
		"{name: shift, of: {name: mlp, data: iris, widths: [5, 3]}}",
		"{name: noise, of: {name: softmax, data: iris}, gradient: 0.1}",
	} {
		p := build(t, text)
		grad := make([]float64, p.Dim())
		sum, _ := problems.As[problems.FiniteSum](p)
		sum.EvaluateOn(somewhere(p.Dim(), 3), grad, []int32{17})
		blocks := shapes(t, p)
		matrices := 0
		for _, b := range blocks {
			if b.Kind != problems.MatrixBlock {
				continue
			}
			matrices++
			var svd mat.SVD
			svd.Factorize(mat.NewDense(b.Rows, b.Columns, b.Of(grad)), mat.SVDNone)
			if s := svd.Values(nil); s[0] == 0 || s[1] > 1e-12*s[0] {
				t.Errorf("%s: block %s has the singular values %v; expected one", text, b.Name, s)
			}
		}
		if matrices == 0 {
			t.Errorf("%s has no matrix", text)
		}
	}
}

// A row of M changes the gradient of its own row of U, and no other.
func TestShapesOfFactors(t *testing.T) {
	p := build(t, "{name: matrix-factorization, data: iris, rank: 2, balance: 0}")
	blocks := shapes(t, p)
	grad := make([]float64, p.Dim())
	p.(problems.FiniteSum).EvaluateOn(somewhere(p.Dim(), 3), grad, []int32{17})
	u, v := blocks[0], blocks[1]
	if u.Rows != 150 || u.Columns != 2 || v.Rows != 4 || v.Columns != 2 {
		t.Fatalf("%+v", blocks)
	}
	for i, g := range u.Of(grad) {
		if (i/u.Columns == 17) != (g != 0) {
			t.Errorf("the gradient by entry %d of U is %v", i, g)
		}
	}
	var svd mat.SVD
	svd.Factorize(mat.NewDense(v.Rows, v.Columns, v.Of(grad)), mat.SVDNone)
	if s := svd.Values(nil); s[1] > 1e-12*s[0] {
		t.Errorf("the gradient by V of one row has the singular values %v", s)
	}
}

// A rotation mixes the entries of blocks, and a chain has no matrix worth the name.
func TestNoShapes(t *testing.T) {
	for _, text := range []string{
		"{name: rotate, of: {name: mlp, data: iris}}", "deep-linear", "sigmoid-chain", "{name: logistic, data: iris, positive: 0}",
		"{name: mlp, data: iris, widths: [1], loss: squared}",
	} {
		p := build(t, text)
		o, err := problems.NewOracle(p, problems.FactsOf(p), problems.OracleOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if blocks, err := o.Shapes(); err == nil {
			t.Errorf("%s: %+v; expected an error", text, blocks)
		}
	}
	if n := len(shapes(t, build(t, "{name: deep-linear, depth: 3}"))); n != 3 {
		t.Errorf("%d blocks of three layers", n)
	}
}

// shapes are the blocks of a problem, which cover its variables.
func shapes(t *testing.T, p problems.Problem) []problems.Block {
	t.Helper()
	s, ok := problems.As[problems.Shapes](p)
	if !ok {
		t.Fatal("no shapes")
	}
	blocks := s.Shapes()
	if err := problems.CheckShapes(blocks, p.Dim()); err != nil {
		t.Error(err)
	}
	return blocks
}
