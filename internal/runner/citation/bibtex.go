package citation

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/gdbench/gdbench/internal/text"
	"golang.org/x/text/unicode/norm"
)

// Bibliography collects works, each once, with what cites it.
type Bibliography struct {
	entries []*entry
}

type entry struct {
	Work
	by []string // components
}

// Add cites a work by a component. Of one work cited twice the fields are joined: many sources
// name a book by another of its sections.
func (b *Bibliography) Add(w Work, by string) {
	for _, e := range b.entries {
		if e.same(&w) {
			e.fill(&w)
			if !slices.Contains(e.by, by) {
				e.by = append(e.by, by)
			}
			return
		}
	}
	b.entries = append(b.entries, &entry{Work: w, by: []string{by}})
}

// same reports whether two citations are of one work: nothing that both have differs.
func (w *Work) same(v *Work) bool {
	if w.DOI != "" && w.DOI == v.DOI {
		return true
	}
	if w.Year == "" || w.Year != v.Year || w.first() != v.first() || w.DOI != "" && v.DOI != "" {
		return false
	}
	agree := func(a, b string) bool { return a == "" || b == "" || strings.EqualFold(a, b) }
	return agree(w.Title, v.Title) && agree(w.Journal+w.Volume, v.Journal+v.Volume) && agree(w.Venue, v.Venue)
}

// fill takes the fields that a work lacks from another citation of it, and names that have
// initials.
func (w *Work) fill(v *Work) {
	for _, f := range []struct{ to, from *string }{{&w.Title, &v.Title}, {&w.Journal, &v.Journal}, {&w.Volume, &v.Volume}, {&w.Number, &v.Number},
		{&w.Pages, &v.Pages}, {&w.Venue, &v.Venue}, {&w.ArXiv, &v.ArXiv}, {&w.DOI, &v.DOI}, {&w.Note, &v.Note}} {
		if *f.to == "" {
			*f.to = *f.from
		}
	}
	if strings.Contains(strings.Join(v.Authors, ""), ",") && len(v.Authors) >= len(w.Authors) {
		w.Authors = v.Authors
	}
}

// Write writes the entries with their keys, which are the first surname and the year.
func (b *Bibliography) Write(out io.Writer) error {
	keys := map[string]int{}
	for _, e := range b.entries {
		key := e.key()
		keys[key]++
		if n := keys[key]; n > 1 {
			key += string(rune('a' + n - 1))
		}
		if _, err := fmt.Fprintf(out, "%% %s\n%s\n", text.Line(strings.Join(e.by, ", ")), e.bibtex(key)); err != nil {
			return err
		}
	}
	return nil
}

func (e *entry) key() string {
	base := cmp.Or(e.first(), e.Group, e.by[0])
	ascii := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKD.String(base))
	return ascii + e.Year
}

// bibtex is the entry of a work, in signs that every LaTeX reads.
func (w *Work) bibtex(key string) string {
	kind := "misc"
	switch {
	case w.Journal != "":
		kind = "article"
	case w.Venue != "" && w.Title != "":
		kind = "inproceedings"
	}
	authors := slices.Clone(w.Authors)
	if w.Group != "" {
		authors = []string{w.Group}
	}
	if w.Others {
		authors = append(authors, "others")
	}
	title := w.Title
	if title != "" {
		title = "{" + text.LaTeX(title) + "}" // as it is written: names keep their capitals
	}
	var out strings.Builder
	fmt.Fprintf(&out, "@%s{%s,\n", kind, key)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&out, "  %s = {%s},\n", name, value)
		}
	}
	names := text.LaTeX(strings.Join(authors, " and "))
	if w.Group != "" {
		names = "{" + names + "}" // no surname and no initials
	}
	field("author", names)
	field("title", title)
	field("journal", text.LaTeX(w.Journal))
	field("booktitle", text.LaTeX(w.Venue))
	field("volume", w.Volume)
	field("number", dashes(w.Number))
	field("pages", w.Pages)
	field("year", w.Year)
	if w.ArXiv != "" {
		field("eprint", w.ArXiv)
		field("archiveprefix", "arXiv")
	}
	field("note", text.LaTeX(w.Note))
	field("doi", w.DOI)
	out.WriteString("}\n")
	return out.String()
}
