package report

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// A label that means harm goes through every writer of a report and does none.
func TestHostileLabel(t *testing.T) {
	const hostile = "=cmd|a\x1b[31m\n::error::<img/src=x> @name </script><b>"
	var drafts []synthetic.Draft
	for _, problem := range []string{"p", hostile} {
		for repeat := range 3 {
			for _, method := range []string{hostile, "m"} {
				drafts = append(drafts, synthetic.Draft{Problem: problem, Method: method, Repeat: repeat, Status: results.Converged,
					Gaps: synthetic.Halving(0.5, 12), Targets: []float64{0.1}, Path: true})
			}
		}
	}
	folder := t.TempDir()
	written, err := Write([]*results.Run{synthetic.Write(t, drafts, "")}, folder, Options{Formats: []Format{SVG}})
	if err != nil {
		t.Fatal(err)
	}
	clean := func(where, text string, bad ...string) {
		t.Helper()
		for _, b := range bad {
			if at := strings.Index(text, b); at >= 0 {
				t.Errorf("%s: %q is in …%q…", where, b, text[max(0, at-40):min(len(text), at+40)])
			}
		}
	}
	clean("terminal", written.Text, "\x1b", "\n::error")
	kinds := map[string]int{}
	for _, path := range written.Files {
		kinds[filepath.Ext(path)]++
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name, text := filepath.Base(path), string(content)
		switch filepath.Ext(path) {
		case ".txt":
			clean(name, text, "\x1b", "\n::error")
		case ".md":
			clean(name, text, "\x1b", "\n::error", "<img", "<b>", " @name", "=cmd|")
		case ".tex":
			clean(name, text, "\x1b", "\n::error", " <b>")
		case ".json":
			clean(name, text, "\x1b", "\n::error")
		case ".html":
			clean(name, text, "\x1b", "\n::error", "<img/src", "</script><b>")
		case ".svg":
			clean(name, text, "<img", "<b>")
			if err := wellFormed(text); err != nil {
				t.Errorf("%s is no XML: %v", name, err)
			}
		case ".csv":
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			for _, row := range rows {
				for _, field := range row {
					if strings.HasPrefix(field, "=") {
						t.Errorf("%s has the formula %q", name, field)
					}
				}
			}
		default:
			t.Errorf("%s: no check covers files of this kind", name)
		}
	}
	for _, kind := range []string{".txt", ".md", ".tex", ".json", ".html", ".svg", ".csv"} {
		if kinds[kind] == 0 {
			t.Errorf("no file of kind %s was written", kind)
		}
	}
}

func wellFormed(text string) error {
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
