package app

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/methods/momentum"
	"github.com/gdbench/gdbench/internal/methods/theory"
	"github.com/gdbench/gdbench/internal/methods/wrap"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/constraint"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
	"github.com/gdbench/gdbench/suites"
)

// kind is something that can be listed.
type kind struct {
	name     string // as the user types it
	registry *param.Registry
}

func kinds() []kind {
	return []kind{
		{"problems", param.Of[problems.Problem]()},
		{"methods", param.Of[methods.Method]()},
		{"directions", param.Of[methods.Direction]()},
		{"steps", param.Of[methods.StepRule]()},
		{"schedules", wrap.ScheduleRegistry},
		{"momentum-schedules", momentum.ScheduleRegistry},
		{"wrappers", wrap.Registry},
		{"constraints", constraint.Registry},
		{"starts", param.Of[problems.StartRule]()},
		{"data", data.Registry},
	}
}

func listCommand() *cli.Command {
	return &cli.Command{
		Name:      "list",
		Usage:     "list problems, methods, directions, steps, schedules, momentum-schedules, wrappers, constraints, starts, data, theorems or suites",
		ArgsUsage: "[KIND]",
		Flags: []cli.Flag{
			jsonFlag(), processFlag(),
			&cli.BoolFlag{Name: "markdown", Usage: "write the whole catalogue as Markdown, as in docs/"},
		},
		Action: withProcesses(list),
	}
}

// listed is one line of a list.
type listed struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
	Summary string   `json:"summary"`
	Source  string   `json:"source,omitempty"`
}

func list(c *cli.Context) error {
	names := []string{"suites"}
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	names = append(names, "theorems")
	if c.NArg() > 1 {
		return usage("list: expected one kind, found %d; kinds are %s", c.NArg(), strings.Join(names, ", "))
	}
	var lines []listed
	switch at := slices.IndexFunc(kinds(), func(k kind) bool { return k.name == c.Args().First() }); {
	case c.NArg() == 0:
		lines = listKinds()
	case at >= 0 && c.Bool("markdown"):
		return writeCatalogue(c.App.Writer, kinds()[at])
	case at >= 0:
		lines = listRegistry(kinds()[at].registry)
	case c.Args().First() == "theorems" && c.Bool("markdown"):
		return writeTheorems(c.App.Writer)
	case c.Args().First() == "theorems":
		lines = listTheorems()
	case c.Args().First() == "suites":
		var err error
		if lines, err = listSuites(); err != nil {
			return err
		}
	default:
		return usage("list: unknown kind %q%s", c.Args().First(), text.Suggest(c.Args().First(), names))
	}
	return printList(c.App.Writer, lines, c.Bool("json"))
}

// listKinds lists what can be listed.
func listKinds() []listed {
	lines := []listed{
		{Name: "suites", Summary: fmt.Sprintf("%d built-in suites", len(suites.Names()))},
		{Name: "theorems", Summary: fmt.Sprintf("%d theorems that runs are compared with", len(theory.All()))},
	}
	for _, k := range kinds() {
		names := k.registry.Names()
		lines = append(lines, listed{Name: k.name, Summary: fmt.Sprintf("%d: %s, …", len(names), strings.Join(names[:min(4, len(names))], ", "))})
	}
	return lines
}

func listRegistry(r *param.Registry) []listed {
	var lines []listed
	for _, name := range r.Names() {
		e, err := r.Lookup(name)
		if err != nil {
			panic(err) // the registry listed it
		}
		lines = append(lines, listed{Name: e.Name, Aliases: e.Aliases, Summary: e.Summary, Source: e.Source})
	}
	return lines
}

func listSuites() ([]listed, error) {
	var lines []listed
	for _, name := range suites.Names() {
		about, err := suites.About(name)
		if err != nil {
			return nil, err
		}
		lines = append(lines, listed{Name: name, Summary: about})
	}
	return lines, nil
}

func printList(out io.Writer, lines []listed, asJSON bool) error {
	if asJSON {
		return writeJSON(out, lines)
	}
	t := newTable(out, "name", "summary")
	for _, l := range lines {
		name := strings.Join(append([]string{l.Name}, l.Aliases...), ", ")
		t.AppendRow(table.Row{name, l.Summary})
	}
	t.Render()
	return nil
}

func writeJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
