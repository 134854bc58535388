// Package app is the command line of gdbench: flags in, exit codes out, no numerics. It
// can be imported, so that a program of your own has everything gdbench has and your
// problems and methods besides:
//
//	package main
//
//	import (
//		"os"
//
//		"github.com/gdbench/gdbench/cmd/gdbench/app"
//		_ "example.com/mine" // registers problems and methods
//	)
//
//	func main() { app.Main(os.Args) }
package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/internal/version"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// Main runs the command line and exits with its code.
func Main(args []string) {
	os.Exit(Run(context.Background(), args, os.Stdout, os.Stderr))
}

// Run runs the command line: results to out, progress and complaints to errOut. It
// returns the exit code, which `gdbench help exit-codes` explains. A panic is reported as a
// bug and becomes an exit code, too.
func Run(ctx context.Context, args []string, out, errOut io.Writer) (code int) {
	defer func() {
		if v := recover(); v != nil && completing(args) { // the library panics on some completions
			code = codeGood
		} else if v != nil {
			fmt.Fprintf(errOut, "gdbench: bug: %v; please report it with the lines below and the output of `gdbench version`\n%s", v, debug.Stack())
			code = codeFault
		}
	}()
	if len(args) == 0 { // not even the name of the program
		args = []string{"gdbench"}
	}
	w := &output{Writer: out}
	a := newApp(w, errOut)
	err := limit.Check()
	if err == nil {
		err = w.judge(a.RunContext(ctx, reorder(a, args)))
	}
	if err != nil && !isQuiet(err) {
		fmt.Fprintf(errOut, "gdbench: %s\n", complaint(err))
	}
	return exitCode(err)
}

// complaint is an error as the terminal gets it. It may quote names of the user's; further lines
// are indented, so that none of them is a command to a CI service, such as ::error::.
func complaint(err error) string {
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		lines[i] = text.Terminal(line)
		if i > 0 && !strings.HasPrefix(line, " ") {
			lines[i] = "  " + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

func newApp(out, errOut io.Writer) *cli.App {
	a := &cli.App{
		Name:                      "gdbench",
		Usage:                     "compare gradient descent methods: exact counts, reproducible runs, checked against theory",
		Version:                   version.Current().String(),
		Writer:                    out,
		ErrWriter:                 errOut,
		EnableBashCompletion:      true,
		DisableSliceFlagSeparator: true,
		Suggest:                   true,
		HideHelpCommand:           true,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              func(_ *cli.Context, err error, _ bool) error { return usage("%v", err) },
		CommandNotFound:           nil,
		Flags:                     []cli.Flag{cli.HelpFlag}, // the library adds it only where there is no command help
		Action:                    noCommand,
		Commands: []*cli.Command{
			runCommand(), mapCommand(), submitCommand(), mergeCommand(), verifyCommand(), tryCommand(), reportCommand(), reviewCommand(),
			compareCommand(), gateCommand(), baselineCommand(), historyCommand(), powerCommand(), exportCommand(), importCommand(), bundleCommand(), citeCommand(),
			listCommand(), showCommand(), playCommand(), learnCommand(), dataCommand(), evalCommand(), checkCommand(), schemaCommand(), completionCommand(),
			versionCommand(), helpCommand(),
		},
	}
	for _, c := range a.Commands {
		c.HideHelpCommand = true // a run folder may be called help, or h
		for _, f := range c.Flags {
			if b, ok := f.(*cli.BoolFlag); ok {
				b.DisableDefaultText = true // it is false
			}
		}
		c.OnUsageError = func(c *cli.Context, err error, _ bool) error {
			return usage("%s: %v; see `gdbench %s --help`", c.Command.Name, err, c.Command.Name)
		}
	}
	return a
}

// noCommand answers a call without a command, or with an unknown one.
func noCommand(c *cli.Context) error {
	if c.NArg() == 0 {
		return cli.ShowAppHelp(c)
	}
	return usage("unknown command %q%s", c.Args().First(), orHelp(suggestCommand(c)))
}
