package expression

import "math"

// degree is that of f as a polynomial, or a bound of it; infinite where f is none.
func (t *tape) degree() float64 {
	degree := make([]float64, t.slots)
	for _, slot := range t.variables {
		if slot >= 0 {
			degree[slot] = 1
		}
	}
	for _, in := range t.code {
		degree[in.to] = in.degree(degree[in.a], degree[in.b], t.constants[in.b])
	}
	return degree[t.result]
}

// degree is that of the result, where a and b are those of the operands.
func (in instruction) degree(a, b, exponent float64) float64 {
	switch in.operation {
	case add, subtract:
		return max(a, b)
	case negate:
		return a
	case multiply:
		return a + b
	case divide:
		if b == 0 {
			return a
		}
	case square:
		return 2 * a
	case power:
		if exponent >= 0 && exponent == math.Trunc(exponent) {
			return exponent * a
		}
	}
	return math.Inf(1)
}
