// Package house tests how the rooms of the project are built: which way imports point, how
// much of it is public, and that what a component is, is asked of the component and not of
// its name.
package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/gdbench/gdbench"

// file is a Go file of the project that is no test.
type file struct {
	path string // from the module's root: "runner/run.go"
	*ast.File
}

// files parses the project.
func files(t *testing.T) (*token.FileSet, []file) {
	t.Helper()
	root := filepath.Join("..", "..")
	set := token.NewFileSet()
	var out []file
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules"):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		parsed, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		out = append(out, file{filepath.ToSlash(relative), parsed})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 100 {
		t.Fatalf("found %d files only", len(out))
	}
	return set, out
}

// imports are the packages of the project that each of its packages imports, by paths from
// the module's root.
func imports(t *testing.T) map[string]map[string]bool {
	t.Helper()
	out := map[string]map[string]bool{}
	_, all := files(t)
	for _, f := range all {
		from := path.Dir(f.path)
		if out[from] == nil {
			out[from] = map[string]bool{}
		}
		for _, i := range f.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if to, ours := strings.CutPrefix(p, module+"/"); ours {
				out[from][to] = true
			}
		}
	}
	return out
}

// The rooms, from the top of the house down. Imports point down this list, or stay in their
// room.
var rooms = []string{"bench", "examples", "site", "cmd", "gdbenchtest", "play", "report", "runner", "results", "methods", "problems"}

// cellar is where the leaf packages under internal are, which import each other only.
const cellar = "cellar"

// room is that of a package. The part of a room that is not public lies in a folder of its
// name under internal.
func room(pkg string) string {
	first, rest, _ := strings.Cut(pkg, "/")
	if first == "internal" {
		first, _, _ = strings.Cut(rest, "/")
		if !slices.Contains(rooms, first) {
			return cellar
		}
	}
	return first
}

func TestImportsPointDown(t *testing.T) {
	floor := func(room string) int {
		if i := slices.Index(rooms, room); i >= 0 {
			return i
		}
		return len(rooms)
	}
	for from, all := range imports(t) {
		for to := range all {
			if floor(room(to)) < floor(room(from)) {
				t.Errorf("%s imports %s: up from %s to %s", from, to, room(from), room(to))
			}
		}
	}
}

// Run files are read without knowing what is registered: a report is the same with any
// binary, and a program that only reads results needs nothing else.
func TestReportsImportNoRegistry(t *testing.T) {
	all := imports(t)
	for from := range all {
		if r := room(from); r != "report" && r != "results" {
			continue
		}
		for _, to := range reached(all, from) {
			if r := room(to); r == "methods" || r == "problems" || r == "runner" {
				t.Errorf("%s reaches %s", from, to)
			}
		}
	}
}

// reached are the packages that a package imports, and those that they import.
func reached(all map[string]map[string]bool, from string) []string {
	seen := map[string]bool{}
	var visit func(string)
	visit = func(p string) {
		for to := range all[p] {
			if !seen[to] {
				seen[to] = true
				visit(to)
			}
		}
	}
	visit(from)
	var out []string
	for p := range seen {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// The public API is small.
func TestFewPackagesAreImportable(t *testing.T) {
	const most = 15
	public := map[string]bool{}
	_, all := files(t)
	for _, f := range all {
		dir := path.Dir(f.path)
		if f.Name.Name != "main" && !slices.Contains(strings.Split(dir, "/"), "internal") {
			public[dir] = true
		}
	}
	if len(public) > most {
		var names []string
		for p := range public {
			names = append(names, p)
		}
		slices.Sort(names)
		t.Errorf("%d packages are importable; at most %d should be: %s", len(public), most, strings.Join(names, " "))
	}
	for _, wanted := range []string{"problems", "methods", "results", "report"} {
		if !public[wanted] {
			t.Errorf("%s is not importable", wanted)
		}
	}
}
