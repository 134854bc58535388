// Package expression makes a problem of a formula that the user types, with exact
// gradient, Hessian and Hessian products:
//
//	{name: expression, of: "x^2 + 3*sin(5*x)"}
//	{name: expression, of: "sum(i, 0, n-2, 100*(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)", dim: 10}
//
// From text to derivative, in steps:
//
//  1. A parser turns the text into a syntax tree of arithmetic, calls and indices.
//  2. The compiler writes the tree out as a tape, a list of elementary operations on
//     numbered slots: sums over an index are unrolled, constants folded, and a
//     repeated operation is done once.
//  3. A forward sweep over the tape gives the value, a backward sweep the gradient, and
//     the same two sweeps with tangents a product of the Hessian with a vector
//     (A. Griewank and A. Walther, Evaluating Derivatives, 2008,
//     doi:10.1137/1.9780898717761). None of them allocates.
package expression
