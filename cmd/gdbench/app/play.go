package app

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/play/lesson"
	"github.com/gdbench/gdbench/internal/play/page"
)

func playCommand() *cli.Command {
	return &cli.Command{
		Name:  "play",
		Usage: "serve the playground to the browser of this machine",
		Description: "Functions of one or two variables, up to four methods side by side, and the lessons, step by step. The address\n" +
			"that is printed has a token; nothing is reachable without it or from another machine. Ctrl-C ends it.",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "port", Usage: "`PORT` on 127.0.0.1", DefaultText: "a free one"},
		},
		Action: servePage,
	}
}

func servePage(c *cli.Context) error {
	port := c.Int("port")
	switch {
	case c.NArg() > 0:
		return usage("play: found the argument %q; expected none", c.Args().First())
	case port < 0 || port > 65535:
		return usage("play: --port %d: expected 0 to 65535", port)
	}
	all, err := lesson.All()
	if err != nil {
		return err
	}
	lessons, err := lesson.JSON(all)
	if err != nil {
		return err
	}
	server, err := page.Listen(fmt.Sprint(port), lessons)
	if err != nil {
		return usage("play: %w", err)
	}
	signals, end := notifyInterrupts(c.Context)
	defer end()
	fmt.Fprintf(c.App.Writer, "The playground is at %s\nCtrl-C ends it.\n", server.URL)
	return server.Serve(signals.gently)
}
