//go:build !unix

package app

import "syscall"

// machineErrors are failures that no other call would have avoided, by their numbers in
// Windows: the disk is write-protected, not ready, has bad sectors, or is full; too many
// files are open, or memory is used up.
var machineErrors = []syscall.Errno{
	4 /* too many open files */, 8 /* not enough memory */, 14 /* out of memory */, 19 /* write protected */, 21, /* not ready */
	23 /* bad checksum */, 29 /* write fault */, 30 /* read fault */, 39 /* disk full */, 112 /* disk full */, 1117, /* device error */
}
