package step

import "math"

// Lengths in this file are in units of 1/L. Schedules of sums S and T are joined by a step between
// them, so that the whole is of the same kind: its bound after its last step, LR²/(4S + 2) on
// smooth convex functions, is attained (Zhang & Jiang 2024, arXiv:2410.12395;
// Grimmer, Shu & Wang 2024, arXiv:2410.16249, have the same steps).

// join is the step between two schedules of the first kind, such as the silver one.
func join(s, t float64) float64 {
	return float64((math.Sqrt(float64((s+t+2)*(s+t+2))+float64(4*(s+1)*(t+1))) - s - t) / 2)
}

// joinLast is the step between a schedule of the first kind and one of the second, which no
// schedule follows: a quadratic attains the bound of the whole, too.
func joinLast(s, t float64) float64 {
	return float64((math.Sqrt(float64((float64(2*t)+1)*(float64(2*t)+float64(8*s)+9))) + 3 - float64(2*t)) / 4)
}
