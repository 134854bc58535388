// Command site writes the static site of gdbench: guides and catalogues as pages with a search, the
// lessons, a gallery and the playground. site/build runs it, after the engine.
package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/gdbench/gdbench/internal/play"
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
	s := &site{root: repository, out: out, lessons: lessons}
	if err := s.playground(); err != nil {
		return err
	}
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
func (s *site) playground() error {
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
			text = []byte(strings.NewReplacer(`data-engine="local"`, `data-engine="worker"`, `<meta charset="utf-8">`, `<meta charset="utf-8">`+"\n"+policy,
				"</header>", `<a href="../index.html">Guides</a></header>`).Replace(string(text)))
		}
		if err := s.write("play/"+name, text); err != nil {
			return err
		}
	}
	text, err := lesson.JSON(s.lessons)
	if err != nil {
		return err
	}
	if err := s.write("play/lessons.json", text); err != nil {
		return err
	}
	return s.prepared()
}

// prepared writes the first answers that the page asks for, so that it draws while the engine is loaded.
func (s *site) prepared() error {
	type answer struct {
		Setup play.Setup      `json:"setup"`
		Reply json.RawMessage `json:"reply"`
	}
	write := func(name string, request play.Request) error {
		question, err := json.Marshal(request)
		if err != nil {
			return err
		}
		text, err := json.Marshal(answer{request.Setup, play.Answer(context.Background(), bytes.NewReader(question))})
		if err != nil {
			return err
		}
		return s.write("play/prepared/"+name+".json", text)
	}
	if err := write("offers", play.Request{Ask: "offers"}); err != nil {
		return err
	}
	setups := []play.Setup{play.First}
	for _, l := range s.lessons {
		setups = append(setups, l.Play)
	}
	for i, setup := range setups {
		if err := write(fmt.Sprintf("lesson-%d", i), play.Request{Ask: "run", Setup: setup}); err != nil {
			return err
		}
	}
	return nil
}
