package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/momentum"
	"github.com/gdbench/gdbench/internal/methods/wrap"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// registered are the names and aliases of all components.
func registered(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, r := range []*param.Registry{param.Of[methods.Method](), param.Of[methods.Direction](), param.Of[methods.StepRule](), momentum.ScheduleRegistry, wrap.ScheduleRegistry, wrap.Registry, param.Of[problems.Problem]()} {
		for _, name := range r.Names() {
			e, err := r.Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			out[name] = true
			for _, alias := range e.Aliases {
				out[alias] = true
			}
		}
	}
	return out
}

// What a component is must not depend on what it is called: a preset, a user's method and a
// descent put together from parts are asked through interfaces (methods/traits.go).
func TestNoNameIsComparedWithALiteral(t *testing.T) {
	set, all := files(t)
	names := registered(t)
	for _, f := range all {
		for _, found := range comparisons(f.File, names) {
			t.Errorf("%s: the name of a component is compared with %s", set.Position(found.Pos()), found.Value)
		}
	}
}

// comparisons are the literals among names with which something called a name is compared:
// by == and !=, by the cases of a switch, or by looking into a list of literals.
func comparisons(f *ast.File, names map[string]bool) []*ast.BasicLit {
	var out []*ast.BasicLit
	add := func(e ast.Expr) {
		lit, ok := e.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return
		}
		if text, err := strconv.Unquote(lit.Value); err == nil && names[text] {
			out = append(out, lit)
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if n.Op != token.EQL && n.Op != token.NEQ {
				break
			}
			if isName(n.X) {
				add(n.Y)
			}
			if isName(n.Y) {
				add(n.X)
			}
		case *ast.SwitchStmt:
			if n.Tag == nil || !isName(n.Tag) {
				break
			}
			for _, c := range n.Body.List {
				for _, e := range c.(*ast.CaseClause).List {
					add(e)
				}
			}
		case *ast.CallExpr:
			if called(n) != "Contains" || len(n.Args) != 2 || !isName(n.Args[1]) {
				break
			}
			if list, ok := n.Args[0].(*ast.CompositeLit); ok {
				for _, e := range list.Elts {
					add(e)
				}
			}
		case *ast.IndexExpr:
			table, ok := n.X.(*ast.CompositeLit)
			if !ok || !isName(n.Index) {
				break
			}
			for _, e := range table.Elts {
				if pair, ok := e.(*ast.KeyValueExpr); ok {
					add(pair.Key)
				}
			}
		}
		return true
	})
	return out
}

// isName reports expressions that end in a name: c.Name, name, r.Method.Name.
func isName(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name == "Name"
	case *ast.Ident:
		return e.Name == "name"
	case *ast.ParenExpr:
		return isName(e.X)
	}
	return false
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

func TestComparisonsAreFound(t *testing.T) {
	const code = `package p
func f(c component, name string) bool {
	switch c.Name { case "adam", "of the user": return true }
	switch c.Kind { case "adam": return true }
	_ = slices.Contains([]string{"sgd", "x"}, name)
	_ = map[string]int{"newton": 1}[c.Method.Name]
	_ = c.Order == "adam"
	return c.Name == "gd" || "fista" != (c.Name) || c.Name == "whatever"
}`
	f, err := parser.ParseFile(token.NewFileSet(), "p.go", code, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, lit := range comparisons(f, registered(t)) {
		got = append(got, lit.Value)
	}
	if want := []string{`"adam"`, `"sgd"`, `"newton"`, `"gd"`, `"fista"`}; !slices.Equal(got, want) {
		t.Errorf("found %v; expected %v", got, want)
	}
}
