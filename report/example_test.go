package report_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/gdbench/gdbench/report"
	"github.com/gdbench/gdbench/results"
)

// The report of a finished run, with figures as SVG alone.
func ExampleWrite() {
	run, err := results.Open("testdata/tiny")
	if err != nil {
		log.Fatal(err)
	}
	folder, err := os.MkdirTemp("", "report")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	written, err := report.Write([]*results.Run{run}, folder, report.Options{Formats: []report.Format{report.SVG}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("warnings:", len(written.Warnings))
	for _, title := range written.Figures[:3] {
		fmt.Println(title)
	}
	if _, err := os.Stat(filepath.Join(folder, report.PageFile)); err != nil {
		log.Fatal(err)
	}
	// Output:
	// warnings: 0
	// Runtime distribution over 2 targets
	// Performance profile, relative gap ≤ 0.01, passes
	// Data profile, relative gap ≤ 0.01
}

// What a referee would attack in a run.
func ExampleReview() {
	run, err := results.Open("testdata/tiny")
	if err != nil {
		log.Fatal(err)
	}
	findings, err := report.Review([]*results.Run{run})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range findings {
		if f.Topic == "sample" {
			fmt.Println(f.What)
		}
	}
	// Output:
	// 2 of 2 problems were run from one start with nothing random: one path for each method says nothing about the spread.
	// 2 problems are few for a ranking.
}
