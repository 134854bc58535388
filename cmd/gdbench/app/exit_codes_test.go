//go:build unix

package app_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// codedSuite has a method whose cost varies and can be changed.
const codedSuite = `
suite: coded
repeats: 3
budget: {iterations: 300}
targets: [1e-1]
problems: [{name: logistic, data: wine, positive: 1, l2: 1e-1}]
methods: [{name: sluggish, label: slow, lr: 0.01, batch: 8}]
`

// Every exit code of the table has a cause that gives it.
func TestExitCodes(t *testing.T) {
	folder := t.TempDir()
	gdbench := func(args, keep string) (code int, said string) {
		p := newProcess(t, codedSuite, strings.Fields(args)...)
		p.write(t, "claim.yaml", strings.TrimSpace(codedSuite)+"\nexpect: [{method: slow, reaches: 1e-1, within: {iterations: 1}}]\n")
		p.write(t, "skipped.yaml", "suite: s\nproblems: [rosenbrock]\nmethods: [fixed-step]\n")
		for _, name := range []string{"suite.yaml", "claim.yaml", "skipped.yaml"} {
			if err := os.Rename(filepath.Join(p.folder, name), filepath.Join(folder, name)); err != nil {
				t.Fatal(err)
			}
		}
		p.Dir = folder
		p.Env = append(os.Environ(), "SLUGGISH_KEEP="+keep)
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
		return p.code(t), p.err.String()
	}
	seen := map[string]bool{"5": true, "130": true} // TestFullDisk, TestFullOutput, TestPanic; TestSignals
	for _, c := range []struct {
		args, code, keep string
	}{
		{"run suite.yaml --out base --no-report", "0", ""},
		{"run suite.yaml --out seed --no-report --set seed=7", "0", ""},
		{"run suite.yaml --out worse --no-report", "0", "0.88"},
		{"run claim.yaml --out claim --no-report", "1", ""},
		{"gate base claim", "1", ""},
		{"run skipped.yaml --out skipped --no-report", "2", ""},
		{"run suite.yaml --out base --no-report", "2", ""},
		{"list nothing", "2", ""},
		{"report nowhere", "2", ""},
		{"compare base seed", "3", ""},
		{"gate base seed", "3", ""},
		{"gate base worse --strict", "4", ""},
		{"gate base worse", "4", ""},
		{"gate base base", "0", ""},
	} {
		code, said := gdbench(c.args, c.keep)
		if fmt.Sprint(code) != c.code {
			t.Errorf("%s: exit code %d, expected %s\n%s", c.args, code, c.code, said)
		}
		seen[c.code] = true
	}
	var out, errOut bytes.Buffer
	app.Run(context.Background(), []string{"gdbench", "help", "exit-codes"}, &out, &errOut)
	codes := regexp.MustCompile(`(?m)^ *(\d+)  `).FindAllStringSubmatch(out.String(), -1)
	if len(codes) != len(seen) {
		t.Errorf("%d codes are listed and %d are tested", len(codes), len(seen))
	}
	for _, code := range codes {
		if !seen[code[1]] {
			t.Errorf("the code %s has no cause in this test", code[1])
		}
	}
}

// panicking is an output with a bug.
type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("a bug of ours") }

// A panic becomes a message with the place and exit code 5.
func TestPanic(t *testing.T) {
	var errOut bytes.Buffer
	code := app.Run(context.Background(), []string{"gdbench", "list"}, panicking{}, &errOut)
	said := errOut.String()
	if code != 5 || !strings.HasPrefix(said, "gdbench: bug: a bug of ours; please report it") || !strings.Contains(said, "exit_codes_test.go") {
		t.Errorf("exit code %d, and it says %q", code, said)
	}
}

// full is an output on a disk that fails in one of the ways in which disks do.
type full struct{ error }

func (f full) Write([]byte) (int, error) { return 0, f.error }

func TestLostOutput(t *testing.T) {
	for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EIO, errors.New("closed")} {
		var errOut bytes.Buffer
		if code := app.Run(context.Background(), []string{"gdbench", "list"}, full{cause}, &errOut); code != 5 || !strings.Contains(errOut.String(), cause.Error()) {
			t.Errorf("%v: exit code %d, and it says %q", cause, code, errOut.String())
		}
	}
}

// Arguments without the name of the program are a call without arguments.
func TestNoArguments(t *testing.T) {
	var none, name, errOut bytes.Buffer
	codes := []int{app.Run(context.Background(), nil, &none, &errOut), app.Run(context.Background(), []string{"gdbench"}, &name, &errOut)}
	if codes[0] != 0 || codes[1] != 0 || none.String() != name.String() {
		t.Errorf("exit codes %v, and it says %q", codes, errOut.String())
	}
}
