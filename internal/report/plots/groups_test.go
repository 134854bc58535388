package plots

import (
	"math"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/evidencetest"
	"github.com/gdbench/gdbench/results"
)

// published makes the problems of a contest those of a published suite, in groups of two.
func published(c *evidence.Contest, variables int, labels ...string) {
	for k, i := range c.Instances {
		i.Problem.Label = labels[k]
		i.Problem.Dim = variables
		i.Problem.Example.Benchmark = &results.Benchmark{Suite: "bbob", Function: k + 1, Instance: 1}
	}
}

// Problems with one label are a figure for each price. A method of gradients only, which costs 20
// evaluations in 5 variables, is at 4 evaluations per variable with a gradient for one, and
// at 20 with a gradient for five.
func TestGroupRuntimes(t *testing.T) {
	c := evidencetest.Race(t, 50, []int{20, 40}, []int{20, 0}, []int{10, 30}, []int{10, 30})
	published(c, 5, "hard start=box function=1", "hard function=2", "not so hard function=3", "not so hard function=4")
	figures := GroupRuntimes(c)
	if len(figures) != 4 {
		t.Fatalf("%d figures; expected two groups at two prices", len(figures))
	}
	for k, want := range []struct {
		name       string
		first, all float64 // where the first method has reached every target, and its share there
		other      float64 // the share of the other method at the end
	}{{"group-runtimes-hard-1", 4, 1, 0.5}, {"group-runtimes-hard-D", 20, 1, 0.5}, {"group-runtimes-not-so-hard-1", 2, 1, 1}, {"group-runtimes-not-so-hard-D", 10, 1, 1}} {
		f := figures[k]
		label := strings.TrimRight(strings.TrimPrefix(f.Name, "group-runtimes-"), "-1D")
		if f.Name != want.name || !strings.HasPrefix(f.Title, strings.ReplaceAll(label, "-", " ")+": runtime distribution") {
			t.Errorf("figure %q, %q; expected %q", f.Name, f.Title, want.name)
		}
		s, o := f.Series[0], f.Series[1]
		if before, there := at(s, want.first*0.999), at(s, want.first); before == want.all || there != want.all {
			t.Errorf("%s: the share is %g at %g, and %g just before", f.Name, there, want.first, before)
		}
		if got := o.Y[len(o.Y)-1]; math.Abs(got-want.other) > 1e-15 {
			t.Errorf("%s: the other method ends at %g; expected %g", f.Name, got, want.other)
		}
	}
	single := evidencetest.Race(t, 50, []int{20, 40}, []int{20, 0})
	published(single, 5, "hard function=1", "hard function=2")
	alone := evidencetest.Race(t, 50, []int{20, 40}, []int{20, 0})
	published(alone, 5, "hard function=1", "soft function=2")
	if n := len(GroupRuntimes(single)) + len(GroupRuntimes(alone)) + len(GroupRuntimes(evidencetest.Race(t, 50, []int{20, 40}, []int{20, 0}))); n > 0 {
		t.Errorf("%d figures of one label, of problems that share none, or in no published suite", n)
	}
}
