// Package statistics holds the statistics that gdbench's reports and verdicts rest on:
// small, exact where exactness is possible, and each checked against a published example
// or a full enumeration.
//
// It is for samples of repeats: tens of numbers, with ties (counts are integers), zeros
// (equal runs) and infinities (the cost of a run that missed its target). It refuses to
// guess: where a sample is too small to say anything, the answer is NaN, never a number
// that looks like one.
//
// What the functions keep to:
//
//   - No function changes or keeps its arguments.
//   - A NaN in a sample gives NaN: a missing observation is the caller's decision.
//   - +Inf and −Inf are ordinary values, beyond all numbers: a median cost is infinite
//     where half of the runs never arrived.
//   - An empty sample gives NaN for a statistic and p = 1 for a test: nothing speaks
//     against the hypothesis. An interval needs two values.
//   - Tests are one-sided unless they say otherwise: "greater" is the alternative.
//   - Whatever is random is seeded, and gives the same numbers on each call.
package statistics
