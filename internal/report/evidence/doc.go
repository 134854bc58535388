// Package evidence says what runs show. Gather reads the records of one or several runs,
// one by one: for each problem and each method with its settings (an Entry) the runs
// (Cells) that differ in their repeat. Everything in tables, figures, pages and reviews is
// asked of the Evidence, so that they agree:
//
//   - what a run spent to reach a goal (Cost, Goal), and how its gap fell (Curve, Band, Law);
//   - which setting of a method is the best (choice.go: one rule for all);
//   - how methods compare across problems, each with one setting (Contest, Score);
//   - what theorems say of the runs (Judgement, Promises, Expected);
//   - what a reader must know before believing the numbers (Warnings).
//
// A run that did not reach a goal has spent infinitely much on it, a diverged run ends
// infinitely high, and medians and quartiles are taken with these infinities. Where f* is
// unknown the reference is the best value seen, and BestSeen says so.
package evidence
