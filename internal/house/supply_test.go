package house_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// tracked calls f with each text file of the project.
func tracked(t *testing.T, f func(name, text string)) {
	t.Helper()
	out, err := exec.Command("git", "-C", root, "ls-files").Output()
	if err != nil {
		t.Skip("a checkout with git is needed")
	}
	for name := range strings.Lines(string(out)) {
		name = strings.TrimSuffix(name, "\n")
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || strings.Contains(string(data), "\x00") || strings.HasSuffix(name, ".min.js") {
			continue // deleted, or no text
		}
		f(name, string(data))
	}
}

var (
	uses   = regexp.MustCompile(`uses: ([\w.-]+/[\w./-]+)@(\S+)(.*)`)
	commit = regexp.MustCompile(`^[0-9a-f]{40}$`)
	named  = regexp.MustCompile(`^ # v\d`)
)

// unpinned are the uses of actions of others that do not name a commit, with its version beside it.
func unpinned(text string) (out []string) {
	for _, use := range uses.FindAllStringSubmatch(text, -1) {
		ours := use[1] == "gdbench/gdbench" || strings.HasPrefix(use[1], "gdbench/gdbench/")
		if !ours && !(commit.MatchString(use[2]) && named.MatchString(use[3])) {
			out = append(out, use[0])
		}
	}
	return out
}

// A tag can be moved to other code, a commit cannot: actions in workflows, in our action and in the
// recipes of guides name commits.
func TestActionsArePinned(t *testing.T) {
	for _, bad := range []string{"uses: actions/checkout@v4", "uses: actions/checkout@main", "uses: a/b@11bd719", "uses: a/b/c@11bd71901bbe5b1630ceea73d27597364c9af683"} {
		if len(unpinned(bad)) != 1 {
			t.Errorf("%q passes", bad)
		}
	}
	for _, good := range []string{"uses: a/b@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "uses: gdbench/gdbench/action/comment@v0.1.0"} {
		if len(unpinned(good)) != 0 {
			t.Errorf("%q does not pass", good)
		}
	}
	seen := 0
	tracked(t, func(name, text string) {
		if strings.HasPrefix(name, "internal/house/") {
			return
		}
		seen += len(uses.FindAllString(text, -1))
		for _, use := range unpinned(text) {
			t.Errorf("%s: %s: write the hash of the commit, and its version after it: @0123… # v1.2.3", name, use)
		}
	})
	if seen < 8 {
		t.Errorf("found %d uses of actions", seen)
	}
}

// loose are requests for whatever is newest.
var loose = regexp.MustCompile(`@lates[t]\b|:lates[t]\b|go (?:run|install) (?:\S+\.\S+/\S+)@(?:main|master|HEAD)\b`)

// What is built tomorrow is what is built today.
func TestVersionsAreFixed(t *testing.T) {
	for _, bad := range []string{"go install a.b/c@" + "latest", "FROM debian:" + "latest", "go run a.b/c@" + "main"} {
		if !loose.MatchString(bad) {
			t.Errorf("%q passes", bad)
		}
	}
	tracked(t, func(name, text string) {
		for _, found := range loose.FindAllString(text, -1) {
			t.Errorf("%s: %s: name a version", name, found)
		}
	})
}
