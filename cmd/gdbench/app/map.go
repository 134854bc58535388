package app

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/suites"
)

// mapSuite is the shipped suite that the map is made by.
const mapSuite = "map"

func mapCommand() *cli.Command {
	flags := append(runCommand().Flags, &cli.StringSliceFlag{Name: "process", Usage: "program `NAME=COMMAND` that has the method, such as mine=python3 mine.py; may be repeated"})
	return &cli.Command{
		Name:      "map",
		Usage:     "show what methods can and cannot do",
		ArgsUsage: "[METHOD…]",
		Description: "Runs the built-in suite map, and reports how many times as much work each method needs where a problem is\n" +
			"harder in one way. METHOD is added to the methods of the suite: a name such as nadam, or an entry such as\n" +
			"'{name: nesterov, lr: 0.1, label: mine}'. It is tuned if its parameters have a space (see `gdbench show`).",
		Flags: flags,
		Action: func(c *cli.Context) error {
			return runEach(c, []string{mapSuite}, func(string) (*suite.Suite, error) { return loadMap(c) })
		},
	}
}

// loadMap reads the suite of the map with the methods of the call added.
func loadMap(c *cli.Context) (*suite.Suite, error) {
	file, err := suites.Open(mapSuite)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	shipped, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	grid := string(shipped)
	for _, entry := range c.Args().Slice() {
		if _, err := param.Load("method "+param.Source(entry), strings.NewReader("method: "+entry+"\n")); err != nil {
			return nil, err
		}
		grid += "  - " + entry + "\n"
	}
	if processes := c.StringSlice("process"); len(processes) > 0 {
		grid += "processes:\n"
		for _, p := range processes {
			name, command, ok := strings.Cut(p, "=")
			if !ok {
				return nil, usage("map: --process %s; expected NAME=COMMAND, such as mine=python3 mine.py", p)
			}
			words, err := text.Words(command)
			if err != nil {
				return nil, usage("map: --process %s: %w", p, err)
			}
			var quoted []string
			for _, word := range words {
				quoted = append(quoted, strconv.Quote(word))
			}
			grid += fmt.Sprintf("  %q: [%s]\n", name, strings.Join(quoted, ", "))
		}
	}
	return suite.Read(mapSuite+".yaml", ".", strings.NewReader(grid), c.StringSlice("set"))
}
