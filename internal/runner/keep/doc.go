// Package keep writes runs to disk and finds them again: the folder with its lock, the
// manifest, the lines of finished cells in the order of the grid. A run can be resumed after
// it was interrupted, take over cells of an earlier run, be a shard of a grid, or be merged
// from all shards.
package keep
