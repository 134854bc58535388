package param

import (
	"errors"
	"testing"
)

// A length that is read has a text that means the same, and a value where the constants
// have one.
func FuzzLength(f *testing.F) {
	for _, text := range []string{"1/L", "2/(L+mu)", "0.1", "-(1 - mu/L)*3e-2", "1 /  L"} {
		f.Add(text)
	}
	constants := func(name string) (float64, error) {
		if name == "L" {
			return 2, nil
		}
		return 0, errors.New("unknown")
	}
	type holder struct {
		LR Length `param:"lr" doc:"for tests"`
	}
	f.Fuzz(func(t *testing.T, text string) {
		var l, again holder
		if l.LR.UnmarshalText([]byte(text)) != nil {
			return
		}
		canonical := Text(l.LR)
		if err := again.LR.UnmarshalText([]byte(canonical)); err != nil {
			t.Fatalf("%q is written %q: %v", text, canonical, err)
		}
		if got := Text(again.LR); got != canonical {
			t.Errorf("%q is written %q, and then %q", text, canonical, got)
		}
		a, b := Resolve(&l, constants), Resolve(&again, constants)
		if (a == nil) != (b == nil) || a == nil && l.LR.Value != again.LR.Value {
			t.Errorf("%q is %v (%v), %q is %v (%v)", text, l.LR.Value, a, canonical, again.LR.Value, b)
		}
	})
}
