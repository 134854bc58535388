// Package losses holds the losses on data: f(w) = (1/m) Σᵢ φ(w; xᵢ, yᵢ) + (l2/2)‖w‖²,
// as finite sums whose terms can be visited in mini-batches.
//
// The losses of linear models differ only in a scalar function of the margin xᵢᵀw. What
// they share (passes over the data, Hessians, constants, the reference minimum) is in
// linear.go; a loss is a small file with that function, its derivative and curvature.
//
// Conventions. Losses are means over samples, never sums. Features are standardized by
// default, with the population deviation; a constant column becomes zero, and the facts
// say so. The intercept is a column of ones, appended last. Classes of binary losses are
// −1 and +1.
package losses
