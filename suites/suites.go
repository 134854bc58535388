// Package suites holds the suites that come with gdbench, each one a question worth
// asking, so that `gdbench run convex` works without a checkout.
package suites

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed *.yaml
var files embed.FS

// Names lists the suites, sorted.
func Names() []string {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		panic(err) // the embedded folder is always there
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = strings.TrimSuffix(e.Name(), ".yaml")
	}
	return names
}

// Open opens a suite by name.
func Open(name string) (fs.File, error) { return files.Open(name + ".yaml") }
