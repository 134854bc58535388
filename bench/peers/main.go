//go:build linux

// Peers measures gdbench beside its peers, on one machine in one run, and writes the table
// of docs/performance.md. The script run, beside it, installs the peers and calls it.
//
// A contestant is a process that stays: it is sent the name of a case, does one short round
// of it and answers with the time that a unit of the work took. Contestants take turns, so
// that whatever else the machine does hits all of them. What is compared is the least time
// of each, which disturbances can only raise; the median of the ratios within a round is
// given beside it, with an interval. A target within the interval is neither reached nor missed.
//
//  1. rows.go says what is compared with what, and which ratio is the target.
//  2. contest.go talks to the contestants and takes the rounds.
//  3. table.go writes the outcome as Markdown.
//  4. own*.go is our own contestant, this program once more, with the cases in Go.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

func main() {
	c := flag.String("c", "", "the `program` of the peers in C")
	python := flag.String("python", "", "the `command` of the peers in Python")
	gdbench := flag.String("gdbench", "", "the `program` gdbench, for its start-up")
	pythonClient := flag.String("python-client", "", "the `command` of the client in Python that measures gdbench's pipes")
	cClient := flag.String("c-client", "", "that of the `program` in C")
	rounds := flag.Int("rounds", 15, "how many `times` each contestant has its turn, at least 5")
	only := flag.String("only", "", "leave out the sections whose name does not contain this `text`; writes no document")
	document := flag.String("document", "", "the Markdown `file` whose table is replaced")
	flag.Parse()
	if flag.Arg(0) == "own" {
		serve(programs{*gdbench, *pythonClient, *cClient})
		return
	}
	if *rounds < 5 {
		fmt.Fprintln(os.Stderr, "peers: fewer than 5 rounds show no spread")
		os.Exit(2)
	}
	own := []string{"-gdbench", *gdbench, "-python-client", *pythonClient, "-c-client", *cClient, "own"}
	if err := compare(*c, *python, own, *rounds, *only, *document); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func compare(c, python string, own []string, rounds int, only, document string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	contestants := contest{
		"own":    {command: append([]string{self}, own...)},
		"c":      {command: []string{c}},
		"python": {command: strings.Fields(python)},
	}
	defer contestants.end()
	if err := contestants.begin(); err != nil {
		return err
	}
	var table strings.Builder
	for _, s := range sections {
		if !strings.Contains(s.name, only) {
			continue
		}
		fmt.Fprintln(os.Stderr, s.name)
		if err := contestants.measure(s, rounds); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		s.write(&table)
	}
	text, err := contestants.withVersions(table.String())
	if err != nil {
		return err
	}
	fmt.Print(text)
	if document == "" || only != "" {
		return nil
	}
	return replaceTable(document, text)
}
