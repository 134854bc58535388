//go:build linux

package main

import (
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
)

// programs are what our own contestant starts: gdbench, and the clients that measure its pipes.
type programs struct{ gdbench, python, c string }

var measured = regexp.MustCompile(`measured ([0-9.]+)`)

// wire has a method of a client measure its questions: language, problem, method with its
// settings, and number of variables, such as "python:rosenbrock:scipy of=BFGS:2". By the clock, as two programs
// take turns.
func (p programs) wire(what string) (float64, error) {
	parts := strings.Split(what, ":")
	if len(parts) != 4 {
		return 0, fmt.Errorf("expected a language, a problem, a method and a dimension")
	}
	command := map[string]string{"python": p.python, "c": p.c}[parts[0]]
	words := strings.Fields(parts[2])
	args := []string{"try", parts[1], "--process", command, "--method", "wire." + words[0], "--set", "dim=" + parts[3]}
	for _, setting := range words[1:] {
		args = append(args, "--set", setting)
	}
	out, err := exec.Command(p.gdbench, args...).CombinedOutput()
	found := measured.FindSubmatch(out)
	if err != nil || found == nil {
		return 0, fmt.Errorf("%v\n%s", err, out)
	}
	return strconv.ParseFloat(string(found[1]), 64)
}
