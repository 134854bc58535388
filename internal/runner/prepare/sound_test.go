package prepare_test

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gdbench/gdbench/internal/problems/guard"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// claimed is ‖x‖² with a slip in it.
type claimed struct {
	n        int
	facts    problems.Facts
	evaluate func(x, grad []float64) float64
}

func (p *claimed) Dim() int               { return p.n }
func (p *claimed) Facts() *problems.Facts { return &p.facts }
func (p *claimed) Evaluate(x, g []float64) (f float64) {
	if p.evaluate != nil {
		return p.evaluate(x, g)
	}
	for i, v := range x {
		f += float64(v * v)
		if g != nil {
			g[i] = 2 * v
		}
	}
	return f
}

func TestSound(t *testing.T) {
	at := func(x ...float64) []problems.Start { return []problems.Start{{Name: "standard", X: x}} }
	minimum := func(v float64, points ...[]float64) *problems.Minimum {
		return &problems.Minimum{Value: v, Points: points}
	}
	address := new(int)
	for _, c := range []struct {
		name string
		p    claimed
		want string // empty: nothing is wrong
	}{
		{"right", claimed{n: 2, facts: problems.Facts{Starts: at(1, 1), Minimum: minimum(0, []float64{0, 0})}}, ""},
		{"nothing stated", claimed{n: 2}, ""},
		{"minimum by rounding above", claimed{n: 1, facts: problems.Facts{Starts: at(1), Minimum: minimum(1 + 1e-12)}}, ""},
		{"short start", claimed{n: 2, facts: problems.Facts{Starts: at(1)}}, `its start "standard" has length 1; expected 2`},
		{"start not finite", claimed{n: 2, facts: problems.Facts{Starts: at(1, math.Inf(1))}}, `its start "standard" is not finite`},
		{"minimum not a number", claimed{n: 1, facts: problems.Facts{Starts: at(1), Minimum: minimum(math.NaN())}}, "it states the minimum NaN"},
		{"minimum above", claimed{n: 1, facts: problems.Facts{Starts: at(1), Minimum: minimum(7)}}, `it states the minimum 7, and its value at the start "standard" is 1, which is less`},
		{"short minimizer", claimed{n: 2, facts: problems.Facts{Starts: at(1, 1), Minimum: minimum(0, []float64{0})}}, "a minimizer that it states has length 1; expected 2"},
		{"x is written", claimed{n: 1, facts: problems.Facts{Starts: at(1)}, evaluate: func(x, _ []float64) float64 { x[0] = 0; return 0 }}, "its Evaluate changes the point x"},
		{"panic", claimed{n: 1, facts: problems.Facts{Starts: at(1)}, evaluate: func(x, _ []float64) float64 { return x[7] }}, "panic while asked: runtime error: index out of range [7] with length 1"},
		{"panic with an address", claimed{n: 1, facts: problems.Facts{Starts: at(1)}, evaluate: func(_, _ []float64) float64 { panic(address) }}, "panic while asked: a value of type *int"},
		{"goroutine ended", claimed{n: 1, facts: problems.Facts{Starts: at(1)}, evaluate: func(_, _ []float64) float64 { runtime.Goexit(); return 0 }}, "ended its goroutine (runtime.Goexit)"},
		{"no room", claimed{n: 1 << 40}, "the problem has 1099511627776 variables, which need about"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := guard.Run("while asked", func() error {
				_, err := prepare.Check(&c.p)
				return err
			})
			if c.want == "" && err != nil {
				t.Fatal(err)
			}
			if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

// Starts are checked before the first cell runs, at their place in the file.
func TestStarts(t *testing.T) {
	for _, c := range []struct{ start, want string }{
		{"[1, 2]", ""},
		{"[1, 2, 3]", "s.yaml:2:38: problem rosenbrock start=point(x=[1, 2, 3]): start: the start has 3 coordinates; expected 2, one for each variable"},
		{"{name: named, of: standrad}", `s.yaml:2:38: problem rosenbrock start=named(of=standrad): start: the problem has no start named "standrad"; did you mean "standard"?`},
	} {
		s, err := suite.Read("s.yaml", ".", strings.NewReader("suite: s\nproblems: [{name: rosenbrock, start: "+c.start+"}]\nmethods: [newton]\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = prepare.All(t.Context(), s, 1)
		if got := fmt.Sprint(err); got != c.want && !(err == nil && c.want == "") {
			t.Errorf("start: %s\ngot  %v\nwant %s", c.start, err, c.want)
		}
	}
}

// Differences of a million variables, which take hours, are not taken before the first cell.
func TestDifferencesAreLeftToCells(t *testing.T) {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	s, err := suite.Read("it.yaml", ".", strings.NewReader("suite: it\nproblems: [{name: shift, of: {name: finite-difference, of: {name: sphere, dim: 1000000}}}]\nmethods: [fista]\n"), nil)
	if err == nil {
		_, err = prepare.All(ctx, s, 1)
	}
	if err != nil {
		t.Error(err)
	}
}
