// Package atomicfile writes files that a reader finds whole or not at all.
package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write replaces the content of a file: it writes a temporary file beside it and renames
// that. After an error the file is as it was, and the temporary one is gone. A link keeps
// pointing where it points; what is no regular file (a pipe, /dev/stdout) is written to
// directly.
//
// Nothing is synced to the disk: every such file can be made again, and a report has
// dozens of them.
func Write(path string, content []byte, mode fs.FileMode) error {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		if !info.Mode().IsRegular() {
			return os.WriteFile(path, content, mode)
		}
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	}
	temporary := path + ".tmp"
	err := os.WriteFile(temporary, content, mode)
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err == nil {
		return nil
	}
	if left := os.Remove(temporary); left != nil && !errors.Is(left, fs.ErrNotExist) {
		err = errors.Join(err, left)
	}
	return err
}
