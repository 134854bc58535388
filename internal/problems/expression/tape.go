package expression

import "github.com/gdbench/gdbench/internal/elementary"

// operation is what an instruction does. Those from firstFunction on are the entries of
// functions.
type operation uint8

const (
	add operation = iota
	subtract
	multiply
	divide
	negate
	square
	power // b is a constant
	exponentiate
	smaller
	larger
	less // 1 or 0, as the other comparisons
	lessOrEqual
	equal
	whereTrue // b where a is not 0, otherwise 0
	whereFalse
	firstFunction
)

// unary reports whether an operation takes one operand.
func (o operation) unary() bool { return o == negate || o == square || o >= firstFunction }

// instruction writes operation(a, b) into the slot to.
type instruction struct {
	operation operation
	to, a, b  int32 // b is 0 where the operation takes one operand
}

// tape is a function of n variables as a list of operations in which each operand is
// known before it is used.
type tape struct {
	variables []int32 // slot of each variable; −1 where it does not occur
	constants map[int32]float64
	code      []instruction
	slots     int32
	result    int32
}

// workspace holds the numbers of one evaluation, one a slot.
type workspace struct {
	value   []float64
	adjoint []float64 // ∂f/∂slot
	// Along a direction v: the derivatives of value and adjoint.
	tangent, adjointTangent []float64
}

func (t *tape) newWorkspace() *workspace {
	w := &workspace{
		value: make([]float64, t.slots), adjoint: make([]float64, t.slots),
		tangent: make([]float64, t.slots), adjointTangent: make([]float64, t.slots),
	}
	for slot, c := range t.constants {
		w.value[slot] = c
	}
	return w
}

// scatter writes one number a variable into its slot.
func (t *tape) scatter(slots, x []float64) {
	for i, slot := range t.variables {
		if slot >= 0 {
			slots[slot] = x[i]
		}
	}
}

// gather reads them back.
func (t *tape) gather(x, slots []float64) {
	for i, slot := range t.variables {
		x[i] = 0
		if slot >= 0 {
			x[i] = slots[slot]
		}
	}
}

// forward evaluates f.
func (t *tape) forward(w *workspace, x []float64) float64 {
	t.scatter(w.value, x)
	v := w.value
	for _, in := range t.code {
		// The operations that most formulas are made of, without a call.
		switch a, b := v[in.a], v[in.b]; in.operation {
		case add:
			v[in.to] = a + b
		case subtract:
			v[in.to] = a - b
		case multiply:
			v[in.to] = a * b
		case square:
			v[in.to] = a * a
		default:
			v[in.to] = evaluate(in.operation, a, b)
		}
	}
	return v[t.result]
}

// backward writes ∇f into grad, after forward.
func (t *tape) backward(w *workspace, grad []float64) {
	v, adjoint := w.value, w.adjoint
	clear(adjoint)
	adjoint[t.result] = 1
	for i := len(t.code) - 1; i >= 0; i-- {
		in := t.code[i]
		out := adjoint[in.to]
		if out == 0 {
			continue
		}
		switch a, b := v[in.a], v[in.b]; in.operation {
		case add:
			adjoint[in.a] += out
			adjoint[in.b] += out
		case subtract:
			adjoint[in.a] += out
			adjoint[in.b] -= out
		case multiply:
			adjoint[in.a] += float64(out * b)
			adjoint[in.b] += float64(out * a)
		case square:
			adjoint[in.a] += float64(out * 2 * a)
		case whereTrue, whereFalse:
			if chosen(in.operation, a) {
				adjoint[in.b] += out
			}
		default:
			da, db := first(in.operation, a, b, v[in.to])
			adjoint[in.a] += float64(out * da)
			if !in.operation.unary() {
				adjoint[in.b] += float64(out * db)
			}
		}
	}
	t.gather(grad, adjoint)
}

// product writes ∇²f·d into hd, after forward: both sweeps are differentiated along d.
func (t *tape) product(w *workspace, d, hd []float64) {
	v, adjoint, tangent, along := w.value, w.adjoint, w.tangent, w.adjointTangent
	clear(tangent)
	t.scatter(tangent, d)
	for _, in := range t.code {
		if in.operation == whereTrue || in.operation == whereFalse { // 0 times the derivative of the other branch may be NaN
			tangent[in.to] = 0
			if chosen(in.operation, v[in.a]) {
				tangent[in.to] = tangent[in.b]
			}
			continue
		}
		da, db := first(in.operation, v[in.a], v[in.b], v[in.to])
		tangent[in.to] = float64(da * tangent[in.a])
		if !in.operation.unary() {
			tangent[in.to] += float64(db * tangent[in.b])
		}
	}
	clear(adjoint)
	clear(along)
	adjoint[t.result] = 1
	for i := len(t.code) - 1; i >= 0; i-- {
		in := t.code[i]
		out, outAlong := adjoint[in.to], along[in.to]
		if out == 0 && outAlong == 0 {
			continue
		}
		a, b := v[in.a], v[in.b]
		if in.operation == whereTrue || in.operation == whereFalse {
			if chosen(in.operation, a) {
				adjoint[in.b] += out
				along[in.b] += outAlong
			}
			continue
		}
		da, db := first(in.operation, a, b, v[in.to])
		daa, dab, dbb := second(in.operation, a, b, v[in.to])
		ta, tb := tangent[in.a], tangent[in.b]
		adjoint[in.a] += float64(out * da)
		if in.operation.unary() {
			along[in.a] += float64(outAlong*da) + float64(out*daa*ta)
			continue
		}
		along[in.a] += float64(outAlong*da) + float64(out*(float64(daa*ta)+float64(dab*tb)))
		adjoint[in.b] += float64(out * db)
		along[in.b] += float64(outAlong*db) + float64(out*(float64(dab*ta)+float64(dbb*tb)))
	}
	t.gather(hd, along)
}

// evaluate is the operation itself.
func evaluate(o operation, a, b float64) float64 {
	switch o {
	case add:
		return a + b
	case subtract:
		return a - b
	case multiply:
		return a * b
	case divide:
		return a / b
	case negate:
		return -a
	case square:
		return a * a
	case power, exponentiate:
		return raise(a, b)
	case smaller:
		return min(a, b)
	case larger:
		return max(a, b)
	case less:
		return indicator(a < b)
	case lessOrEqual:
		return indicator(a <= b)
	case equal:
		return indicator(a == b)
	case whereTrue, whereFalse:
		if chosen(o, a) {
			return b
		}
		return 0
	}
	return functions[o-firstFunction].at(a)
}

func indicator(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

// first is ∂c/∂a and ∂c/∂b of c = operation(a, b).
func first(o operation, a, b, c float64) (da, db float64) {
	switch o {
	case add:
		return 1, 1
	case subtract:
		return 1, -1
	case multiply:
		return b, a
	case divide:
		return 1 / b, -c / b
	case negate:
		return -1, 0
	case square:
		return 2 * a, 0
	case power:
		return b * raise(a, b-1), 0
	case exponentiate:
		return b * raise(a, b-1), c * logarithm(a)
	case smaller, larger:
		if a == c {
			return 1, 0
		}
		return 0, 1
	case less, lessOrEqual, equal:
		return 0, 0
	}
	da, _ = functions[o-firstFunction].derivatives(a, c)
	return da, 0
}

// second is ∂²c/∂a², ∂²c/∂a∂b and ∂²c/∂b².
func second(o operation, a, b, c float64) (daa, dab, dbb float64) {
	switch o {
	case multiply:
		return 0, 1, 0
	case divide:
		return 0, -1 / (b * b), 2 * c / (b * b)
	case square:
		return 2, 0, 0
	case power:
		return b * (b - 1) * raise(a, b-2), 0, 0
	case exponentiate:
		log := logarithm(a)
		before := raise(a, b-1)
		return b * (b - 1) * raise(a, b-2), before + float64(b*log*before), c * log * log
	case add, subtract, negate, smaller, larger, less, lessOrEqual, equal:
		return 0, 0, 0
	}
	_, daa = functions[o-firstFunction].derivatives(a, c)
	return daa, 0, 0
}

// raise is aᵇ, by multiplication for the small powers that formulas are made of.
func raise(a, b float64) float64 {
	switch b {
	case 0:
		return 1
	case 1:
		return a
	case 2:
		return a * a
	case 3:
		return a * a * a
	case 4:
		return (a * a) * (a * a)
	}
	return elementary.Pow(a, b)
}

// logarithm is log a, and 0 for a = 0: there aᵇ is 0 for every b near a positive one.
func logarithm(a float64) float64 {
	if a == 0 {
		return 0
	}
	return elementary.Log(a)
}
