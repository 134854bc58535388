package verdict

import (
	_ "embed"
	"html/template"
	"io"

	"github.com/gdbench/gdbench/internal/report/compare"
	"github.com/gdbench/gdbench/internal/report/table"
)

//go:embed page.gohtml
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"table":  func(r *compare.Report) *table.Table { return Table(r, 0) },
	"counts": counts,
	"sides":  sides,
}).Parse(pageText))

// WriteHTML writes the document as one page that needs nothing else, with every row.
func (s *Summary) WriteHTML(w io.Writer) error { return page.Execute(w, s) }
