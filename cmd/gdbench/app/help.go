package app

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
	"github.com/urfave/cli/v2"
)

// The topics of `gdbench help` that are no commands.
const (
	topicExitCodes = "exit-codes"
	topicFormats   = "formats"
)

func helpCommand() *cli.Command {
	return &cli.Command{
		Name:      "help",
		Aliases:   []string{"h"},
		Usage:     "describe gdbench, a command, the exit codes or the output formats",
		ArgsUsage: "[COMMAND|" + topicExitCodes + "|" + topicFormats + "]",
		Flags:     []cli.Flag{&cli.BoolFlag{Name: "markdown", Usage: "write the reference of all commands, as in docs/commands.md"}},
		Action:    help,
	}
}

func help(c *cli.Context) error {
	out, topic := c.App.Writer, c.Args().First()
	switch {
	case c.NArg() > 1:
		return usage("help: expected one command or topic, found %d", c.NArg())
	case c.Bool("markdown"):
		return writeReference(out, c.App)
	case topic == "":
		return cli.ShowAppHelp(c)
	case topic == topicExitCodes:
		for _, e := range exitCodes {
			fmt.Fprintf(out, "%3d  %s\n", e.code, e.meaning)
		}
		return nil
	case topic == topicFormats:
		for _, command := range slices.Sorted(maps.Keys(formats)) {
			fmt.Fprintf(out, "gdbench %-8s --format %s\n", command, strings.Join(formats[command], "|"))
		}
		for _, alias := range slices.Sorted(maps.Keys(formatAliases)) {
			fmt.Fprintf(out, "%s is accepted for %s\n", alias, formatAliases[alias])
		}
		return nil
	case c.App.Command(topic) == nil:
		return usage("help: unknown command or topic %q%s", topic, orHelp(suggestCommand(c, topicExitCodes, topicFormats)))
	}
	return newApp(out, c.App.ErrWriter).RunContext(c.Context, []string{c.App.Name, topic, "--help"})
}

// writeReference writes docs/commands.md.
func writeReference(out io.Writer, a *cli.App) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Commands\n\nMade by `gdbench help --markdown`. Results go to standard output, progress and messages to standard\n"+
		"error. `gdbench COMMAND --help` prints the same in the terminal.\n\n| command | what it does |\n|---|---|\n")
	commands := slices.DeleteFunc(slices.Clone(a.Commands), func(c *cli.Command) bool { return c.Hidden })
	for _, c := range commands {
		fmt.Fprintf(&b, "| [`gdbench %s`](#gdbench-%s) | %s |\n", c.Name, c.Name, cell(c.Usage))
	}
	b.WriteString("\n## Exit codes\n\n| code | meaning |\n|---|---|\n")
	for _, e := range exitCodes {
		fmt.Fprintf(&b, "| %d | %s |\n", e.code, cell(e.meaning))
	}
	b.WriteString("\nA process that the system kills has the code of its signal: 137 where it ran out of memory.\n")
	b.WriteString("\n## Formats\n\n| command | `--format` |\n|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(formats)) {
		fmt.Fprintf(&b, "| `gdbench %s` | `%s` |\n", name, strings.Join(formats[name], "`, `"))
	}
	var aliases []string
	for _, alias := range slices.Sorted(maps.Keys(formatAliases)) {
		aliases = append(aliases, fmt.Sprintf("`%s` for `%s`", alias, formatAliases[alias]))
	}
	fmt.Fprintf(&b, "\nOther spellings, deprecated: %s. Commands with `--json` write one\n"+
		"JSON document instead of text. Errors stay text on standard error. What `run`, `submit`, `merge`, `baseline`\n"+
		"and `report` make is in files that programs can read: docs/results.md, docs/report.md.\n", strings.Join(aliases, ", "))
	for _, c := range commands {
		writeCommand(&b, c)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func writeCommand(b *strings.Builder, c *cli.Command) {
	fmt.Fprintf(b, "\n## gdbench %s\n\n    gdbench %s%s\n\n%s.\n", c.Name, c.Name, strings.TrimRight(" [options] "+c.ArgsUsage, " "), strings.ToUpper(c.Usage[:1])+c.Usage[1:])
	if c.Description != "" {
		fmt.Fprintf(b, "\n%s\n", c.Description)
	}
	var rows []string
	for _, f := range c.Flags {
		doc, ok := f.(cli.DocGenerationFlag)
		if !ok || slices.Contains(cli.HelpFlag.Names(), f.Names()[0]) {
			continue
		}
		name, meaning := "--"+f.Names()[0], doc.GetUsage()
		if doc.TakesValue() {
			value := "NUMBER"
			if parts := strings.SplitN(meaning, "`", 3); len(parts) == 3 {
				value, meaning = parts[1], strings.Join(parts, "")
			}
			name += " " + value
		}
		if text := strings.Trim(doc.GetDefaultText(), `"`); text != "" && doc.TakesValue() {
			meaning += " (default: " + text + ")"
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s |\n", name, cell(meaning)))
	}
	if len(rows) > 0 {
		fmt.Fprintf(b, "\n| option | meaning |\n|---|---|\n%s", strings.Join(rows, ""))
	}
}

// suggestCommand names the command, or the topic, that a mistyped word may mean.
func suggestCommand(c *cli.Context, topics ...string) string {
	names := topics
	for _, command := range c.App.Commands {
		names = append(names, command.Name)
	}
	return text.Suggest(c.Args().First(), names)
}

// orHelp is a suggestion, or where there is none the way to a list.
func orHelp(suggestion string) string {
	if suggestion == "" {
		return "; see `gdbench help`"
	}
	return suggestion
}
