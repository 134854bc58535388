package losses_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

// sparseFile is a file of data in the format of LIBSVM.
func sparseFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "sparse.svm")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// The minimum of a lasso with very many features is not computed, since that takes their Gram matrix.
func TestLassoOfManyFeatures(t *testing.T) {
	for features, known := range map[int]bool{50: true, 20_000: false} {
		file := sparseFile(t, fmt.Sprintf("1 1:1 %d:2\n-1 2:1\n2 1:3\n", features))
		facts := problems.FactsOf(build(t, "{name: lasso, l1: 0.1, data: "+file+"}"))
		if notes := strings.Join(facts.Notes, "\n"); (facts.Minimum != nil) != known || strings.Contains(notes, "takes a matrix of 20001×20001 numbers") == known {
			t.Errorf("%d features: minimum %v, notes %q", features, facts.Minimum, notes)
		}
	}
}

// The kind of the origin of a phase retrieval takes eigenvalues, which are not computed for very many features.
func TestPhaseRetrievalOfManyFeatures(t *testing.T) {
	for features, known := range map[int]bool{2: true, 100_000: false} {
		file := sparseFile(t, fmt.Sprintf("1 1:1 %d:2\n4 1:2 2:1\n9 2:3\n", features))
		facts := problems.FactsOf(build(t, "{name: phase-retrieval, data: "+file+"}"))
		if notes := strings.Join(facts.Notes, "\n"); (len(facts.Critical) > 0) != known || strings.Contains(notes, "the kind of the critical point 0 is unknown") == known {
			t.Errorf("%d features: %v, notes %q", features, facts.Critical, notes)
		}
	}
}

// Copies of samples are counted before there are any, and so are the numbers of sparse ones.
func TestTooManyCopies(t *testing.T) {
	long := " 1:1"
	for j := 2; j <= 1000; j++ {
		long += fmt.Sprintf(" %d:1", j)
	}
	for _, c := range []struct {
		samples int
		line    string
		want    string
	}{
		{30_000, " 1:1\n", "10000 copies of 30000 samples are too many: the limit on numbers of a data set"},
		{30, long + "\n", "300000 samples have 300300000 numbers that are not zero, which are too many: the limit on numbers of a data set"},
		{3, long + "\n", ""},
	} {
		file := sparseFile(t, "2"+strings.Repeat(c.line+"1", c.samples-1)+c.line)
		_, err := tryBuild("{name: student-t, standardize: false, duplicates: 10000, data: " + file + "}")
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%d samples: %v; expected %q", c.samples, err, c.want)
		}
	}
}
