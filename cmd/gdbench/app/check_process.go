package app

import (
	"fmt"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/problems/check"
	"github.com/gdbench/gdbench/internal/runner/process"
	"github.com/gdbench/gdbench/internal/runner/verify"
	"github.com/gdbench/gdbench/internal/text"
)

// conformity is what `check --process --json` prints of a run.
type conformity struct {
	Method  string `json:"method"`
	Problem string `json:"problem"`
	Status  string `json:"status"`
	Fault   string `json:"fault,omitempty"`
}

// checkProcesses is the conformance check of programs: of their methods on problems of ours, and
// of their problems as of all others.
func checkProcesses(c *cli.Context) error {
	faults := 0
	for _, command := range c.StringSlice("process") {
		h, err := openProcess(c, command)
		if err != nil {
			return err
		}
		n, err := checkProcess(c, h)
		h.Close()
		if err != nil {
			return err
		}
		faults += n
	}
	if faults > 0 {
		return against("%s failed", english.Count(faults, "check"))
	}
	return nil
}

func checkProcess(c *cli.Context, h *process.Hub) (faults int, err error) {
	giveBack, err := h.Lend()
	if err != nil {
		return 0, usage("check: %w", err)
	}
	defer giveBack()
	runs := []conformity{}
	if len(h.Hello.Methods) > 0 {
		found, err := verify.Conform(h.Prefix, h.Hello.Methods)
		if err != nil {
			return 0, fmt.Errorf("check: %w", err)
		}
		for _, f := range found {
			runs = append(runs, conformity{f.Method, f.Problem, string(f.Status), f.Fault})
		}
	}
	r := new(check.Report)
	if len(h.Hello.Problems) > 0 {
		var names []string
		for _, p := range h.Hello.Problems {
			names = append(names, h.Prefix+"."+p.Name)
		}
		if r, err = check.Run(names, check.Options{Seed: c.Uint64("seed"), Points: c.Int("points"), Dir: "."}); err != nil {
			return 0, usage("check: %w", err)
		}
	}
	for _, run := range runs {
		if run.Fault != "" {
			faults++
		}
	}
	faults += len(r.Failures())
	if c.Bool("json") {
		return faults, writeJSON(c.App.Writer, map[string]any{"runs": runs, "checks": r.Results, "failed": faults})
	}
	return faults, printConformity(c, h, runs, r)
}

func printConformity(c *cli.Context, h *process.Hub, runs []conformity, r *check.Report) error {
	t := newTable(c.App.Writer, "method", "problem", "status", "fault")
	for _, run := range runs {
		if run.Fault != "" || c.Bool("all") {
			t.AppendRow(table.Row{run.Method, run.Problem, run.Status, run.Fault})
		}
	}
	if t.Length() > 0 {
		t.Render()
	}
	fmt.Fprintf(c.App.Writer, "%s: %s and %s, round trip %v; %s of methods, each in two orders\n", text.Terminal(h.Command()),
		english.Count(len(h.Hello.Methods), "method"), english.Count(len(h.Hello.Problems), "problem"), h.RoundTrip, english.Count(len(runs), "run"))
	if len(h.Hello.Problems) > 0 {
		return r.Write(c.App.Writer, c.Bool("all"))
	}
	return nil
}
