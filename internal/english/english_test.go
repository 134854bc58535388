package english_test

import (
	"testing"

	"github.com/gdbench/gdbench/internal/english"
)

func TestCount(t *testing.T) {
	for _, c := range []struct {
		n          int
		noun, want string
	}{
		{0, "cell", "0 cells"}, {1, "cell", "1 cell"}, {2, "cell", "2 cells"},
		{2, "loss", "2 losses"}, {3, "batch", "3 batches"},
		{2, "entry", "2 entries"}, {1, "entry", "1 entry"}, {2, "day", "2 days"}, {2, "mesh", "2 meshes"},
		{2, "Hessian", "2 Hessians"},
	} {
		if got := english.Count(c.n, c.noun); got != c.want {
			t.Errorf("%d of %q: %s; expected %s", c.n, c.noun, got, c.want)
		}
	}
	if got := english.Count(int64(1), "gradient"); got != "1 gradient" {
		t.Error(got)
	}
}

func TestVerb(t *testing.T) {
	if english.Verb(1, "holds", "hold") != "holds" || english.Verb(2, "holds", "hold") != "hold" || english.Verb(0, "is", "are") != "are" {
		t.Error("a verb does not agree with its number")
	}
}
