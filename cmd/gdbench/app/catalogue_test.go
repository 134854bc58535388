package app_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/gdbench/gdbench/cmd/gdbench/app"
)

var update = flag.Bool("update", false, "write golden files and catalogues anew")

// The catalogues in docs are what the registries say, and the reference of commands is what
// the command line says.
func TestCatalogues(t *testing.T) {
	for _, kind := range []string{"problems", "methods", "directions", "steps", "schedules", "momentum-schedules", "wrappers", "constraints", "starts", "data", "commands", "theorems"} {
		name := kind + ".md"
		if kind == "theorems" {
			name = "theory.md"
		}
		args := []string{"list", kind, "--markdown"}
		if kind == "commands" {
			args = []string{"help", "--markdown"}
		}
		catalogued(t, name, args...)
	}
}

// The schemas of the files of a run in docs are what the command prints.
func TestCataloguesOfFiles(t *testing.T) {
	for _, of := range []string{"record", "manifest"} {
		catalogued(t, "schema/"+of+".json", "schema", of)
	}
}

// catalogued compares a file in docs with what a command prints, after -update has written it.
func catalogued(t *testing.T, name string, args ...string) {
	t.Helper()
	path := filepath.Join("../../../docs", name)
	var out, errOut bytes.Buffer
	if code := app.Run(context.Background(), append([]string{"gdbench"}, args...), &out, &errOut); code != 0 {
		t.Fatalf("%s: exit %d: %s", name, code, errOut.String())
	}
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(want, out.Bytes()) {
		t.Errorf("docs/%s is out of date; run go test ./cmd/gdbench/app -run Catalogues -update (%v)", name, err)
	}
}
