package results

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A line reaches its file soon, in its turn or ahead of it, without another call: a kill loses no more
// than what is gathered.
func TestAppenderWritesSoon(t *testing.T) {
	folder := t.TempDir()
	a, err := Create(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for i, c := range []struct {
		index      int
		line, file string
	}{{0, "first\n", RunsFile}, {2, "third\n", PendingFile}, {1, "second\n", RunsFile}} {
		if err := a.Put(c.index, []byte(c.line)); err != nil {
			t.Fatal(err)
		}
		for began := time.Now(); !holds(folder, c.file, c.line); time.Sleep(time.Millisecond) {
			if time.Since(began) > 30*time.Second {
				t.Fatalf("line %d is not in %s", i, c.file)
			}
		}
	}
	if !holds(folder, RunsFile, "first\nsecond\nthird\n") {
		t.Error("the line whose turn has come is not there")
	}
}

func holds(folder, file, line string) bool {
	text, err := os.ReadFile(filepath.Join(folder, file))
	return err == nil && strings.Contains(string(text), line)
}

// Many lines take few calls of the system, and those that are ahead for a moment are not written twice.
func TestAppenderGathers(t *testing.T) {
	folder := t.TempDir()
	a, err := Create(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	a.ticking = true // never
	for i := 0; i < 1000; i += 2 {
		for _, index := range []int{i + 1, i} {
			if err := a.Put(index, []byte(fmt.Sprintln(index))); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, file := range []string{RunsFile, PendingFile} {
		if text, err := os.ReadFile(filepath.Join(folder, file)); len(text) > 0 || err != nil {
			t.Errorf("%s has %d bytes already, %v", file, len(text), err)
		}
	}
	if err := a.Flush(); err != nil {
		t.Fatal(err)
	}
	if !holds(folder, RunsFile, "998\n999\n") || holds(folder, PendingFile, "\n") {
		t.Error("the lines are not in their file, or in the other too")
	}
}

// Several goroutines may hand over lines while others are written.
func TestAppenderIsShared(t *testing.T) {
	folder := t.TempDir()
	a, err := Create(folder)
	if err != nil {
		t.Fatal(err)
	}
	const workers, each = 4, 300
	line := func(index int) string { return fmt.Sprintf("%d%s\n", index, strings.Repeat("-", 4000)) }
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := range each {
				index := i*workers + w
				if err := a.Put(index, []byte(line(index))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for index := range workers * each {
		want.WriteString(line(index))
	}
	if text, err := os.ReadFile(filepath.Join(folder, RunsFile)); string(text) != want.String() || err != nil {
		t.Errorf("%d bytes, expected %d; %v", len(text), want.Len(), err)
	}
}

// A failure to write is reported once, by the call after it or by Close, and leaves the lines that
// wait where a resumed run finds them.
func TestAppenderReportsAFailureOnce(t *testing.T) {
	for _, flush := range []bool{true, false} {
		folder := t.TempDir()
		a, err := Create(folder)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(a.Put(1, []byte("ahead\n")), a.Flush()); err != nil {
			t.Fatal(err)
		}
		if err := a.runs.Close(); err != nil { // as if the disk were gone
			t.Fatal(err)
		}
		if err := a.Put(0, []byte("lost\n")); err != nil {
			t.Fatal(err)
		}
		a.write()
		reports := 0
		if flush {
			if !a.Gather(2, nil) {
				t.Error("no Flush is due after a failure")
			}
			if err := a.Flush(); err != nil && strings.HasPrefix(err.Error(), "writing results: ") {
				reports++
			}
		}
		if err := a.Close(); err != nil && strings.Contains(err.Error(), "writing results: ") {
			reports++
		}
		if reports != 1 {
			t.Errorf("flush %t: %d reports", flush, reports)
		}
		if !holds(folder, PendingFile, "ahead\n") {
			t.Errorf("flush %t: the line that waited is gone", flush)
		}
	}
}
