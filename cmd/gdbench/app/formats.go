package app

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/gdbench/gdbench/internal/report/table"
)

// A format has one name in all commands.
const (
	formatText     = "text"
	formatMarkdown = "md"
	formatCSV      = "csv"
	formatLaTeX    = "tex"
	formatJSON     = "json"
	formatHTML     = "html"
	formatSVG      = "svg"
	formatPNG      = "png"
	formatPDF      = "pdf"
)

// pictures are the formats of figures: those of --format where figures are made, and the
// extensions of --figure and --picture.
var pictures = []string{formatSVG, formatPNG, formatPDF}

// formats is the one table of what --format accepts, by command. The first is the default,
// except for report, which chooses by figure.
var formats = map[string][]string{
	"compare": {formatText, formatMarkdown, formatJSON, formatCSV, formatHTML},
	"history": {formatText, formatMarkdown, formatJSON, formatCSV, formatLaTeX, formatHTML},
	"power":   {formatText, formatMarkdown, formatJSON, formatCSV, formatLaTeX},
	"report":  pictures,
	"export":  exportFormats(),
}

// formatAliases are older and longer spellings, which are accepted everywhere.
var formatAliases = map[string]string{"txt": formatText, "markdown": formatMarkdown, "latex": formatLaTeX}

// formatFlag is --format of a command that writes one format.
func formatFlag(command string) cli.Flag {
	known := formats[command]
	return &cli.StringFlag{Name: "format", Value: known[0], Usage: "`FORMAT` of the output: " + alternatives(known)}
}

// formatOf reads --format.
func formatOf(c *cli.Context) (string, error) {
	return parseFormat(c.Command.Name+": --format", c.String("format"), formats[c.Command.Name])
}

// formatsFlag is --format of a command that writes several formats in one call.
func formatsFlag(command, of string) cli.Flag {
	return &cli.StringSliceFlag{Name: "format", Usage: "`FORMAT` of " + of + ": " + alternatives(formats[command]) + "; may be repeated"}
}

// badges are the formats of --badge, by extension.
var badges = []string{formatSVG, formatJSON}

// fileFormat is the format that the extension of a flag's file names, one of those known.
func fileFormat(c *cli.Context, flag string, known []string) (string, error) {
	return parseFormat(c.Command.Name+": --"+flag, strings.TrimPrefix(filepath.Ext(c.String(flag)), "."), known)
}

// pictureFormat is fileFormat of a picture.
func pictureFormat(c *cli.Context, flag string) (string, error) { return fileFormat(c, flag, pictures) }

// writeTable writes tables in a format of history and power.
func writeTable(out io.Writer, format string, tables ...*table.Table) error {
	known := map[string]table.Format{
		formatText: table.TextFormat, formatMarkdown: table.MarkdownFormat, formatCSV: table.CSVFormat,
		formatLaTeX: table.LaTeXFormat, formatJSON: table.JSONFormat,
	}
	return table.Write(out, known[format], tables...)
}

func parseFormat(where, name string, known []string) (string, error) {
	format := strings.ToLower(name)
	if name, ok := formatAliases[format]; ok {
		format = name
	}
	if !slices.Contains(known, format) {
		return "", usage("%s: unknown format %q; expected %s", where, name, alternatives(known))
	}
	return format, nil
}

// alternatives is a list of which one is chosen: "svg, png or pdf".
func alternatives(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return fmt.Sprintf("%s or %s", strings.Join(names[:last], ", "), names[last])
}

// jsonFlag makes a command write JSON. Commands with --format have it there instead.
func jsonFlag() cli.Flag { return &cli.BoolFlag{Name: "json", Usage: "write JSON, for programs"} }
