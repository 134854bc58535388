// Package compare says what changed between two runs of a suite, and whether the change
// is one that a CI should stop.
//
// It is a pipeline:
//
//  1. pair.go puts the same cell of BASE and NEW side by side, repeat by repeat. Seeds
//     never depend on the method, so that both met the same start and the same samples.
//  2. comparable.go refuses pairs that met different conditions.
//  3. metric.go reads the numbers: success first, then cost, then the final gap.
//  4. Each metric of each cell is judged by its class: exact.go where nothing is random
//     (any difference is real; what counts is its size), paired.go where the repeats are
//     (one signed-rank test of "worse by no more than δ"), success.go for targets that are
//     no longer met, timing.go for seconds.
//  5. rollup.go asks the same of each method over all problems: small losses that no cell
//     shows alone.
//  6. family.go lets all gated tests share one α, so that the probability of a red verdict
//     without a regression is at most α for the whole run, not for each of a thousand
//     cells.
//  7. power.go states what each test could have found. A test that could find nothing is
//     called underpowered, not passed.
//
// What it refuses to do: compare times across machines, call five repeats evidence, or
// test "no change" and then act on 5%.
//
// The Report is plain data with one canonical JSON form; package format renders it.
package compare
