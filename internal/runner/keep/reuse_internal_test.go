package keep

import (
	"testing"

	"github.com/gdbench/gdbench/results"
)

// Unknown is not equal: neither an unknown commit to another, nor one with changes.
func TestSameCode(t *testing.T) {
	type m = results.Manifest
	for _, c := range []struct {
		name        string
		a, b        m
		same, other bool
	}{
		{"a release", m{Version: "1.2.3", Commit: "unknown"}, m{Version: "1.2.3", Commit: "unknown"}, true, true},
		{"a release at two commits", m{Version: "1.2.3", Commit: "abc"}, m{Version: "1.2.3", Commit: "def"}, true, true},
		{"a clean commit", m{Version: "devel", Commit: "abc"}, m{Version: "devel", Commit: "abc"}, true, false},
		{"two commits", m{Version: "devel", Commit: "abc"}, m{Version: "devel", Commit: "def"}, false, true},
		{"unknown commits", m{Version: "devel", Commit: "unknown"}, m{Version: "devel", Commit: "unknown"}, false, true},
		{"no commits", m{}, m{}, false, true},
		{"changes", m{Version: "devel", Commit: "abc+modified"}, m{Version: "devel", Commit: "abc+modified"}, false, true},
		{"one binary", m{Version: "devel", Commit: "abc+modified", Binary: "1"}, m{Version: "devel", Commit: "abc+modified", Binary: "1"}, true, false},
		{"two binaries", m{Version: "devel", Commit: "unknown", Binary: "1"}, m{Version: "devel", Commit: "unknown", Binary: "2"}, false, true},
		{"two binaries of a clean commit", m{Version: "devel", Commit: "abc", Binary: "1"}, m{Version: "devel", Commit: "abc", Binary: "2"}, true, false},
	} {
		if same, other := sameCode(&c.a, &c.b), otherCommit(&c.a, &c.b); same != c.same || other != c.other {
			t.Errorf("%s: same code %v, other commit %v; expected %v, %v", c.name, same, other, c.same, c.other)
		}
	}
}
