package expression

import (
	"strings"
	"testing"
)

// brackets writes a tree with a bracket around each operation.
func brackets(n *node) string {
	var parts []string
	for _, p := range n.parts {
		parts = append(parts, brackets(p))
	}
	switch n.kind {
	case operation1:
		return "(" + n.text + " " + parts[0] + ")"
	case operation2:
		return "(" + parts[0] + " " + n.text + " " + parts[1] + ")"
	case element:
		return parts[0] + "[" + parts[1] + "]"
	case conditional:
		return "(" + strings.Join(parts, " : ") + ")"
	case call:
		return n.text + "(" + strings.Join(parts, ", ") + ")"
	}
	return n.text
}

func TestPrecedence(t *testing.T) {
	for text, want := range map[string]string{
		"1 - 2 - 3":             "((1 - 2) - 3)",
		"1 + 2*3^4":             "(1 + (2 * (3 ^ 4)))",
		"2^3^4":                 "(2 ^ (3 ^ 4))",
		"2**3**4":               "(2 ** (3 ** 4))",
		"-x^2":                  "(- (x ^ 2))",
		"-x*y":                  "((- x) * y)",
		"2^-x":                  "(2 ^ (- x))",
		"x^-2^2":                "(x ^ (- (2 ^ 2)))",
		"--x":                   "(- (- x))",
		"a/b/c":                 "((a / b) / c)",
		"not x > 0 and y < 1":   "((not (x > 0)) and (y < 1))",
		"a || b && c":           "(a || (b && c))",
		"x > 0 ? 1 : y ? 2:3":   "((x > 0) : 1 : (y : 2 : 3))",
		"if x > 0 {1} else {2}": "((x > 0) : 1 : 2)",
		"f(a, b+c)[1]^2":        "(f(a, (b + c))[1] ^ 2)",
		"(a+b)*c":               "((a + b) * c)",
		"1.5e-3x":               "",
		"x +":                   "",
		"f(a b)":                "",
		"":                      "",
	} {
		n, wrong := parse(text)
		if want == "" {
			if wrong == nil {
				t.Errorf("%s is read as %s", text, brackets(n))
			}
			continue
		}
		if wrong != nil {
			t.Errorf("%s: %s", text, wrong.message)
			continue
		}
		if got := brackets(n); got != want {
			t.Errorf("%s is read as %s, not %s", text, got, want)
		}
	}
}

// A formula cannot exhaust the stack.
func TestDepth(t *testing.T) {
	for _, open := range []string{"(", "-", "sin(", "x[", "2^"} {
		if _, wrong := parse(strings.Repeat(open, 30000)); wrong == nil || !strings.Contains(wrong.message, "nested more than 1000 deep") {
			t.Errorf("30000 times %s: %v", open, wrong)
		}
	}
}
