// Package reduction holds the methods that reduce the variance of stochastic gradients on
// a sum f = (1/m)Σfᵢ by remembering gradients: at a snapshot (SVRG), or of every sample
// (SAG, SAGA).
//
// They choose their samples themselves, one a step, uniformly and with replacement, as
// their theorems have it, from the stream that all randomized methods share; with the key
// `batch` they take the batches that every method meets. A problem that is no sum is
// Missing.
package reduction
