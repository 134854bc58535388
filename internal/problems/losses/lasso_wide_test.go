package losses_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// The minimum of a lasso with very many features is not computed, since that takes their Gram matrix.
func TestLassoOfManyFeatures(t *testing.T) {
	for features, known := range map[int]bool{50: true, 20_000: false} {
		file := filepath.Join(t.TempDir(), "wide.svm")
		if err := os.WriteFile(file, fmt.Appendf(nil, "1 1:1 %d:2\n-1 2:1\n2 1:3\n", features), 0o644); err != nil {
			t.Fatal(err)
		}
		facts := problems.FactsOf(build(t, "{name: lasso, l1: 0.1, data: "+file+"}"))
		if notes := strings.Join(facts.Notes, "\n"); (facts.Minimum != nil) != known || strings.Contains(notes, "takes a matrix of 20001×20001 numbers") == known {
			t.Errorf("%d features: minimum %v, notes %q", features, facts.Minimum, notes)
		}
	}
}
