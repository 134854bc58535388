// Package proximal holds the methods for composite objectives f + h, f smooth and h with a
// cheap proximal operator. On a plain smooth problem h is zero, its proximal operator the
// identity, and they are gradient descent and Nesterov's method.
//
// The gradient that an iterate shows is that of the smooth part.
package proximal
