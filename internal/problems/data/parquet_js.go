package data

import "fmt"

// readParquet reads nothing in a browser: there are no files, and the reader of Parquet and what
// it decompresses with would be half of the program that a page loads.
func readParquet(path string, _ *table) (*Samples, error) {
	return nil, fmt.Errorf("%s: Parquet is not read here; use the command gdbench", path)
}
