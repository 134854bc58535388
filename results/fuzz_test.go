package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/results/seal"
)

func FuzzReader(f *testing.F) {
	f.Add(goodLine)
	f.Add(`{"id":"a","status":"budget","trace":{"iteration":[0],"value":[null],"x":[[1,2]]},"problem":{"name":"p","a":[{"name":"q"}]}}` + "\n")
	f.Fuzz(func(t *testing.T, text string) {
		r := NewReader("fuzz", strings.NewReader(text))
		for {
			record, err := r.Read()
			if err != nil {
				return
			}
			if _, err := json.Marshal(record); err != nil {
				t.Errorf("a record that was read cannot be written: %v", err)
			}
		}
	})
}

// Whatever lies in the files of a run, it is refused with a reason, or continued: the run
// file is then a prefix of what it was, reopening it finds the same, and a line more can be
// written.
func FuzzReopen(f *testing.F) {
	sealed := func(id string) string {
		return string(seal.Line([]byte(`{"id":"`+id+`","definition":"d","status":"budget","seconds":1}`))) + "\n"
	}
	f.Add(sealed("0")+sealed("1"), sealed("3"))
	f.Add(sealed("0")+sealed("1")[:20], sealed("2")+sealed("1")+"torn")
	f.Add("{}\n", "\n")
	place := func(line CellLine) (int, error) {
		if i := strings.Index("0123456789", line.ID); i >= 0 && len(line.ID) == 1 {
			return i, nil
		}
		return 0, errors.New("no such cell")
	}
	folder := f.TempDir() // one for all: making one costs more than the test
	f.Fuzz(func(t *testing.T, runs, pending string) {
		for name, text := range map[string]string{RunsFile: runs, PendingFile: pending} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		reopen := func() *Resumed {
			a, found, err := Reopen(folder, place)
			if err != nil {
				return nil
			}
			if err := a.Put(a.next, []byte("more\n")); err != nil {
				t.Fatalf("no line can be written: %v", err)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(filepath.Join(folder, RunsFile))
			if err != nil {
				t.Fatal(err)
			}
			at := bytes.Index(text, []byte("more\n"))
			if at < 0 || !strings.HasPrefix(runs, string(text[:min(at, len(runs))])) && len(found.Done) == 0 {
				t.Fatalf("the run file has become %q", text)
			}
			if err := os.WriteFile(filepath.Join(folder, RunsFile), text[:at], 0o644); err != nil {
				t.Fatal(err)
			}
			return found
		}
		first := reopen()
		if first == nil {
			return
		}
		again := reopen()
		if again == nil {
			t.Fatal("what was continued cannot be continued again")
		}
		for index := range again.Done {
			if _, ok := first.Done[index]; !ok {
				t.Fatalf("found %v, and again %v", maps.Collect(maps.All(first.Done)), again.Done)
			}
		}
	})
}

// A manifest that is read can be written, and is then the same.
func FuzzManifest(f *testing.F) {
	f.Add(`{"schema": 1, "suite": "s", "text": "", "started": "2026-01-01T00:00:00Z", "cells": 3, "status": {"budget": 3}, "shard": {"index": 1, "of": 2}}`)
	f.Add(`{"schema": 99}`)
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(filepath.Join(folder, ManifestFile), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		m, err := ReadManifest(folder)
		if err != nil {
			return
		}
		if err := m.Write(folder); err != nil {
			t.Fatal(err)
		}
		again, err := ReadManifest(folder)
		if err != nil {
			t.Fatalf("it cannot be read again: %v", err)
		}
		a, _ := json.Marshal(m)
		b, _ := json.Marshal(again)
		if !bytes.Equal(a, b) {
			t.Errorf("read again it is\n%s\nand was\n%s", b, a)
		}
	})
}
