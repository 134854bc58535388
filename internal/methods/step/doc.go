// Package step holds the step rules of the general descent method, one a file: how far
// to go along a direction Δx.
//
// Three families. Schedules know t before they look: it depends on the iteration number
// alone. Adaptive rules (Polyak, Barzilai–Borwein, AdaGrad-norm) compute t from what the
// run has shown so far. Line searches try points on the ray
//
//	φ(t) = f(x + t·Δx),  φ′(0) = ∇f(x)ᵀΔx,
//
// hand over what they learned at the accepted one, and stall with the reason where they
// cannot progress: a direction that does not descend, or a step too short to move x. On
// a batched oracle all looks are at the current batch.
package step
