package claims

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/internal/runner/pool"
	"github.com/gdbench/gdbench/internal/runner/suite"
	"github.com/gdbench/gdbench/results"
	"github.com/gdbench/gdbench/suites"
)

// Every suite that comes with gdbench shows what it says: its claims hold, and all that it says
// to look at is true. A suite that cites nothing has only claims, whose text is what it says.
func TestShippedSuites(t *testing.T) {
	if testing.Short() {
		t.Skip("runs all suites, which takes a minute")
	}
	for _, name := range suites.Names() {
		t.Run(name, func(t *testing.T) {
			file, err := suites.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			s, err := suite.Read(name+".yaml", ".", file, nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Expect) == 0 {
				t.Error("the suite claims nothing")
			}
			folder := filepath.Join(t.TempDir(), "run")
			if _, err := pool.Run(context.Background(), s, pool.Options{Folder: folder}); err != nil {
				t.Fatal(err)
			}
			run, err := results.Open(folder)
			if err != nil {
				t.Fatal(err)
			}
			checkShown(t, run)
		})
	}
}

// checkShown requires that all claims of a run hold, and all that it says to look at.
func checkShown(t *testing.T, run *results.Run) {
	t.Helper()
	found, err := Check(run.Manifest.Claims, run.Records())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range found {
		if c.Verdict != verdict.Holds {
			t.Errorf("%s: %s: %s", c.Place, c.Statement(), c.Evidence)
		}
	}
	cited := map[string]bool{}
	for _, look := range run.Manifest.Look {
		if word, because := Shown(look, found); word != True {
			t.Errorf("%s: %s because %s", look.Text, word, because)
		}
		for _, name := range look.Expect {
			cited[name] = true
		}
	}
	for _, c := range run.Manifest.Claims {
		if c.Name != "" && !cited[c.Name] {
			t.Errorf("nothing rests on claim %q", c.Name)
		}
	}
}
