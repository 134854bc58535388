// Package runner runs benchmarks. Run runs a suite, which is a grid of problems, methods and
// settings written in YAML (docs/suites.md), and keeps every cell in a run folder. Descend
// runs a single descent of a method on a problem, both made in code, and returns its record.
//
// Both observe a descent without charging the method for it: the record has the counts of
// what the method asked for, and the value, gap and gradient norm of what it reached. The same
// input gives the same numbers, for any number of workers.
//
// To run suites with problems and methods of this module, import their catalogues:
//
//	import (
//		_ "github.com/gdbench/gdbench/methods/catalogue"
//		_ "github.com/gdbench/gdbench/problems/catalogue"
//	)
package runner
