package process

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/version"
)

// resolve finds the files among the words of a command: a word that names a file in the folder
// becomes its path, and so does one with a separator that names a folder in it. It also finds the
// SHA-256 of the files, by the words. Programs that are found by PATH are not among them; their
// versions are in the hello.
func resolve(run []string, dir string) (command []string, digests map[string]string, err error) {
	digests = map[string]string{}
	for i, word := range run {
		path := word
		if !filepath.IsAbs(word) {
			path = filepath.Join(dir, word)
		}
		info, err := os.Stat(path)
		separated := strings.ContainsRune(word, filepath.Separator) || strings.Contains(word, "/")
		bare := i == 0 && !separated
		if err == nil && info.IsDir() && separated {
			if path, err = filepath.Abs(path); err != nil {
				return nil, nil, err
			}
			command = append(command, path)
			continue
		}
		if err != nil || !info.Mode().IsRegular() || bare {
			command = append(command, word)
			continue
		}
		if path, err = filepath.Abs(path); err != nil {
			return nil, nil, err
		}
		if digests[word], err = version.OfFile(path); err != nil {
			return nil, nil, fmt.Errorf("file %s: %w", path, err)
		}
		command = append(command, path)
	}
	return command, digests, nil
}

// files is the text of the digests, in a fixed order.
func (h *Hub) files() string {
	var parts []string
	for _, word := range slices.Sorted(maps.Keys(h.Digests)) {
		parts = append(parts, word+" "+h.Digests[word])
	}
	return strings.Join(parts, ", ")
}
