//go:build unix

package hostile

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// words draws what attacks consist of.
type words struct{ *rand.Rand }

// of is one of several.
func of[T any](w *words, choices ...T) T { return choices[w.IntN(len(choices))] }

// scalars are values that a reader may trip over, as YAML writes them.
var scalars = []string{
	"", "~", "null", "true", "false", "on", ".nan", "NaN", ".inf", "-.inf", "inf", "-0", "0", "1", "-1", "2", "0.5", "1e-400", "1e400",
	"1e9", "1e18", "-1e300", "1e300", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "0x10", "0o17", "1_000",
	"1:30", "2001-01-01", "1/0", "0/0", "1/L", "-1/L", "2/L", "1/mu", "1/(L-L)", "1e308*10", "2**1000", "n", "lambda_max", "L", "1/L/L/L",
	"sqrt(-1)", "log(0)", "[", "]", "{", "}", "[]", "{}", "[[]]", "[[[[[[[[]]]]]]]]", "{log: [1, 10, 3]}", "{log: [0, 1, 5]}",
	"{log: [1, 2, 1000000000]}", "{log: [-1, 1, 3]}", "{linear: [0, 1, 3]}", "{linear: [0, 0, 1000000000000]}", "{range: [1, 10]}",
	"{name: }", "{name: gaussian}", "{name: [a, b]}", "!!binary aGVsbG8=", "!!int abc", "!!set {a, b}", "!custom x", "*nowhere", "&a [*a]",
	`"\u0000"`, `"\u001b[31mred"`, `"\u202egnp"`, "'<script>alert(1)</script>'", "'`id`'", "'$(id)'", "../../../../etc/passwd", "/dev/zero",
	"/dev/stdin", "/", ".", "..", "'*'", "'%s%d%n'", "'a b'", "'a=b'", "'a,b'", "'a|b'", "'\\'", "ä", "日本語", "🦖", "|", ">", "|\n  text", "? x", "- x",
	"fixed-step", "adam", "newton", "rosenbrock", "quadratic", "gradient", "batch", "full", "batches: 3", "all", "none", "seconds", "1 s", "10%",
}

// scalar is a hostile value.
func (w *words) scalar() string {
	switch w.IntN(12) {
	case 0:
		return fmt.Sprint(w.NormFloat64() * []float64{1, 1e-12, 1e12, 1e200}[w.IntN(4)])
	case 1:
		return fmt.Sprint(w.IntN(200) - 100)
	case 2:
		return fmt.Sprint(w.Int64())
	case 3:
		return strings.Repeat(of(w, "a", "9", "[", "(", "{a: ", "ä", "-", "1,", "x+", " "), of(w, 10, 1000, 100_000))
	}
	return of(w, scalars...)
}

// names are keys that suites and components know.
var names = strings.Fields(`suite problems methods repeats seed budget stop targets trace name dim start lr batch l2 l1 data expression matrix condition
	iterations evaluations gradients epochs seconds gradient gap value expect look sweep exclude include baseline schedule step direction momentum beta
	beta1 betas eps memory t c1 c2 rho processes timeout target metric delta accept function instance rank samples features noise width depth
	activation classes label drop use missing categories comment decimal title description points every tolerance theory references kind order
	at lower upper radius norm shape scale rotation offset repeat methodz problms lern-rate tune held-out wrap constraint restart style`)

func (w *words) name() string { return of(w, names...) }

// formula is an expression, more or less well formed.
func (w *words) formula(depth int) string {
	if depth == 0 || w.IntN(8) == 0 {
		return of(w, "x", "y", "z", "x1", "x2", "x0", "x999999999", "1", "0", "-1", "1e308", "1e-320", "2.5", ".5", "1.2.3", "e", "pi", "n", "i",
			"inf", "nan", "", "x[0]", "x_1", "θ", "(", ")", "$", "@", "1e", "0x", "x'", "\\frac{1}{2}", "\x00", "ｘ")
	}
	sub := func() string { return w.formula(depth - 1) }
	switch w.IntN(14) {
	case 0, 1:
		return sub() + of(w, "+", "-", "*", "/", "^", "**", "//", "%", "==", "=", ";", ",", "&&", "<", "≤", "·", " ", "") + sub()
	case 2:
		return "(" + sub() + ")"
	case 3, 4:
		return of(w, "sin", "cos", "exp", "log", "ln", "sqrt", "abs", "tanh", "np.cos", "math.sin", "max", "min", "pow", "atan2", "relu",
			"sign", "floor", "erf", "gamma", "foo", "sum", "prod", "norm", "if", "where") + "(" + sub() + of(w, "", ", "+sub(), ", "+sub()+", "+sub(), ",") + ")"
	case 5:
		return "sum(i, " + of(w, "1", "2", "-5", "n", "1e9", "0", sub()) + ", " + of(w, "5", "n", "1000000000", "0", "inf", sub()) + ", " + sub() + ")"
	case 6:
		return sub() + " if " + sub() + " else " + sub()
	case 7:
		return sub() + " ? " + sub() + " : " + sub()
	case 8:
		return "-" + sub()
	case 9:
		return sub() + "^" + of(w, "0.5", "-1", "1000", "1e9", "x", "(1/3)", "-0.5", sub())
	case 10:
		return strings.Repeat(of(w, "(", "sin(", "-", "x+", "x^", "exp("), of(w, 3, 50, 5000, 20_000)) + sub()
	}
	return sub() + of(w, "+", "-", "*", "/") + sub()
}

// point is a point as --at takes it.
func (w *words) point() string {
	parts := make([]string, of(w, 0, 1, 2, 3, 10))
	for i := range parts {
		parts[i] = of(w, "0", "1", "-1.5", "1e300", "nan", "inf", "x", "", "1/3")
	}
	return strings.Join(parts, ",")
}

// setting is KEY=VALUE, or nearly so.
func (w *words) setting() string {
	key := w.name()
	switch w.IntN(8) {
	case 0:
		key = of(w, "budget.", "problem.", "method.", "problems.0.", "stop.", "", ".", "a.b.c.d.") + key
	case 1:
		key = w.scalar()
	}
	return key + of(w, "=", "=", "=", "=", "=", "==", "", ":") + start(w.scalar(), 100_000)
}

var problemNames = strings.Fields(`rosenbrock quadratic logistic least-squares rastrigin ackley beale himmelblau mlp bbob softmax lasso huber
	matrix-factorization expression sphere nesterov-worst hb-counterexample deep-linear nowhere svm x^2 sin(x)/x`)

var methodNames = strings.Fields(`fixed-step descent adam sgd newton bfgs lbfgs conjugate-gradient heavy-ball nesterov adagrad rmsprop cma-es
	gonum-bfgs nelder-mead trust-region gauss-newton levenberg-marquardt proximal-gradient sign-momentum svrg saga barzilai-borwein none`)

func formulaAttack(w *words) attack {
	f := w.formula(1 + w.IntN(5))
	a := attack{long: true}
	switch w.IntN(5) {
	case 0:
		a.args = []string{"eval", "--expression", f, "--at", w.point()}
	case 1:
		a.args = []string{"eval", "--expression=" + f, "--json"}
	case 2:
		a.args = []string{"try", "--expression", f, "--method", of(w, methodNames...)}
	case 3:
		a.args = []string{"show", "problem", "expression", "--set", "of=" + f}
	case 4:
		a.args = []string{"try", f, "--set", "lr=" + of(w, "0.1", "1/L", "1e300", "nan", "0")}
	}
	if strings.ContainsRune(f, 0) {
		a.args = []string{"eval", "rosenbrock", "--at", w.point()} // an argument cannot hold it
	}
	return a
}

func settingAttack(w *words) attack {
	problem, method := of(w, problemNames...), of(w, methodNames...)
	a := attack{long: true, args: of(w,
		[]string{"try", problem, "--method", method},
		[]string{"try", problem, "--method", method, "--set", "budget.iterations=50"},
		[]string{"eval", problem},
		[]string{"show", "problem", problem},
		[]string{"show", problem, "--picture", "p.svg"},
		[]string{"run", of(w, "saddle", "every-pair", "newton", "papers"), "--dry-run"},
		[]string{"run", "saddle", "--no-report"},
		[]string{"submit", "saddle", "--dry-run", "--tasks", "3"},
		[]string{"data", of(w, "iris", "breast-cancer", "digits")},
		[]string{"import", "iterates", "points.csv", "--suite", "saddle"},
	)}
	a.files = map[string]string{"points.csv": "x0,x1\n1,2\n0.5,0.5\n"}
	for range 1 + w.IntN(3) {
		setting := strings.ReplaceAll(w.setting(), "\x00", "")
		a.args = append(a.args, "--set", setting)
	}
	return a
}
