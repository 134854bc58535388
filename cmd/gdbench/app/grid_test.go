package app

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/runner/suite"
)

// The columns of a dry run are aligned as a terminal shows them, wide letters too, and cells that repeat
// take one line.
func TestDryRunIsAligned(t *testing.T) {
	const text = `suite: wide
repeats: 3
problems: [{name: rosenbrock, label: "日本 é", start: {name: normal}}, sphere]
methods: [{name: fixed-step, lr: [0.1, 0.01]}, newton]
`
	const want = ` problem  method              repeats 
──────────────────────────────────────
 日本 é   fixed-step lr=0.1         3 
 日本 é   fixed-step lr=0.01        3 
 日本 é   newton                    3 
 sphere   fixed-step lr=0.1         1 
 sphere   fixed-step lr=0.01        1 
 sphere   newton                    1 

wide: 12 cells from 2 problems and 3 methods
`
	s, err := suite.Read("wide.yaml", ".", strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if printGrid(&out, s); out.String() != want {
		t.Errorf("got\n%sexpected\n%s", out.String(), want)
	}
}

// A line of a dry run allocates nothing of its own.
func TestPrintGridAllocatesLittle(t *testing.T) {
	s, err := suite.Read("lines.yaml", ".", strings.NewReader("suite: lines\nproblems: [sphere]\nmethods: [{name: fixed-step, lr: {lin: [0.001, 0.1, 1000]}}]\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(3, func() { printGrid(io.Discard, s) }); n > 100 {
		t.Errorf("1000 lines take %g allocations", n)
	}
}

// BenchmarkPrintGrid prints the lines of a dry run.
func BenchmarkPrintGrid(b *testing.B) {
	const lines = 100_000
	s, err := suite.Read("lines.yaml", ".", strings.NewReader(fmt.Sprintf("suite: lines\nproblems: [sphere]\nmethods: [{name: fixed-step, lr: {lin: [0.001, 0.1, %d]}}]\n", lines)), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		printGrid(io.Discard, s)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*lines), "ns/line")
}
