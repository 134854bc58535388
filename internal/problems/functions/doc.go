// Package functions holds test functions in closed form: quadratics, convex functions,
// functions with saddles and functions with many minima, each with its exact gradient
// and Hessian, and with what is known about it: smoothness constants with their scope,
// the minimum, the critical points with their kind, the usual starts.
//
// One file holds one function, or a family that shares one idea. Import the package for
// its side effect, the registration of its problems.
package functions
