// Package compare says what changed between two runs of a suite, and whether the change
// is one that a CI should stop.
//
// It is a pipeline:
//
//  1. pair.go puts the same cell of BASE and NEW side by side, repeat by repeat. Seeds
//     never depend on the method, so that both met the same start and the same samples.
//  2. comparable.go refuses pairs that met different conditions.
//  3. metric.go reads the numbers, and work.go what each repeat cost on both sides, misses and
//     final gaps included.
//  4. Each cell is judged by what can be random in it: exact.go where nothing is (any
//     difference is real; what counts is its size), moved.go over starts moved by a few units
//     in the last place, judge.go and success.go where repeats differ (by how much NEW is
//     worse than is tolerated, block by block), timing.go for seconds.
//  5. levels.go tests the suite, each method and each cell with the blocks as units, so that
//     the probability of a red verdict without a regression is at most α for the whole run,
//     and says which loss each test would have found; together.go adds up small losses of exact
//     counts. rollup.go asks what other problems would show; its answer is not gated.
//  6. gate.go and headline.go say what follows, accept.go what does not count. power.go makes
//     the same comparison of planned runs.
//
// What it refuses to do: compare times across machines, call five repeats evidence, or
// test "no change" and then act on 5%.
//
// The Report is plain data with one canonical JSON form; package format renders it.
package compare
