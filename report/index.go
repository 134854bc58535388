package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/atomicfile"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
	"github.com/gdbench/gdbench/internal/text"
)

// IndexFile is the file of a report that shows all others, with small pictures of the figures.
const IndexFile = "index.html"

//go:embed index.html
var indexMarkup string

var indexPage = template.Must(template.New("index").Funcs(template.FuncMap{"plain": text.HTML, "coded": coded, "count": english.Count[int], "verb": english.Verb[int]}).Parse(indexMarkup))

// coded is a sentence with what is between backticks, such as a command, as code.
func coded(sentence string) template.HTML {
	parts := strings.Split(text.HTML(sentence), "`")
	if len(parts)%2 == 0 {
		return template.HTML(template.HTMLEscapeString(strings.Join(parts, "`"))) // one is not closed
	}
	for i := range parts {
		parts[i] = template.HTMLEscapeString(parts[i])
		if i%2 == 1 {
			parts[i] = "<code>" + parts[i] + "</code>"
		}
	}
	return template.HTML(strings.Join(parts, ""))
}

// shelf is a group of figures in the index: those across problems, or those of one.
type shelf struct {
	Name    string
	Figures []thumbnail
}

type thumbnail struct {
	Title   string
	Picture string // path of what is shown; "": no format that a browser shows
	Files   []link
}

type link struct{ Name, Path string }

// index writes the index of all files that the report has.
func (w *writer) index(e *evidence.Evidence, figures []*figure.Figure, tables []*table.Table) error {
	var shelves []shelf
	for _, f := range figures {
		name := f.Problem
		if name == "" {
			name = "All problems"
		}
		if len(shelves) == 0 || shelves[len(shelves)-1].Name != name {
			shelves = append(shelves, shelf{Name: name})
		}
		if t := w.thumbnail(f); len(t.Files) > 0 {
			s := &shelves[len(shelves)-1]
			s.Figures = append(s.Figures, t)
		}
	}
	type row struct {
		Title string
		Files []link
	}
	var rows []row
	for _, t := range tables {
		r := row{Title: t.Title}
		for _, format := range table.Formats {
			r.Files = append(r.Files, link{string(format), t.Name + "." + string(format)})
		}
		rows = append(rows, r)
	}
	var names []string
	for _, run := range e.Runs {
		names = append(names, run.Manifest.Suite)
	}
	var b bytes.Buffer
	if err := indexPage.Execute(&b, map[string]any{
		"Title": strings.Join(names, ", "), "Headline": e.Headline("RUN"), "Page": PageFile, "Shelves": shelves, "Tables": rows, "Sparse": w.report.Sparse, "Details": w.report.Details,
	}); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	path := filepath.Join(w.folder, IndexFile)
	if err := atomicfile.Write(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("index: %w", err)
	}
	w.report.Files = append(w.report.Files, path)
	return nil
}

// ofFigure are the ends of the names of the files that a figure has.
var ofFigure = []string{string(SVG), string(PNG), string(PDF), "csv", "caption.tex"}

// thumbnail lists the files of a figure that were written.
func (w *writer) thumbnail(f *figure.Figure) thumbnail {
	t := thumbnail{Title: f.Title}
	for _, path := range w.report.Files {
		base := filepath.Base(path)
		format, is := strings.CutPrefix(base, f.Name+".")
		if !is || !slices.Contains(ofFigure, format) || filepath.Base(filepath.Dir(path)) != figureFolder {
			continue
		}
		relative := figureFolder + "/" + base
		t.Files = append(t.Files, link{format, relative})
		if t.Picture == "" && (format == string(SVG) || format == string(PNG)) {
			t.Picture = relative
		}
	}
	return t
}
