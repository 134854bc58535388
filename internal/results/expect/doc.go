// Package expect holds what a suite expects of its own results: claims, and the costs within
// which they are to hold. It is data only: the suite language reads it, and reports check
// it against the records without knowing any problem or method.
package expect
