package keep

import (
	"cmp"
	"container/heap"
	"iter"
	"math"
	"slices"

	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
)

// Share is the part of the grid that a shard runs, in the order of the grid and with numbers
// of its own, and its size. The trials of a search stay together with the runs whose settings they
// choose.
func Share(s *suite.Suite, shard results.Shard, built prepare.Problems) (iter.Seq[suite.Cell], int) {
	var costs []float64 // of cells that run in one process
	var unitOf []int    // by cell
	units := map[string]int{}
	for c := range s.Cells() {
		name := s.Unit(&c)
		unit, known := units[name]
		if !known || name == "" {
			unit = len(costs)
			units[name] = unit
			costs = append(costs, 0)
		}
		unitOf = append(unitOf, unit)
		costs[unit] += cost(s.Budget, c.Method.Keys.Batch.Size, built[c.Problem])
	}
	shards := deal(costs, shard.Of)
	owner := make([]int, len(unitOf))
	count := 0
	for i, unit := range unitOf {
		if owner[i] = shards[unit]; owner[i] == shard.Index-1 {
			count++
		}
	}
	return func(yield func(suite.Cell) bool) {
		position := 0
		for c := range s.Cells() {
			if owner[c.Index] != shard.Index-1 {
				continue
			}
			c.Index = position
			if !yield(c) {
				return
			}
			position++
		}
	}, count
}

// cost estimates what a cell takes at most: numbers touched until its budget is spent. A
// gradient touches every variable, for a sum over samples once a sample of the batch. What
// a method adds to that, and how soon it converges, is not known in advance.
func cost(b suite.Budget, batch int, p *prepare.Built) float64 {
	samples := p.Samples()
	b = b.For(samples)
	perStep := float64(max(1, samples))
	if batch > 0 && samples > 0 {
		perStep = float64(min(batch, samples))
	}
	steps := math.Inf(1)
	for _, limit := range []float64{
		float64(b.Iterations), float64(b.Evaluations), float64(b.Gradients), b.Epochs * float64(samples) / perStep,
	} {
		if limit > 0 {
			steps = min(steps, limit)
		}
	}
	if math.IsInf(steps, 1) { // a budget in seconds only: all cells cost the same
		return 1
	}
	return steps * perStep * float64(p.Problem.Dim())
}

// deal gives every cell to one of n shards: the costliest first, each to the shard that
// has least so far, ties to the earlier cell and the earlier shard. The fullest shard has
// at most 4/3 − 1/(3n) times the cost of the best division: Graham (1969), Bounds on
// multiprocessing timing anomalies, doi:10.1137/0117039.
func deal(costs []float64, n int) []int {
	order := make([]int, len(costs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(costs[j], costs[i]) })
	shards := make(loads, n)
	for i := range shards {
		shards[i].shard = i
	}
	owner := make([]int, len(costs))
	for _, i := range order {
		owner[i] = shards[0].shard
		shards[0].cost += costs[i]
		heap.Fix(&shards, 0)
	}
	return owner
}

// load is what a shard has to do.
type load struct {
	cost  float64
	shard int
}

// loads is a heap with the least loaded shard on top.
type loads []load

var _ heap.Interface = (*loads)(nil)

func (l loads) Len() int { return len(l) }
func (l loads) Less(i, j int) bool {
	return l[i].cost < l[j].cost || l[i].cost == l[j].cost && l[i].shard < l[j].shard
}
func (l loads) Swap(i, j int) { l[i], l[j] = l[j], l[i] }

// Push and Pop complete heap.Interface; the number of shards is fixed.
func (l *loads) Push(x any) { *l = append(*l, x.(load)) }
func (l *loads) Pop() any {
	last := (*l)[len(*l)-1]
	*l = (*l)[:len(*l)-1]
	return last
}
