// Package secondorder holds the methods that look at curvature but are not of the form
// direction and step length: linear conjugate gradients on quadratics, trust regions and
// cubic regularization. A problem without the second derivatives that a method needs, or
// an oracle that is not exact, is Missing.
package secondorder
