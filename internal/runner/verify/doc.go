// Package verify looks at a run again: whether it is whole, unaltered and complete, whether a
// sample of its cells gives the same records, and what its problems were.
package verify
