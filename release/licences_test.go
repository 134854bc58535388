package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// terms are the licences that this project may contain, by a passage of each, in the order in
// which docs/licences.md joins them.
var terms = []struct {
	name string
	text *regexp.Regexp
}{
	{"Apache-2.0", regexp.MustCompile(`Apache License,?\s+Version 2\.0`)},
	{"BSD-2-Clause", regexp.MustCompile(`Redistribution and use in source and binary forms`)},
	{"BSD-3-Clause", regexp.MustCompile(`(?i)neither the names? of`)},
	{"Bitstream-Vera", regexp.MustCompile(`Bitstream Vera Fonts Copyright`)},
	{"CC-BY-4.0", regexp.MustCompile(`Creative Commons Attribution 4\.0|\(CC BY 4\.0`)},
	{"FTL", regexp.MustCompile(`FreeType License`)},
	{"MIT", regexp.MustCompile(`Permission is hereby granted, free of charge, to any person\s+obtaining\s+a\s+copy\s+of\s+this\s+software`)},
	{"MPL-2.0", regexp.MustCompile(`Mozilla Public License,? [Vv]ersion 2\.0`)},
	{"OFL-1.1", regexp.MustCompile(`SIL OPEN FONT LICENSE Version 1\.1`)},
}

// licencesIn are the licences whose words a text has. BSD-3-Clause has those of BSD-2-Clause too.
func licencesIn(text string) string {
	var out []string
	for _, l := range terms {
		if l.text.MatchString(text) {
			out = append(out, l.name)
		}
	}
	if slices.Contains(out, "BSD-3-Clause") {
		out = slices.DeleteFunc(out, func(name string) bool { return name == "BSD-2-Clause" })
	}
	return strings.Join(out, " AND ")
}

// listed is the table of docs/licences.md: the licence of each module and embedded file.
func listed(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../docs/licences.md")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\|").FindAllStringSubmatch(string(data), -1) {
		out[row[1]] = strings.TrimSpace(row[2])
	}
	return out
}

// textsOf is what the files of a folder say that carry terms, those of its folder of licences too.
func textsOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := termsIn(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// Each module that is linked into the program has the licence that docs/licences.md states, and no
// other is stated there.
func TestLicencesOfModules(t *testing.T) {
	table := listed(t)
	linked := map[string]string{} // folders
	for _, platform := range []string{"linux/amd64", "darwin/arm64", "windows/amd64"} {
		system, processor, _ := strings.Cut(platform, "/")
		out, err := run("..", []string{"GOOS=" + system, "GOARCH=" + processor, "CGO_ENABLED=0"}, "go", "list", "-deps",
			"-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", "./cmd/gdbench")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out) {
			if path, dir, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
				linked[path] = dir
			}
		}
	}
	if len(linked) < 20 {
		t.Fatalf("found %d modules", len(linked))
	}
	for path, dir := range linked {
		if got := licencesIn(textsOf(t, dir)); got == "" || got != table[path] {
			t.Errorf("docs/licences.md states %q for %s; its files say %q", table[path], path, got)
		}
	}
	for path := range table {
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") && linked[path] == "" {
			t.Errorf("docs/licences.md lists %s, which is not linked", path)
		}
	}
}

// written are the patterns of embedded files that the project has written itself; all others come
// from elsewhere and are listed.
var written = []string{
	"internal/methods/pascal/*.json", "internal/methods/theory/theorems.json", "internal/play/lesson/lessons/*.yaml",
	"internal/play/page/assets/*", "internal/problems/data/embedded/ATTRIBUTION.md", "internal/report/history/page.gohtml",
	"internal/report/page/assets/page.*", "internal/report/verdict/page.gohtml", "internal/runner/citation/titles.txt",
	"report/index.html", "site/assets/*", "suites/*.yaml",
}

// What is embedded and was not written here is listed with its licence, beside the text that says so.
func TestLicencesOfEmbeddedFiles(t *testing.T) {
	table := listed(t)
	out, err := run("..", nil, "go", "list", "-f", `{{$d := .ImportPath}}{{range .EmbedFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}`, "./...")
	if err != nil {
		t.Fatal(err)
	}
	foreign := map[string]bool{}
	for name := range strings.FieldsSeq(out) {
		name = strings.TrimPrefix(name, "github.com/gdbench/gdbench/")
		own := slices.ContainsFunc(written, func(pattern string) bool {
			match, err := filepath.Match(pattern, name)
			return match && err == nil
		})
		if own || strings.HasSuffix(name, "-LICENSE") {
			continue
		}
		foreign[name] = true
		if table[name] == "" {
			t.Errorf("%s is embedded and not in docs/licences.md; write its licence there, or the file into the list of those written here", name)
		}
	}
	for name := range table {
		if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") && !foreign[name] {
			t.Errorf("docs/licences.md lists %s, which is not embedded", name)
		}
	}
	for name, file := range map[string]string{
		"internal/report/page/assets/plotly-cartesian.min.js":  "internal/report/page/assets/plotly-LICENSE",
		"internal/browsertest/testdata/axe.min.js":             "internal/browsertest/testdata/axe-LICENSE",
		"internal/problems/data/embedded/iris.csv.gz":          "internal/problems/data/embedded/ATTRIBUTION.md",
		"internal/problems/data/embedded/wine.csv.gz":          "internal/problems/data/embedded/ATTRIBUTION.md",
		"internal/problems/data/embedded/breast-cancer.csv.gz": "internal/problems/data/embedded/ATTRIBUTION.md",
		"internal/problems/data/embedded/digits.csv.gz":        "internal/problems/data/embedded/ATTRIBUTION.md",
	} {
		text, err := os.ReadFile(filepath.Join("..", file))
		if err != nil {
			t.Fatal(err)
		}
		if got := licencesIn(string(text)); got != table[name] {
			t.Errorf("docs/licences.md states %q for %s; %s says %q", table[name], name, file, got)
		}
	}
}
