package results_test

import (
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/gdbench/gdbench/results"
)

// The final gaps of a run, cell by cell. A cell that was skipped has no final point.
func ExampleOpen() {
	run, err := results.Open("testdata/tiny")
	if err != nil {
		log.Fatal(err)
	}
	for record, err := range run.Records() {
		if err != nil {
			log.Fatal(err)
		}
		if record.Status == results.Skipped {
			fmt.Printf("%s on %s: skipped\n", record.Labels.Method, record.Labels.Problem)
			continue
		}
		fmt.Printf("%s on %s: gap %.3g after %d gradients\n",
			record.Labels.Method, record.Labels.Problem, float64(record.Final.Gap), record.Counts.Gradients)
	}
	// Output:
	// fixed-step lr=1/L on quadratic dim=2 condition=10: gap 1.33e-05 after 51 gradients
	// descent direction=gradient step=backtracking on quadratic dim=2 condition=10: gap 8.17e-10 after 51 gradients
	// fixed-step lr=1/L on rosenbrock: skipped
	// descent direction=gradient step=backtracking on rosenbrock: gap 0.0498 after 51 gradients
}

// A curve: only the columns that are asked for are read, which is several times faster.
func ExampleRun_RecordsWith() {
	run, err := results.Open("testdata/tiny")
	if err != nil {
		log.Fatal(err)
	}
	for record, err := range run.RecordsWith(results.Columns{"iteration", "gap"}) {
		if err != nil {
			log.Fatal(err)
		}
		for k := range record.Trace.Len() {
			fmt.Printf("iteration %d: gap %.3g\n", record.Trace.Iteration[k], record.Trace.Gap[k])
		}
		break // the first cell
	}
	// Output:
	// iteration 0: gap 0.55
	// iteration 3: gap 0.266
	// iteration 7: gap 0.114
	// iteration 19: gap 0.00912
	// iteration 50: gap 1.33e-05
}

// Records from a stream that is no run folder, such as standard input.
func ExampleNewReader() {
	file, err := os.Open("testdata/tiny/runs.jsonl")
	if err != nil {
		log.Fatal(err)
	}
	defer file.Close()
	reader := results.NewReader("runs.jsonl", file)
	spent := 0
	for {
		record, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		if record.Status == results.Budget {
			spent++
		}
	}
	fmt.Println(spent, "cells spent their budget")
	// Output: 3 cells spent their budget
}

// Cells that met the second target, from a committed baseline or a run folder alike.
func ExampleReadBaseline() {
	b, err := results.ReadBaseline(filepath.Join("testdata", "tiny"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(b.Suite, "is complete:", b.Complete())
	for _, s := range b.Summaries {
		if len(s.Targets) > 0 && s.Targets[1].Hit() {
			fmt.Printf("%s on %s: %d evaluations to a gap of %g\n", s.Method, s.Problem, s.Targets[1].Evaluations, float64(s.Targets[1].Target))
		}
	}
	// Output:
	// tiny is complete: true
	// descent on quadratic: 223 evaluations to a gap of 0.0001
	// fixed-step on quadratic: 45 evaluations to a gap of 0.0001
}

// A baseline that comes from elsewhere than a file, such as from git show.
func ExampleDecodeBaseline() {
	b, err := results.DecodeBaseline("HEAD:old.jsonl", strings.NewReader(`{"baseline":2,"suite":"none","targets":[],"cells":0,"grid":0,"check":"00000000"}`+"\n"))
	fmt.Println(b == nil, err)
	// Output: true HEAD:old.jsonl:1: the line does not agree with its checksum: it was edited or damaged; write the baseline anew with `gdbench baseline RUN`
}
