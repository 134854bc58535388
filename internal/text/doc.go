// Package text prepares what people read: numbers rounded for the eye, the nearest known
// name, and texts from suites and data made harmless for the medium that shows them.
// It is a leaf: it knows nothing of problems, methods or runs.
package text
