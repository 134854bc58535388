package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

// parts remembers the largest part in which something was written.
type parts struct {
	bytes.Buffer
	largest int
}

func (p *parts) Write(b []byte) (int, error) {
	p.largest = max(p.largest, len(b))
	return p.Buffer.Write(b)
}

func evalSphere(t *testing.T, dim int, more ...string) *parts {
	t.Helper()
	var out parts
	var errOut bytes.Buffer
	args := append([]string{"gdbench", "eval", "sphere", "--set", fmt.Sprintf("dim=%d", dim)}, more...)
	if code := app.Run(context.Background(), args, &out, &errOut); code != 0 {
		t.Fatalf("exit %d: %s", code, errOut.String())
	}
	return &out
}

// A terminal shows the ends of what is long; JSON has it whole.
func TestEvalOfManyVariables(t *testing.T) {
	const ends, rows = "more …", "more row"
	for dim, long := range map[int]bool{2: false, 60: false, 61: true, 3000: true} {
		out := evalSphere(t, dim)
		for _, text := range []string{ends, rows, "--json"} {
			if strings.Contains(out.String(), text) != long {
				t.Errorf("%d variables: %q is there: %t", dim, text, !long)
			}
		}
		if longest := 60 * 62 * 25; out.Len() > longest { // what is shown, with room for digits
			t.Errorf("%d variables: %d bytes", dim, out.Len())
		}
	}
}

// Rows of a Hessian are written one by one, in the form of any JSON that gdbench writes.
func TestEvalWritesRows(t *testing.T) {
	for _, dim := range []int{1, 2, 300} {
		out := evalSphere(t, dim, "--json")
		var compact, again bytes.Buffer
		if err := json.Compact(&compact, out.Bytes()); err != nil {
			t.Fatal(err)
		}
		if err := json.Indent(&again, compact.Bytes(), "", "  "); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != again.String()+"\n" {
			t.Errorf("%d variables: other blanks than JSON has elsewhere:\n%.500s", dim, got)
		}
		var read struct{ Hessian [][]float64 }
		if err := json.Unmarshal(out.Bytes(), &read); err != nil || len(read.Hessian) != dim {
			t.Fatalf("%d rows for %d variables: %v", len(read.Hessian), dim, err)
		}
		for i, row := range read.Hessian {
			for j, v := range row {
				if want := map[bool]float64{true: 2}[i == j]; v != want || len(row) != dim {
					t.Fatalf("row %d of %d: %v", i, dim, row)
				}
			}
		}
		if dim == 300 && out.largest > out.Len()/10 {
			t.Errorf("%d of %d bytes at once", out.largest, out.Len())
		}
	}
}

// A Hessian is symmetric, as gonum keeps it or not.
func TestEvalHessianIsWhole(t *testing.T) {
	var out, errOut bytes.Buffer
	if code := app.Run(context.Background(), []string{"gdbench", "eval", "--expression", "x*y + 2*x*z + 3*y*z", "--json"}, &out, &errOut); code != 0 {
		t.Fatal(errOut.String())
	}
	var read struct{ Hessian [][]float64 }
	if err := json.Unmarshal(out.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(read.Hessian), "[[0 1 2] [1 0 3] [2 3 0]]"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}
