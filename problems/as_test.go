package problems_test

import (
	"testing"

	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

type bare struct{}

func (bare) Dim() int                           { return 1 }
func (bare) Evaluate(_, _ []float64) float64    { return 0 }
func (curved) Hessian([]float64, *mat.SymDense) {}

type curved struct{ bare }

// around has the method, whatever is inside.
type around struct {
	curved
	inner problems.Problem
}

func (a around) Inner() problems.Problem { return a.inner }

func TestAs(t *testing.T) {
	for name, c := range map[string]struct {
		problem problems.Problem
		want    bool
	}{
		"without":                  {bare{}, false},
		"with":                     {curved{}, true},
		"around one without":       {around{inner: bare{}}, false},
		"around one with":          {around{inner: curved{}}, true},
		"twice around one without": {around{inner: around{inner: bare{}}}, false},
		"twice around one with":    {around{inner: around{inner: curved{}}}, true},
	} {
		h, ok := problems.As[problems.Hessian](c.problem)
		if ok != c.want || (h != nil) != c.want {
			t.Errorf("%s: %v, %t; want %t", name, h, ok, c.want)
		}
		o, err := problems.NewOracle(c.problem, &problems.Facts{}, problems.OracleOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if got := o.NeedHessian() == nil; got != c.want {
			t.Errorf("%s: the oracle has a Hessian: %t; want %t", name, got, c.want)
		}
	}
}
