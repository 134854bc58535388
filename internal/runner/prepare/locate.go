package prepare

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/results"
)

// UnlikeData is why the problems of a run cannot be made again here: its data files are not to be
// found, or are others. That says nothing against the run.
type UnlikeData struct {
	Missing []string // files that are nowhere
	Changed []string // files that are there, with other contents
	Looked  []string // folders that were looked in
}

func (e *UnlikeData) Error() string {
	if len(e.Missing) > 0 {
		return fmt.Sprintf("%s of the run %s not found in %s", files(e.Missing), english.Verb(len(e.Missing), "was", "were"), strings.Join(e.Looked, ", "))
	}
	return fmt.Sprintf("%s %s changed since the run: the SHA-256 is not that in the manifest", files(e.Changed), english.Verb(len(e.Changed), "has", "have"))
}

func files(paths []string) string {
	return english.Verb(len(paths), "the data file ", "the data files ") + strings.Join(paths, ", ")
}

// DataFolder is the folder from which relative paths of data start for a run that is looked at
// again: dir where it is given. Otherwise it is that of the suite, as seen from the run folder, also
// where both were moved, or from this one, where only the run was; or this one; or the run folder, for
// data that were sent along: the first in which the files are those that the run read. Its error is an
// *UnlikeData where there is none; the folder is then as good a guess as any.
func DataFolder(run *results.Run, dir string) (string, error) {
	m := run.Manifest
	looked := []string{dir}
	if dir == "" {
		looked = slices.DeleteFunc([]string{besideRun(run), fromHere(m), ".", run.Folder}, func(path string) bool { return path == "" })
	}
	if len(m.Data) == 0 {
		return looked[0], nil
	}
	var best *UnlikeData
	at := looked[0]
	for _, folder := range looked {
		found, err := compareData(m, folder)
		if err != nil {
			return folder, err
		}
		if len(found.Missing)+len(found.Changed) == 0 {
			return folder, nil
		}
		if best == nil || len(found.Missing) < len(best.Missing) {
			best, at = found, folder
		}
	}
	best.Looked = slices.Compact(looked)
	return at, best
}

// compareData compares the files in a folder with those that the run read.
func compareData(m *results.Manifest, folder string) (*UnlikeData, error) {
	found := &UnlikeData{}
	env := problems.Env{Dir: folder}
	for _, path := range slices.Sorted(maps.Keys(m.Data)) {
		sum, err := version.OfFile(env.Resolve(path))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			found.Missing = append(found.Missing, path)
		case err != nil:
			return nil, fmt.Errorf("data file: %w", err)
		case sum != m.Data[path]:
			found.Changed = append(found.Changed, path)
		}
	}
	return found, nil
}

// fromHere is the folder of the suite as seen from where gdbench ran; "" where the manifest has none.
func fromHere(m *results.Manifest) string {
	if m.DataFolder == nil {
		return ""
	}
	return filepath.FromSlash(m.DataFolder.FromHere)
}

// besideRun is the folder of the suite as seen from the run; "" where the manifest does not say.
func besideRun(run *results.Run) string {
	if run.Manifest.DataFolder == nil || run.Manifest.DataFolder.FromRun == "" {
		return ""
	}
	folder, err := filepath.EvalSymlinks(run.Folder) // "latest" is a link
	if err != nil {
		folder = run.Folder
	}
	return filepath.Join(folder, filepath.FromSlash(run.Manifest.DataFolder.FromRun))
}

// PlaceOf is how a manifest names the folder of a suite; nil where that cannot be told.
func PlaceOf(dir, runFolder string) *results.Place {
	place := &results.Place{}
	if !filepath.IsAbs(dir) {
		place.FromHere = filepath.ToSlash(filepath.Clean(dir))
	}
	if from, err := realPath(runFolder); err == nil {
		if to, err := realPath(dir); err == nil {
			if relative, err := filepath.Rel(from, to); err == nil {
				place.FromRun = filepath.ToSlash(relative)
			}
		}
	}
	if *place == (results.Place{}) {
		return nil
	}
	return place
}

// realPath is an absolute path without links.
func realPath(path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(absolute)
}
