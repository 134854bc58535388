// Command release builds what a release of gdbench consists of, from a git tag:
//
//	go run ./release v0.2.0
//
// It clones the repository at the tag, so that nothing uncommitted gets in, and writes for
// each platform an archive with the binary and the licences of all that is linked into it,
// a wheel with the binary and the Python package, and a bill of materials (CycloneDX); then the
// recipes of conda (meta.yaml) and Homebrew (gdbench.rb), and SHA256SUMS of all these files. The same tag and
// the same version of Go give the same bytes on any machine: paths are trimmed, cgo is off,
// and every time is that of the tagged commit.
//
// The release refuses a tag whose version is not the one that CHANGELOG.md, CITATION.cff,
// README.md and docs/ci.md name.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// platforms are those that a release is built for, as GOOS/GOARCH.
const platforms = "linux/amd64,linux/arm64,darwin/amd64,darwin/arm64,windows/amd64"

func main() {
	out := flag.String("out", "dist", "`FOLDER` to write to; it must not exist")
	wanted := flag.String("platforms", platforms, "comma-separated `LIST` of GOOS/GOARCH to build for")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: go run ./release [--out FOLDER] [--platforms LIST] [TAG]\n\nTAG is v1.2.3; without one, the tag of the current commit.")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() > 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := release(".", flag.Arg(0), *out, strings.Split(*wanted, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// release builds the tag of a repository for some platforms into the folder out, which
// appears only once it is complete.
func release(repository, tag, out string, platforms []string) error {
	if _, err := os.Lstat(out); err == nil {
		return fmt.Errorf("%s exists already; remove it or choose another folder with --out", out)
	}
	if tag == "" {
		var err error
		if tag, err = run(repository, nil, "git", "describe", "--tags", "--exact-match"); err != nil {
			return fmt.Errorf("the current commit has no tag; create one, or name the tag: %w", err)
		}
	}
	work, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	s, err := checkOut(repository, tag, filepath.Join(work, "source"))
	if err != nil {
		return err
	}
	dist := filepath.Join(work, "dist")
	if err := os.Mkdir(dist, 0o755); err != nil {
		return err
	}
	for _, platform := range platforms {
		if err := s.build(platform, filepath.Join(work, "bin"), dist); err != nil {
			return fmt.Errorf("%s: %w", platform, err)
		}
		if _, err := s.tryWheel(dist, platform, "python3"); err != nil {
			return fmt.Errorf("%s: the wheel does not work: %w", platform, err)
		}
	}
	if err := s.writeRecipes(dist, platforms); err != nil {
		return err
	}
	if err := writeSums(dist); err != nil {
		return err
	}
	return os.CopyFS(out, os.DirFS(dist))
}

// source is a clean checkout of a tag.
type source struct {
	dir     string
	tag     string // v1.2.3
	version string // 1.2.3
	time    time.Time
}

// semantic is a version as semantic versioning writes it: v1.2.3, v1.2.3-rc.1.
var semantic = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)

// checkOut clones a tag of the repository and checks that the files that name a version
// name this one.
func checkOut(repository, tag, dir string) (*source, error) {
	if !semantic.MatchString(tag) {
		return nil, fmt.Errorf("the tag %q is no version; expected the form v1.2.3", tag)
	}
	s := &source{dir: dir, tag: tag, version: strings.TrimPrefix(tag, "v")}
	if _, err := run(repository, nil, "git", "-c", "advice.detachedHead=false", "clone", "--quiet", "--shared", "--branch", tag, ".", dir); err != nil {
		return nil, err
	}
	seconds, err := run(dir, nil, "git", "log", "-1", "--format=%ct")
	if err != nil {
		return nil, err
	}
	unix, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return nil, err
	}
	s.time = time.Unix(unix, 0).UTC()
	for name, line := range map[string]string{
		"CHANGELOG.md": `(?m)^## \[?` + regexp.QuoteMeta(s.version) + `\b`,
		"CITATION.cff": `(?m)^version: ` + regexp.QuoteMeta(s.version) + `$`,
		"README.md":    `cmd/gdbench@` + regexp.QuoteMeta(tag) + `\s`,
		"docs/ci.md":   `gdbench/gdbench@` + regexp.QuoteMeta(tag) + `\s`,
	} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		if !regexp.MustCompile(line).Match(text) {
			return nil, fmt.Errorf("%s does not name version %s; update it and move the tag", name, s.version)
		}
		for _, used := range actions.FindAllStringSubmatch(string(text), -1) {
			if used[1] != tag {
				return nil, fmt.Errorf("%s names %s; update it and move the tag", name, used[0])
			}
		}
	}
	return s, nil
}

// actions are the uses of our actions in a workflow.
var actions = regexp.MustCompile(`uses: gdbench/gdbench(?:/[a-z/]+)?@(\S+)`)

// run runs a program in a folder, with more environment, and returns what it prints.
func run(dir string, environment []string, name string, args ...string) (string, error) {
	c := exec.Command(name, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), environment...)
	var complaints strings.Builder
	c.Stderr = &complaints
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, complaints.String())
	}
	return strings.TrimSpace(string(out)), nil
}
