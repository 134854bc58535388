package pool_test

import (
	"slices"
	"testing"
)

// A constant feature is named in the manifest, once for all problems that share it.
func TestNotes(t *testing.T) {
	_, manifest := runText(t, "suite: t\nbudget: {iterations: 1}\nproblems: [{name: least-squares, data: digits, l2: [0.1, 1, 2]}, quadratic]\nmethods: [newton]\n", 1)
	var want []string
	for _, pixel := range []string{"pixel_0_0", "pixel_4_0", "pixel_4_7"} {
		want = append(want, "least-squares data=digits l2=0.1 and 2 more: "+pixel+" of data set digits is constant; it is zero after standardization")
	}
	if !slices.Equal(manifest.Notes, want) {
		t.Errorf("notes %q, want %q", manifest.Notes, want)
	}
}
