package app

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/bundle"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/report/words"
	"github.com/gdbench/gdbench/internal/runner/prepare"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/version"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/report"
	"github.com/gdbench/gdbench/results"
)

func bundleCommand() *cli.Command {
	return &cli.Command{
		Name:      "bundle",
		Usage:     "pack a run into one archive for others: suite, runs, report, references and how to verify them",
		ArgsUsage: "RUN",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "`FILE`.tar.gz", DefaultText: "SUITE.tar.gz"},
			&cli.BoolFlag{Name: "data", Usage: "pack the data files that the run has read, too; otherwise their digests"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return missing(c, "run", "its folder, such as results/convex/latest")
			}
			run, err := results.Open(c.Args().First())
			if err != nil {
				return err
			}
			if how, advice := run.Unfinished(); how != "" {
				return usage("bundle: the run %s; %s", how, advice)
			}
			out := c.String("out")
			if out == "" {
				out = run.Manifest.Suite + ".tar.gz"
			}
			if err := pack(c, run, out); err != nil {
				return fmt.Errorf("bundle: %w", err)
			}
			_, err = fmt.Fprintf(c.App.Writer, "wrote %s; `gdbench verify %s` checks it\n", out, text.Shell(out))
			return err
		},
	}
}

// The parts of a bundle.
const (
	bundledRun    = "run"
	bundledReport = "report"
)

// pack gathers the parts in a folder of its own and writes the archive.
func pack(c *cli.Context, run *results.Run, out string) error {
	folder, err := os.MkdirTemp("", "gdbench-bundle")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := copyRun(run, filepath.Join(folder, bundledRun)); err != nil {
		return err
	}
	if c.Bool("data") {
		if err := copyData(run, filepath.Join(folder, bundledRun)); err != nil {
			return err
		}
	}
	if err := reportOf(filepath.Join(folder, bundledRun), filepath.Join(folder, bundledReport), []report.Format{report.SVG}); err != nil {
		return err
	}
	var references bytes.Buffer
	if err := writeCitations(&references, []*results.Run{run}); err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"README.md": readme(run, c.Bool("data")), "references.bib": references.Bytes(), "suite.yaml": []byte(run.Manifest.Text), "VERSION": packer(),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			return err
		}
	}
	return atomicfile.Stream(out, 0o644, func(w io.Writer) error {
		return bundle.Pack(w, folder, run.Manifest.Suite, run.Manifest.Started)
	})
}

// packer says which gdbench has made the report of a bundle.
func packer() []byte { return []byte(version.Current().String() + "\n") }

// reportOf writes the report of a run, as it is in a bundle, with figures in these formats.
func reportOf(folder, to string, figures []report.Format) error {
	run, err := results.Open(folder)
	if err != nil {
		return err
	}
	rebuild, err := landscapes([]*results.Run{run})
	if err != nil {
		return err
	}
	_, err = report.Write([]*results.Run{run}, to, report.Options{Rebuild: rebuild, Formats: figures})
	return err
}

// unpack takes a bundle apart into a folder, and compares its files with their digests and its
// tables with those of a new report, where this gdbench is the one that made it.
func unpack(path, into string) (*bundle.Unpacked, error) {
	file, err := limit.Open(path, "an archive of `gdbench bundle`")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	u, err := bundle.Unpack(file, into)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	by, err := os.ReadFile(filepath.Join(u.Folder, "VERSION"))
	if len(u.Faults) > 0 || err != nil || !bytes.Equal(by, packer()) {
		return u, nil
	}
	again := filepath.Join(into, "again")
	if err := reportOf(filepath.Join(u.Folder, bundledRun), again, []report.Format{}); err != nil {
		return nil, err
	}
	tables, err := filepath.Glob(filepath.Join(again, "*.csv"))
	for _, table := range tables {
		now, err := os.ReadFile(table)
		if err != nil {
			return nil, err
		}
		if then, err := os.ReadFile(filepath.Join(u.Folder, bundledReport, filepath.Base(table))); err != nil || !bytes.Equal(now, then) {
			u.Faults = append(u.Faults, fmt.Sprintf("%s/%s is not what the runs give", bundledReport, filepath.Base(table)))
		}
	}
	return u, err
}

// copyRun copies the files of a run, without its report, other folders and its lock.
func copyRun(run *results.Run, to string) error {
	files, err := os.ReadDir(run.Folder)
	if err != nil {
		return err
	}
	for _, file := range files {
		if file.Type().IsRegular() && !strings.HasPrefix(file.Name(), ".") {
			if err := copyFile(filepath.Join(run.Folder, file.Name()), filepath.Join(to, file.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// copyData copies the data that a run has read to where it finds them again: below its own folder.
func copyData(run *results.Run, to string) error {
	dir, err := prepare.DataFolder(run, "")
	if err != nil {
		return err
	}
	env := problems.Env{Dir: dir}
	for _, path := range slices.Sorted(maps.Keys(run.Manifest.Data)) {
		if !filepath.IsLocal(path) {
			return fmt.Errorf("--data: the suite names %s, which is not below its folder; pack without --data, or run the suite with a path such as data/%s", path, filepath.Base(path))
		}
		if err := copyFile(env.Resolve(path), filepath.Join(to, path)); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := limit.Open(from, "data")
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return atomicfile.Stream(to, 0o644, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}

// readme is what is in a bundle, and what to do with it, for those who open one.
func readme(run *results.Run, withData bool) []byte {
	m := run.Manifest
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", text.Markdown(m.Suite))
	if m.About != "" {
		fmt.Fprintf(&b, "%s\n\n", text.Markdown(m.About))
	}
	by := fmt.Sprintf("version %s, commit %s, %s on %s/%s, %s", m.Version, m.Commit, m.Toolchain.Go, m.Toolchain.OS, m.Toolchain.Arch, m.Started.Format("2006-01-02"))
	fmt.Fprintf(&b, "A run of [gdbench](https://github.com/gdbench/gdbench) with %s: %s.\n\n", english.Count(m.Cells, "cell"), text.Markdown(by))
	b.WriteString("| file | what it is |\n|---|---|\n" +
		"| `suite.yaml` | the suite, from which the run can be made again |\n" +
		"| `run` | the runs: a line of `runs.jsonl` for each cell, with a checksum; `manifest.json` has machine and version |\n" +
		"| `report` | what the runs say; begin with `report/" + report.IndexFile + "` |\n" +
		"| `references.bib` | BibTeX of the methods, problems and data sets |\n" +
		"| `VERSION` | the gdbench that wrote the report |\n" +
		"| `SHA256SUMS` | digests of all files: `sha256sum --check SHA256SUMS` |\n\n" +
		"`gdbench verify` on the archive, or on the folder `run`, checks that every line agrees with its checksum, that no cell is\n" +
		"missing, and that a sample of cells gives the same numbers when it is run again. `gdbench report run` writes the report again.\n\n")
	fmt.Fprintf(&b, "To make the run again:\n\n    %s\n", words.Again(m, "suite.yaml"))
	if len(m.Data) > 0 {
		where := "They are not in this archive; put them beside `suite.yaml`, or name their folder with `gdbench verify --dir`."
		if withData {
			where = "They are in the folder `run`."
		}
		fmt.Fprintf(&b, "\nThe run has read these files (SHA-256). %s\n\n", where)
		for _, path := range slices.Sorted(maps.Keys(m.Data)) {
			fmt.Fprintf(&b, "    %s  %s\n", m.Data[path], text.Line(path))
		}
	}
	if len(m.Own) > 0 {
		fmt.Fprintf(&b, "\nThese methods do not come with gdbench: %s.\n", text.Markdown(text.Some(m.Own)))
	}
	return []byte(b.String())
}
