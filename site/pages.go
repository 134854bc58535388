package main

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
)

// menu are the pages that every page links to.
var menu = []struct{ page, title string }{
	{"index.html", "gdbench"}, {"play/index.html", "Playground"}, {"lessons-list.html", "Lessons"}, {"suites.html", "Suites"},
	{"problems.html", "Problems"}, {"methods.html", "Methods"}, {"report.html", "Reports"}, {"glossary.html", "Glossary"}, {"gallery.html", "Gallery"},
}

// page writes a page around its body.
func (s *site) page(name, title string, body []byte) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; img-src 'self' data:; style-src 'self'; base-uri 'none'\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n<link rel=\"icon\" href=\"data:,\">\n"+
		"<link rel=\"stylesheet\" href=\"site.css\">\n<script type=\"module\" src=\"search.js\"></script>\n</head>\n<body>\n", html.EscapeString(title))
	b.WriteString("<a class=\"skip\" href=\"#content\">Skip to the content</a>\n<header><nav aria-label=\"Site\">")
	for _, m := range menu {
		fmt.Fprintf(&b, "<a href=\"%s\">%s</a> ", m.page, m.title)
	}
	b.WriteString("</nav>\n<search><label>Search <input id=\"search\" type=\"search\" autocomplete=\"off\"></label><ul id=\"found\" aria-live=\"polite\"></ul></search></header>\n<main id=\"content\">\n")
	b.Write(body)
	b.WriteString("</main>\n</body>\n</html>\n")
	return s.write(name, b.Bytes())
}

func (s *site) write(name string, text []byte) error {
	file := filepath.Join(s.out, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}

// lessonPage lists the lessons, each with a link into the playground.
func (s *site) lessonPage() error {
	var b strings.Builder
	b.WriteString("<h1>Lessons</h1>\n<ol>\n")
	for _, l := range s.lessons {
		fmt.Fprintf(&b, "<li><a href=\"play/index.html#lesson=%d\">%s</a><br>%s</li>\n", l.Number, html.EscapeString(l.Title), html.EscapeString(l.Question))
		s.index = append(s.index, found{fmt.Sprintf("play/index.html#lesson=%d", l.Number), "Lesson: " + l.Title, l.Question + " " + l.Proved + " " + l.Beyond})
	}
	b.WriteString("</ol>\n<p>In the terminal: <code>gdbench learn</code>. How to write one: <a href=\"lessons.html\">playground and lessons</a>.</p>\n")
	return s.page("lessons-list.html", "Lessons", []byte(b.String()))
}

// gallery shows the pictures of the guides.
func (s *site) gallery() error {
	names, err := filepath.Glob(filepath.Join(s.root, "docs", "pictures", "*"))
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("<h1>Gallery</h1>\n<p>Figures of reports, which <code>gdbench report</code> makes of a run.</p>\n")
	for _, name := range names {
		base := filepath.Base(name)
		if ext := filepath.Ext(base); ext != ".svg" && ext != ".png" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := s.write("files/docs/pictures/"+base, text); err != nil {
			return err
		}
		title := strings.ReplaceAll(strings.TrimSuffix(base, filepath.Ext(base)), "-", " ")
		fmt.Fprintf(&b, "<figure><img src=\"files/docs/pictures/%s\" alt=\"%s\"><figcaption>%s</figcaption></figure>\n", base, html.EscapeString(title), html.EscapeString(title))
	}
	return s.page("gallery.html", "Gallery", []byte(b.String()))
}
