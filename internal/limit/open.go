package limit

import (
	"fmt"
	"io/fs"
	"os"
)

// Open opens a file that has an end, for reading. A pipe would be waited for, and a device read, without
// end. What is expected, such as "a suite file", is for the message.
func Open(path, expected string) (*os.File, error) {
	if err := RegularOrNone(path, expected); err != nil {
		return nil, err
	}
	return os.Open(path)
}

// ReadFile reads such a file whole.
func ReadFile(path, expected string) ([]byte, error) {
	if err := RegularOrNone(path, expected); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// Regular is what is known of such a file.
func Regular(path, expected string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	if err == nil {
		err = CheckRegular(info, path, expected)
	}
	return info, err
}

// CheckRegular refuses what is no such file; path is for the message.
func CheckRegular(info fs.FileInfo, path, expected string) error {
	switch {
	case info.IsDir():
		return fmt.Errorf("%s: is a directory; expected %s", path, expected)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: is a pipe or a device; expected %s", path, expected)
	}
	return nil
}

// RegularOrNone refuses what is there and has no end. A file that is not there, or cannot be found, is
// left to the one who opens it.
func RegularOrNone(path, expected string) error {
	info, err := os.Stat(path)
	if err != nil {
		return nil
	}
	return CheckRegular(info, path, expected)
}
