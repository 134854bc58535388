package app

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/runner/process"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/internal/text"
)

func allowFlag() cli.Flag {
	return &cli.BoolFlag{Name: "allow-processes", Usage: "start the programs that the suite declares under processes; also " + process.Variable + "=1"}
}

// allowProcesses does what the flag says until it is undone. It sets the environment, which is
// where whatever reads a suite looks, and where a gdbench inside a program does.
func allowProcesses(c *cli.Context) (undo func()) {
	before, had := os.LookupEnv(process.Variable)
	if !c.Bool("allow-processes") {
		return func() {}
	}
	os.Setenv(process.Variable, "1")
	return func() {
		if !had {
			os.Unsetenv(process.Variable)
			return
		}
		os.Setenv(process.Variable, before)
	}
}

func processFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "process", Usage: "add the components of the program `COMMAND`, such as 'python3 -m gdbench.scipy'; may be repeated"}
}

// processTimeout is how long an answer of a program may take that a command starts.
const processTimeout = 60 * time.Second

// lendProcesses starts the programs of --process, and has their components registered until end
// is called.
func lendProcesses(c *cli.Context) (end func(), err error) {
	var ends []func()
	end = func() {
		for _, f := range ends {
			f()
		}
	}
	for _, command := range c.StringSlice("process") {
		h, err := openProcess(c, command)
		if err != nil {
			end()
			return nil, err
		}
		ends = append(ends, h.Close)
		giveBack, err := h.Lend()
		if err != nil {
			end()
			return nil, usage("%s: --process %s: %w; two programs have the name %q", c.Command.Name, command, err, h.Prefix)
		}
		ends = append(ends, giveBack)
	}
	return end, nil
}

// withProcesses is an action to which the components of the programs of --process are known.
func withProcesses(action cli.ActionFunc) cli.ActionFunc {
	return func(c *cli.Context) error {
		end, err := lendProcesses(c)
		if err != nil {
			return err
		}
		defer end()
		return action(c)
	}
}

// openProcess starts one program.
func openProcess(c *cli.Context, command string) (*process.Hub, error) {
	words, err := text.Words(command)
	if err != nil {
		return nil, usage("%s: --process %s: %w", c.Command.Name, command, err)
	}
	h, err := process.Open(c.Context, process.Declaration{Run: words, Timeout: processTimeout, Dir: "."})
	if err != nil {
		return nil, usage("%s: --process %s: %w", c.Command.Name, command, err)
	}
	return h, nil
}

// printProcesses shows which programs a suite starts.
func printProcesses(out io.Writer, s *suite.Suite) {
	for _, p := range s.Processes() {
		fmt.Fprintf(out, "process %s: %s\n", p.Name, strings.Join(p.Run, " "))
	}
	if n := len(s.Processes()); n > 0 {
		fmt.Fprintf(out, "%s, one of each for every worker that needs it\n\n", english.Count(n, "program"))
	}
}
