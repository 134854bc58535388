// Package fused has a sum that a compiler may fuse, to show that the test of elementary
// would find one.
package fused

// Fused is x·y + z.
func Fused(x, y, z float64) float64 { return x*y + z }
