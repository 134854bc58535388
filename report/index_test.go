package report

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/synthetic"
	"github.com/gdbench/gdbench/results"
)

// The index leads to every file of the report, and to none that is not there.
func TestIndexLeadsToEveryFile(t *testing.T) {
	run, folder := synthetic.Write(t, synthetic.GridOfDrafts(), ""), t.TempDir()
	written, err := Write([]*results.Run{run}, folder, Options{Formats: []Format{SVG, PDF}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(folder, IndexFile))
	if err != nil {
		t.Fatal(err)
	}
	var linked []string
	for _, found := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(string(text), -1) {
		path, err := url.PathUnescape(found[1])
		if err != nil {
			t.Fatal(err)
		}
		linked = append(linked, filepath.Join(folder, filepath.FromSlash(path)))
	}
	for _, path := range written.Files {
		if filepath.Base(path) != IndexFile && !slices.Contains(linked, path) {
			t.Errorf("nothing leads to %s", path)
		}
	}
	for _, path := range linked {
		if !slices.Contains(written.Files, path) {
			t.Errorf("a link leads to %s, which is not there", path)
		}
	}
	if pictures := strings.Count(string(text), "<img "); pictures != len(written.Figures) {
		t.Errorf("%d small pictures of %d figures", pictures, len(written.Figures))
	}
}

// A figure with hardly a point is left out, and said, unless it is asked for.
func TestSparseFiguresAreLeftOut(t *testing.T) {
	run := synthetic.Write(t, []synthetic.Draft{{Problem: "p", Method: "m", Status: results.Budget, Gaps: []float64{1, 0.5}},
		{Problem: "q", Method: "m", Status: results.Budget, Gaps: synthetic.Halving(0.5, 12)}}, "")
	for name, c := range map[string]struct {
		options Options
		sparse  bool
	}{"default": {Options{}, false}, "all": {Options{All: true}, true}, "named": {Options{Only: Only{Figures: []string{"gap-iterations-p"}}}, true}} {
		folder := t.TempDir()
		c.options.Formats = []Format{SVG}
		written, err := Write([]*results.Run{run}, folder, c.options)
		if err != nil {
			t.Fatal(err)
		}
		index, err := os.ReadFile(filepath.Join(folder, IndexFile))
		if err != nil {
			t.Fatal(err)
		}
		_, err = os.Stat(filepath.Join(folder, "figures", "gap-iterations-p.svg"))
		if said := strings.Contains(string(index), "Left out since hardly a point"); (err == nil) != c.sparse || (written.Sparse > 0) == c.sparse || said == c.sparse {
			t.Errorf("%s: figure there: %v, %d left out, said: %v", name, err == nil, written.Sparse, said)
		}
	}
}

// Details are left out, and said, unless they are asked for; their kinds by name, too.
func TestDetailsAreLeftOut(t *testing.T) {
	run := synthetic.Write(t, synthetic.GridOfDrafts(), "")
	for name, c := range map[string]struct {
		options Options
		drawn   bool
	}{"default": {Options{}, false}, "all": {Options{All: true}, true}, "named": {Options{Only: Only{Figures: []string{"tuning"}}}, true}} {
		folder := t.TempDir()
		c.options.Formats = []Format{SVG}
		written, err := Write([]*results.Run{run}, folder, c.options)
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := filepath.Glob(filepath.Join(folder, "figures", "tuning-*.svg"))
		if err != nil || len(drawn) > 0 != c.drawn || (written.Details > 0) == c.drawn {
			t.Errorf("%s: %d figures of tuning, %d details left out, %v", name, len(drawn), written.Details, err)
		}
		index, err := os.ReadFile(filepath.Join(folder, IndexFile))
		if said := strings.Contains(string(index), "Not drawn: "); err != nil || said == c.drawn {
			t.Errorf("%s: said %v, %v", name, said, err)
		}
	}
}

// What is between backticks is code, and markup in a name stays text.
func TestCoded(t *testing.T) {
	for sentence, want := range map[string]string{
		"`gdbench review run` lists <b>": "<code>gdbench review run</code> lists &lt;b&gt;", "no code": "no code", "one ` alone <i>": "one ` alone &lt;i&gt;", "`<a>` `b`": "<code>&lt;a&gt;</code> <code>b</code>", "": "",
	} {
		if got := coded(sentence); string(got) != want {
			t.Errorf("%q becomes %q; expected %q", sentence, got, want)
		}
	}
}

// What is left out agrees with its number.
func TestIndexCountsWhatIsLeftOut(t *testing.T) {
	for sparse, want := range map[int]string{
		1: "a point is in it: 1 figure. <code>gdbench report --all</code> draws it.",
		2: "a point is in them: 2 figures. <code>gdbench report --all</code> draws them.",
	} {
		var out strings.Builder
		if err := indexPage.Execute(&out, map[string]any{"Title": "", "Sparse": sparse}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s\nexpected %s", out.String(), want)
		}
	}
}
