//go:build unix

package hostile

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// corpus is what attacks break: the suites that gdbench comes with, and the files of a run.
var corpus struct {
	suites   []string
	lessons  []string
	run      map[string]string // by path below the folder of the run
	baseline string
}

// readCorpus runs a small suite for its files.
func readCorpus(t *testing.T, binary string) {
	t.Helper()
	corpus.suites = textsOf(t, "../../../suites/*.yaml")
	corpus.lessons = textsOf(t, "../../../internal/play/lesson/lessons/*.yaml")
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "suite.yaml"), []byte(suites[0]), 0o644); err != nil {
		t.Fatal(err)
	}
	for k, text := range append(slices.Clone(suites), confined...) { // what is not broken must be right
		if err := os.WriteFile(filepath.Join(folder, "whole.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "data.csv"), []byte(someData), 0o644); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(binary, "run", "whole.yaml", "--dry-run")
		c.Dir = folder
		if out, err := c.CombinedOutput(); err != nil && !strings.Contains(text, "processes") {
			t.Fatalf("suite %d: %v\n%s", k, err, out)
		}
	}
	for _, args := range [][]string{{"run", "suite.yaml", "--no-report", "--out", "run"}, {"baseline", "run", "--out", "base.jsonl"}} {
		c := exec.Command(binary, args...)
		c.Dir = folder
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	corpus.run = map[string]string{}
	files := os.DirFS(filepath.Join(folder, "run"))
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		corpus.run[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, "base.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	corpus.baseline = string(text)
}

// textsOf are the files that a pattern matches, of which there must be some.
func textsOf(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no %s: %v", pattern, err)
	}
	var out []string
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(text))
	}
	return out
}

// folderAttack is a command on a run of which one file is broken, beside one that is whole.
func folderAttack(w *words) attack {
	a := attack{files: map[string]string{"base.jsonl": corpus.baseline, "accept.yaml": "[]\n"}}
	for path, text := range corpus.run {
		a.files["run/"+path], a.files["whole/"+path] = text, text
	}
	for range 1 + w.IntN(2) {
		paths := slices.Sorted(maps.Keys(a.files))
		path := of(w, paths...)
		if strings.HasPrefix(path, "whole/") {
			continue
		}
		if w.IntN(8) == 0 {
			delete(a.files, path)
			continue
		}
		a.files[path] = w.breakRecords(a.files[path])
	}
	switch records := a.files["run/runs.jsonl"]; w.IntN(10) {
	case 0, 1:
		delete(a.files, "run/runs.jsonl")
		a.files["run/runs.jsonl.zst"] = w.packed(records)
	case 2:
		name := of(w, "run/runs.jsonl", "run/manifest.json", "run/runs.pending.jsonl", "run/runs.jsonl.zst", "run/landscapes.json.gz", "run/.lock", "accept.yaml", "base.jsonl")
		delete(a.files, name)
		a.pipes = append(a.pipes, name)
	}
	a.args = of(w,
		[]string{"report", "run", "--out", "report"},
		[]string{"report", "run", "whole", "--out", "report"},
		[]string{"review", "run"},
		[]string{"verify", "run", "--sample", "2"},
		[]string{"verify", "run", "--json", "--sample", "0"},
		[]string{"compare", "run", "whole"},
		[]string{"compare", "base.jsonl", "run", "--format", "json"},
		[]string{"gate", "whole", "run"},
		[]string{"gate", "run", "whole", "--accept", "accept.yaml", "--junit", "junit.xml"},
		[]string{"gate", "base.jsonl", "run", "--summary", "s.md"},
		[]string{"baseline", "run"},
		[]string{"baseline", "--migrate", "base.jsonl"},
		[]string{"history", "run", "whole"},
		[]string{"history", "base.jsonl"},
		[]string{"power", "run"},
		[]string{"power", "base.jsonl", "whole"},
		[]string{"merge", "run", "whole", "--out", "merged"},
		[]string{"cite", "run"},
		[]string{"bundle", "run", "--out", "run.tar.gz"},
		[]string{"run", "run/suite.yaml", "--out", "run", "--resume"},
		[]string{"run", "whole/suite.yaml", "--reuse", "run", "--out", "again"},
		[]string{"export", "run", "--format", of(w, "csv", "parquet", "coco", "ioh", "benchopt", "benchfmt", "github", "bencher"), "--out", "export"},
		[]string{"import", "coco", "run", "--out", "imported"},
		[]string{"import", "iterates", "run/runs.jsonl", "--suite", "saddle", "--out", "imported"},
	)
	a.long = a.args[0] == "verify" || a.args[0] == "run" || a.args[0] == "power"
	return a
}

// packed is what Zstandard makes of a text; some of it unpacks to far more than it takes, some is cut.
func (w *words) packed(text string) string {
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err)
	}
	block := []byte(text)
	if w.IntN(2) == 0 {
		block = bytes.Repeat([]byte(of(w, " ", "0,", "\n", "[", "{\"id\":\"a\",\"status\":\"budget\"}\n")), 1<<18)
	}
	for range of(w, 1, 1, 2, 2000) {
		z.Write(block[:min(len(block), 1<<20)])
	}
	z.Close()
	switch packed := b.String(); w.IntN(4) {
	case 0:
		return packed[:w.IntN(len(packed)+1)] // nothing packs to nothing
	case 1:
		return w.breakText(packed[:min(len(packed), 1<<20)])
	default:
		return packed
	}
}

// breakRecords changes a file of JSON lines, or any other.
func (w *words) breakRecords(text string) string {
	if w.IntN(3) == 0 || text == "" {
		return w.breakText(text)
	}
	lines := strings.SplitAfter(text, "\n")
	i := w.IntN(len(lines))
	switch w.IntN(6) {
	case 0: // a line twice
		lines = slices.Insert(lines, i, lines[i])
	case 1: // a line less
		lines = slices.Delete(lines, i, i+1)
	case 2: // cut in its middle
		lines[i] = lines[i][:len(lines[i])/2]
	case 3: // another value
		lines[i] = w.otherValue(lines[i])
	case 4: // another key
		lines[i] = strings.Replace(lines[i], `"`, `"x`, 1+w.IntN(5))
	case 5:
		lines[i] = of(w, "{}\n", "[]\n", "null\n", "\n", "{\n", strings.Repeat("[", 100_000)+"\n", strings.Repeat("a", 10<<20)+"\n", "\x00\n", "{\"id\": 3}\n")
	}
	return strings.Join(lines, "")
}

// otherValue replaces what follows one of the colons of a line of JSON.
func (w *words) otherValue(line string) string {
	var colons []int
	for i := range line {
		if line[i] == ':' {
			colons = append(colons, i)
		}
	}
	if len(colons) == 0 {
		return line
	}
	at := of(w, colons...) + 1
	end := at + strings.IndexAny(line[at:]+",", ",}]")
	value := of(w, "-1", "0", "1e308", "1e999", "null", `""`, `"x"`, "[]", "{}", "true", "NaN", "18446744073709551616", "-0.5", `"\u001b[31m"`, `"2026-13-45T00:00:00Z"`, "[[[[]]]]", `"<script>"`)
	return line[:at] + value + line[min(end, len(line)):]
}

// argumentAttack is a command with arguments and flags that it may not have.
func argumentAttack(w *words) attack {
	a := attack{long: true, files: map[string]string{"base.jsonl": corpus.baseline, "suite.yaml": suites[0]}}
	for path, text := range corpus.run {
		a.files["run/"+path] = text
	}
	a.args = []string{of(w, strings.Fields(`run submit merge verify try report review compare gate baseline history power export import list show data eval map learn cite bundle
		check schema completion version help claims bogus`)...)}
	a.pipes = []string{"pipe"}
	for range w.IntN(4) {
		a.args = append(a.args, of(w, "run", "pipe", "base.jsonl", "suite.yaml", "nowhere", "", "-", "--", "/dev/null", "/", "saddle", "rosenbrock", "adam", "methods", "problems",
			"coco", "iterates", "bash", "record", "x^2", "1", strings.Repeat("a", 5000), "\x1b[31m", "ä"))
	}
	for range w.IntN(4) {
		flag := "--" + of(w, strings.Fields(`workers out resume reuse shard only set dry-run no-report json sample dir method expression process x y format figure problem
			baseline width serif bare metric target alpha delta against-last confirm accept expect-unchanged sensitivity strict gate-time junit summary html migrate suite
			badge repeats pilot gradient markdown compress paper panels answer picture at theory all points seed tasks engine time memory partition option bogus`)...)
		a.args = append(a.args, flag)
		if w.IntN(3) > 0 {
			value := of(w, "1", "0", "-1", "nan", "1e99", "run", "out", "svg", "json", "x=y", "1/2", "0/0", "9/3", "text", "suite.yaml", "", "3in", "-3in", "ä", "[1, 2]", "'", "pdf", "D", "out.svg")
			a.args[len(a.args)-1] += "=" + value
		}
	}
	return a
}
