package expression

import "math"

// function is an elementary function of one variable.
type function struct {
	name string
	at   func(x float64) float64
	// derivatives are f′ and f″ at x, where f is f(x).
	derivatives func(x, f float64) (first, second float64)
}

// functions lists what a formula may call, by name.
var functions = []function{
	{"abs", math.Abs, func(x, _ float64) (first, second float64) {
		if x == 0 {
			return 0, 0
		}
		return math.Copysign(1, x), 0
	}},
	{"acos", math.Acos, func(x, _ float64) (first, second float64) {
		r := 1 - float64(x*x)
		first = -1 / math.Sqrt(r)
		return first, first * x / r
	}},
	{"asin", math.Asin, func(x, _ float64) (first, second float64) {
		r := 1 - float64(x*x)
		first = 1 / math.Sqrt(r)
		return first, first * x / r
	}},
	{"atan", math.Atan, func(x, _ float64) (first, second float64) {
		first = 1 / (1 + float64(x*x))
		return first, -2 * x * first * first
	}},
	{"cos", math.Cos, func(x, f float64) (first, second float64) { return -math.Sin(x), -f }},
	{"cosh", math.Cosh, func(x, f float64) (first, second float64) { return math.Sinh(x), f }},
	{"exp", math.Exp, func(_, f float64) (first, second float64) { return f, f }},
	{"expm1", math.Expm1, func(_, f float64) (first, second float64) { return f + 1, f + 1 }},
	{"log", math.Log, func(x, _ float64) (first, second float64) { return 1 / x, -1 / (x * x) }},
	{"log1p", math.Log1p, func(x, _ float64) (first, second float64) {
		return 1 / (1 + x), -1 / ((1 + x) * (1 + x))
	}},
	{"sin", math.Sin, func(x, f float64) (first, second float64) { return math.Cos(x), -f }},
	{"sinh", math.Sinh, func(x, f float64) (first, second float64) { return math.Cosh(x), f }},
	{"sqrt", math.Sqrt, func(x, f float64) (first, second float64) { return 1 / (2 * f), -1 / (4 * x * f) }},
	{"tan", math.Tan, func(_, f float64) (first, second float64) {
		first = 1 + float64(f*f)
		return first, 2 * f * first
	}},
	{"tanh", math.Tanh, func(_, f float64) (first, second float64) {
		first = 1 - float64(f*f)
		return first, -2 * f * first
	}},
}
