// Command site writes the static site of gdbench: guides and catalogues as pages with a search, the
// lessons, a gallery and the playground. site/build runs it, after the engine.
package main

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gdbench/gdbench/internal/play/lesson"
	"github.com/gdbench/gdbench/internal/play/page"
)

//go:embed assets
var assets embed.FS

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: site REPOSITORY FOLDER")
		os.Exit(2)
	}
	if err := build(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "site:", err)
		os.Exit(1)
	}
}

// build writes all but the engine.
func build(repository, out string) error {
	lessons, err := lesson.All()
	if err != nil {
		return err
	}
	if err := playground(filepath.Join(out, "play"), lessons); err != nil {
		return err
	}
	s := &site{root: repository, out: out, lessons: lessons}
	if err := s.documents(); err != nil {
		return err
	}
	if err := s.lessonPage(); err != nil {
		return err
	}
	if err := s.gallery(); err != nil {
		return err
	}
	for _, name := range []string{"site.css", "search.js"} {
		text, err := assets.ReadFile("assets/" + name)
		if err != nil {
			return err
		}
		if err := s.write(name, text); err != nil {
			return err
		}
	}
	index, err := json.Marshal(s.index)
	if err != nil {
		return err
	}
	return s.write("search.json", index)
}

// policy is what the page may load: its own files, and the engine.
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'">`

// playground writes the page of the playground, with the engine in a worker.
func playground(out string, lessons []*lesson.Lesson) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	files := page.Files()
	names, err := fs.Glob(files, "*")
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if name == "index.html" {
			changed := strings.Replace(string(text), `data-engine="local"`, `data-engine="worker"`, 1)
			changed = strings.Replace(changed, `<meta charset="utf-8">`, `<meta charset="utf-8">`+"\n"+policy, 1)
			text = []byte(strings.Replace(changed, "</header>", `<a href="../index.html">Guides</a></header>`, 1))
		}
		if err := os.WriteFile(filepath.Join(out, name), text, 0o644); err != nil {
			return err
		}
	}
	text, err := lesson.JSON(lessons)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "lessons.json"), text, 0o644)
}
