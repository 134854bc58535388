package history

import (
	_ "embed"
	"encoding/base64"
	"errors"
	"html/template"
	"io"

	"github.com/gdbench/gdbench/internal/report/draw"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/table"
)

//go:embed page.gohtml
var pageText string

var page = template.Must(template.New("history").Funcs(template.FuncMap{"add": func(a, b int) int { return a + b }}).Parse(pageText))

// picture is a figure as the page embeds it.
type picture struct {
	*figure.Figure
	Source template.URL
}

// WriteHTML writes the history as one page that needs nothing else.
func (h *History) WriteHTML(w io.Writer) error {
	var pictures []picture
	for _, m := range h.Metrics() {
		f := h.Figure(m)
		svg, err := draw.Render(f, draw.SVG)
		if errors.Is(err, draw.ErrEmpty) {
			continue
		}
		if err != nil {
			return err
		}
		pictures = append(pictures, picture{f, template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(svg))})
	}
	return page.Execute(w, struct {
		*History
		State    Badge
		Found    []found
		Pictures []picture
		All      *table.Table
	}{h, h.Badge(), h.found(), pictures, h.Table(0)})
}

// found is a change as the page lists it.
type found struct {
	*Trend
	*Change
	Direction, Suspects, Sentence string
	FromRun, ToRun                *Run
}

// found lists changes, the latest first.
func (h *History) found() (out []found) {
	for k := len(h.Runs) - 1; k >= 0; k-- {
		for i := range h.Trends {
			t := &h.Trends[i]
			for j := range t.Changes {
				if c := &t.Changes[j]; c.To == k {
					out = append(out, found{t, c, c.direction(), h.suspects(c), c.sentence(t), &h.Runs[c.From], &h.Runs[c.To]})
				}
			}
		}
	}
	return out
}
