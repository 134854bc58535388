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

// What is public is there for somebody: every exported name of an importable package is
// used by another package of the project, or shown by an Example, or is part of the
// signature of a name that is, or a constant beside one that is.
func TestPublicNamesAreUsed(t *testing.T) {
	set, all, examples := parsed(t)
	used := map[string]bool{} // "problems.New"
	exported := map[string]map[string]ast.Node{}
	for _, f := range all {
		dir := path.Dir(f.path)
		selected(f.File, f.File, func(pkg, name string) {
			if pkg != dir {
				used[pkg+"."+name] = true
			}
		})
		if f.Name.Name != "main" && !slices.Contains(strings.Split(dir, "/"), "internal") {
			declared(f.File, func(name string, n ast.Node) {
				if exported[dir] == nil {
					exported[dir] = map[string]ast.Node{}
				}
				exported[dir][name] = n
			})
		}
	}
	for _, f := range examples {
		for _, d := range f.Decls {
			if shows(d) || strings.HasPrefix(f.path, "examples/") {
				selected(f.File, d, func(pkg, name string) { used[pkg+"."+name] = true })
			}
		}
	}
	for pkg, names := range exported {
		spread(pkg, names, used)
		for name, n := range names {
			if !used[pkg+"."+name] {
				t.Errorf("%s: %s.%s is used by no other package and shown by no Example", set.Position(n.Pos()), pkg, name)
			}
		}
	}
}

// shows reports whether a declaration of a test file belongs to an Example: the function
// itself, or a type with its methods and the init that registers it.
func shows(d ast.Decl) bool {
	f, ok := d.(*ast.FuncDecl)
	return !ok || f.Recv != nil || f.Name.Name == "init" || strings.HasPrefix(f.Name.Name, "Example")
}

// spread marks as used what the exported parts of used declarations name: the types that a
// function takes and returns, and those of a struct's fields and of an interface's methods.
func spread(pkg string, names map[string]ast.Node, used map[string]bool) {
	for again := true; again; {
		again = false
		for name, n := range names {
			if !used[pkg+"."+name] {
				continue
			}
			ast.Inspect(surface(n), func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok && names[id.Name] != nil && !used[pkg+"."+id.Name] {
					used[pkg+"."+id.Name] = true
					again = true
				}
				return true
			})
		}
	}
}

// surface is what of a declaration a user sees.
func surface(n ast.Node) ast.Node {
	if f, ok := n.(*ast.FuncDecl); ok {
		return f.Type
	}
	return n
}

// parsed are the files of the project, and those of its tests that a user reads: with
// Examples, or of the examples.
func parsed(t *testing.T) (set *token.FileSet, all, examples []file) {
	t.Helper()
	set, all = files(t)
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		shown := strings.HasSuffix(name, "example_test.go") ||
			strings.HasSuffix(name, "_test.go") && strings.HasPrefix(name, filepath.Join(root, "examples"))
		if err != nil || d.IsDir() || !shown {
			return err
		}
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		examples = append(examples, file{filepath.ToSlash(relative), f})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return set, all, examples
}

// declared calls visit with the exported names that a file declares at its top.
func declared(f *ast.File, visit func(name string, n ast.Node)) {
	add := func(id *ast.Ident, n ast.Node) {
		if id.IsExported() {
			visit(id.Name, n)
		}
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				add(d.Name, d)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					add(s.Name, s)
				case *ast.ValueSpec:
					for _, id := range s.Names {
						if d.Tok == token.CONST { // a block of constants belongs together
							add(id, d)
						} else {
							add(id, s)
						}
					}
				}
			}
		}
	}
}

// selected calls visit with the names of packages of the project that a part of a file
// refers to, by the package's path from the module's root.
func selected(f *ast.File, part ast.Node, visit func(pkg, name string)) {
	local := map[string]string{}
	for _, i := range f.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			continue
		}
		if pkg, ours := strings.CutPrefix(p, module+"/"); ours {
			name := path.Base(pkg)
			if i.Name != nil {
				name = i.Name.Name
			}
			local[name] = pkg
		}
	}
	ast.Inspect(part, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok && local[id.Name] != "" && ast.IsExported(s.Sel.Name) {
				visit(local[id.Name], s.Sel.Name)
			}
		}
		return true
	})
}

// The rule finds a name that nothing uses, and no other: a type is used by the function that
// returns it.
func TestUnusedNamesAreFound(t *testing.T) {
	const code = `package p
type Shown struct{ Inner Part }
type Part int
type Unseen struct{ Shown }
func Make() Shown { return Shown{} }
func Lost(Unseen) {}
const (
	Low Part = iota
	High
)
const Alone = 1
var hidden Unseen`
	f, err := parser.ParseFile(token.NewFileSet(), "p.go", code, 0)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]ast.Node{}
	declared(f, func(name string, n ast.Node) { names[name] = n })
	used := map[string]bool{"p.Make": true, "p.Low": true}
	spread("p", names, used)
	var unused []string
	for name := range names {
		if !used["p."+name] {
			unused = append(unused, name)
		}
	}
	slices.Sort(unused)
	if want := []string{"Alone", "Lost", "Unseen"}; !slices.Equal(unused, want) {
		t.Errorf("unused: %v; expected %v", unused, want)
	}
}
