package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	link = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	id   = regexp.MustCompile(`id="([^"]*)"`)
)

// Every link of every page leads to a file of the site, and its fragment to an element of it.
func TestLinksOfTheSite(t *testing.T) {
	out := t.TempDir()
	if err := build("..", out); err != nil {
		t.Fatal(err)
	}
	made := map[string]bool{"play/engine.wasm.gz": true, "play/wasm_exec.js": true} // by site/build
	ids, pages := map[string]map[string]bool{}, map[string]string{}
	err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		relative, err := filepath.Rel(out, name)
		if err != nil {
			return err
		}
		relative = filepath.ToSlash(relative)
		made[relative] = true
		if path.Ext(relative) != ".html" {
			return nil
		}
		text, err := os.ReadFile(name)
		pages[relative], ids[relative] = string(text), map[string]bool{}
		for _, m := range id.FindAllStringSubmatch(string(text), -1) {
			ids[relative][m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) < 30 {
		t.Fatalf("only %d pages", len(pages))
	}
	checked := 0
	for name, text := range pages {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			to := m[1]
			if strings.Contains(to, ":") { // another site, or data
				continue
			}
			checked++
			target, fragment, _ := strings.Cut(to, "#")
			file := name
			if target != "" {
				file = path.Join(path.Dir(name), target)
			}
			switch {
			case !made[file]:
				t.Errorf("%s: the link %s has no target", name, to)
			case fragment != "" && !strings.Contains(fragment, "=") && !ids[file][fragment]:
				t.Errorf("%s: the link %s has no such heading", name, to)
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d links", checked)
	}
	search, err := os.ReadFile(filepath.Join(out, "search.json"))
	if err != nil || !strings.Contains(string(search), "noise floor") || strings.Contains(string(search), `"page":""`) {
		t.Errorf("the search: %v, %d bytes", err, len(search))
	}
}

// A page loads nothing from elsewhere.
func TestNothingFromElsewhere(t *testing.T) {
	out := t.TempDir()
	if err := build("..", out); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "play/index.html", "glossary.html"} {
		text, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		for _, loaded := range regexp.MustCompile(`(?:src="|<link [^>]*href=")([^"]*)"`).FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(loaded[1], "//") {
				t.Errorf("%s loads %s", name, loaded[1])
			}
		}
		if !strings.Contains(string(text), "Content-Security-Policy") {
			t.Errorf("%s has no policy", name)
		}
	}
}
