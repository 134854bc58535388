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
	for _, kind := range []string{"problems", "methods", "directions", "steps", "schedules", "starts", "data", "commands", "theorems"} {
		path := filepath.Join("../../../docs", kind+".md")
		if kind == "theorems" {
			path = "../../../docs/theory.md"
		}
		args := []string{"gdbench", "list", kind, "--markdown"}
		if kind == "commands" {
			args = []string{"gdbench", "help", "--markdown"}
		}
		var out, errOut bytes.Buffer
		if code := app.Run(context.Background(), args, &out, &errOut); code != 0 {
			t.Fatalf("%s: exit %d: %s", kind, code, errOut.String())
		}
		if *update {
			if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(want, out.Bytes()) {
			t.Errorf("the catalogue of %s in docs is out of date; run go test ./cmd/gdbench/app -run Catalogues -update (%v)", kind, err)
		}
	}
}

// The schemas of the files of a run in docs are what the command prints.
func TestCataloguesOfFiles(t *testing.T) {
	for _, of := range []string{"record", "manifest"} {
		path := filepath.Join("../../../docs/schema", of+".json")
		var out, errOut bytes.Buffer
		if code := app.Run(context.Background(), []string{"gdbench", "schema", of}, &out, &errOut); code != 0 {
			t.Fatalf("%s: exit %d: %s", of, code, errOut.String())
		}
		if *update {
			if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(want, out.Bytes()) {
			t.Errorf("docs/schema/%s.json is out of date; run go test ./cmd/gdbench/app -run Catalogues -update (%v)", of, err)
		}
	}
}
