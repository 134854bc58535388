package param

import (
	"slices"
	"testing"
)

type part interface{ part() }

type leaf struct {
	T Length `param:"t" default:"1/L" doc:"step"`
}

type branch struct {
	LR    float64 `param:"lr" default:"0.5" doc:"rate"`
	N     int     `param:"n" default:"3" doc:"count"`
	Inner part    `param:"inner" default:"leaf" doc:"part"`
}

func (*leaf) part()   {}
func (*branch) part() {}

var parts = NewRegistry[part]("part of a test")

func init() {
	parts.Register("leaf", Info{Family: "plant"}, func() any { return new(leaf) })
	parts.Register("branch", Info{}, func() any { return new(branch) })
	parts.Register("twig", Info{Defaults: map[string]string{"lr": "0.1"}}, func() any { return new(branch) })
}

func length(t *testing.T, text string) Length {
	t.Helper()
	var l Length
	if err := l.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestValueAt(t *testing.T) {
	b := &branch{LR: 0.25, N: 3, Inner: &branch{LR: 2, Inner: &leaf{T: NewLength(0.125)}}}
	for path, want := range map[string]float64{"lr": 0.25, "inner.lr": 2, "inner.inner.t": 0.125} {
		if v, ok := ValueAt(b, path); !ok || v != want {
			t.Errorf("%s = %g, %t; expected %g", path, v, ok, want)
		}
	}
	for _, path := range []string{"", "x", "lr.t", "inner", "inner.x", "inner.inner.inner.t"} {
		if v, ok := ValueAt(b, path); ok {
			t.Errorf("%q = %g; expected nothing", path, v)
		}
	}
	for _, component := range []any{nil, branch{}, (*branch)(nil), &leaf{T: length(t, "1/L")}} {
		if v, ok := ValueAt(component, "t"); ok {
			t.Errorf("%T has t = %g; expected nothing", component, v)
		}
	}
}

func TestConstantsIn(t *testing.T) {
	b := &branch{Inner: &leaf{T: length(t, "2/(mu+L)-1e-3*L")}}
	if got := ConstantsIn(b); !slices.Equal(got, []string{"L", "mu"}) {
		t.Errorf("found %v; expected L, mu", got)
	}
	if got := ConstantsIn(&leaf{T: NewLength(1)}); len(got) != 0 {
		t.Errorf("found %v in a number", got)
	}
}

func TestEntryOfAType(t *testing.T) {
	if e := parts.Of(new(leaf)); e == nil || e.Name != "leaf" || e.FamilyOrName() != "plant" {
		t.Errorf("a leaf is %+v", e)
	}
	if e := parts.Of(new(branch)); e != nil {
		t.Errorf("two names are of one type, and %s was chosen", e.Name)
	}
	if e, err := parts.Lookup("branch"); err != nil || e.FamilyOrName() != "branch" {
		t.Errorf("%+v, %v", e, err)
	}
}
