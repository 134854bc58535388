// Package adaptive holds the methods that scale the gradient by what they have seen of
// it: per coordinate (AdaGrad, RMSprop, Adam and related methods), by its sign
// (Rprop, sign momentum) or by its norm (clipping, DoG); and perturbed gradient descent,
// which adds noise to it. Beside them is CMA-ES, which adapts the metric without gradients, to
// compare with.
//
// Each of the others is an update rule, methods.Update, and nothing else. Where PyTorch has the method,
// the names of parameters, their defaults, and the places of ε are PyTorch's.
package adaptive
