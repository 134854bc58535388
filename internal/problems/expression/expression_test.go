package expression_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/check"
	"github.com/gdbench/gdbench/internal/problems/expression"
	_ "github.com/gdbench/gdbench/internal/problems/functions"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
)

// curved is what an expression and its twin offer.
type curved interface {
	problems.Problem
	problems.Hessian
	problems.HessianProduct
}

func typed(t testing.TB, of string, dim int) *expression.Expression {
	t.Helper()
	e := &expression.Expression{Of: of, N: dim}
	if err := e.Build(problems.Env{}); err != nil {
		t.Fatal(err)
	}
	return e
}

func twin(t testing.TB, text string) curved {
	t.Helper()
	node, err := param.Load("test", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	spec, err := param.Of[problems.Problem]().Only("test", node, nil)
	if err != nil {
		t.Fatal(err)
	}
	component, err := spec.New()
	if err != nil {
		t.Fatal(err)
	}
	if b, ok := component.(problems.Builder); ok {
		if err := b.Build(problems.Env{}); err != nil {
			t.Fatal(err)
		}
	}
	return component.(curved)
}

// twins are catalogue problems, typed.
var twins = []struct {
	name string
	of   string
	dim  int
}{
	{"{name: rosenbrock}", "100*(y - x^2)^2 + (1 - x)^2", 0},
	{"{name: rosenbrock, dim: 12}", "sum(i, 0, n-2, 100*(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)", 12},
	{"{name: himmelblau}", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", 0},
	{"{name: branin}", "(y - 5.1*x^2/(4*pi^2) + 5*x/pi - 6)^2 + 10*(1 - 1/(8*pi))*cos(x) + 10", 0},
	{"{name: pl-sin}", "x^2 + 3*sin(x)^2", 0},
	{"{name: logsumexp-bv}", "exp(x + 3*y - 0.1) + exp(x - 3*y - 0.1) + exp(-x - 0.1)", 0},
	{"{name: mccormick}", "sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1", 0},
	{"{name: goldstein-price}", "(1 + (x+y+1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2)) * (30 + (2*x-3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2))", 0},
	{"{name: rastrigin, dim: 5}", "10*n + sum(i, 0, n-1, x[i]^2 - 10*cos(2*pi*x[i]))", 5},
	{"{name: griewank, dim: 6}", "1 + sum(i, 0, n-1, x[i]^2)/4000 - prod(i, 1, n, cos(x[i-1]/sqrt(i)))", 6},
	{"{name: ackley, dim: 3}", "-20*exp(-0.2*sqrt(sum(i,0,n-1,x[i]^2)/n)) - exp(sum(i,0,n-1,cos(2*pi*x[i]))/n) + 20 + e", 3},
	{"{name: dixon-price, dim: 5}", "(x[0] - 1)^2 + sum(i, 2, n, i*(2*x[i-1]^2 - x[i-2])^2)", 5},
	{"{name: sum-powers, dim: 4}", "sum(i, 1, n, abs(x[i-1])^(i+1))", 4},
	{"{name: hilbert, dim: 4}", "sum(i, 1, n, sum(j, 1, n, (x[i-1]-1)*(x[j-1]-1)/(i+j-1)))/2", 4},
	{"{name: schwefel, dim: 2}", "418.98288727243369*n - sum(i, 0, n-1, x[i]*sin(sqrt(abs(x[i]))))", 2},
}

func TestTwins(t *testing.T) {
	for _, c := range twins {
		t.Run(c.name, func(t *testing.T) {
			p, q := typed(t, c.of, c.dim), twin(t, c.name)
			n := q.Dim()
			if p.Dim() != n {
				t.Fatalf("%d variables, want %d", p.Dim(), n)
			}
			rng := rand.New(rand.NewPCG(3, 4))
			x, v := make([]float64, n), make([]float64, n)
			got, want := make([]float64, n), make([]float64, n)
			h, k := mat.NewSymDense(n, nil), mat.NewSymDense(n, nil)
			for range 10 {
				for i := range x {
					x[i], v[i] = 1.5*rng.NormFloat64(), rng.NormFloat64()
				}
				compare(t, "f", []float64{p.Evaluate(x, got)}, []float64{q.Evaluate(x, want)})
				compare(t, "∇f", got, want)
				p.HessianProduct(x, v, got)
				q.HessianProduct(x, v, want)
				compare(t, "∇²f·v", got, want)
				p.Hessian(x, h)
				q.Hessian(x, k)
				for i := range n {
					compare(t, "∇²f", mat.Row(nil, i, h), mat.Row(nil, i, k))
				}
			}
		})
	}
}

// compare allows 1e-12 of the largest entry.
func compare(t *testing.T, what string, got, want []float64) {
	t.Helper()
	scale := 1.0
	for _, w := range want {
		scale = max(scale, math.Abs(w))
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= 1e-12*scale) {
			t.Errorf("%s = %v, want %v", what, got, want)
			return
		}
	}
}

// TestFunctions checks value and both derivatives of every function and operator, by
// differences and at a value computed by hand.
func TestFunctions(t *testing.T) {
	for of, want := range map[string]float64{ // at x = 0.3, y = 0.7
		"abs(x)":                          0.3,
		"abs(-x)":                         0.3,
		"acos(x)":                         1.2661036727794992,
		"asin(x)":                         0.3046926540153975,
		"atan(x)":                         0.2914567944778671,
		"cos(x)":                          0.955336489125606,
		"cosh(x)":                         1.0453385141288605,
		"exp(x)":                          1.3498588075760032,
		"expm1(x)":                        0.3498588075760031,
		"log(x)":                          -1.2039728043259361,
		"log1p(x)":                        0.26236426446749106,
		"sin(x)":                          0.29552020666133955,
		"sinh(x)":                         0.3045202934471426,
		"sqrt(x)":                         0.5477225575051661,
		"tan(x)":                          0.30933624960962325,
		"tanh(x)":                         0.2913126124515909,
		"x^y":                             0.4305116202499342,
		"pow(x, y)":                       0.4305116202499342,
		"x**-1.5":                         6.0858061945018465,
		"2^x":                             1.2311444133449163,
		"x^3":                             0.027,
		"x^4":                             0.0081,
		"x^5":                             0.00243,
		"x^-2":                            11.11111111111111,
		"-x^2":                            -0.09,
		"2^3^2*x":                         153.6,
		"x/y":                             0.42857142857142855,
		"x - y - 1":                       -1.4,
		"1/y/x":                           4.761904761904762,
		"min(x, y)":                       0.3,
		"max(x, y, 0.5)":                  0.7,
		"+x*x*y":                          0.063,
		"x*e + y*pi":                      3.0145994060505688,
		"prod(i, 3, 2, x) + x":            1.3,
		"sum(i, 3, 2, x) + x":             0.3,
		"sum(i, 1, 3, i*x)":               1.8,
		"sum(i, 1, 2, sum(j, 1, i, x^j))": 0.69,
	} {
		p := typed(t, of, 2)
		x := []float64{0.3, 0.7}
		grad := make([]float64, 2)
		if f := p.Evaluate(x, grad); math.Abs(f-want) > 1e-10*max(1, math.Abs(want)) {
			t.Errorf("%s = %v, want %v", of, f, want)
		}
		central := &fd.Settings{Formula: fd.Central}
		differences := fd.Gradient(nil, func(x []float64) float64 { return p.Evaluate(x, nil) }, x, central)
		h := mat.NewSymDense(2, nil)
		p.Hessian(x, h)
		second := mat.NewDense(2, 2, nil)
		fd.Jacobian(second, func(g, x []float64) { p.Evaluate(x, g) }, x, &fd.JacobianSettings{Formula: fd.Central})
		for i := range 2 {
			if math.Abs(grad[i]-differences[i]) > 1e-6*max(1, math.Abs(grad[i])) {
				t.Errorf("%s: ∇f = %v, by differences %v", of, grad, differences)
			}
			for j := range 2 {
				if math.Abs(h.At(i, j)-second.At(i, j)) > 1e-6*max(1, math.Abs(h.At(i, j))) {
					t.Errorf("%s: ∂²f/∂x%d∂x%d = %v, by differences %v", of, i, j, h.At(i, j), second.At(i, j))
				}
			}
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		of     string
		dim    int
		column int
		want   string
	}{
		{"x^2 + sinn(x)", 0, 7, `unknown function "sinn"; did you mean "sin"?`},
		{"x^2 + w", 0, 7, `unknown name "w"`},
		{"x^2 +", 0, 5, "unexpected token EOF"},
		{"x^2 + (3*y", 0, 10, "unexpected token EOF"},
		{"", 0, 1, "unexpected token EOF"},
		{"1 + 2", 0, 3, "no variable occurs"},
		{"sin + x", 0, 1, "the function sin needs an argument"},
		{"sin(x, y)", 0, 1, "sin has 2 arguments; expected one"},
		{"min(x)", 0, 1, "min has 1 arguments; expected 2"},
		{"x > 1", 0, 3, `the operator ">" has no meaning here`},
		{"not x", 0, 1, `the operator "not" has no meaning here`},
		{"x ? 1 : y", 0, 1, "is no condition"},
		{"[x, y]", 0, 1, "has no meaning here"},
		{"x + 'y'", 0, 5, "has no meaning here"},
		{"x.y", 0, 3, "variables are written x[0]"},
		{"w[0]", 0, 2, "variables are written x[0]"},
		{"x[-1]", 0, 3, "indices count from 0"},
		{"x[y]", 0, 3, "is not a whole number"},
		{"x[0.5]", 0, 3, "is not a whole number"},
		{"x[3] + x[0]", 3, 3, "with dim: 3 the last variable is x[2]"},
		{"x + z", 2, 5, "with dim: 2 the last variable is x[1]"},
		{"x[2000000]", 0, 3, "beyond the largest number of variables"},
		{"sum(i, 0, n-1, x[i])", 0, 11, "give it as dim"},
		{"sum(i, 0, n-1)", 3, 1, "sum has 3 arguments; expected four"},
		{"sum(x, 0, n-1, x)", 3, 5, "cannot be an index"},
		{"sum(i, 0, y, x)", 3, 11, "is not a whole number"},
		{"sum(i, 0, 1, sum(i, 0, 1, x))", 0, 18, "belongs to the sum outside"},
		{"sum(i, 0, n-1, x[i+1])", 4, 19, "x[4] does not exist"},
		{"sum(i, 0, 4000000, sum(j, 0, 4000000, 1)) + x", 0, 39, "expands to more than"},
		{"x^2\n + sinn(y)", 0, 4, "line 2"},
	} {
		e := &expression.Expression{Of: c.of, N: c.dim}
		err := e.Validate()
		var at *expression.Error
		if !errors.As(err, &at) {
			t.Errorf("%q: error %v, want an *expression.Error", c.of, err)
			continue
		}
		if !strings.Contains(err.Error(), c.want) || (at.Column != c.column && c.want != "") {
			t.Errorf("%q: %v\nwant %q at column %d, not %d", c.of, err, c.want, c.column, at.Column)
		}
	}
}

func TestErrorShowsPlace(t *testing.T) {
	err := (&expression.Expression{Of: "x^2 + sinn(x)"}).Validate()
	want := "column 7: unknown function \"sinn\"; did you mean \"sin\"?\n    x^2 + sinn(x)\n          ^"
	if err == nil || err.Error() != want {
		t.Errorf("the error reads\n%v\nwant\n%s", err, want)
	}
}

func TestQuadratic(t *testing.T) {
	for of, want := range map[string]bool{
		"x^2 + 3*x*y - y/2":           true,
		"(x + 1)^2 - pow(y, 1)":       true,
		"-(x + y)*x + 4":              true,
		"x^3":                         false,
		"x^2*y":                       false,
		"x^2 + sin(y)":                false,
		"x^2/y":                       false,
		"x^0.5":                       false,
		"2^x":                         false,
		"sum(i, 0, 3, x[i]*x[3-i]*i)": true,
	} {
		if got := typed(t, of, 0).Quadratic(); got != want {
			t.Errorf("%s is quadratic: %t, want %t", of, got, want)
		}
	}
}

// TestShared: a repeated operation is done once, so that this expression of
// 2⁴⁰ operations is compiled at all.
func TestShared(t *testing.T) {
	of := "x"
	for range 12 {
		of = "(" + of + ")*(" + of + ")"
	}
	p := typed(t, of, 0)
	grad := make([]float64, 1)
	if f := p.Evaluate([]float64{1.0001}, grad); math.Abs(f-math.Pow(1.0001, 4096)) > 1e-10 {
		t.Errorf("f = %v, want 1.0001^4096", f)
	}
}

func TestCheck(t *testing.T) {
	report, err := check.Run([]string{
		`{name: expression, of: "x^2 + 3*sin(5*x)"}`,
		`{name: expression, of: "sum(i, 0, n-2, (x[i]-x[i+1])^4) + exp(x[0]*y)", dim: 4}`,
	}, check.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, failure := range report.Failures() {
		t.Error(failure)
	}
}

func FuzzCompile(f *testing.F) {
	for _, c := range twins {
		f.Add(c.of, c.dim)
	}
	for _, of := range []string{"x^", "((((", "x[", "sum(i,0,99,sum(j,0,99,x^i*j))", "1e999*x", "x[i]", "#", "{x}", "x|y", "let a = 1; a", "x\x00", "–x", "9999999999999999999"} {
		f.Add(of, 0)
	}
	f.Fuzz(func(t *testing.T, of string, dim int) {
		if dim < 0 || dim > 100 {
			return
		}
		e := &expression.Expression{Of: of, N: dim}
		if err := e.Build(problems.Env{}); err != nil {
			var at *expression.Error
			if !errors.As(err, &at) || at.Line < 1 || at.Column < 1 || at.Error() == "" {
				t.Fatalf("%q: error without a place: %#v", of, err)
			}
			return
		}
		n := e.Dim()
		if n < 1 || dim != 0 && n != dim {
			t.Fatalf("%q has %d variables, with dim %d", of, n, dim)
		}
		if n > 100 {
			return
		}
		x, grad := make([]float64, n), make([]float64, n)
		for i := range x {
			x[i] = float64(i+1) / 3
		}
		a := e.Evaluate(x, grad)
		if b := e.Evaluate(x, nil); a != b && !(math.IsNaN(a) && math.IsNaN(b)) {
			t.Fatalf("%q: f is %v with its gradient, %v without", of, a, b)
		}
		e.HessianProduct(x, x, grad)
	})
}

func TestNoAllocation(t *testing.T) {
	for _, c := range twins {
		p := typed(t, c.of, c.dim)
		x, grad, hv := make([]float64, p.Dim()), make([]float64, p.Dim()), make([]float64, p.Dim())
		for i := range x {
			x[i] = 0.5
		}
		if n := testing.AllocsPerRun(10, func() {
			p.Evaluate(x, nil)
			p.Evaluate(x, grad)
			p.HessianProduct(x, grad, hv)
		}); n != 0 {
			t.Errorf("%s: %v allocations", c.of, n)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	for _, c := range twins[:2] {
		for name, p := range map[string]curved{"typed": typed(b, c.of, c.dim), "twin": twin(b, c.name)} {
			b.Run(c.name+"/"+name, func(b *testing.B) {
				x, grad := make([]float64, p.Dim()), make([]float64, p.Dim())
				b.ReportAllocs()
				for b.Loop() {
					p.Evaluate(x, grad)
				}
			})
		}
	}
}
