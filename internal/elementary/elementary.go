// Package elementary holds the elementary functions that results depend on: exponentials,
// logarithms, powers, trigonometric and hyperbolic functions. They give the same bits on
// every processor, which those of package math do not: there some are written in assembly,
// and the others are products and sums that a compiler may fuse.
//
// Each function is a fixed sequence of IEEE 754 operations in double precision: sums,
// products, quotients, square roots and operations on bits, all of which are rounded
// correctly everywhere. A product that feeds a sum is converted, float64(x*y) + z, which
// the language defines as a rounding and so forbids the fusion. No function asks what the
// processor can do.
//
// All results err by less than one unit in the last place: logarithms, the hyperbolic cosine
// and cube roots by at most 0.55, tangents and arcs 0.65, exponentials, powers, and the other
// functions 0.85 (subnormal results, which are rounded twice, among them), Hypot 0.9. Special
// cases are those of package math; a NaN is always the same NaN.
//
// The methods, in the order of the files:
//
//  1. arithmetic.go adds, multiplies and divides without loss, in pairs of numbers whose sum
//     is the value (Dekker 1971, doi:10.1007/BF01397083).
//  2. exp.go and log.go reduce by tables, whose entries are pairs (Tang 1989,
//     doi:10.1145/63522.214389; Tang 1990, doi:10.1145/98267.98294). pow.go joins them.
//  3. reduction.go takes multiples of π/2 away, exactly for huge numbers (Payne and Hanek
//     1983, doi:10.1145/1057600.1057602). sin.go takes it from there.
//
// The polynomials are Taylor's, because the tables leave so little to them that no other
// would be shorter by more than a term. For all of it see J.-M. Muller, Elementary
// Functions, 3rd ed. 2016, doi:10.1007/978-1-4899-7983-4. tables.go is written by a program.
package elementary

//go:generate go run ./generate -out tables.go
