package expression

import (
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
)

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
	{"acos", elementary.Acos, func(x, _ float64) (first, second float64) {
		r := 1 - float64(x*x)
		first = -1 / math.Sqrt(r)
		return first, first * x / r
	}},
	{"asin", elementary.Asin, func(x, _ float64) (first, second float64) {
		r := 1 - float64(x*x)
		first = 1 / math.Sqrt(r)
		return first, first * x / r
	}},
	{"atan", elementary.Atan, func(x, _ float64) (first, second float64) {
		first = 1 / (1 + float64(x*x))
		return first, -2 * x * first * first
	}},
	{"cos", elementary.Cos, func(x, f float64) (first, second float64) { return -elementary.Sin(x), -f }},
	{"cosh", elementary.Cosh, func(x, f float64) (first, second float64) { return elementary.Sinh(x), f }},
	{"exp", elementary.Exp, func(_, f float64) (first, second float64) { return f, f }},
	{"expm1", elementary.Expm1, func(_, f float64) (first, second float64) { return f + 1, f + 1 }},
	{"log", elementary.Log, func(x, _ float64) (first, second float64) { return 1 / x, -1 / (x * x) }},
	{"log1p", elementary.Log1p, func(x, _ float64) (first, second float64) {
		return 1 / (1 + x), -1 / ((1 + x) * (1 + x))
	}},
	{"sin", elementary.Sin, func(x, f float64) (first, second float64) { return elementary.Cos(x), -f }},
	{"sinh", elementary.Sinh, func(x, f float64) (first, second float64) { return elementary.Cosh(x), f }},
	{"sqrt", math.Sqrt, func(x, f float64) (first, second float64) { return 1 / (2 * f), -1 / (4 * x * f) }},
	{"tan", elementary.Tan, func(_, f float64) (first, second float64) {
		first = 1 + float64(f*f)
		return first, 2 * f * first
	}},
	{"tanh", elementary.Tanh, func(_, f float64) (first, second float64) {
		first = 1 - float64(f*f)
		return first, -2 * f * first
	}},
}
