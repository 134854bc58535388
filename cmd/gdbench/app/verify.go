package app

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/verify"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/version"
)

func verifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "check that a run, or the archive of a bundle, is intact, complete and reproducible",
		ArgsUsage: "RUN|BUNDLE",
		Flags: []cli.Flag{
			jsonFlag(), allowFlag(),
			&cli.IntFlag{Name: "sample", Value: 10, Usage: "number of cells to run again; 0: none"},
			&cli.StringFlag{Name: "dir", Usage: "`FOLDER` for relative paths of data (default: where the run found them)"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return missing(c, "run", "its folder, such as results/convex/latest")
			}
			if c.Int("sample") < 0 {
				return usage("verify: --sample %d; expected a number ≥ 0", c.Int("sample"))
			}
			defer allowProcesses(c)()
			folder := c.Args().First()
			v, err := verifyAny(c, folder)
			if err != nil {
				return fmt.Errorf("verify: %w", err)
			}
			if c.Bool("json") {
				err = writeJSON(c.App.Writer, verified{folder, v.Version, v.Cells, v.Again, v.Changed, v.Inexact, append([]string{}, v.Faults...), v.Not})
			} else {
				err = printVerified(c.App.Writer, folder, v)
			}
			switch {
			case err != nil:
			case v.Lost:
				err = &exitError{code: codeIncomparable, error: fmt.Errorf("%s was not verified: no cell was run again: %s; --dir FOLDER names a folder with what the run read", folder, v.Not)}
			case len(v.Faults) > 0:
				err = against("verification of %s failed: %s", folder, english.Count(len(v.Faults), "fault"))
			}
			return err
		},
	}
}

// verifyAny verifies a run folder, or the archive of one.
func verifyAny(c *cli.Context, path string) (*verify.Verified, error) {
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return verify.Verify(path, c.String("dir"), c.Int("sample"))
	}
	folder, err := os.MkdirTemp("", "gdbench-verify")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	u, err := unpack(path, folder)
	if err != nil {
		return nil, err
	}
	v, err := verify.Verify(filepath.Join(u.Folder, bundledRun), c.String("dir"), c.Int("sample"))
	switch {
	case err != nil && len(u.Faults) > 0: // which explain it
		return &verify.Verified{Faults: u.Faults, Version: version.Current().Version}, nil
	case err != nil:
		return nil, err
	}
	v.Faults = append(u.Faults, v.Faults...)
	return v, nil
}

// verified is what `verify --json` prints.
type verified struct {
	Run     string   `json:"run"`
	Version string   `json:"version"` // of the gdbench that ran it, as the manifest says
	Cells   int      `json:"cells"`
	Again   int      `json:"again"`         // cells that were run again
	Changed int      `json:"changed"`       // of these, cells to which another version of gdbench gives other results
	Inexact int      `json:"inexact"`       // of these, cells that differ, of methods whose digits depend on the processor, run on another
	Faults  []string `json:"faults"`        // none: the run is intact and complete
	Not     string   `json:"not,omitempty"` // why no cell was run again
}

func printVerified(out io.Writer, folder string, v *verify.Verified) error {
	for _, fault := range v.Faults {
		fmt.Fprintln(out, text.Terminal(fault))
	}
	if here := version.Current().Version; v.Version != here {
		fmt.Fprintf(out, "note: the manifest names gdbench %s; this is gdbench %s\n", v.Version, here)
	}
	if v.Inexact > 0 {
		fmt.Fprintf(out, "note: %s of methods whose last digits depend on the processor %s; the run was made on another kind\n",
			english.Count(v.Inexact, "cell"), english.Verb(v.Inexact, "differs", "differ"))
	}
	cells := english.Count(v.Cells, "cell")
	switch {
	case len(v.Faults) > 0:
		return nil
	case v.Lost:
		_, err := fmt.Fprintf(out, "%s is intact and complete: %s; none was run again\n", folder, cells)
		return err
	case v.Not != "":
		_, err := fmt.Fprintf(out, "%s is intact and complete: %s; none was run again: %s\n", folder, cells, v.Not)
		return err
	case v.Changed > 0:
		_, err := fmt.Fprintf(out, "%s is intact and complete: %s; %d run again, %d with other results: the version differs, and only one version promises the same numbers\n",
			folder, cells, v.Again, v.Changed)
		return err
	}
	_, err := fmt.Fprintf(out, "%s is intact, unaltered and complete: %s; %d run again, with the same results\n", folder, cells, v.Again-v.Inexact)
	return err
}
