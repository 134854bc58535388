// Package suites holds the suites that come with gdbench, each one a question worth
// asking, so that `gdbench run convex` works without a checkout.
package suites

import (
	"bytes"
	"embed"
	"io/fs"
	"strings"

	"gopkg.in/yaml.v3"
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

// About is what a suite says of itself. Only the lines of that key are parsed: a whole suite
// takes longer than the start of the program.
func About(name string) (string, error) {
	text, err := files.ReadFile(name + ".yaml")
	if err != nil {
		return "", err
	}
	var s struct{ About string }
	err = yaml.Unmarshal(linesOf("about", text), &s)
	return strings.TrimSpace(s.About), err
}

// linesOf are the lines of a key at the top of a YAML file: its own, and the indented ones and
// blank ones after it.
func linesOf(key string, text []byte) []byte {
	var out []byte
	in := false
	for line := range bytes.Lines(text) {
		if !bytes.HasPrefix(line, []byte(" ")) && len(bytes.TrimSpace(line)) > 0 {
			in = bytes.HasPrefix(line, []byte(key+":"))
		}
		if in {
			out = append(out, line...)
		}
	}
	return out
}
