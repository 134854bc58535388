package evidence

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

// ShortProblem is a problem's label without the settings that it shares with all problems that
// are called alike: what a heading has room for.
func (e *Evidence) ShortProblem(p *Problem) string {
	if e.shortProblems == nil {
		var labels []string
		for _, p := range e.Problems {
			labels = append(labels, p.Label)
		}
		e.shortProblems = shorten(labels)
	}
	return e.shortProblems[p.Label]
}

// ShortMethod is the same of an entry's label among all methods.
func (e *Evidence) ShortMethod(entry *Entry) string {
	if e.shortMethods == nil {
		var labels []string
		seen := map[string]bool{}
		for _, p := range e.Problems {
			for _, entry := range p.Entries {
				if !seen[entry.Label] {
					seen[entry.Label] = true
					labels = append(labels, entry.Label)
				}
			}
		}
		e.shortMethods = shorten(labels)
	}
	return e.shortMethods[entry.Label]
}

// roomy is the length up to which a label that is alone among its like stays as it is.
const roomy = 36

// shorten leaves out of each label the settings ("key=value") that all labels with the same
// words before the first setting have in common, and the last digits of numbers. A label that
// is alone and long loses its last settings. Labels that would no longer differ stay as they
// are.
func shorten(labels []string) map[string]string {
	alike := map[string][]string{} // labels by their words before the settings
	for _, label := range labels {
		alike[head(label)] = append(alike[head(label)], label)
	}
	out, taken := map[string]string{}, map[string]int{}
	for _, group := range alike {
		shared := settings(group[0])
		for _, label := range group[1:] {
			own := settings(label)
			shared = slices.DeleteFunc(shared, func(word string) bool { return !slices.Contains(own, word) })
		}
		for _, label := range group {
			if len(group) == 1 {
				out[label] = cut(label)
			} else {
				out[label] = join(label, func(word string) bool { return !slices.Contains(shared, word) })
			}
			if out[label] == "" { // of settings that it shares alone
				out[label] = label
			}
			taken[out[label]]++
		}
	}
	for label, short := range out {
		if taken[short] > 1 {
			out[label] = label
		}
	}
	return out
}

// join puts some words of a label together, with short numbers.
func join(label string, keep func(word string) bool) string {
	var out []string
	for _, word := range words(label) {
		if !keep(word) {
			continue
		}
		if key, value, set := strings.Cut(word, "="); set {
			if v, err := strconv.ParseFloat(value, 64); err == nil && len(text.Short(v)) < len(value) {
				word = key + "=" + text.Short(v)
			}
		}
		out = append(out, word)
	}
	return strings.Join(out, " ")
}

// cut is a label without the settings that there is no room for.
func cut(label string) string {
	length, left := 0, false
	short := join(label, func(word string) bool {
		length += len([]rune(word)) + 1
		left = left || strings.Contains(word, "=") && length > roomy+1
		return !left
	})
	if left {
		short += " …"
	}
	return short
}

// words are what blanks separate in a label, outside of brackets.
func words(label string) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range label {
		switch r {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ' ':
			if depth <= 0 {
				out, from = append(out, label[from:i]), i+1
			}
		}
	}
	return append(out, label[from:])
}

// head is a label without its settings.
func head(label string) string {
	return strings.Join(slices.DeleteFunc(words(label), func(word string) bool { return strings.Contains(word, "=") }), " ")
}

// settings are the words of a label that set something.
func settings(label string) []string {
	return slices.DeleteFunc(words(label), func(word string) bool { return !strings.Contains(word, "=") })
}
