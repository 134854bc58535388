// Command same checks whether two run folders hold the same results, record by record: for a
// change of the code that must not change a number.
//
//	go run ./bench/same [-exact] BEFORE AFTER
//
// BEFORE and AFTER are run folders, or folders of run folders, which are compared by name.
// Every field of a record before must be there afterwards with the same content, in the same
// order of records. Four things may differ: times (fields named seconds…), the checksum of the
// line, the wording of messages as long as it keeps the numbers, and fields that were added,
// which are listed. With -exact only times and the checksum may: for two programs of one version
// on different platforms. It exits with 1 where anything else differs.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	exact := flag.Bool("exact", false, "count added fields and reworded messages as differences")
	flag.Usage = func() { fmt.Fprintln(os.Stderr, "usage: same [-exact] BEFORE AFTER") }
	flag.Parse()
	if flag.NArg() != 2 {
		flag.Usage()
		os.Exit(2)
	}
	same, err := compareFolders(os.Stdout, flag.Arg(0), flag.Arg(1), *exact)
	if err != nil {
		fmt.Fprintln(os.Stderr, "same:", err)
		os.Exit(2)
	}
	if !same {
		os.Exit(1)
	}
}

// runsFile is the file of the records in a run folder.
const runsFile = "runs.jsonl"

// compareFolders compares two runs, or all runs below before with those of the same name
// below after.
func compareFolders(out io.Writer, before, after string, exact bool) (same bool, err error) {
	if _, err := os.Stat(filepath.Join(before, runsFile)); err == nil {
		return compareRuns(out, filepath.Base(before), before, after, exact)
	}
	entries, err := os.ReadDir(before)
	if err != nil {
		return false, err
	}
	same = true
	runs := 0
	for _, entry := range entries {
		name := entry.Name()
		if _, err := os.Stat(filepath.Join(before, name, runsFile)); err != nil {
			continue
		}
		runs++
		one, err := compareRuns(out, name, filepath.Join(before, name), filepath.Join(after, name), exact)
		if err != nil {
			return false, err
		}
		same = same && one
	}
	if runs == 0 {
		return false, fmt.Errorf("%s has no %s and no folder that has one", before, runsFile)
	}
	return same, nil
}

// compareRuns compares two run folders, and prints what differs.
func compareRuns(out io.Writer, name, before, after string, exact bool) (bool, error) {
	old, err := readLines(filepath.Join(before, runsFile))
	if err != nil {
		return false, err
	}
	now, err := readLines(filepath.Join(after, runsFile))
	if err != nil {
		return false, err
	}
	d := newDifferences()
	if len(old) != len(now) {
		d.changed = append(d.changed, fmt.Sprintf("records: %d before, %d after", len(old), len(now)))
	}
	for i := range min(len(old), len(now)) {
		id := fmt.Sprintf("record %d", i+1)
		if fields, ok := old[i].(map[string]any); ok {
			id = fmt.Sprintf("record %d (%v)", i+1, fields["id"])
		}
		d.compare(id, "", old[i], now[i])
	}
	verdict := "the same numbers"
	same := len(d.changed) == 0 && (!exact || len(d.added)+len(d.reworded) == 0)
	if !same {
		verdict = "DIFFERENT"
	}
	fmt.Fprintf(out, "%s: %s (records: %d)\n", name, verdict, len(old))
	const most = 10
	for _, text := range d.changed[:min(most, len(d.changed))] {
		fmt.Fprintf(out, "  %s\n", text)
	}
	if more := len(d.changed) - most; more > 0 {
		fmt.Fprintf(out, "  and %d more differences\n", more)
	}
	for _, path := range slices.Sorted(maps.Keys(d.added)) {
		fmt.Fprintf(out, "  added %s (records: %d)\n", path, len(d.added[path]))
	}
	for _, path := range slices.Sorted(maps.Keys(d.reworded)) {
		fmt.Fprintf(out, "  reworded %s, such as %s\n", path, d.reworded[path])
	}
	return same, nil
}

// readLines decodes every line of a run file. Numbers stay texts, so that no digit is lost.
func readLines(path string) ([]any, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	decoder := json.NewDecoder(bufio.NewReader(file))
	decoder.UseNumber()
	var lines []any
	for {
		var line any
		err := decoder.Decode(&line)
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s, record %d: %w", path, len(lines)+1, err)
		}
		lines = append(lines, line)
	}
}

// volatile reports whether a field may change from run to run.
func volatile(field string) bool {
	return strings.HasPrefix(field, "seconds") || field == "check"
}

// words reports whether a field is text for people, which may be put in other words.
func words(field string) bool { return field == "message" || field == "statement" }
