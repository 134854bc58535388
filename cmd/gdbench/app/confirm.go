package app

import (
	"bytes"
	"cmp"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/results"
)

// secondLook runs the suites of BASE and NEW again, each with the binary that made its run, for
// `gate --confirm`.
type secondLook struct {
	c      *cli.Context
	folder string // of the suites and runs, removed by close
	sides  [2]madeBy
}

// madeBy is a run and the binary that made it, or a script that calls that one, as a flag
// names it.
type madeBy struct {
	run          *results.Run
	flag, binary string
}

// freshSeeds is the distance of the seed of the second runs from that of the first.
const freshSeeds = 1_000_000

// newSecondLook checks that the two runs can be made again by the binaries.
func newSecondLook(c *cli.Context) (*secondLook, error) {
	if c.IsSet("baseline") || c.IsSet("against-last") {
		return nil, usage("gate: --confirm makes the run of BASE again, and has no binary for other baselines; leave out --baseline and --against-last")
	}
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	l := &secondLook{c: c}
	for i, side := range []struct{ flag, binary string }{
		{"confirm", c.String("confirm")}, {"confirm-new", cmp.Or(c.String("confirm-new"), own)},
	} {
		path := c.Args().Get(i)
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return nil, usage("gate: --confirm makes both runs again, and %s is a baseline file, which keeps no suite; give the run folder", path)
		}
		run, err := results.Open(path)
		if err != nil {
			return nil, err
		}
		if s := run.Manifest.Shard; s != nil {
			return nil, usage("gate: --confirm: %s is shard %d/%d of a run; merge the shards first", path, s.Index, s.Of)
		}
		if _, err := os.Stat(side.binary); err != nil {
			return nil, usage("gate: --%s: %w", side.flag, err)
		}
		l.sides[i] = madeBy{run, side.flag, side.binary}
	}
	return l, nil
}

// again makes both runs with another seed, of the methods that are named, or of all.
func (l *secondLook) again(methods []string) (base, new, seed string, err error) {
	if l.folder, err = os.MkdirTemp("", "gdbench-confirm"); err != nil {
		return "", "", "", err
	}
	var folders [2]string
	for i := range l.sides {
		side := &l.sides[i]
		first, err := strconv.ParseUint(side.run.Manifest.Asked["seed"], 10, 64)
		if err != nil {
			return "", "", "", usage("gate: --confirm: %s does not say what its seed was: it was made by an older version", side.run.Folder)
		}
		seed = strconv.FormatUint(first+freshSeeds, 10)
		folders[i] = filepath.Join(l.folder, strconv.Itoa(i))
		if err := l.make(side, folders[i], seed, methods); err != nil {
			return "", "", "", err
		}
	}
	return folders[0], folders[1], seed, nil
}

// make runs one side. A run that ends with 1, for a cell that failed or a claim that is refuted,
// is a run.
func (l *secondLook) make(side *madeBy, folder, seed string, methods []string) error {
	m := side.run.Manifest
	file, err := layOut(side.run, folder+"-suite")
	if err != nil {
		return err
	}
	args := []string{"run", file, "--no-report", "--out", folder}
	for _, o := range m.Overrides {
		args = append(args, "--set", o)
	}
	args = append(args, "--set", "seed="+seed)
	for _, o := range m.Only {
		args = append(args, "--only", o)
	}
	if len(methods) > 0 && len(m.Only) == 0 {
		args = append(args, "--only", "method=["+strings.Join(methods, ", ")+"]")
	}
	binary, err := filepath.Abs(side.binary) // without a slash it would be looked for in PATH
	if err != nil {
		return err
	}
	var said bytes.Buffer
	command := exec.CommandContext(l.c.Context, binary, args...)
	command.Stderr = &said
	err = command.Run()
	if failed := new(exec.ExitError); errors.As(err, &failed) && failed.ExitCode() == codeVerdict {
		err = nil
	}
	if err != nil {
		return usage("gate: --%s: %s %s: %w\n%s", side.flag, side.binary, strings.Join(args, " "), err, strings.TrimSpace(said.String()))
	}
	second, err := results.ReadManifest(folder)
	if err != nil {
		return usage("gate: --%s: %s made no run: %w", side.flag, side.binary, err)
	}
	if m.Binary != "" && second.Binary != m.Binary {
		return usage("gate: --%s: %s is not the binary that made %s; name that one with --%s", side.flag, side.binary, side.run.Folder, side.flag)
	}
	return nil
}

// layOut writes the suite of a run, with links to the files that it reads where its relative
// paths find them, and returns its path.
func layOut(run *results.Run, folder string) (string, error) {
	m := run.Manifest
	var data []string
	up := 0
	for path := range m.Data {
		if !filepath.IsAbs(path) {
			data = append(data, path)
			up = max(up, strings.Count(filepath.ToSlash(filepath.Clean(path)), "../"))
		}
	}
	for range up {
		folder = filepath.Join(folder, "in")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	if len(data) > 0 {
		source, err := prepare.DataFolder(run, "")
		if err != nil {
			return "", err
		}
		for _, path := range data {
			if err := link(filepath.Join(source, path), filepath.Join(folder, path)); err != nil {
				return "", err
			}
		}
	}
	file := filepath.Join(folder, m.Suite+".yaml")
	return file, os.WriteFile(file, []byte(m.Text), 0o644)
}

func link(to, from string) error {
	target, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(from), 0o755); err != nil {
		return err
	}
	return os.Symlink(target, from)
}

func (l *secondLook) close() {
	if l.folder != "" {
		os.RemoveAll(l.folder)
	}
}
