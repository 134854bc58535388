package param

import (
	"slices"
	"testing"
)

type anything interface{}

type holder struct {
	Part  anything   `param:"part" default:"none" doc:"a part"`
	Parts []anything `param:"parts" default:"none" doc:"parts"`
}

var things = NewRegistry[anything]("thing")

func init() {
	things.Register("ours", Info{Summary: "of gdbench"}, func() any { return new(holder) })
}

// A component that another module registers has no version unless it states one, wherever it is
// in another component. Here the testing package is the other module.
func TestUnversioned(t *testing.T) {
	things.Register("mine", Info{Summary: "a user's"}, func() any { return new(holder) })
	things.Register("versioned", Info{Summary: "a user's", Version: 3}, func() any { return new(holder) })
	spec := func(name string, args ...any) *Spec {
		entry, err := things.Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		s := &Spec{Entry: entry}
		for i, value := range args {
			s.Args = append(s.Args, Arg{Field: entry.Fields()[i], Value: value})
		}
		return s
	}
	for _, c := range []struct {
		name string
		spec *Spec
		want []string
	}{
		{"ours", spec("ours"), nil},
		{"a user's", spec("mine"), []string{"mine"}},
		{"with a version", spec("versioned"), nil},
		{"a part", spec("ours", spec("mine")), []string{"mine"}},
		{"a part of a part, in a list", spec("versioned", spec("ours"), []*Spec{spec("ours", spec("mine")), spec("mine")}), []string{"mine"}},
		{"a versioned part", spec("ours", spec("versioned")), nil},
	} {
		if got := c.spec.Unversioned(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q; expected %q", c.name, got, c.want)
		}
	}
}
