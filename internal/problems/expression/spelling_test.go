package expression_test

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/expression"
)

// Formulas as people write them are the same functions as those written in full.
func TestSpellings(t *testing.T) {
	for _, c := range []struct {
		of, full string
		dim      int
	}{
		{"2x", "2*x", 0},
		{"2x^2 - 3x*y + 4(x + y)(x - y)", "2*x^2 - 3*x*y + 4*(x + y)*(x - y)", 0},
		{"2 sin(x) + (x)2", "2*sin(x) + x*2", 0},
		{"1e3x + 2e", "1000*x + 2*e", 0},
		{"100(x2 - x1^2)^2 + (1 - x1)^2", "100*(x[1] - x[0]^2)^2 + (1 - x[0])^2", 0},
		{"x_1^2 + 2x_2^2", "x[0]^2 + 2*x[1]^2", 0},
		{"x_{1}^2 + x_{2}^4", "x[0]^2 + x[1]^4", 0},
		{"x0^2 + x1^4", "x[0]^2 + x[1]^4", 0},
		{"x_0*x_1", "x[0]*x[1]", 0},
		{"x1 + x10", "x[0] + x[9]", 10},
		{"np.cos(2*np.pi*x) + numpy.log(x) + math.exp(y)", "cos(2*pi*x) + log(x) + exp(y)", 0},
		{"torch.where(x > 0, x**2, 0)", "x > 0 ? x^2 : 0", 0},
		{"ln(x) + arctan(y) + fabs(x)", "log(x) + atan(y) + abs(x)", 0},
		{"log10(x) + log2(y)", "log(x)/log(10) + log(y)/log(2)", 0},
		{"x² + 2·x³ − π", "x^2 + 2*x^3 - pi", 0},
		{"2πx", "2*pi*x", 0},
		{"f(x) = x^4 - 2x^2", "x^4 - 2*x^2", 0},
		{"f = x^4", "x^4", 0},
		{"sum(i, x[i]^2)", "sum(i, 0, n-1, x[i]^2)", 3},
		{"sum(x[i]^2, i, 0, n-1)", "sum(i, 0, n-1, x[i]^2)", 3},
		{"Sum(i, 1, n, x[i-1])", "sum(i, 0, n-1, x[i])", 3},
	} {
		p, q := typed(t, c.of, c.dim), typed(t, c.full, c.dim)
		if p.Dim() != q.Dim() {
			t.Errorf("%s: %d variables; expected %d", c.of, p.Dim(), q.Dim())
			continue
		}
		x := make([]float64, p.Dim())
		for i := range x {
			x[i] = 0.3 + 0.4*float64(i)
		}
		got, want := make([]float64, len(x)), make([]float64, len(x))
		compare(t, c.of, append(got, p.Evaluate(x, got)), append(want, q.Evaluate(x, want)))
		compare(t, "∇ "+c.of, got, want)
	}
}

// What may mean two things, or is the spelling of another language, is refused with the right one.
func TestOtherSpellings(t *testing.T) {
	for _, c := range []struct {
		of     string
		column int
		want   string
	}{
		{"1/2x", 3, "/2x may be /(2*x) or /2*x; write one of them"},
		{"x^2y", 3, "^2y may be ^(2*y) or ^2*y; write one of them"},
		{"x + x1", 5, "variables are written in two ways, x1 and x; write all of them as x[0], x[1], …"},
		{"x[0] + x_2", 8, "x_2 and x[…]"},
		{"3x*y + xy", 8, `unknown name "xy"; a product is written x*y`},
		{"x1 + x3", 6, "x[1] does not occur"},
		{"sum(x^2)", 1, "a sum over the variables is written sum(i, 0, n-1, x[i]^2)"},
		{"sum(x[i]**2 for i in range(3))", 13, "a sum is written sum(i, 0, n-1, x[i]^2)"},
		{"x**2 if x > 0 else 0", 6, "a choice is written x > 0 ? x^2 : 0"},
		{"|x| + y", 1, "an absolute value is written abs(x)"},
		{"x(1)^2", 1, "variables are written x[0]"},
		{"x > 0", 3, "a choice such as x > 0 ? x^2 : 0"},
		{"x ? 1 : y", 1, "is no condition; expected a comparison such as x > 0"},
		{"where(x > 0, x)", 1, "where has 2 arguments; expected three"},
		{"a*x^2", 1, `unknown name "a"`},
		{"2x + sinn(x)", 6, `unknown function "sinn"; did you mean "sin"?`},
	} {
		err := (&expression.Expression{Of: c.of}).Validate()
		at, ok := err.(*expression.Error)
		if !ok || !strings.Contains(err.Error(), c.want) || at.Column != c.column {
			t.Errorf("%s: %v\nexpected column %d and %q", c.of, err, c.column, c.want)
		}
	}
	err := (&expression.Expression{Of: "sum(i, 1, n, x[i]^2)", N: 4}).Validate()
	if err == nil || !strings.Contains(err.Error(), "the last variable is x[3]; variables count from 0, as in sum(i, 0, n-1, x[i]^2)") {
		t.Errorf("a sum from 1: %v", err)
	}
}

// A choice has value and derivatives of the branch that is taken, whatever the other one is there.
func TestChoice(t *testing.T) {
	for _, c := range []struct {
		of                   string
		x, f, slope, bending float64
	}{
		{"x > 0 ? x^3 : -x", 2, 8, 12, 12},
		{"x > 0 ? x^3 : -x", -2, 2, -1, 0},
		{"x > 0 ? log(x) : x^2", -1, 1, -2, 2}, // the logarithm is NaN there
		{"x > 0 ? log(x) : x^2", 2, math.Ln2, 0.5, -0.25},
		{"where(x <= 1 and x >= -1, x^2/2, abs(x) - 1/2)", 1, 0.5, 1, 1},
		{"where(x < 1 && x > -1, x^2/2, abs(x) - 1/2)", 3, 2.5, 1, 0},
		{"if x == 0 { 1 } else { sin(x)/x }", 0, 1, 0, 0},
		{"x != 0 ? x^2 : 5", 0, 5, 0, 0},
		{"not (x > 1 or x < -1) ? x^2 : 3*x", 2, 6, 3, 0},
		{"sum(i, 0, 2, i > 0 ? x^i : 7)", 2, 13, 5, 2},
		{"x + sum(i, 0, 0, i > 0 ? x[i-1] : 0)", 2, 2, 1, 0},
	} {
		p := typed(t, c.of, 1)
		grad, hv := make([]float64, 1), make([]float64, 1)
		f := p.Evaluate([]float64{c.x}, grad)
		p.HessianProduct([]float64{c.x}, []float64{1}, hv)
		compare(t, c.of, []float64{f, grad[0], hv[0]}, []float64{c.f, c.slope, c.bending})
		if f != f || grad[0] != grad[0] || hv[0] != hv[0] {
			t.Errorf("%s: NaN", c.of)
		}
	}
}

// A descent begins where the formula has a slope.
func TestStartHasASlope(t *testing.T) {
	for of, want := range map[string]float64{"x^4 - 2*x^2": 0.5, "x^2 + x": 0, "ln(x)": 0.5, "(2x - 1)^2*x^2": 2, "sqrt(x - 1)": 2} {
		starts := typed(t, of, 0).Facts().Starts
		if len(starts) != 1 || starts[0].X[0] != want {
			t.Errorf("%s: starts %v; expected %v", of, starts, want)
		}
	}
	if starts := typed(t, "0*x", 0).Facts().Starts; len(starts) != 0 {
		t.Errorf("a flat function has the start %v", starts)
	}
}
