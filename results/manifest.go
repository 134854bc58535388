package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/limit"
)

// The files of a run folder.
const (
	ManifestFile = "manifest.json"
	RunsFile     = "runs.jsonl"
	PendingFile  = "runs.pending.jsonl"
)

// Manifest says what a run is: the suite, the machine, the outcome.
type Manifest struct {
	Schema    int       `json:"schema"`
	Suite     string    `json:"suite"` // name
	About     string    `json:"about,omitempty"`
	Text      string    `json:"text"` // of the suite file
	Hash      string    `json:"hash"` // of text and overrides
	Overrides []string  `json:"overrides,omitempty"`
	Only      []string  `json:"only,omitempty"`   // cells that the call asked for
	Shard     *Shard    `json:"shard,omitempty"`  // null: the whole grid
	Merged    int       `json:"merged,omitempty"` // shards that the run was put together from
	Version   string    `json:"version"`
	Commit    string    `json:"commit"`           // "unknown" where the binary does not say
	Binary    string    `json:"binary,omitempty"` // SHA-256 of the binary; empty where it could not be read
	Toolchain Toolchain `json:"toolchain"`
	Processor string    `json:"processor"`
	Cores     int       `json:"cores"`
	Workers   int       `json:"workers"`
	Started   time.Time `json:"started"`
	Finished  time.Time `json:"finished,omitzero"` // zero: interrupted

	// Claims are what the suite says about its own outcome; nil in files of schema 1, whose
	// suites must be read for them.
	Claims []Claim `json:"claims"`
	Look   []Look  `json:"look,omitempty"` // what the suite says to look at
	// Accept is what a review finds and the suite states itself.
	Accept []Acceptance `json:"accept,omitempty"`

	// Reference is the method that the suite has reports compare the others with; absent: the
	// one that ran first.
	Reference *Reference `json:"reference,omitempty"`
	// Styles are what the suite says of the look of its methods in figures.
	Styles []Style `json:"styles,omitempty"`
	// Own are the labels of the methods that do not come with gdbench.
	Own []string `json:"own,omitempty"`

	Tuning *Tuning `json:"tuning,omitempty"` // how methods were tuned; absent: they were not

	Timing *Timing `json:"timing,omitempty"` // null: seconds are indicative

	Asked map[string]string `json:"asked,omitempty"` // what the suite asks of every run: seed, budget, stop
	Gate  *Gate             `json:"gate,omitempty"`  // how a gate judges the run; absent: by its defaults

	// Data are the files that problems read, by their paths as the suite writes them: the
	// SHA-256 of their contents.
	Data map[string]string `json:"data,omitempty"`

	// DataFolder is where relative paths of data start: the folder of the suite. Nil where
	// nothing is read.
	DataFolder *Place `json:"data_folder,omitempty"`

	// Processes are the programs in other languages whose methods and problems the suite uses.
	Processes []Process `json:"processes,omitempty"`

	// Archive is what the runs were imported from; nil: gdbench ran them. Their problems, starts
	// and settings are no grid, and they cannot be run again.
	Archive *Archive `json:"archive,omitempty"`

	Reused int            `json:"reused,omitempty"` // cells taken over from an earlier run
	Cells  int            `json:"cells"`            // of the grid, or of the shard
	Status map[Status]int `json:"status"`           // finished cells by status
	// Inexact says why the results need not repeat to the byte: budgets in seconds.
	Inexact  string   `json:"inexact,omitempty"`
	Warnings []string `json:"warnings,omitempty"`
	Notes    []string `json:"notes,omitempty"` // what is to be known of the problems
}

// Process is a program whose methods or problems a suite uses.
type Process struct {
	Name      string            `json:"name"` // before the dot in the names of its components
	Run       []string          `json:"run"`  // the command
	Version   string            `json:"version"`
	Files     map[string]string `json:"files,omitempty"`    // SHA-256 of the files that the command names
	RoundTrip Number            `json:"seconds_round_trip"` // of a question without work in it, at the start
}

// Times says in words how far the seconds of the run can be trusted, and what of them every question
// of another program costs on its way.
func (m *Manifest) Times() string {
	words := m.Timing.String()
	for _, p := range m.Processes {
		if p.RoundTrip > 0 {
			words += fmt.Sprintf("; each question between gdbench and %s takes %.2g µs", p.Name, float64(p.RoundTrip)*1e6)
		}
	}
	return words
}

// Archive is a source of runs that gdbench has not made: published ones, or iterates that our
// oracle has evaluated.
type Archive struct {
	Format string `json:"format"` // "coco", "iterates", or what has written the files
	Name   string `json:"name"`   // of the folder or file, without the folders that it is in
	Source string `json:"source"` // ArchivedSource, ImportedSource or WrittenSource
}

// The sources of runs that gdbench has not made. Of archived runs only the values are known
// that others have written down. Imported runs have the start, the stops, the targets and the
// values of a suite, and only their counts are what others say. Written runs are whole: a program
// that is no gdbench has made and counted them.
const (
	ArchivedSource = "archived"
	ImportedSource = "imported"
	WrittenSource  = "written"
)

// Place is a folder outside of a run, by which it is found again also where it was moved
// together with the run. It is relative: an archived run should not name the folders of a machine.
type Place struct {
	FromRun  string `json:"from_run,omitempty"`  // path from the run folder, with slashes; empty where there is none
	FromHere string `json:"from_here,omitempty"` // path from the folder in which gdbench ran, where the suite was named by one
}

// Reference names a method of a suite.
type Reference struct {
	Name    string   `json:"name"`    // as the suite calls it
	Methods []string `json:"methods"` // labels of its settings
}

// Timing is how the seconds of a run with `timing: exclusive` were measured, and what else
// the machine did meanwhile. Of merged shards spread and loads are the greatest.
type Timing struct {
	Rounds     int    `json:"rounds"`      // measurements of each cell, whose median is kept
	Batch      Number `json:"batch"`       // seconds that each takes at least
	Spread     Number `json:"spread"`      // (max − min)/median over the rounds, mean over the cells
	LoadBefore Number `json:"load_before"` // average over a minute, null where unreadable
	LoadAfter  Number `json:"load_after"`
	Governor   string `json:"governor"` // of the processor's frequency, "unknown" where unreadable, "differing" of shards where it does
}

// String says in words how far the seconds can be trusted.
func (t *Timing) String() string {
	if t == nil {
		return "indicative: cells ran beside each other, observed"
	}
	return fmt.Sprintf("exclusive: median of %d batches of %g s; spread %.2g, load average %.3g to %.3g, governor %s",
		t.Rounds, t.Batch, t.Spread, t.LoadBefore, t.LoadAfter, t.Governor)
}

// Toolchain is what a binary was built by and runs on. Results of one version of gdbench are
// the same under all of them; results of different versions may differ by rounding.
type Toolchain struct {
	OS    string `json:"goos"`
	Arch  string `json:"goarch"`
	AMD64 string `json:"goamd64,omitempty"`
	Go    string `json:"go"`
	FMA   bool   `json:"fma"` // the processor has fused multiply–add
}

// CleanCommit reports whether the commit says what the code was: it is known, and no file
// differed from it.
func (m *Manifest) CleanCommit() bool {
	return m.Commit != "" && m.Commit != "unknown" && !strings.Contains(m.Commit, "+")
}

// ReadManifest reads the manifest of a run folder.
func ReadManifest(folder string) (*Manifest, error) {
	path := filepath.Join(folder, ManifestFile)
	text, err := limit.ReadFile(path, written)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, fmt.Errorf("%s is not a run: it has no %s; a run folder is what `gdbench run` names at its end", folder, ManifestFile)
	}
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("%s: not a manifest: %w; it was edited or damaged: take it from a backup, or run the suite again into another folder", path, err)
	}
	if m.Schema > Schema || m.Schema < 1 {
		return nil, fmt.Errorf("%s: schema version %d; this gdbench reads versions 1 to %d", path, m.Schema, Schema)
	}
	return &m, nil
}

// Write puts the manifest into a run folder, whole or not at all.
func (m *Manifest) Write(folder string) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return atomicfile.Write(filepath.Join(folder, ManifestFile), append(text, '\n'), 0o644)
}

// Gate is what a suite says about how a gate judges its runs.
type Gate struct {
	Delta       Number `json:"delta"`       // tolerated loss of random costs, as a fraction; 0: the gate's default
	Sensitivity Number `json:"sensitivity"` // loss of the suite, as a ratio, that the gate must be able to find; 0: the gate's default
	Rules       []Rule `json:"rules,omitempty"`
}

// Rule is the tolerated loss of some cells: of those whose metric, method and problem, by name
// or label, match the patterns, in which * matches any text; an empty one matches all. The
// last rule that matches counts.
type Rule struct {
	Metric  string `json:"metric,omitempty"`
	Method  string `json:"method,omitempty"`
	Problem string `json:"problem,omitempty"`
	Delta   Number `json:"delta"`
}
