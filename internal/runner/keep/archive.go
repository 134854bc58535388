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
func Import(from, folder string, problem func(function, dim, instance int) (*archive.Problem, error)) (outcome archive.Outcome, err error) {
	began := time.Now()
	name := filepath.Base(filepath.Clean(from))
	m := &results.Manifest{
		Schema: results.Schema, Suite: strings.TrimSuffix(strings.TrimSuffix(name, ".tgz"), ".tar.gz"),
		About: "Archived runs of " + name + ".", Hash: "archive", Archive: &results.Archive{Format: "coco", Name: name, Source: results.ArchivedSource},
		Version: version.Current().Version, Commit: version.Current().Commit, Toolchain: Toolchain(), Processor: processor(),
		Cores: runtime.NumCPU(), Workers: 1, Started: Wall(began), Status: map[results.Status]int{}, Claims: []results.Claim{},
	}
	err = stage(folder, m, func(staging string) error {
		outcome, err = importInto(staging, from, m, problem)
		return err
	})
	return outcome, err
}

// Store writes a record with its manifest as a run folder, which must not exist yet.
func Store(folder string, m *results.Manifest, r *results.Record) error {
	return stage(folder, m, func(staging string) error {
		line, err := r.AppendLine(nil)
		if err != nil {
			return err
		}
		appender, err := results.Create(staging)
		if err != nil {
			return err
		}
		return errors.Join(appender.Put(0, line), appender.Close())
	})
}

// stage writes a run folder beside its place, and moves it there once it is whole.
func stage(folder string, m *results.Manifest, write func(staging string) error) error {
	undo, err := MakeFolder(filepath.Dir(filepath.Clean(folder)))
	if err != nil {
		return err
	}
	staging, err := os.MkdirTemp(filepath.Dir(filepath.Clean(folder)), ".gdbench-import-*")
	if err != nil {
		return err
	}
	defer func() {
		os.RemoveAll(staging)
		undo()
	}()
	if err := write(staging); err != nil {
		return err
	}
	m.Finished = Wall(time.Now())
	if err := m.Write(staging); err != nil {
		return err
	}
	if err := os.Chmod(staging, 0o755); err != nil {
		return err
	}
	return os.Rename(staging, folder)
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
