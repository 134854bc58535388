package param

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// constants are those of a quadratic with L = 4, mu = 0.5; no other is known.
func constants(name string) (float64, error) {
	switch name {
	case "L":
		return 4, nil
	case "mu":
		return 0.5, nil
	case "zero":
		return 0, nil
	}
	return math.NaN(), errors.New("needs the constant " + name)
}

func TestLengthArithmetic(t *testing.T) {
	for text, want := range map[string]float64{
		"0.1": 0.1, "1e-3": 1e-3, "5": 5,
		"1/L": 0.25, "2/(L+mu)": 2 / 4.5, "1.9/L": 1.9 / 4, " 1 / L ": 0.25, "1/\tL": 0.25,
		"L-mu-1": 2.5, "L/mu/2": 4, "L - (mu - 1)": 4.5, "1+2*L": 9, "(1+2)*L": 12, "-1/-L": 0.25,
		"((((1))/((L))))": 0.25, "3/2": 1.5,
		strings.Repeat("(", 99) + "L" + strings.Repeat(")", 99): 4,
	} {
		var l Length
		if err := l.UnmarshalText([]byte(text)); err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if err := l.Resolve(constants); err != nil || l.Value != want {
			t.Errorf("%s = %v, want %v (%v)", text, l.Value, want, err)
		}
	}
}

func TestLengthRefuses(t *testing.T) {
	for _, text := range []string{
		"", "1/", "1/L)", "(1/L", "1 2", "1 2/L", "2L", "L^2", "L%2", "L<<1", "!L", "+L", "sqrt(L)", "a.b", "L[0]", `"1"`, "'1'",
		"0x10", "1_000", "1e999*L", "010/L", "1/L // a comment", "1/L/*a comment*/", "1 - -mu", "func() {}", "[]int{}", "1/L;1",
		"*L", "&L", ".nan", "1i",
	} {
		var l Length
		if err := l.UnmarshalText([]byte(text)); err == nil || !strings.Contains(err.Error(), "expected a number such as 0.1") {
			t.Errorf("%q: got %v", text, err)
		}
	}
	var l Length
	err := l.UnmarshalText([]byte("1/L" + strings.Repeat("+1", 99)))
	if err == nil || !strings.Contains(err.Error(), "longer than 200 characters") {
		t.Errorf("201 characters: got %v", err)
	}
	if err := l.UnmarshalText([]byte("11/L" + strings.Repeat("+1", 98))); err != nil {
		t.Errorf("200 characters: %v", err)
	}
}

func TestLengthResolveRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"1/zero":      "1/zero is not a finite number on this problem",
		"zero/zero":   "zero/zero is not a finite number on this problem",
		"1e300*1e300": "1e300*1e300 is not a finite number on this problem",
		"1/(L + M)":   "1/(L+M): needs the constant M",
		"1/-M":        "1/-M: needs the constant M",
	} {
		var l Length
		if err := l.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := l.Resolve(constants); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
		if !math.IsNaN(l.Value) {
			t.Errorf("%s has the value %v though it failed", text, l.Value)
		}
	}
}

// The canonical text of an accepted expression reads back to itself and to the same
// number.
func TestLengthText(t *testing.T) {
	piece := rapid.SampledFrom([]string{"1", "2.5", "1e-3", "L", "mu", "zero", "+", "-", "*", "/", "(", ")", " ", "\t"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 1, 12).Draw(t, "pieces"), "")
		var l, again Length
		if l.UnmarshalText([]byte(text)) != nil {
			return
		}
		canonical := Text(l)
		if err := again.UnmarshalText([]byte(canonical)); err != nil {
			t.Fatalf("%q became %q: %v", text, canonical, err)
		}
		if Text(again) != canonical {
			t.Fatalf("%q became %q, then %q", text, canonical, Text(again))
		}
		first, second := l.Resolve(constants), again.Resolve(constants)
		if (first == nil) != (second == nil) || first == nil && l.Value != again.Value {
			t.Fatalf("%q is %v (%v), %q is %v (%v)", text, l.Value, first, canonical, again.Value, second)
		}
	})
}
