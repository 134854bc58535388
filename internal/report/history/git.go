package history

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// Repository is a git repository. A nil one knows no commit.
type Repository struct{ dir string }

// Around is the repository that a folder lies in, nil if it lies in none or there is no git.
func Around(dir string) *Repository {
	r := &Repository{dir}
	if inside, err := r.git("", "rev-parse", "--is-inside-work-tree"); err != nil || inside != "true" {
		return nil
	}
	return r
}

// git runs a command that reads the repository.
func (r *Repository) git(input string, arguments ...string) (string, error) {
	c := exec.Command("git", append([]string{"--no-optional-locks", "-C", r.dir}, arguments...)...)
	c.Stdin = strings.NewReader(input)
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", arguments[0], err, strings.TrimSpace(complaint.String()))
	}
	return strings.TrimSuffix(string(out), "\n"), nil
}

// hash is what git may be asked for: the text comes from a file that anyone may have written.
var hash = regexp.MustCompile(`^[0-9a-f]{7,64}$`)

// commitOf is the commit that a baseline names. Files that differed from it when it was built
// (+modified) were edited after it.
func commitOf(b *results.Baseline) string {
	commit, _, _ := strings.Cut(b.Commit, "+")
	if !hash.MatchString(commit) {
		return ""
	}
	return commit
}

// ranks are the places of commits in the history, the oldest first. A commit that is unknown
// here has none.
func (r *Repository) ranks(commits []string) map[string]int {
	out := map[string]int{}
	if r == nil {
		return out
	}
	var asked strings.Builder
	for _, c := range commits {
		fmt.Fprintf(&asked, "%s^{commit}\n", c)
	}
	answer, err := r.git(asked.String(), "cat-file", "--batch-check=%(objectname)")
	if err != nil {
		return out
	}
	full := map[string]string{}
	var known strings.Builder
	for i, line := range strings.Split(answer, "\n") {
		if hash.MatchString(line) && i < len(commits) {
			full[commits[i]] = line
			known.WriteString(line + "\n")
		}
	}
	if len(full) == 0 {
		return out
	}
	listed, err := r.git(known.String(), "rev-list", "--topo-order", "--reverse", "--stdin")
	if err != nil {
		return out
	}
	place := map[string]int{}
	for i, line := range strings.Split(listed, "\n") {
		place[line] = i
	}
	for short, long := range full {
		if at, ok := place[long]; ok {
			out[short] = at
		}
	}
	return out
}

// listed is as many commits of a range as people read.
const listed = 20

// Between lists the commits after one and up to another, the latest first, and counts those that
// it leaves out.
func (r *Repository) Between(from, to string) (commits []string, more int) {
	if r == nil || from == "" || to == "" || from == to {
		return nil, 0
	}
	answer, err := r.git("", "log", "--format=%h %s", from+".."+to)
	if err != nil || answer == "" {
		return nil, 0
	}
	commits = strings.Split(answer, "\n")
	if len(commits) > listed {
		more = len(commits) - listed
		commits = commits[:listed]
	}
	return commits, more
}

// Versions reads a baseline file as each commit left it, the oldest first. A version that cannot
// be read is named in the notes. Without any version the file is not in the history.
func (r *Repository) Versions(path string) (runs []Run, notes []string) {
	if r == nil {
		return nil, nil
	}
	name := filepath.Base(path)
	answer, err := r.git("", "log", "--topo-order", "--reverse", "--diff-filter=AM", "--format=%H", "--", ":(literal)"+name)
	if err != nil || answer == "" {
		return nil, nil
	}
	for _, commit := range strings.Split(answer, "\n") {
		short := commit[:min(10, len(commit))]
		where := path + " at " + short
		content, err := r.git("", "show", commit+":./"+name)
		if err == nil {
			var b *results.Baseline
			if b, err = results.DecodeBaseline(where, strings.NewReader(content+"\n")); err == nil {
				runs = append(runs, Run{Name: short, Commit: commit, Baseline: b})
				continue
			}
		}
		notes = append(notes, fmt.Sprintf("%s is left out: %v.", where, err))
	}
	return runs, notes
}
