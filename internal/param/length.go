package param

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

// Length is a number, or arithmetic over numbers and a problem's global constants:
// 0.1, 1/L, 2/(L+mu). Value holds the number once Resolve has found it.
type Length struct {
	Value float64
	text  string
	expr  *expression // nil for a plain number
}

// expression is arithmetic with constants in it, apart from the length: most lengths of a large grid are numbers.
type expression struct {
	ast.Expr
	at Position // in a file
}

// Constants finds a constant by name; its error says why there is none.
type Constants func(name string) (float64, error)

// NewLength is a plain number.
func NewLength(v float64) Length { return Length{Value: v, text: text.Exact(v)} }

// UnmarshalText reads a number or an expression.
func (l *Length) UnmarshalText(text []byte) error { return l.read(string(text)) }

func (l *Length) read(written string) error {
	s := strings.TrimSpace(written)
	if v, err := ParseNumber(s); err == nil {
		*l = Length{Value: v, text: text.ExactAs(v, s)}
		return nil
	}
	if len(s) > maxExpression {
		return fmt.Errorf("the expression is longer than %d characters; expected %s", maxExpression, l.Expected())
	}
	// Blanks are no part of the canonical text, which must mean the same without them.
	compact := strings.Join(strings.Fields(s), "")
	_, err := parse(s)
	expr, compactErr := parse(compact)
	if err != nil || compactErr != nil {
		return fmt.Errorf("%q is neither a number nor arithmetic over numbers and constants; expected %s", s, l.Expected())
	}
	if v, err := ParseNumber(compact); err == nil { // "- 0.5" is a number, too
		*l = NewLength(v)
		return nil
	}
	*l = Length{Value: math.NaN(), text: compact, expr: &expression{Expr: expr}}
	return nil
}

const maxExpression = 200 // characters

// parse reads arithmetic by Go's grammar, without what evaluate does not know and without
// comments.
func parse(text string) (ast.Expr, error) {
	if strings.Contains(text, "//") || strings.Contains(text, "/*") {
		return nil, errors.New("a comment")
	}
	expr, err := parser.ParseExpr(text)
	if err == nil {
		_, err = evaluate(expr, func(string) (float64, error) { return 1, nil })
	}
	return expr, err
}

// errConstant is that of arithmetic with a name in it.
var errConstant = errors.New("a constant")

// arithmetic is the value of arithmetic over numbers, such as 4/9.
func arithmetic(text string) (float64, error) {
	if len(text) > maxExpression {
		return 0, errors.New("too long")
	}
	expr, err := parse(text)
	if err != nil {
		return 0, err
	}
	v, err := evaluate(expr, func(string) (float64, error) { return 0, errConstant })
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
		err = fmt.Errorf("%s is no finite number", text)
	}
	return v, err
}

// Expected says what may be written.
func (Length) Expected() string {
	return "a number such as 0.1, or an expression such as 1/L or 2/(L+mu)"
}

// MarshalText is a number in its shortest form, an expression as written but for blanks.
func (l Length) MarshalText() ([]byte, error) { return []byte(l.text), nil }

// Literal is the number, where it is written as one.
func (l *Length) Literal() (float64, bool) { return l.Value, l.expr == nil }

// Resolve computes Value. The error of an unknown constant passes through.
func (l *Length) Resolve(constants Constants) error {
	if l.expr == nil {
		return nil
	}
	v, err := evaluate(l.expr.Expr, constants)
	if err != nil {
		return fmt.Errorf("%s: %w", l.text, err)
	}
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return fmt.Errorf("%s is not a finite number on this problem", l.text)
	}
	l.Value = v
	return nil
}

// constants lists the names of the constants that the length is written in, as they come.
func (l *Length) constants() []string {
	var out []string
	if l.expr != nil {
		ast.Inspect(l.expr.Expr, func(n ast.Node) bool {
			if name, ok := n.(*ast.Ident); ok {
				out = append(out, name.Name)
			}
			return true
		})
	}
	return out
}

// Powers are the powers of the units of f and of x that the length has, given those of the
// constants in it: {0, 0} for a number, {−1, 2} for 1/L. They are NaN where its terms have
// different ones (1/L + 0.1), or a constant is unknown.
func (l *Length) Powers(constants func(name string) (value, variables int, ok bool)) (value, variables float64) {
	if l.expr == nil {
		return 0, 0
	}
	at := func(f, x int) float64 { // the expression where the units are 2^−f and 2^−x as large
		base := 1.0
		v, err := evaluate(l.expr.Expr, func(name string) (float64, error) {
			value, variables, ok := constants(name)
			if !ok {
				return math.NaN(), nil
			}
			base += 0.37 // unlike constants, so that their differences do not cancel
			return math.Ldexp(base, f*value+x*variables), nil
		})
		if err != nil {
			return math.NaN()
		}
		return v
	}
	power := func(ratio, square float64) float64 {
		// Powers of two are exact, and so is everything homogeneous in them.
		fraction, exponent := math.Frexp(ratio)
		if fraction != 0.5 || square != ratio*ratio {
			return math.NaN()
		}
		return float64(exponent - 1)
	}
	one := at(0, 0)
	return power(at(1, 0)/one, at(2, 0)/one), power(at(0, 1)/one, at(0, 2)/one)
}

func evaluate(e ast.Expr, constants Constants) (float64, error) {
	switch e := e.(type) {
	case *ast.BasicLit:
		return ParseNumber(e.Value)
	case *ast.Ident:
		return constants(e.Name)
	case *ast.ParenExpr:
		return evaluate(e.X, constants)
	case *ast.UnaryExpr:
		v, err := evaluate(e.X, constants)
		if e.Op == token.SUB {
			return -v, err
		}
	case *ast.BinaryExpr:
		a, err := evaluate(e.X, constants)
		if err != nil {
			return 0, err
		}
		b, err := evaluate(e.Y, constants)
		if err != nil {
			return 0, err
		}
		switch e.Op {
		case token.ADD:
			return a + b, nil
		case token.SUB:
			return a - b, nil
		case token.MUL:
			return float64(a * b), nil
		case token.QUO:
			return a / b, nil
		}
	}
	return 0, errors.New("only numbers, constants, + - * / and parentheses")
}
