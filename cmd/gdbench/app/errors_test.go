package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"github.com/gdbench/gdbench/internal/report/compare"
)

func TestExitCodeOfErrors(t *testing.T) {
	disk := &fs.PathError{Op: "write", Path: "runs.jsonl", Err: syscall.ENOSPC}
	for _, c := range []struct {
		err  error
		code int
	}{
		{nil, codeGood},
		{errors.New("any"), codeUsage},
		{usage("run: missing suite"), codeUsage},
		{against("3 checks failed"), codeVerdict},
		{fmt.Errorf("a and b: %w: no cell in common", compare.ErrIncomparable), codeIncomparable},
		{os.ErrNotExist, codeUsage},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, codeUsage},
		{fmt.Errorf("writing results: %w", disk), codeFault},
		{usage("history: --figure: %w", disk), codeFault},
		{errors.Join(against("a cell failed"), disk), codeFault},
		{errors.Join(fs.ErrNotExist, disk), codeFault},
		{io.ErrShortWrite, codeFault},
		{errInterrupted, codeInterrupted},
		{fmt.Errorf("run: %w", context.Canceled), codeInterrupted},
	} {
		if code := exitCode(c.err); code != c.code {
			t.Errorf("%v: exit code %d, expected %d", c.err, code, c.code)
		}
	}
	if err := worst([]error{against("a"), nil, disk, usage("b")}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("the gravest error is %v", err)
	}
}

// The codes that a gate writes into its JSON are those of the table.
func TestCodesOfDecisions(t *testing.T) {
	for decision, code := range map[compare.Decision]int{
		compare.Pass: codeGood, compare.Fail: codeVerdict, compare.NotComparable: codeIncomparable, compare.TooLittleData: codeTooLittleData,
	} {
		if decision.Code() != code {
			t.Errorf("%s has the code %d; the table says %d", decision, decision.Code(), code)
		}
	}
}
