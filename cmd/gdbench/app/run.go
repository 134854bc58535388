package app

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/suites"
)

func runCommand() *cli.Command {
	return &cli.Command{
		Name:      "run",
		Usage:     "run a suite and report on it",
		ArgsUsage: "SUITE…",
		Description: "SUITE is a file, or the name of a built-in suite (see `gdbench list suites`). Ctrl-C finishes the\n" +
			"cells in flight and stops; a second Ctrl-C stops at once. Finished cells are kept, and --resume\n" +
			"continues the run.",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "workers", Usage: "number of cells to run in parallel", DefaultText: "number of CPUs"},
			&cli.StringFlag{Name: "out", Usage: "`FOLDER` of the run", DefaultText: "results/<suite>/<time>"},
			&cli.BoolFlag{Name: "resume", Usage: "continue an interrupted run: the latest one of the suite, or the one in --out; a shard without a run is started"},
			compressFlag(),
			&cli.StringFlag{Name: "reuse", Usage: "copy the cells of an earlier `RUN` whose definition is the same, and run the others"},
			&cli.StringFlag{Name: "shard", Usage: "part `I/N` of the grid, such as 2/8; auto: as set by Slurm, Kubernetes or the CI service; see docs/cluster.md"},
			onlyFlag(), setFlag(), allowFlag(),
			&cli.StringFlag{Name: "cpuprofile", Usage: "write a CPU profile to `FILE`, for go tool pprof"},
			&cli.StringFlag{Name: "memprofile", Usage: "write a profile of allocations to `FILE`, for go tool pprof"},
			&cli.StringFlag{Name: "trace", Usage: "write an execution trace to `FILE`, for go tool trace"},
			&cli.BoolFlag{Name: "dry-run", Usage: "print the grid, read the data and run nothing"},
			&cli.BoolFlag{Name: "no-report", Usage: "write the run files without a report"},
		},
		Action: runSuites,
	}
}

func runSuites(c *cli.Context) error {
	if c.NArg() == 0 {
		return missing(c, "suite", "a file or one of "+strings.Join(suites.Names(), ", "))
	}
	if c.IsSet("reuse") && c.NArg() > 1 {
		return usage("run: --reuse copies cells of one run; expected one suite, found %d", c.NArg())
	}
	return runEach(c, c.Args().Slice(), func(name string) (*suite.Suite, error) { return loadSuite(name, c.StringSlice("set")) })
}

// runEach runs suites under the flags of the command run.
func runEach(c *cli.Context, names []string, load func(name string) (*suite.Suite, error)) error {
	if n := c.Int("workers"); n < 0 || n > maxWorkers {
		return usage("%s: --workers %d; expected a number from 1 to %d", c.Command.Name, n, maxWorkers)
	}
	shard, err := shardOf(c)
	if err != nil {
		return err
	}
	defer allowProcesses(c)()
	var loaded []*suite.Suite
	for _, name := range names {
		s, err := load(name)
		if err != nil {
			return err
		}
		defer s.Close()
		if err := s.Only(c.StringSlice("only")); err != nil {
			return err
		}
		if len(s.Untuned) > 0 {
			fmt.Fprintf(c.App.ErrWriter, "gdbench: warning: --only leaves out %s that methods are tuned on in the whole suite (%s), so that other settings may be chosen\n",
				english.Count(len(s.Untuned), "problem"), text.Terminal(text.Some(s.Untuned)))
		}
		loaded = append(loaded, s)
	}
	endProfiles, err := startProfiles(c)
	if err != nil {
		return err
	}
	var errs []error
	for _, s := range loaded {
		if c.Bool("dry-run") {
			printProcesses(c.App.Writer, s)
			printGrid(c.App.Writer, s)
			errs = append(errs, readData(c, s))
			continue
		}
		err := runSuite(c, s, shard, len(loaded) > 1)
		errs = append(errs, err)
		if errors.Is(err, errInterrupted) {
			break
		}
	}
	return worst(append(errs, endProfiles()))
}

// readData reads the data sets of a suite that does not run, and prints how they were read.
func readData(c *cli.Context, s *suite.Suite) error {
	notes, err := prepare.Data(s)
	for _, note := range notes {
		fmt.Fprintf(c.App.ErrWriter, "gdbench: note: %s\n", text.Terminal(note))
	}
	return err
}

// maxWorkers is beyond the processors of any machine, and below what would exhaust it.
const maxWorkers = 10_000

func compressFlag() cli.Flag {
	return &cli.BoolFlag{Name: "compress", Usage: "compress the results: runs.jsonl.zst instead of runs.jsonl"}
}

func onlyFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "only", Usage: "run only the cells with `KEY=VALUE`, such as method=sgd or lr=[0.1, 1]; may be repeated"}
}

func setFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "set", Usage: "override `KEY=VALUE` of the suite, such as repeats=3 or budget.iterations=100; may be repeated"}
}

// loadGrid reads a suite and applies --set and --only.
func loadGrid(c *cli.Context, name string) (*suite.Suite, error) {
	s, err := loadSuite(name, c.StringSlice("set"))
	if err != nil {
		return nil, err
	}
	return s, s.Only(c.StringSlice("only"))
}

// loadSuite reads a suite file, or one of the embedded suites.
func loadSuite(name string, overrides []string) (*suite.Suite, error) {
	_, err := os.Stat(name)
	looksLikePath := strings.ContainsAny(name, `/\`) || strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")
	if err == nil || looksLikePath {
		return suite.Load(name, overrides)
	}
	file, err := suites.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("no file or built-in suite named %q%s", name, text.Suggest(name, suites.Names()))
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return suite.Read(name+".yaml", ".", file, overrides)
}

func runSuite(c *cli.Context, s *suite.Suite, shard *results.Shard, several bool) error {
	folder, isDefault := runFolder(c.String("out"), s.Name, several)
	if isDefault && shard != nil { // the same for a task that starts again
		folder, isDefault = filepath.Join("results", s.Name, "shards", fmt.Sprintf("%d-of-%d", shard.Index, shard.Of)), false
	}
	resume := c.Bool("resume")
	if isDefault && resume {
		folder, isDefault = filepath.Join("results", s.Name, "latest"), false
	}
	if shard != nil && !fileExists(filepath.Join(folder, results.ManifestFile)) { // a task cannot know whether it is started again
		resume = false
	}
	build := version.Current()
	on, stop := notifyInterrupts(c.Context)
	bar := newProgress(c.App.ErrWriter, s.Name, s.Count())
	manifest, err := pool.Run(on.now, s, pool.Options{
		Folder: folder, Workers: c.Int("workers"), Version: build.Version, Commit: build.Commit,
		Shard: shard, Resume: resume, Compress: c.Bool("compress"), Reuse: c.String("reuse"), Drain: on.gently, Progress: bar.update,
		New: isDefault, Begun: func(made string) {
			if folder = made; isDefault {
				linkLatest(folder)
			}
		},
	})
	dropped := on.now.Err() != nil
	stop() // an interrupt ends the report as it ends any command
	bar.end()
	if manifest == nil {
		return err
	}
	for _, note := range manifest.Notes {
		fmt.Fprintf(c.App.ErrWriter, "gdbench: note: %s\n", text.Terminal(note))
	}
	for _, warning := range manifest.Warnings {
		fmt.Fprintf(c.App.ErrWriter, "gdbench: warning: %s\n", text.Terminal(warning))
	}
	written := err == nil || exitCode(err) == codeInterrupted // else there is no room for a report either
	if err == nil {
		err = keepLandscapes(folder, s)
	}
	if !c.Bool("no-report") && !dropped && written {
		if reportErr := writeReport(c, []string{folder}, "", nil); reportErr != nil {
			err = errors.Join(err, reportErr)
		}
	}
	if err == nil && shard == nil { // claims are about the whole
		err = printClaims(c.App.Writer, folder)
	}
	if manifest.Reused > 0 {
		fmt.Fprintf(c.App.Writer, "\n%d of %s copied from %s\n", manifest.Reused, english.Count(manifest.Cells, "cell"), cmp.Or(c.String("reuse"), "an earlier run"))
	}
	fmt.Fprintf(c.App.Writer, "\nThe run is in %s\n", folder)
	return errors.Join(err, verdictOf(manifest))
}

// verdictOf is the error that a finished run ends with.
func verdictOf(m *results.Manifest) error {
	finished := 0
	for _, n := range m.Status {
		finished += n
	}
	switch {
	case m.Status[results.Failed] > 0:
		return against("%d of %s failed; the messages in the summary say why", m.Status[results.Failed], english.Count(m.Cells, "cell"))
	case finished > 0 && m.Status[results.Skipped] == finished:
		return usage("nothing could run: every cell was skipped (%s); the messages in the summary say why", english.Count(finished, "cell"))
	}
	return nil
}

// runFolder is where a run goes: the folder that was named, or a new one named by time, to
// which the runner adds a number where the name is taken.
func runFolder(named, suite string, several bool) (folder string, isDefault bool) {
	switch {
	case named == "":
		return filepath.Join("results", suite, time.Now().UTC().Format("20060102-150405")), true
	case several:
		return filepath.Join(named, suite), false
	}
	return named, false
}

// linkLatest points results/<suite>/latest at the run. Where links cannot be made, there
// is none.
func linkLatest(folder string) {
	link := filepath.Join(filepath.Dir(folder), "latest")
	temporary := link + ".tmp"
	os.Remove(temporary) // a kill may have left it
	if os.Symlink(filepath.Base(folder), temporary) == nil {
		if os.Rename(temporary, link) != nil {
			os.Remove(temporary)
		}
	}
}
