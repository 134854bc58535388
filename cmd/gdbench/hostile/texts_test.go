//go:build unix

package hostile

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// forbidden is what no page and no picture may have as it is.
const forbidden = "<script>alert(7)</script>"

// texts are those that a format of a report may trip over.
var texts = []string{forbidden, "](javascript:alert(7))", "| a | b |\n|---|---|", "`code`", "```\n# heading", "=HYPERLINK(\"x\")", "+1", "-1", "@name", "\"quoted\", and 'so'", "a;b\tc", "%PDF", "$x^2$",
	`\input{/etc/passwd}`, `\end{document}`, "{", "}", "100% & more_or~less #1", "\x1b[31mred", "\x07", "\u0000", "\u202egnp", "\u2028", "\r", "line\nbreak", "::error::x", "<!--", "]]>", "&amp;&#0;",
	"日本語", "e\u0301", "🦖", "*bold* _it_ ~~no~~", "  ", "@article{x,", "/", "..", "CON", "%s%d%!v"}

// text is a text that hurts, now and then a long one.
func (w *words) text() string {
	var b strings.Builder
	for range 1 + w.IntN(3) {
		b.WriteString(of(w, texts...))
	}
	if w.IntN(3) == 0 {
		return strings.Repeat(b.String(), 1+of(w, 5000, 50_000)/b.Len())
	}
	return b.String()
}

// textAttack runs a suite whose names, labels and notes hurt, and writes everything that can be written of it.
func textAttack(w *words) attack {
	quoted := func() string {
		q, err := json.Marshal(w.text())
		if err != nil {
			panic(err)
		}
		return string(q)
	}
	some := func(text string) string {
		if w.IntN(2) == 0 {
			return ""
		}
		return text
	}
	name := `small`
	if w.IntN(20) == 0 {
		name = quoted()
	}
	one, other := quoted(), quoted()
	suite := fmt.Sprintf("suite: %s\nbudget: {iterations: 20}\n", name) + some("about: "+quoted()+"\n") + some("reference: "+one+"\n") +
		some(fmt.Sprintf("look: [{text: %s, expect: A}]\nexpect: [{name: A, says: %s, method: %s, reaches: 1e-2}]\n", quoted(), quoted(), one)) +
		some(fmt.Sprintf("style:\n  ? %s\n  : {colour: blue}\n", one)) +
		some(fmt.Sprintf("accept: [{finding: unequal-tuning, because: %s}]\n", quoted())) +
		fmt.Sprintf("problems: [{name: quadratic, dim: 2, label: %s}, {name: expression, of: %s, start: {name: normal}}]\n", other, of(w, "x^2", "x1^2 + x2^4")) +
		fmt.Sprintf("methods: [{name: fixed-step, lr: [0.1, 0.05], label: %s}, {name: newton, label: %s}, {name: heavy-ball, lr: 0.1, on: [%s]}]\n", one, quoted(), other)
	a := attack{long: true, suite: true, texts: true, files: map[string]string{"suite.yaml": suite}}
	a.args = []string{"run", "suite.yaml", "--no-report", "--out", "out", "--set", of(w, "seed=2", "about="+strings.ReplaceAll(quoted(), `\u0000`, ""))}
	a.then = [][]string{of(w,
		[]string{"report", "out", "--out", "report", "--format", "svg", "--format", "pdf", "--format", "png"},
		[]string{"report", "out", "--out", "report", "--width", "column", "--panels", "--all"},
		[]string{"bundle", "out", "--out", "it.tar.gz"},
		[]string{"cite", "out", "--out", "it.bib"},
		[]string{"review", "out"},
		[]string{"verify", "out", "--sample", "1"},
		[]string{"compare", "out", "out"},
		[]string{"gate", "out", "out", "--summary", "s.md", "--junit", "junit.xml"},
		[]string{"history", "out", "out"},
		[]string{"export", "out", "--format", of(w, "csv", "coco", "ioh", "benchopt", "benchfmt", "github", "bencher"), "--out", "export"},
	)}
	return a
}

// inspect lists what is wrong with the files of a folder.
func inspect(folder string) []string {
	var out []string
	_ = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		name, text := filepath.Base(path), string(content)
		switch filepath.Ext(path) {
		case ".svg", ".xml":
			if err := wellFormed(text); err != nil {
				out = append(out, fmt.Sprintf("%s: %v", name, err))
			}
			fallthrough
		case ".html", ".md":
			if strings.Contains(text, forbidden) {
				out = append(out, name+" has a script of the suite")
			}
			fallthrough
		case ".csv", ".tex", ".bib", ".txt":
			if at := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) }); at >= 0 {
				out = append(out, fmt.Sprintf("%s has the control character %q", name, text[at]))
			}
		}
		return nil
	})
	return out
}

func wellFormed(text string) error {
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
