package keep

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// The worked example of Graham (1969) for n = 3 shards: the costs 5, 5, 4, 4, 3, 3, 3 go
// together as 5+4, 5+4, 3+3+3 at best, and as 11, 8, 8 or worse when dealt greedily; the
// ratio 11/9 is the bound 4/3 − 1/9 itself.
func TestDealAttainsGrahamsBound(t *testing.T) {
	costs := []float64{5, 5, 4, 4, 3, 3, 3}
	got := loadsOf(costs, deal(costs, 3), 3)
	slices.Sort(got)
	if want := []float64{8, 8, 11}; !slices.Equal(got, want) {
		t.Errorf("loads %v, want %v", got, want)
	}
}

func loadsOf(costs []float64, owner []int, n int) []float64 {
	out := make([]float64, n)
	for i, o := range owner {
		out[o] += costs[i]
	}
	return out
}

// No shard has more than the mean and one cell besides.
func TestDealIsBalanced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.SliceOfN(rapid.IntRange(1, 1000), 1, 60).Draw(t, "costs")
		n := rapid.IntRange(1, 8).Draw(t, "shards")
		var costs []float64
		sum := 0.0
		for _, c := range whole {
			costs = append(costs, float64(c))
			sum += float64(c)
		}
		loads := loadsOf(costs, deal(costs, n), n)
		if fullest := slices.Max(loads); fullest > sum/float64(n)+slices.Max(costs) {
			t.Fatalf("loads %v", loads)
		}
		if !slices.Equal(deal(costs, n), deal(costs, n)) {
			t.Fatal("two deals differ")
		}
	})
}

func TestCost(t *testing.T) {
	for _, c := range []struct {
		budget, problem string
		batch           int
		want            float64
	}{
		{"{iterations: 300}", "{name: quadratic, dim: 10}", 0, 300 * 10},
		{"{iterations: 300, gradients: 50}", "{name: quadratic, dim: 10}", 0, 50 * 10},
		{"{epochs: 7}", "{name: quadratic, dim: 10}", 0, 1000 * 10}, // no sum: the default budget
		{"{epochs: 7, gradients: 50}", "{name: quadratic, dim: 10}", 0, 50 * 10},
		{"{seconds: 7}", "{name: quadratic, dim: 10}", 0, 1},
		{"{iterations: 10}", "{name: logistic, data: breast-cancer, l2: 0.1}", 0, 10 * 569 * 31},
		{"{iterations: 10}", "{name: logistic, data: breast-cancer, l2: 0.1}", 32, 10 * 32 * 31},
		{"{epochs: 2}", "{name: logistic, data: breast-cancer, l2: 0.1}", 32, 2 * 569 * 31},
	} {
		text := "suite: t\nbudget: " + c.budget + "\nproblems: [" + c.problem + "]\nmethods: [{name: fixed-step, lr: 1}]\n"
		s, err := suite.Read("t", ".", strings.NewReader(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		p, err := prepare.Problem(s, s.Problems[0])
		if err != nil {
			t.Fatal(err)
		}
		want := c.want
		if sum, ok := problems.As[problems.FiniteSum](p.Problem); ok && sum.Samples() != 569 {
			t.Fatalf("%d samples", sum.Samples())
		}
		if got := cost(s.Budget, c.batch, p); got < want*(1-1e-12) || got > want*(1+1e-12) {
			t.Errorf("%s, %s, batch %d: cost %g, want %g", c.budget, c.problem, c.batch, got, want)
		}
	}
}
