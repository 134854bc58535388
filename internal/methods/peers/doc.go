// Package peers puts the methods of gonum.org/v1/gonum/optimize into the same suites as
// our own, to compare with.
//
// optimize.Minimize evaluates a problem in goroutines of its own, where a panic ends the
// process. But gonum exports the machine inside: LinesearchMethod, which is given what was
// evaluated and answers what it needs next. It is driven here synchronously, so that every
// evaluation happens in Step, behind the Oracle that counts it, a panic in a problem
// surfaces there, and there is no goroutine to end. The machines of the methods without
// gradients are not exported: theirs run in a goroutine that only asks, and ends when the
// method is no longer in use. The iterates are those of optimize.Minimize to the last bit.
//
// What is left out is gonum's own tests for convergence: when to stop is the runner's.
package peers
