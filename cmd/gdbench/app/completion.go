package app

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// The shells ask the binary itself, through the library's hidden flag.
var completionScripts = map[string]string{
	"bash": `_gdbench() {
  local words=("${COMP_WORDS[@]:0:$COMP_CWORD}")
  COMPREPLY=($(compgen -W "$("${words[@]}" --generate-bash-completion 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _gdbench gdbench
`,
	"zsh": `#compdef gdbench
_gdbench() {
  local -a candidates
  candidates=("${(@f)$("${words[@]:0:$((CURRENT-1))}" --generate-bash-completion 2>/dev/null)}")
  if [[ -n "${candidates[1]}" ]]; then compadd -a candidates; else _files; fi
}
compdef _gdbench gdbench
`,
	"fish": `complete -c gdbench -f -a '(eval (commandline -opc) --generate-bash-completion 2>/dev/null)'
`,
}

func completionCommand() *cli.Command {
	shells := []string{"bash", "fish", "zsh"}
	return &cli.Command{
		Name:      "completion",
		Usage:     "print a script for shell completion: eval \"$(gdbench completion bash)\"",
		ArgsUsage: strings.Join(shells, "|"),
		Action: func(c *cli.Context) error {
			shell := c.Args().First()
			if c.NArg() > 1 {
				return usage("completion: expected one shell, found %d", c.NArg())
			}
			if !slices.Contains(shells, shell) {
				return usage("completion: unknown shell %q; expected %s", shell, alternatives(shells))
			}
			_, err := fmt.Fprint(c.App.Writer, completionScripts[shell])
			return err
		},
	}
}
