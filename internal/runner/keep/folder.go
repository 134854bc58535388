package keep

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gdbench/gdbench/results"
)

// MakeFolder makes a folder with its parents; undo takes away again those that it made and
// that are still empty.
func MakeFolder(path string) (undo func(), err error) {
	var made []string // the deepest first
	for at := filepath.Clean(path); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append(made, at)
	}
	undo = func() {
		for _, folder := range made {
			if os.Remove(folder) != nil { // something is in it
				return
			}
		}
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		undo()
		return nil, fmt.Errorf("output folder: %w", err)
	}
	return undo, nil
}

// MakeNewFolder makes a folder that was not there, under the first free name of path, path-2,
// path-3 and so on: of two processes that ask at once each gets its own.
func MakeNewFolder(path string) (folder string, undo func(), err error) {
	undoParents, err := MakeFolder(filepath.Dir(path))
	if err != nil {
		return "", nil, err
	}
	folder = path
	for n := 2; ; n++ {
		err := os.Mkdir(folder, 0o755)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrExist) {
			undoParents()
			return "", nil, fmt.Errorf("output folder: %w", err)
		}
		folder = fmt.Sprintf("%s-%d", path, n)
	}
	return folder, func() {
		if os.Remove(folder) == nil { // nothing is in it
			undoParents()
		}
	}, nil
}

// CheckWritable tries to write where a run will be, so that a folder that cannot be
// written is known before the problems are built.
func CheckWritable(folder string) error {
	file, err := os.CreateTemp(folder, ".probe")
	if err == nil {
		err = errors.Join(file.Close(), os.Remove(file.Name()))
	}
	if err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	return nil
}

// LockFolder takes the folder for this process. Where the run in it cannot begin, unmake takes
// away, while the lock is held, the files of a run that were not there before.
func LockFolder(folder string) (unlock func() error, unmake func(), err error) {
	hadLock := holds(folder, results.LockFile)
	unlock, err = results.Lock(folder)
	if err != nil {
		return nil, nil, err
	}
	var made []string
	if !hadLock {
		made = append(made, results.LockFile)
	}
	// Only now: until the lock was taken, another process might have made a run here.
	for _, name := range []string{results.RunsFile, results.CompressedFile, results.PendingFile, results.ManifestFile} {
		if !holds(folder, name) {
			made = append(made, name)
		}
	}
	return unlock, func() {
		for _, name := range made {
			_ = os.Remove(filepath.Join(folder, name)) // it may not have come to that
		}
	}, nil
}

func holds(folder, name string) bool {
	_, err := os.Lstat(filepath.Join(folder, name))
	return err == nil
}

// CheckVacant refuses a folder that holds a run. The manifest makes a folder a run: it is
// written before the first cell, so that whatever a kill leaves behind can be resumed.
func CheckVacant(folder string) error {
	switch {
	case holds(folder, results.ManifestFile):
		return fmt.Errorf("%s already contains a run; choose another folder with --out, or continue the run with --resume", folder)
	}
	for _, name := range []string{results.RunsFile, results.CompressedFile} {
		if holds(folder, name) {
			return fmt.Errorf("%s contains %s but no %s, so it is not a run and cannot be resumed; remove the folder, or choose another with --out",
				folder, name, results.ManifestFile)
		}
	}
	return nil
}
