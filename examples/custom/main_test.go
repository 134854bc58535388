package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// The problem and the method are found by every command of the README.
func TestCommands(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct{ args, want string }{
		{"try bowl --method cube-root", "converged after 36 iterations, at the global minimum"},
		{"list problems", "bowl"},
		{"show cube-root", "learning rate"},
		{"show bowl", "global minimum at (0, 0)"},
		{"eval bowl --at 1,2", "gradient  (4, 32)"},
		{"check --all bowl", "{name: bowl, dim: 3}: gradient: passed"},
	} {
		var out, errOut bytes.Buffer
		if code := app.Run(context.Background(), append([]string{"custom"}, strings.Fields(c.args)...), &out, &errOut); code != 0 || !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: exit %d, want %q in\n%s%s", c.args, code, c.want, out.String(), errOut.String())
		}
	}
}

func TestSuite(t *testing.T) {
	var out, errOut bytes.Buffer
	if code := app.Run(context.Background(), []string{"custom", "run", "suite.yaml", "--out", t.TempDir() + "/run"}, &out, &errOut); code != 0 {
		t.Errorf("exit %d: %s", code, errOut.String())
	}
}
