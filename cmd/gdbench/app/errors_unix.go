//go:build unix

package app

import "syscall"

// machineErrors are failures that no other call would have avoided.
var machineErrors = []syscall.Errno{
	syscall.ENOSPC, syscall.EDQUOT, syscall.EIO, syscall.EROFS, syscall.ENOMEM, syscall.EMFILE, syscall.ENFILE,
	syscall.EFBIG, syscall.ESTALE,
}
