package plots

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/figure"
)

const (
	guide = "../../../docs/report.md"
	begin = "<!-- figures: generated from plots.List; go test ./internal/report/plots -update -->\n\n"
	end   = "\n<!-- end of figures -->"
)

// The catalogue of figures in docs/report.md is the list, to the byte.
func TestCatalogueIsTheList(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	written, after, ends := strings.Cut(rest, end)
	if !found || !ends {
		t.Fatalf("%s has no place for the catalogue between %q and %q", guide, begin, end)
	}
	if *update {
		if err := os.WriteFile(guide, []byte(before+begin+Catalogue()+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if written != Catalogue() {
		t.Errorf("the catalogue in %s is\n%s\nbut the list gives\n%s", guide, written, Catalogue())
	}
}

func TestRolesAreUnique(t *testing.T) {
	seen := map[figure.Role]bool{}
	for _, plot := range List {
		if plot.Role == "" || seen[plot.Role] {
			t.Errorf("the role %q is there twice, or empty", plot.Role)
		}
		seen[plot.Role] = true
		if (plot.across == nil) == (plot.on == nil) {
			t.Errorf("%s is made both across problems and on one, or neither", plot.Role)
		}
	}
}

// Every figure of a run with everything has a role of the list, is of the problem that its
// label says, and its file is called as the catalogue says.
func TestFiguresHaveTheirRole(t *testing.T) {
	patterns := map[figure.Role]*regexp.Regexp{}
	for _, plot := range List {
		patterns[plot.Role] = pattern(plot)
	}
	for _, f := range goldenFigures(t) {
		switch pattern := patterns[f.Role]; {
		case pattern == nil:
			t.Errorf("%s has the role %q, which is not in the list", f.Name, f.Role)
		case !pattern.MatchString(f.Name):
			t.Errorf("the file %s of role %s is not called as %s", f.Name, f.Role, pattern)
		case f.Problem != "" && !strings.Contains(f.Name, FileName(f.Problem)):
			t.Errorf("%s is said to be of the problem %q", f.Name, f.Problem)
		}
	}
}

// A method has one look in all figures, and in none of them that of another.
func TestOneLookForEachMethod(t *testing.T) {
	looks, compared := map[string]int{}, 0
	for _, f := range goldenFigures(t) {
		shown := map[int]string{}
		for _, s := range f.Series {
			if s.Color == figure.Ink || s.Dash != figure.Own {
				continue
			}
			if other, taken := shown[s.Color]; taken && other != s.Label {
				t.Errorf("%s: %s looks like %s", f.Name, s.Label, other)
			}
			shown[s.Color] = s.Label
			if before, known := looks[s.Label]; known && before != s.Color {
				t.Errorf("%s: %s has look %d, and %d elsewhere", f.Name, s.Label, s.Color, before)
			} else if known {
				compared++
			}
			looks[s.Label] = s.Color
		}
	}
	if compared < 20 {
		t.Errorf("only %d series are in more than one figure", compared)
	}
}

// pattern is what the files of a kind of figure are called.
func pattern(plot Plot) *regexp.Regexp {
	text := strings.NewReplacer("QUANTITY", "(gap|gradient-norm|value|distance|squared-distance)", "COST", "[a-z-]+", "PROBLEM", "[A-Za-z0-9.=-]+").Replace(plot.Files)
	return regexp.MustCompile("^" + text + "$")
}

// Each picture of the guides is one of a kind of the list.
func TestPicturesOfTheGuidesAreFigures(t *testing.T) {
	script, err := os.ReadFile(filepath.Join(filepath.Dir(guide), "pictures.sh"))
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(?m)^picture \S+ "?([^" ]+)"? \S+$`).FindAllStringSubmatch(string(script), -1)
	if len(named) < 10 {
		t.Fatalf("%d pictures found in the script", len(named))
	}
	for _, m := range named {
		known := false
		for _, plot := range List {
			known = known || pattern(plot).MatchString(m[1])
		}
		if !known {
			t.Errorf("%s is no figure of the list", m[1])
		}
	}
}
