// Package momentum holds the accelerated methods with fixed coefficients: the heavy ball,
// Nesterov's method with its schedules and restarts, the optimized gradient method, the
// triple momentum method and the schedule-free one.
//
// All but the heavy ball take the gradient at an extrapolated point, which stays private:
// what an iterate shows is the point that the method's theorem is about. They evaluate
// one gradient a step and none before the first.
package momentum
