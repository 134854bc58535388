package app_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/gdbench/gdbench/internal/results/seal"
	"github.com/gdbench/gdbench/results"
)

var timing = regexp.MustCompile(`"seconds":(\[[^\]]*\]|[^,}\]]*)`)

// untimed IN OUT copies run files with their timing fields emptied, for comparison.
func untimed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: untimed IN OUT")
	}
	text := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), timing.ReplaceAll([]byte(text), []byte(`"seconds":0`)), 0o644))
}

// foreign IN OUT SHARE writes a baseline as another version of gdbench, built by another Go
// version, would have made it, with its evaluations multiplied by a share.
func foreign(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: foreign IN OUT SHARE")
	}
	share, err := strconv.ParseFloat(args[2], 64)
	ts.Check(err)
	b, err := results.ReadBaseline(ts.MkAbs(args[0]))
	ts.Check(err)
	b.Version, b.Toolchain.Go = "0.0.1", "go0"
	for i := range b.Summaries {
		o := &b.Summaries[i]
		o.Counts.Evaluations = int64(share * float64(o.Counts.Evaluations))
		o.Gap *= share
		for k := range o.Targets {
			o.Targets[k].Evaluations = int64(share * float64(o.Targets[k].Evaluations))
		}
	}
	ts.Check(b.Write(ts.MkAbs(args[1])))
}

// interrupt NAME FILE waits until a file has a line and then sends SIGINT to the
// background command of that name.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: interrupt NAME FILE")
	}
	for range 1000 {
		if info, err := os.Stat(ts.MkAbs(args[1])); err == nil && info.Size() > 0 {
			for _, c := range ts.BackgroundCmds() {
				ts.Check(c.Process.Signal(syscall.SIGINT))
			}
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s has no line after 10 seconds", args[1])
}

// edit FILE PATTERN TEXT replaces the first match of a pattern.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE PATTERN TEXT")
	}
	text := ts.ReadFile(args[0])
	at := regexp.MustCompile(args[1]).FindStringIndex(text)
	if at == nil {
		ts.Fatalf("%s has no %s", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text[:at[0]]+args[2]+text[at[1]:]), 0o644))
}

// reseal FILE makes the checksums of run lines anew, as a forger would.
func reseal(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: reseal FILE")
	}
	var out []byte
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		body, _, _ := strings.Cut(line, `,"check":`)
		out = append(out, seal.Line([]byte(body+"}\n"))...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out, 0o644))
}

// extend FILE BYTES makes a file as long with a last line that does not end. The line is a
// hole, not text, so that it takes no room on the disk.
func extend(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: extend FILE BYTES")
	}
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

// unpack PAGE FOLDER writes what a page has compressed: its data as FOLDER/page.json, the suite of its
// first run as the file that the page names, and the command that makes the run again as
// FOLDER/again.sh.
func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack PAGE FOLDER")
	}
	data, err := pageData([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	var page struct {
		Runs []struct{ Text, How, Again string } `json:"runs"`
	}
	ts.Check(json.Unmarshal(data, &page))
	folder := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(folder, 0o755))
	ts.Check(os.WriteFile(filepath.Join(folder, "page.json"), data, 0o644))
	for _, run := range page.Runs[:1] {
		name := regexp.MustCompile(`as (\S+\.yaml)`).FindStringSubmatch(run.How)
		if name == nil {
			ts.Fatalf("%q names no file", run.How)
		}
		ts.Check(os.WriteFile(filepath.Join(folder, name[1]), []byte(run.Text), 0o644))
		ts.Check(os.WriteFile(filepath.Join(folder, "again.sh"), []byte(run.Again+" --out again\n"), 0o644))
	}
}

var packedData = regexp.MustCompile(`id="data">"([^"]*)"`)

// pageData is the data of a page.
func pageData(page []byte) ([]byte, error) {
	found := packedData.FindSubmatch(page)
	if found == nil {
		return nil, errors.New("the page has no data")
	}
	r, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(found[1])))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
