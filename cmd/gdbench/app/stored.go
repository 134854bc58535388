package app

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gdbench/gdbench/internal/report/history"
	"github.com/gdbench/gdbench/results"
)

// storedRuns reads the baselines and runs that an argument names, in the order of their commits,
// with notes on the order: those of a folder, or the versions of a committed baseline file.
func storedRuns(paths ...string) (runs []history.Run, repository *history.Repository, notes []string, err error) {
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, nil, nil, err
		}
		var more []history.Run
		switch {
		case info.IsDir() && !isRunFolder(path):
			repository = history.Around(path)
			more, err = inFolder(path)
		default:
			repository = history.Around(filepath.Dir(path))
			if len(paths) == 1 && !info.IsDir() {
				more, notes = repository.Versions(path)
			}
			if len(more) == 0 {
				more, err = one(path)
			}
		}
		if err != nil {
			return nil, nil, nil, err
		}
		runs = append(runs, more...)
	}
	if len(runs) > 1 {
		notes = append(notes, history.Order(runs, repository, len(paths) > 1))
	}
	return runs, repository, notes, nil
}

func one(path string) ([]history.Run, error) {
	b, err := results.ReadBaseline(path)
	if err != nil {
		return nil, err
	}
	return []history.Run{{Name: filepath.Base(path), Baseline: b}}, nil
}

func isRunFolder(path string) bool {
	_, err := os.Stat(filepath.Join(path, results.ManifestFile))
	return err == nil
}

// inFolder reads all baselines and runs of a folder. Links are left out: `latest` is a run that
// is there already.
func inFolder(dir string) (out []history.Run, err error) {
	found, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range found {
		path := filepath.Join(dir, e.Name())
		if e.Type()&os.ModeSymlink != 0 || filepath.Ext(path) != ".jsonl" && !isRunFolder(path) {
			continue
		}
		more, err := one(path)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no run and no baseline", dir)
	}
	return out, nil
}
