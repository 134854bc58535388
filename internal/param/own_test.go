package param

import "testing"

// TestOwnDefault: components of one type that differ in a default know each their own.
func TestOwnDefault(t *testing.T) {
	type sized struct {
		N int `param:"dim" default:"own" doc:"size"`
	}
	registry := NewRegistry[interface{ never() }]("test")
	registry.Register("small", Info{}, func() any { return &sized{N: 3} })
	registry.Register("large", Info{}, func() any { return &sized{N: 400} })
	for name, want := range map[string]string{"small": "3", "large": "400"} {
		entry, err := registry.Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := entry.Fields()[0].Default; got != want {
			t.Errorf("the default of %s is %q, expected %q", name, got, want)
		}
		written, err := Component(name, []string{"dim=7"})
		if err != nil {
			t.Fatal(err)
		}
		spec, err := registry.Only("test", written, nil)
		if err != nil {
			t.Fatal(err)
		}
		made, err := spec.New()
		if err != nil {
			t.Fatal(err)
		}
		if n := made.(*sized).N; n != 7 {
			t.Errorf("%s with dim = 7 has %d", name, n)
		}
	}
}

// ranged are components of one type whose sizes lie in different ranges.
type ranged struct {
	N    int `param:"dim" default:"4" range:"own" doc:"size"`
	most float64
}

func (r *ranged) Range(string) Interval { return Closed(1, r.most) }

func TestOwnRange(t *testing.T) {
	registry := NewRegistry[interface{ neither() }]("test of ranges")
	registry.Register("narrow", Info{}, func() any { return &ranged{most: 5} })
	registry.Register("wide", Info{}, func() any { return &ranged{most: 50} })
	for name, want := range map[string]string{"narrow": "≥ 1 and ≤ 5", "wide": "≥ 1 and ≤ 50"} {
		entry, err := registry.Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := entry.Fields()[0].Range.String(); got != want {
			t.Errorf("the range of %s is %s; expected %s", name, got, want)
		}
		written, err := Component(name, []string{"dim=20"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := registry.Only("test", written, nil); (err != nil) != (name == "narrow") {
			t.Errorf("%s with dim = 20: %v", name, err)
		}
	}
}
