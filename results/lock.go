//go:build !js

package results

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/gdbench/gdbench/internal/limit"
)

// Lock takes the run folder for this process, until unlock is called.
func Lock(folder string) (unlock func() error, err error) {
	lock := flock.New(filepath.Join(folder, LockFile))
	taken, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock of %s: %w", folder, err)
	}
	if !taken {
		return nil, fmt.Errorf("another process is writing to %s; wait for it, or choose another folder", folder)
	}
	return lock.Unlock, nil
}

// isLocked reports whether a process writes to the folder. It makes no file; where it cannot
// find out, there is none.
func isLocked(folder string) bool {
	path := filepath.Join(folder, LockFile)
	if _, err := limit.Regular(path, written); err != nil {
		return false
	}
	lock := flock.New(path, flock.SetFlag(os.O_RDONLY))
	defer lock.Close()
	taken, err := lock.TryRLock()
	return err == nil && !taken
}
