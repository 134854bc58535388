package play

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// left are the packages of the catalogues that the playground does without, and why.
var left = map[string]string{
	"internal/methods/constrained": "they need a constraint, which the playground has not",
	"internal/methods/peers":       "arithmetic of another library, which is not the same everywhere",
	"internal/problems/bbob":       "a suite of its own, in many variables",
	"internal/problems/wrappers":   "a function within a function has no field on the page",
}

// The engine has the packages of the catalogues, but those that are left out: a new one is either in it
// or in the list above.
func TestComponentsAreThoseOfTheCatalogues(t *testing.T) {
	imports := func(file string) map[string]bool {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]bool{}
		for _, s := range f.Imports {
			out[strings.TrimPrefix(strings.Trim(s.Path.Value, `"`), "github.com/gdbench/gdbench/")] = true
		}
		return out
	}
	engine, seen := imports("components.go"), 0
	for _, catalogue := range []string{"../../methods/catalogue/catalogue.go", "../../problems/catalogue/catalogue.go"} {
		for name := range imports(catalogue) {
			seen++
			if engine[name] == (left[name] != "") {
				t.Errorf("%s: in the engine %v, left out %v", name, engine[name], left[name] != "")
			}
			delete(engine, name)
		}
	}
	if len(engine) > 0 || seen < 15 {
		t.Errorf("%d packages in the catalogues; in the engine alone: %v", seen, engine)
	}
}
