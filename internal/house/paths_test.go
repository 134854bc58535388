package house_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every path and package that the documents for maintainers name exists.
func TestNamedPathsExist(t *testing.T) {
	spelled := regexp.MustCompile("`([A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+/?|[a-z_]+\\.(?:go|md|json|cff|sh|txt))`")
	for _, name := range []string{"CONTRIBUTING.md", "docs/architecture.md"} {
		checked := 0
		for _, m := range spelled.FindAllStringSubmatch(fence.ReplaceAllString(text(t, name), ""), -1) {
			path := m[1]
			if strings.Contains(path, "NAME") || path == "1/L" {
				continue
			}
			if !strings.Contains(path, "/") && !isRooted(path) { // a file of the folder named before it
				if !existsSomewhere(t, path) {
					t.Errorf("%s: there is no file %s", name, path)
				}
				continue
			}
			checked++
			if _, err := os.Stat(filepath.Join(root, path)); err != nil {
				t.Errorf("%s: there is no %s", name, path)
			}
		}
		if checked < 5 {
			t.Errorf("%s: only %d paths were found", name, checked)
		}
	}
}

func isRooted(path string) bool {
	_, err := os.Stat(filepath.Join(root, path))
	return err == nil
}

func existsSomewhere(t *testing.T, file string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		found = found || err == nil && d.Name() == file
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// The packages that ./test names exist.
func TestTierPaths(t *testing.T) {
	named := regexp.MustCompile(`\./([a-z/_]+[a-z])`).FindAllStringSubmatch(text(t, "test"), -1)
	if len(named) < 8 {
		t.Errorf("only %d paths in ./test", len(named))
	}
	for _, m := range named {
		if _, err := os.Stat(filepath.Join(root, m[1])); err != nil {
			t.Errorf("./test: there is no %s", m[1])
		}
	}
}

// The architecture describes every internal package of the top, and those of the two rooms
// that have several.
func TestRoomsAreDescribed(t *testing.T) {
	architecture := text(t, "docs/architecture.md")
	for _, room := range []string{"internal", "internal/report", "internal/runner"} {
		entries, err := os.ReadDir(filepath.Join(root, room))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if path := room + "/" + e.Name(); e.IsDir() && e.Name() != "testdata" && !strings.Contains(architecture, "`"+path+"`") {
				t.Errorf("docs/architecture.md does not describe %s", path)
			}
		}
	}
}

// docs/stability.md promises the packages that others can import, all of them.
func TestPromisedPackages(t *testing.T) {
	_, line, _ := strings.Cut(text(t, "docs/stability.md"), "| Go packages |")
	line, _, _ = strings.Cut(line, " What is under")
	promised := regexp.MustCompile("`([a-z/]+)`").FindAllStringSubmatch(line, -1)
	var names []string
	for _, m := range promised {
		names = append(names, m[1])
	}
	if importable := importable(t); !slices.Equal(names, importable) {
		t.Errorf("docs/stability.md promises\n%v\nand these can be imported:\n%v", names, importable)
	}
}

// importable lists the packages of the module that another module can import.
func importable(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if name := d.Name(); name == "internal" || name == "testdata" || name == "examples" || strings.HasPrefix(name, ".") && path != root {
				return fs.SkipDir
			}
			return nil
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if folder = filepath.ToSlash(folder); f.Name.Name != "main" && !slices.Contains(out, folder) {
			out = append(out, folder)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}
