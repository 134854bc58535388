package main

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/russross/blackfriday/v2"

	"github.com/gdbench/gdbench/internal/play/lesson"
)

// site is what is written, and what the search knows of it.
type site struct {
	root, out string
	lessons   []*lesson.Lesson
	pages     []document
	index     []found
}

// document is a Markdown file with its page.
type document struct{ source, page, title string }

// found is a section that the search finds.
type found struct {
	Page  string `json:"page"`
	Title string `json:"title"`
	Text  string `json:"text"`
}

// extensions are those of GitHub's Markdown that the guides use.
const extensions = blackfriday.CommonExtensions&^blackfriday.HeadingIDs | blackfriday.NoEmptyLineBeforeBlock

// documents writes the guides: each Markdown file of the root and of docs is a page.
func (s *site) documents() error {
	for _, pattern := range []string{"*.md", "docs/*.md"} {
		names, err := filepath.Glob(filepath.Join(s.root, pattern))
		if err != nil {
			return err
		}
		for _, name := range names {
			relative, err := filepath.Rel(s.root, name)
			if err != nil {
				return err
			}
			source := filepath.ToSlash(relative)
			s.pages = append(s.pages, document{source: source, page: pageOf(source)})
		}
	}
	texts := map[string]*blackfriday.Node{}
	for i, d := range s.pages {
		text, err := os.ReadFile(filepath.Join(s.root, d.source))
		if err != nil {
			return err
		}
		tree := blackfriday.New(blackfriday.WithExtensions(extensions)).Parse(text)
		texts[d.source] = tree
		s.pages[i].title = titleOf(tree, d.page)
	}
	for _, d := range s.pages {
		body, err := s.render(d, texts[d.source])
		if err != nil {
			return err
		}
		if err := s.page(d.page, d.title, body); err != nil {
			return err
		}
	}
	return nil
}

// pageOf is the page of a document; the README is the first one.
func pageOf(source string) string {
	name := strings.TrimSuffix(path.Base(source), ".md")
	if source == "README.md" {
		return "index.html"
	}
	return strings.ToLower(name) + ".html"
}

// titleOf is the first heading.
func titleOf(tree *blackfriday.Node, otherwise string) string {
	title := ""
	tree.Walk(func(n *blackfriday.Node, entering bool) blackfriday.WalkStatus {
		if entering && n.Type == blackfriday.Heading && title == "" {
			title = plain(n)
		}
		return blackfriday.GoToNext
	})
	if title == "" {
		return otherwise
	}
	return title
}

// plain is the text of a node.
func plain(n *blackfriday.Node) string {
	var b strings.Builder
	n.Walk(func(n *blackfriday.Node, entering bool) blackfriday.WalkStatus {
		if entering && (n.Type == blackfriday.Text || n.Type == blackfriday.Code || n.Type == blackfriday.CodeBlock) {
			b.Write(n.Literal)
			b.WriteByte(' ')
		}
		return blackfriday.GoToNext
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// anchor is the fragment that GitHub makes of a heading.
func anchor(n *blackfriday.Node) string {
	var raw strings.Builder
	n.Walk(func(n *blackfriday.Node, entering bool) blackfriday.WalkStatus {
		if entering {
			raw.Write(n.Literal)
		}
		return blackfriday.GoToNext
	})
	var b strings.Builder
	for _, r := range strings.ToLower(raw.String()) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 127:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// render is the page of a document, with its links led to pages, and its sections in the search.
func (s *site) render(d document, tree *blackfriday.Node) ([]byte, error) {
	var failed error
	section := found{Page: d.page, Title: d.title}
	tree.Walk(func(n *blackfriday.Node, entering bool) blackfriday.WalkStatus {
		if !entering {
			return blackfriday.GoToNext
		}
		switch n.Type {
		case blackfriday.Heading:
			s.index = append(s.index, section)
			n.HeadingID = anchor(n)
			section = found{Page: d.page + "#" + n.HeadingID, Title: d.title + ": " + plain(n)}
		case blackfriday.Link, blackfriday.Image:
			to, err := s.lead(d.source, string(n.LinkData.Destination))
			if err != nil {
				failed = err
			}
			n.LinkData.Destination = []byte(to)
		case blackfriday.Text, blackfriday.Code, blackfriday.CodeBlock:
			section.Text += string(n.Literal) + " "
		}
		return blackfriday.GoToNext
	})
	s.index = slices.DeleteFunc(append(s.index, section), func(f found) bool { return strings.TrimSpace(f.Text) == "" })
	renderer := blackfriday.NewHTMLRenderer(blackfriday.HTMLRendererParameters{})
	var b bytes.Buffer
	renderer.RenderHeader(&b, tree)
	tree.Walk(func(n *blackfriday.Node, entering bool) blackfriday.WalkStatus {
		return renderer.RenderNode(&b, n, entering)
	})
	renderer.RenderFooter(&b, tree)
	return b.Bytes(), failed
}

// lead is where a link of a document goes on the site. A file of the repository that is no page is
// copied; a folder is one of the repository, which the site does not have.
func (s *site) lead(source, to string) (string, error) {
	target, fragment, _ := strings.Cut(to, "#")
	if strings.Contains(to, "://") || strings.HasPrefix(to, "mailto:") || target == "" {
		return to, nil
	}
	if fragment != "" {
		fragment = "#" + fragment
	}
	file := path.Join(path.Dir(source), target)
	if at := slices.IndexFunc(s.pages, func(d document) bool { return d.source == file }); at >= 0 {
		return s.pages[at].page + fragment, nil
	}
	info, err := os.Stat(filepath.Join(s.root, file))
	if err != nil {
		return "", fmt.Errorf("%s: the link %s has no target", source, to)
	}
	if info.IsDir() {
		return s.folder(file)
	}
	text, err := os.ReadFile(filepath.Join(s.root, file))
	if err != nil {
		return "", err
	}
	return "files/" + file, s.write("files/"+file, text)
}

// folder is a page with the names of the files of a folder.
func (s *site) folder(name string) (string, error) {
	entries, err := os.ReadDir(filepath.Join(s.root, name))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<h1>%s</h1>\n<p>A folder of the repository:</p>\n<ul>\n", html.EscapeString(name))
	for _, e := range entries {
		fmt.Fprintf(&b, "<li>%s</li>\n", html.EscapeString(e.Name()))
	}
	b.WriteString("</ul>\n")
	to := "folder-" + strings.ReplaceAll(name, "/", "-") + ".html"
	return to, s.page(to, name, []byte(b.String()))
}
