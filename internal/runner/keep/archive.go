package keep

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/gdbench/gdbench/internal/results/archive"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/results"
)

// Import writes the runs of an archive as a run folder, which must not exist yet. After an error
// nothing of it is left.
func Import(from, folder string, problem func(function, dim, instance int) (*archive.Problem, error)) (archive.Outcome, error) {
	began := time.Now()
	undo, err := MakeFolder(filepath.Dir(filepath.Clean(folder)))
	if err != nil {
		return archive.Outcome{}, err
	}
	staging, err := os.MkdirTemp(filepath.Dir(filepath.Clean(folder)), ".gdbench-import-*")
	if err != nil {
		return archive.Outcome{}, err
	}
	defer func() {
		os.RemoveAll(staging)
		undo()
	}()
	name := filepath.Base(filepath.Clean(from))
	m := &results.Manifest{
		Schema: results.Schema, Suite: strings.TrimSuffix(strings.TrimSuffix(name, ".tgz"), ".tar.gz"),
		About: "Archived runs of " + name + ".", Hash: "archive", Archive: &results.Archive{Format: "coco", Name: name},
		Version: version.Current().Version, Commit: version.Current().Commit, Toolchain: Toolchain(), Processor: processor(),
		Cores: runtime.NumCPU(), Workers: 1, Started: Wall(began), Status: map[results.Status]int{}, Claims: []results.Claim{},
	}
	outcome, err := importInto(staging, from, m, problem)
	if err != nil {
		return outcome, err
	}
	m.Finished = Wall(time.Now())
	if err := m.Write(staging); err != nil {
		return outcome, err
	}
	if err := os.Chmod(staging, 0o755); err != nil {
		return outcome, err
	}
	return outcome, os.Rename(staging, folder)
}

// importInto writes the records of an archive, and counts them in the manifest.
func importInto(folder, from string, m *results.Manifest, problem func(function, dim, instance int) (*archive.Problem, error)) (archive.Outcome, error) {
	appender, err := results.Create(folder)
	if err != nil {
		return archive.Outcome{}, err
	}
	outcome, err := archive.Import(from, archive.Options{Problem: problem, Put: func(r *results.Record) error {
		line, err := r.AppendLine(nil)
		if err != nil {
			return err
		}
		m.Cells, m.Status[r.Status] = m.Cells+1, m.Status[r.Status]+1
		return appender.Put(m.Cells-1, line)
	}})
	return outcome, errors.Join(err, appender.Close())
}

// Taken reports whether a path is taken by something that is not to be replaced.
func Taken(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
