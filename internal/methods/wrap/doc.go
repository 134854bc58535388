// Package wrap holds what goes around any first-order method: schedules of its learning rate,
// and wrappers, which change its gradients, its steps or what it returns. A suite writes them
// as keys of the method's entry:
//
//	{name: adam, lr: 1e-3, schedule: {name: cosine, warmup: 0.05}, wrap: [clip: 1, average: 0.999]}
//
// A step of a wrapped method is
//
//  1. the schedule sets the learning rate,
//  2. the method asks for its gradient, which passes the wrappers in the order in which they
//     are written (clip, clip-value, sharpness-aware),
//  3. the method steps,
//  4. the wrappers move the new iterate in that order (cautious, lookahead, weight-decay),
//  5. and the iterate shows what they return (average).
//
// A schedule gives factors of the learning rate and no lengths, so that it suits Adam as well
// as gradient descent and knows nothing of either. Theorems about a method say nothing of what
// is made of it here.
package wrap
