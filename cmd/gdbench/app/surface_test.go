package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sources are the parsed files of this package that are no tests.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	if len(files) < 20 {
		t.Fatalf("%d files found", len(files))
	}
	return files
}

// A program that embeds the command line meets Main and Run, and nothing else.
func TestExportedNames(t *testing.T) {
	var exported []string
	add := func(name *ast.Ident) {
		if name.IsExported() {
			exported = append(exported, name.Name)
		}
	}
	for _, file := range sources(t) {
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					add(d.Name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						add(s.Name)
					case *ast.ValueSpec:
						for _, name := range s.Names {
							add(name)
						}
					}
				}
			}
		}
	}
	slices.Sort(exported)
	if !slices.Equal(exported, []string{"Main", "Run"}) {
		t.Errorf("exported: %v", exported)
	}
}

// The command line computes nothing: numbers come from the rooms below.
func TestNoNumerics(t *testing.T) {
	for name, file := range sources(t) {
		for _, i := range file.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if path == "math" || strings.HasPrefix(path, "gonum.org/") || strings.HasSuffix(path, "/internal/vec") {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}

// No command ends the process: its error becomes the exit code.
func TestOnlyMainExits(t *testing.T) {
	for name, file := range sources(t) {
		if name == "app.go" {
			continue // Main ends the process with the code that Run returns
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Exit" {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "os" {
					t.Errorf("%s calls os.Exit", name)
				}
			}
			return true
		})
	}
}
