// Package atomicfile writes files that a reader finds whole or not at all.
package atomicfile

import (
	"errors"
	"io"
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
	return Stream(path, mode, func(out io.Writer) error {
		_, err := out.Write(content)
		return err
	})
}

// Stream is Write for content that is written piece by piece. An error of write leaves the file
// as it was, too.
func Stream(path string, mode fs.FileMode, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		if !info.Mode().IsRegular() {
			return into(path, mode, write)
		}
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return err
		}
	}
	temporary := path + ".tmp"
	err := into(temporary, mode, write)
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

// into writes a new file, or what is no regular one.
func into(path string, mode fs.FileMode, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
