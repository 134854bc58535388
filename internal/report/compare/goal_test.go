package compare

import (
	"slices"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// The finest target of the first kind that every run can measure is compared; of an accuracy
// that is the largest.
func TestChooseGoal(t *testing.T) {
	refused := results.Target{Target: 0.01, Message: "not measurable"}
	accuracy := func(v results.Number) results.Target {
		return results.Target{Target: v, Kind: "accuracy", AtLeast: true}
	}
	value := func(v results.Number) results.Target { return results.Target{Target: v, Kind: results.ValueTarget} }
	for _, c := range []struct {
		name      string
		base, new []results.Target
		wanted    string
		goal      string
		reason    string
	}{
		{"a smaller gap", []results.Target{{Target: 0.1}, {Target: 0.01}}, []results.Target{{Target: 0.1}, {Target: 0.01}}, "", "gap 0.01", ""},
		{"a larger accuracy", []results.Target{accuracy(0.8), accuracy(0.9)}, []results.Target{accuracy(0.8), accuracy(0.9)}, "", "accuracy 0.9", ""},
		{"a smaller value", []results.Target{value(1), value(-1)}, []results.Target{value(1), value(-1)}, "", "value -1", ""},
		{"gaps are not measurable", []results.Target{refused, value(1)}, []results.Target{refused, value(1)}, "", "value 1", ""},
		{"measurable in one run only", []results.Target{{Target: 0.01}, value(1)}, []results.Target{refused, value(1)}, "", "value 1", ""},
		{"as asked", []results.Target{{Target: 0.01}, accuracy(0.9)}, []results.Target{{Target: 0.01}, accuracy(0.9)}, "accuracy 0.9", "accuracy 0.9", ""},
		{"asked for and not measurable", []results.Target{refused, value(1)}, []results.Target{refused, value(1)}, "0.01", "stop", "the target 0.01 was refused here"},
		{"nothing is measurable", []results.Target{refused}, []results.Target{refused}, "", "stop", ""},
		{"nothing in common", []results.Target{{Target: 0.1}}, []results.Target{value(1)}, "", "stop", "the two have no target in common"},
	} {
		cell := &cell{base: []*results.Summary{{Targets: c.base}}, new: []*results.Summary{{Targets: c.new}}}
		if reason := cell.chooseGoal(c.wanted); reason != c.reason || cell.goal.String() != c.goal {
			t.Errorf("%s: %s, %q; expected %s, %q", c.name, cell.goal, reason, c.goal, c.reason)
		}
	}
}

// A target that is refused on one side only, since f* is known less well than before, is named:
// what is compared instead is coarser.
func TestTargetsRefusedOnOneSide(t *testing.T) {
	side := func(refused bool) *results.Baseline {
		w := world{problems: names("p", 2), methods: []string{"gd"}, evaluations: constant(100)}
		w.change = func(o *results.Summary) {
			if refused {
				o.Targets[1] = results.Target{Target: 1e-6, Message: "finer than the accuracy of f*"}
			}
		}
		return w.run()
	}
	want := []string{"in 2 cells a finer target is measurable on one side only, such as gap 1e-06 of gd on p00: the finest that both measure is compared"}
	for _, c := range []struct {
		base, new bool
		want      []string
	}{{false, false, nil}, {true, true, nil}, {false, true, want}, {true, false, want}} {
		if r := mustCompare(t, side(c.base), side(c.new), Options{}); !slices.Equal(r.Warnings, c.want) {
			t.Errorf("refused in BASE %t, in NEW %t: warnings %q; expected %q", c.base, c.new, r.Warnings, c.want)
		}
	}
}
