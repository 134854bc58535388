package version

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"sync"

	"github.com/gdbench/gdbench/internal/limit"
)

// Binary is the SHA-256 of the running binary, "" where it cannot be read. It identifies the code
// of a build that no commit does: of a checkout with changes, or of a user's own binary.
var Binary = sync.OnceValue(func() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	sum, err := OfFile(path)
	if err != nil {
		return ""
	}
	return sum
})

// OfFile is the SHA-256 of a file: what identifies code and data that have no version.
func OfFile(path string) (string, error) {
	file, err := limit.Open(path, "a file with an end")
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
