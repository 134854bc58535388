package theory

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/theorem"
)

var update = flag.Bool("update", false, "write theorems.json again")

// The list of theorems is that of the suite.
func TestAllAreOfTheSuite(t *testing.T) {
	var met []theorem.Theorem
	for _, o := range obedience() {
		if !slices.ContainsFunc(met, func(t theorem.Theorem) bool { return t.Name == o.theorem.Name }) {
			met = append(met, o.theorem)
		}
	}
	if *update {
		var text bytes.Buffer
		e := json.NewEncoder(&text)
		e.SetEscapeHTML(false)
		e.SetIndent("", "\t")
		if err := e.Encode(met); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("theorems.json", text.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !slices.Equal(All(), met) {
		t.Error("theorems.json is out of date; run go test ./internal/methods/theory -run AllAreOfTheSuite -update")
	}
}
