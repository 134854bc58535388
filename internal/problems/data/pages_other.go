//go:build !linux

package data

// inLargePages is left to the system.
func inLargePages(values []float64) []float64 { return values }
