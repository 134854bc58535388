package suite_test

import (
	"io"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/suites"
)

// Whatever the text, --set and --only say: an error, or a grid that can be walked. What it
// says of itself leads to the same grid again.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		grid("quadratic", "newton"),
		grid("{name: quadratic, dim: [2, {range: [3, 5, 1]}], start: [[1, 2], standard]}", "{name: sgd, \"lr, batch\": [[1/L, full]], label: a}"),
		"suite: t\nbudget: {iterations: 1e3}\ntargets: {log: [1e-1, 1e-3, 3]}\nexclude: [{method: newton, dim: [1, 2]}]\n",
	} {
		f.Add(text, "repeats=3", "method=newton")
	}
	for _, name := range suites.Names() {
		file, err := suites.Open(name)
		if err != nil {
			f.Fatal(err)
		}
		var text strings.Builder
		if _, err := io.Copy(&text, file); err != nil {
			f.Fatal(err)
		}
		f.Add(text.String(), "methods.0.lr=[0.1, 1/L]", "dim=2")
	}
	f.Fuzz(func(t *testing.T, text, set, only string) {
		s, err := suite.Read("s.yaml", ".", strings.NewReader(text), []string{set})
		if err == nil && only != "" {
			err = s.Only([]string{only})
		}
		if err != nil {
			return
		}
		if s.Count() < 1 {
			t.Error("a suite without cells")
		}
		again, err := suite.Read("s.yaml", ".", strings.NewReader(s.Text), s.Overrides)
		if err == nil {
			err = again.Only(s.Filter)
		}
		if err != nil || again.Count() != s.Count() {
			t.Fatalf("read again it has another grid: %v", err)
		}
		seen := map[string]bool{}
		for c := range s.Cells() {
			if id := c.ID(); seen[id] {
				t.Fatalf("cell %d: duplicate id %s", c.Index, id)
			} else {
				seen[id] = true
			}
			if len(seen) == 100 {
				break
			}
		}
	})
}
