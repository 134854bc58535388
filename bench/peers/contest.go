//go:build linux

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// contestant is a process that answers the name of a case with a number.
type contestant struct {
	command []string

	in  io.WriteCloser
	out *bufio.Reader
	cmd *exec.Cmd
}

// contest is the contestants by name.
type contest map[string]*contestant

// begin starts the contestants, each with one thread for its computing.
func (c contest) begin() error {
	for name, p := range c {
		if len(p.command) == 0 || p.command[0] == "" {
			return fmt.Errorf("no command for %s; start this program by bench/peers/run", name)
		}
		p.cmd = exec.Command(p.command[0], p.command[1:]...)
		p.cmd.Env = append(os.Environ(), "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1")
		p.cmd.Stderr = os.Stderr
		in, err := p.cmd.StdinPipe()
		if err != nil {
			return err
		}
		out, err := p.cmd.StdoutPipe()
		if err != nil {
			return err
		}
		p.in, p.out = in, bufio.NewReader(out)
		if err := p.cmd.Start(); err != nil {
			return err
		}
	}
	return nil
}

// end lets every contestant finish.
func (c contest) end() {
	for _, p := range c {
		if p.in != nil {
			p.in.Close()
			p.cmd.Wait() // a failure was reported when the answer was missing
		}
	}
}

// answer asks a contestant, named before the blank, for the case named after it.
func (c contest) answer(of string) (string, error) {
	name, what, _ := strings.Cut(of, " ")
	p := c[name]
	if p == nil {
		return "", fmt.Errorf("no contestant %q", name)
	}
	if _, err := fmt.Fprintln(p.in, what); err != nil {
		return "", fmt.Errorf("%s: %w", of, err)
	}
	line, err := p.out.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("%s ended without an answer: %w", of, err)
	}
	return strings.TrimSpace(line), nil
}

// measure takes the rounds of a section; each case has one turn a round, and one before
// that does not count.
func (c contest) measure(s *section, rounds int) error {
	s.taken = map[string][]float64{}
	for round := range rounds + 1 {
		for _, of := range s.cases() {
			text, err := c.answer(of)
			if err != nil {
				return err
			}
			value, err := strconv.ParseFloat(text, 64)
			if err != nil || !(value >= 0) {
				return errors.Join(fmt.Errorf("%s answered %q; expected a number", of, text), err)
			}
			if round > 0 {
				s.taken[of] = append(s.taken[of], value)
			}
		}
	}
	return nil
}

// withVersions appends the machine and the versions to the table.
func (c contest) withVersions(table string) (string, error) {
	var versions []string
	for _, name := range []string{"own", "c", "python"} {
		text, err := c.answer(name + " versions")
		if err != nil {
			return "", err
		}
		versions = append(versions, text)
	}
	return table + "\nMeasured on " + strings.Join(versions, ", ") + ".\n", nil
}
