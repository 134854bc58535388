package prepare

import (
	"fmt"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/problems"
)

// Digests finds the SHA-256 of every data file of the suite, by its path as the suite
// writes it, and records in each problem what it reads, which is part of its definition. It
// is nil where nothing is read.
func Digests(s *suite.Suite) (map[string]string, error) {
	var sums map[string]string
	env := problems.Env{Dir: s.Dir}
	for _, p := range s.AllProblems() {
		component, err := p.Spec.New()
		if err != nil {
			return nil, err
		}
		p.Data = ""
		for _, path := range filesOf(component) {
			if sums[path] == "" {
				sum, err := version.OfFile(env.Resolve(path))
				if err != nil {
					return nil, fmt.Errorf("%s: problem %s: data file: %w", p.Spec.Position, p.Label, err)
				}
				if sums == nil {
					sums = map[string]string{}
				}
				sums[path] = sum
			}
			p.Data += sums[path]
		}
	}
	return sums, nil
}

// Reads reports whether a problem reads files.
func Reads(p *suite.Problem) (bool, error) {
	component, err := p.Spec.New()
	return err == nil && len(filesOf(component)) > 0, err
}

// filesOf are the files that a component and its parts read.
func filesOf(component any) []string {
	var paths []string
	param.Visit(component, func(part any) {
		if reader, ok := part.(problems.FileReader); ok {
			paths = append(paths, reader.Files()...)
		}
	})
	return paths
}
