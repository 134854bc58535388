package app

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// reorder moves flags before arguments, because the library takes whatever follows an
// argument for another argument, without an error, and people write both ways. What follows
// "--" stays. A call for help keeps nothing else: with an argument the library would look
// for a topic of that name.
func reorder(a *cli.App, args []string) []string {
	at := slices.IndexFunc(args[min(1, len(args)):], func(s string) bool { return !strings.HasPrefix(s, "-") }) + 1
	if at == 0 || completing(args) {
		return args
	}
	command := a.Command(args[at])
	if command == nil {
		return args
	}
	var flags, rest []string
	for i := at + 1; i < len(args); i++ {
		switch arg := args[i]; {
		case arg == "--":
			rest = append(rest, args[i+1:]...)
			i = len(args)
		case len(arg) < 2 || arg[0] != '-':
			rest = append(rest, arg)
		case slices.Contains(cli.HelpFlag.Names(), strings.TrimLeft(arg, "-")):
			return append(slices.Clone(args[:at+1]), "--help")
		default:
			flags = append(flags, arg)
			if !takesValue(command, arg) {
				continue
			}
			if i++; i == len(args) { // and not "--" for its value: the library says that it lacks one
				return append(slices.Clone(args[:at+1]), flags...)
			}
			flags = append(flags, args[i])
		}
	}
	out := append(slices.Clone(args[:at+1]), flags...)
	return append(append(out, "--"), rest...)
}

// takesValue reports whether the argument after a flag is its value.
func takesValue(command *cli.Command, arg string) bool {
	name := strings.TrimLeft(arg, "-")
	if strings.Contains(name, "=") {
		return false
	}
	for _, f := range command.Flags {
		if slices.Contains(f.Names(), name) {
			_, isBool := f.(*cli.BoolFlag)
			return !isBool
		}
	}
	return false
}

// completing reports whether the shell asks for completions.
func completing(args []string) bool {
	return len(args) > 0 && args[len(args)-1] == "--generate-bash-completion"
}
