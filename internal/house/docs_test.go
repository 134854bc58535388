package house_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/internal/theorem"
	"github.com/gdbench/gdbench/results"
)

const root = "../.."

// documents are the Markdown files that people read, as paths from the root.
func documents(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.md", "docs/*.md", "examples/*/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			name, err := filepath.Rel(root, path)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, filepath.ToSlash(name))
		}
	}
	return out
}

func text(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var (
	fence  = regexp.MustCompile("(?s)\n```.*?\n```")
	code   = regexp.MustCompile("`[^`\n]*`")
	link   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	header = regexp.MustCompile(`(?m)^#+ +(.*)$`)
)

// anchors are the fragments that GitHub makes of the headings of a document.
func anchors(document string) []string {
	var out []string
	for _, h := range header.FindAllStringSubmatch(fence.ReplaceAllString(document, ""), -1) {
		var b strings.Builder
		for _, r := range strings.ToLower(h[1]) {
			switch {
			case r == ' ':
				b.WriteByte('-')
			case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 127:
				b.WriteRune(r)
			}
		}
		out = append(out, b.String())
	}
	return out
}

// brokenLinks lists the links of a document that lead nowhere within the repository.
func brokenLinks(t *testing.T, name, document string) []string {
	t.Helper()
	var out []string
	for _, l := range link.FindAllStringSubmatch(code.ReplaceAllString(fence.ReplaceAllString(document, ""), ""), -1) {
		target, fragment, _ := strings.Cut(l[1], "#")
		if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
			continue
		}
		path := name
		if target != "" {
			path = filepath.Join(filepath.Dir(name), target)
		}
		if _, err := os.Stat(filepath.Join(root, path)); err != nil {
			out = append(out, l[1])
			continue
		}
		if fragment != "" && !slices.Contains(anchors(text(t, path)), fragment) {
			out = append(out, l[1])
		}
	}
	return out
}

func TestLinksResolve(t *testing.T) {
	names := documents(t)
	if len(names) < 20 {
		t.Fatalf("only %d documents", len(names))
	}
	for _, name := range names {
		for _, l := range brokenLinks(t, name, text(t, name)) {
			t.Errorf("%s: the link %s leads nowhere", name, l)
		}
	}
	bad := "[a](README.md#no-such-heading) [b](nowhere.md) [c](#none)\n\n# One `two`\n\n[d](#one-two)"
	if got := brokenLinks(t, "README.md", bad); len(got) < 3 {
		t.Errorf("of three broken links %v are found", got)
	}
}

// The tests that the guides name as evidence exist.
func TestNamedTestsExist(t *testing.T) {
	defined := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, m := range function.FindAllSubmatch(source, -1) {
			defined[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, name := range documents(t) {
		for _, m := range regexp.MustCompile("`((?:Test|Fuzz)\\w+)").FindAllStringSubmatch(text(t, name), -1) {
			switch m[1] {
			case "TestPeers", "TestSoak", "TestLaws":
				continue // beginnings of names, and a name that many packages have
			}
			named++
			if !defined[m[1]] {
				t.Errorf("%s names %s, which does not exist", name, m[1])
			}
		}
	}
	if named < 50 {
		t.Errorf("only %d tests are named", named)
	}
}

// The glossary has every status, verdict and outcome that a file or a table may contain.
func TestGlossaryIsComplete(t *testing.T) {
	glossary := text(t, "docs/glossary.md")
	sections := map[string][]string{"Statuses": nil, "Verdicts of a comparison": nil}
	for _, s := range results.Statuses {
		sections["Statuses"] = append(sections["Statuses"], string(s))
	}
	for _, v := range compare.Verdicts {
		sections["Verdicts of a comparison"] = append(sections["Verdicts of a comparison"], string(v))
	}
	sections["Decisions of the gate"] = texts(compare.Pass, compare.Fail, compare.NotComparable, compare.TooLittleData)
	sections["Verdicts of theorems and claims"] = texts(theorem.Holds, theorem.Violated, theorem.NotRefuted, theorem.Refuted,
		theorem.Unmeasured, verdict.Holds, verdict.Refuted, verdict.Untested)
	for title, terms := range sections {
		_, section, found := strings.Cut(glossary, "\n## "+title+"\n")
		if !found {
			t.Errorf("no section %q", title)
		}
		section, _, _ = strings.Cut(section, "\n## ")
		for _, term := range terms {
			if !strings.Contains(section, "- **`"+term+"`**: ") {
				t.Errorf("the section %q lacks %q", title, term)
			}
		}
	}
	for _, term := range []string{"gap", "target", "success", "L", "κ", "epoch", "batch", "pass", "evaluation", "cell", "repeat", "family"} {
		if !strings.Contains(glossary, "**"+term+"**") {
			t.Errorf("the glossary lacks %q", term)
		}
	}
}

func texts(values ...any) []string {
	var out []string
	for _, v := range values {
		out = append(out, fmt.Sprint(v))
	}
	return out
}

// Guides use the words of the field and not those of the dialect that the project once had.
// Catalogues are generated from the code; "told apart" is what measurements are.
func TestGuidesAreInPlainEnglish(t *testing.T) {
	dialect := regexp.MustCompile(`(?i)\b(told|stands?|stood|bears?|in vain|nobody|whereof|anew|hold against|held against)\b`)
	generated := []string{"problems", "methods", "directions", "steps", "starts", "schedules", "momentum-schedules", "wrappers", "constraints", "data", "commands"}
	for _, name := range documents(t) {
		if slices.Contains(generated, strings.TrimSuffix(filepath.Base(name), ".md")) && strings.HasPrefix(name, "docs/") {
			continue
		}
		for i, line := range strings.Split(text(t, name), "\n") {
			if word := dialect.FindString(strings.ReplaceAll(code.ReplaceAllString(line, ""), "told apart", "")); word != "" {
				t.Errorf("%s:%d: %q: say it in plainer words: %s", name, i+1, word, line)
			}
		}
	}
}

// The README links what a reader looks for.
func TestReadmeLinks(t *testing.T) {
	readme := text(t, "README.md")
	for _, name := range []string{"docs/glossary.md", "docs/stability.md", "docs/architecture.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"} {
		if !strings.Contains(readme, "]("+name+")") {
			t.Errorf("the README does not link %s", name)
		}
	}
}
