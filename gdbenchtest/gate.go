// Package gdbenchtest makes a benchmark of optimization methods a Go test: a suite is run in
// the test's process and compared with a baseline that is committed beside it. The test fails
// when a method has become worse, with the statistics of `gdbench gate`, and not because of
// chance.
//
// The built-in problems and methods are registered. A test of your own components lies in, or
// imports, the package that registers them.
package gdbenchtest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/gdbenchtest/gate"
	"github.com/gdbench/gdbench/internal/report/compare"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/runner"
)

// Variable is the environment variable that makes Gate write baselines: with
// GDBENCH_BASELINE=write each Gate writes its baseline anew and compares nothing.
const Variable = "GDBENCH_BASELINE"

// Option configures a Gate.
type Option func(*settings)

type settings struct {
	changes []string
	gate.Options
}

// Set overrides keys of the suite, such as "repeats=3" or "budget.iterations=100".
func Set(changes ...string) Option {
	return func(s *settings) { s.changes = append(s.changes, changes...) }
}

// Accept names a file of verdicts that do not fail the test, each with its reason;
// docs/ci.md describes it.
func Accept(file string) Option { return func(s *settings) { s.Options.Accept = file } }

// Pinned names an older baseline to compare with as well, so that small losses cannot add up
// from one baseline to the next.
func Pinned(file string) Option { return func(s *settings) { s.Options.Pinned = file } }

// Tolerate sets the tolerated loss of costs that vary by chance, as a fraction above 0;
// without it 0.05.
func Tolerate(loss float64) Option { return func(s *settings) { s.Delta = loss } }

// Sensitivity sets the loss of the whole suite, as a ratio above 1, that the test must be able
// to find, lest it fail; without it 2.
func Sensitivity(ratio float64) Option { return func(s *settings) { s.Options.Sensitivity = ratio } }

// Strict asks the sensitivity of every method and cell, too.
func Strict() Option { return func(s *settings) { s.Options.Strict = true } }

// Unchanged fails the test on any change, for better or worse.
func Unchanged() Option { return func(s *settings) { s.Options.Unchanged = true } }

// Gate runs the suite in the file suite and fails the test if the run is worse than the
// baseline in the file baseline, if a claim of the suite does not hold, or if the two cannot
// be compared. The run lies in t.ArtifactDir(), which `go test -artifacts` keeps.
//
// A baseline that does not exist yet fails the test with the command that writes it.
func Gate(t testing.TB, suite, baseline string, options ...Option) {
	t.Helper()
	var s settings
	for _, option := range options {
		option(&s)
	}
	write := os.Getenv(Variable) == "write"
	if _, err := os.Stat(baseline); errors.Is(err, fs.ErrNotExist) && !write {
		t.Fatalf("there is no baseline %s; to write it from a run of this code, call `%s`, then commit the file", baseline, command(t))
	}
	loaded, err := runner.LoadSuite(suite, s.changes...)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.ArtifactDir(), "run")
	if _, err := runner.Run(t.Context(), loaded, runner.Options{Folder: folder}); err != nil {
		t.Fatalf("the run of %s: %v", suite, err)
	}
	if write {
		writeBaseline(t, folder, baseline)
		return
	}
	verdict, err := gate.Judge(baseline, folder, s.Options)
	if err != nil {
		t.Fatalf("%v; if the suite has changed, write the baseline anew: `%s`", err, command(t))
	}
	var text strings.Builder
	if err := verdict.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if verdict.Outcome == compare.Pass {
		t.Log(text.String())
		return
	}
	t.Errorf("%s\nIf the change is intended, list its verdicts in a file of gdbenchtest.Accept (see docs/ci.md), or write the baseline anew: `%s`",
		text.String(), command(t))
}

func writeBaseline(t testing.TB, folder, baseline string) {
	t.Helper()
	b, err := results.ReadBaseline(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Write(baseline); err != nil {
		t.Fatal(err)
	}
	t.Logf("wrote the baseline %s; commit it", baseline)
}

// command is how to run this test so that it writes its baseline.
func command(t testing.TB) string {
	var parts []string
	for part := range strings.SplitSeq(t.Name(), "/") {
		parts = append(parts, "^"+part+"$")
	}
	return Variable + "=write go test -run '" + strings.Join(parts, "/") + "' ."
}
