package counts

import (
	"reflect"
	"strings"
	"testing"
)

// Every field of the struct has its constant, its place and its names.
func TestEveryFieldIsNamed(t *testing.T) {
	var o Of[int64]
	v := reflect.ValueOf(&o).Elem()
	if v.NumField() != len(All) {
		t.Fatalf("%d fields, %d counts", v.NumField(), len(All))
	}
	for i := range v.NumField() {
		c, field := Count(i), v.Type().Field(i)
		if key, _, _ := strings.Cut(field.Tag.Get("json"), ","); key != c.Key() || key == "" {
			t.Errorf("%s has the key %q in its tag and %q in the table", field.Name, key, c.Key())
		}
		if o.At(c) != v.Field(i).Addr().Interface() {
			t.Errorf("At(%d) is not the place of %s", i, field.Name)
		}
		if got, ok := Named(c.String()); !ok || got != c {
			t.Errorf("Named(%q) is %v, %v; expected %v", c.String(), got, ok, c)
		}
		if c.Noun(1) == "" || c.Noun(2) == "" {
			t.Errorf("%s has no noun", field.Name)
		}
	}
	if _, ok := Named("iterations"); ok {
		t.Error("iterations are no count of the oracle")
	}
}

func TestArithmeticAndWords(t *testing.T) {
	before, after := Counts{Values: 1, Gradients: 2}, Counts{Values: 1, Gradients: 5, HessianProducts: 1}
	d := Difference(after, before)
	if want := (Counts{Gradients: 3, HessianProducts: 1}); d != want {
		t.Errorf("%+v; expected %+v", d, want)
	}
	var said []string
	for c, n := range d.Each {
		if *n > 0 {
			said = append(said, c.Spell(*n))
		}
		if c == HessianProducts {
			break
		}
	}
	if got := strings.Join(said, ", "); got != "3 gradients, 1 Hessian product" {
		t.Errorf("said %q", got)
	}
}

func TestCountingAllocatesNothing(t *testing.T) {
	total, seen := Counts{Gradients: 3}, int64(0)
	if n := testing.AllocsPerRun(100, func() {
		for _, c := range total.Each {
			seen += *c
		}
	}); n > 0 || seen == 0 {
		t.Errorf("%v allocations, seen %d", n, seen)
	}
}
