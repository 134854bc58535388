// Package direction holds the directions Δx of the general descent method, one a file.
//
// A direction reads the point and its gradient, and whatever else it asks the oracle
// for, and writes Δx. How far to go is the step rule's business, so a direction neither
// normalizes nor damps unless its definition does. On a batched oracle all of it is that
// of the current batch.
//
// Directions that promise descent (∇fᵀΔx < 0 wherever ∇f ≠ 0) say so in their comment.
package direction
