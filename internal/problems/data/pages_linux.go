package data

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// inLargePages asks the system to keep a large matrix, before anything is written to it, in
// pages of megabytes: a pass over it in pages of kilobytes waits for their addresses a seventh
// of the time. It is advice; a system that knows no such pages goes on as before.
func inLargePages(values []float64) []float64 {
	const large = 4 << 20 // bytes
	if size := 8 * len(values); size >= large {
		_ = unix.Madvise(unsafe.Slice((*byte)(unsafe.Pointer(&values[0])), size), unix.MADV_HUGEPAGE)
	}
	return values
}
