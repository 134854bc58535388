package suite_test

import (
	"slices"
	"testing"

	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// A reference is named by the name or the label of a method, and is all of its settings.
func TestReference(t *testing.T) {
	const grid = "suite: t\nproblems: [sphere]\nmethods: [newton, {name: fixed-step, lr: [1, 2], label: GD}, {name: fixed-step, lr: 3}]\n"
	for name, want := range map[string][]string{"newton": {"newton"}, "GD": {"GD lr=1", "GD lr=2"}, "fixed-step": {"GD lr=1", "GD lr=2", "fixed-step lr=3"}, "GD lr=2": {"GD lr=2"}} {
		got := read(t, grid+"reference: "+name+"\n").ReferenceMethod()
		if got == nil || got.Name != name || !slices.Equal(got.Methods, want) {
			t.Errorf("%s: found %+v; expected %v", name, got, want)
		}
	}
	if got := read(t, grid).ReferenceMethod(); got != nil {
		t.Errorf("found %+v where the suite names none", got)
	}
}

func TestMethodsThatComeWithGdbenchAreNotOwn(t *testing.T) {
	if got := read(t, "suite: t\nproblems: [sphere]\nmethods: [newton, {name: descent, direction: gradient, step: backtracking}]\n").OwnMethods(); len(got) != 0 {
		t.Errorf("%v come with gdbench", got)
	}
}
