package gate

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/results"
)

// The claims of a run that another binary made, with components that this one lacks, are
// checked from its files alone.
func TestClaimsOfAnotherBinary(t *testing.T) {
	folder := t.TempDir()
	m := &results.Manifest{Schema: results.Schema, Suite: "foreign", Text: "problems: [mine]\nmethods: [mine]\n", Cells: 1,
		Claims: []results.Claim{{Text: "mine reaches a gap of 0.01", Holds: true, Share: 1, Reaches: 0.01, About: []results.CellsOn{{Problem: "mine", Methods: []string{"mine"}}}}}}
	if err := m.Write(folder); err != nil {
		t.Fatal(err)
	}
	k := 3
	r := results.Record{ID: "a", Status: results.Converged, Problem: results.Component{Name: "mine"}, Method: results.Component{Name: "mine"},
		Labels: results.Labels{Problem: "mine", Method: "mine"}, Minimum: &results.Minimum{}, Targets: []results.Target{{Target: 0.01, Iteration: &k}}}
	line, err := json.Marshal(&r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, results.RunsFile), append(line, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	found, _, err := claimsOf(folder)
	if err != nil || len(found) != 1 || found[0].Verdict != verdict.Holds {
		t.Errorf("%v, %v; expected a claim that holds", found, err)
	}
}

// Claims are about all cells of a run: a shard's are not checked, and the gate says so.
func TestClaimsOfAShard(t *testing.T) {
	folder := t.TempDir()
	m := &results.Manifest{Schema: results.Schema, Suite: "s", Cells: 1, Shard: &results.Shard{Index: 1, Of: 2},
		Claims: []results.Claim{{Text: "a claim about cells of the other shard", Holds: true, Share: 1, Reaches: 0.01}}}
	if err := m.Write(folder); err != nil {
		t.Fatal(err)
	}
	found, unchecked, err := claimsOf(folder)
	if err != nil || len(found) != 0 || !strings.Contains(unchecked, "shard 1/2") {
		t.Errorf("%v, %q, %v; expected a note that claims of a shard are not checked", found, unchecked, err)
	}
}
