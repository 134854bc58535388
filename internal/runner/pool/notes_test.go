package pool_test

import (
	"slices"
	"testing"
)

// Constant features are named in the manifest, in one line for all problems that share them.
func TestNotes(t *testing.T) {
	_, manifest := runText(t, "suite: t\nbudget: {iterations: 1}\nproblems: [{name: least-squares, data: digits, l2: [0.1, 1, 2]}, quadratic]\nmethods: [newton]\n", 1)
	want := []string{"least-squares data=digits l2=0.1 and 2 more: 3 features of data set digits are constant (pixel_0_0, pixel_4_0, pixel_4_7); they are zero after standardization"}
	if !slices.Equal(manifest.Notes, want) {
		t.Errorf("notes %q, want %q", manifest.Notes, want)
	}
}
