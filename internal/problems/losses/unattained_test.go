package losses_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// Why there is no minimum is said of the loss at hand, and not where rank is all that lacks.
func TestWhyUnattained(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"split.csv":   "1,0,0\n2,0,0\n0,1,0\n0,1,1\n", // overlap in the second group only
		"overlap.csv": "1,1,0\n2,2,1\n3,3,0\n4,4,1\n",
		"zeros.csv":   "1,0,3\n1,0,2\n0,1,0\n0,1,0\n",
		"counts.csv":  "1,0,3\n1,0,2\n0,1,0\n0,1,1\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const open = "f* is unknown: the minimum is not attained: there are weights that"
	const classes = "f* is unknown: the minimum is not attained: the classes are separable"
	for _, c := range []struct{ text, note string }{
		{"logistic, data: DIR/split.csv, intercept: none", classes},
		{"softmax, data: DIR/split.csv, intercept: none", classes},
		{"logistic, data: DIR/split.csv, intercept: none, l2: 0.1", ""},
		{"logistic, data: DIR/overlap.csv", ""},
		{"softmax, data: DIR/overlap.csv", ""},
		{"poisson, data: DIR/zeros.csv", open},
		{"poisson, data: DIR/zeros.csv, l2: 0.1", ""},
		{"poisson, data: DIR/counts.csv", ""},
		{"squared-hinge, data: DIR/split.csv", ""},
		{"huber, data: DIR/zeros.csv", ""},
		{"least-squares, data: DIR/zeros.csv", ""},
		{"lasso, data: DIR/zeros.csv", ""},
	} {
		text := "{name: " + strings.ReplaceAll(c.text, "DIR", dir) + ", standardize: false}"
		facts := problems.FactsOf(build(t, text))
		note := strings.Join(facts.Notes, "; ")
		if (facts.Minimum == nil) != (c.note != "") || !strings.Contains(note, c.note) || c.note == "" && strings.Contains(note, "f* is unknown") {
			t.Errorf("%s: minimum %+v, notes %q, want %q", text, facts.Minimum, note, c.note)
		}
	}
}
