package evidence

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
)

// Names are labels as people read them beside each other: without what all of them share, which
// Title says once, without what those with the same words share, which Notes say, and with three
// significant digits. Parts are left out whole, and no two names are the same.
type Names struct {
	short map[string]string
	title string
	notes []string
}

// ShortProblem is a problem's label without the settings that it shares with all problems that
// are called alike: what a heading has room for.
func (e *Evidence) ShortProblem(p *Problem) string { return e.problemNames().Of(p.Label) }

// SharedByProblems are sentences on what the names of problems leave out.
func (e *Evidence) SharedByProblems() []string { return e.problemNames().said("problems") }

// ProblemNames are the names of some problems beside each other, and sentences on what they leave out.
func ProblemNames(labels []string) (names *Names, left []string) {
	names = namesOf(labels, false)
	return names, names.said("problems")
}

// Family is what labels of one method at several settings have in common, and own what a label of
// them says besides. It is not ok where their words differ, or there are none.
func Family(labels []string) (family string, own func(label string) string, ok bool) {
	shared := wordsOf(labels[0])
	for _, label := range labels {
		if head(label) != head(labels[0]) {
			return "", nil, false
		}
		its := wordsOf(label)
		shared = slices.DeleteFunc(shared, func(word string) bool { return !slices.Contains(its, word) })
	}
	return strings.Join(shared, " "), func(label string) string {
		return spoken(slices.DeleteFunc(wordsOf(label), func(word string) bool { return slices.Contains(shared, word) }), false)
	}, head(labels[0]) != ""
}

func (e *Evidence) problemNames() *Names {
	if e.shortProblems == nil {
		var labels []string
		for _, p := range e.Problems {
			labels = append(labels, p.Label)
		}
		e.shortProblems = namesOf(labels, false)
	}
	return e.shortProblems
}

// ShortMethod is the same of an entry's label among all methods.
func (e *Evidence) ShortMethod(entry *Entry) string {
	if e.shortMethods == nil {
		var labels []string
		for _, p := range e.Problems {
			for _, entry := range p.Entries {
				labels = append(labels, entry.Label)
			}
		}
		e.shortMethods = namesOf(labels, false)
	}
	return e.shortMethods.Of(entry.Label)
}

// roomy is the length up to which a label that is alone among its like stays as it is.
const roomy = 36

// LegendNames are the names of curves in a legend. Where all have the same words, the title has them.
func LegendNames(labels []string) *Names { return namesOf(labels, true) }

// namesOf makes the names of labels; titled: without the words that all have in common.
func namesOf(labels []string, titled bool) *Names {
	labels = eachOnce(labels)
	n := &Names{short: map[string]string{}}
	all := n.sharedByAll(labels)
	var heads []string
	alike := map[string][]string{} // labels by their words before the settings
	for _, label := range labels {
		h := head(label)
		if alike[h] == nil {
			heads = append(heads, h)
		}
		alike[h] = append(alike[h], label)
	}
	whole := titled && len(heads) == 1 && heads[0] != "" && len(labels) > 1
	drops := map[string][]string{}
	for _, h := range heads {
		group := alike[h]
		own := n.sharedBy(h, group, all)
		for _, label := range group {
			drops[label] = append(slices.Clone(all), own...)
			whole = whole && len(settings(label)) > len(drops[label])
		}
	}
	for _, label := range labels {
		n.short[label] = join(label, drops[label], whole, false)
	}
	n.entitle(all, heads, whole)
	n.distinguish(labels, drops)
	return n
}

// sharedByAll are the settings that several labels with different words have in common.
func (n *Names) sharedByAll(labels []string) []string {
	if len(labels) < 2 {
		return nil
	}
	shared := settings(labels[0])
	for _, label := range labels[1:] {
		own := settings(label)
		shared = slices.DeleteFunc(shared, func(word string) bool { return !slices.Contains(own, word) })
	}
	return shared
}

// sharedBy are the further settings that labels with the same words have in common. A label that is
// alone and long is called by its words.
func (n *Names) sharedBy(head string, group, all []string) []string {
	if head == "" {
		return nil // the only settings that can be said of them are those of all
	}
	shared := n.sharedByAll(group)
	if len(group) == 1 && len([]rune(spoken(wordsOf(group[0]), false))) > roomy {
		shared = settings(group[0])
	}
	shared = slices.DeleteFunc(slices.Clone(shared), func(word string) bool { return slices.Contains(all, word) })
	if len(shared) > 0 {
		n.notes = append(n.notes, head+": "+spoken(shared, false))
	}
	return shared
}

// entitle says what all labels share: their words, too, where the settings that are left
// distinguish them.
func (n *Names) entitle(all, heads []string, whole bool) {
	switch {
	case whole:
		n.title = heads[0]
		if len(all) > 0 {
			n.title += ": " + spoken(all, false)
		}
	case len(all) > 0:
		n.title = "each with " + spoken(all, false)
	}
}

// distinguish gives names that coincide, or are empty, back what they have lost: first digits, then
// everything.
func (n *Names) distinguish(labels []string, drops map[string][]string) {
	for _, again := range []func(label string) string{
		func(label string) string { return join(label, drops[label], false, true) },
		func(label string) string { return label },
	} {
		taken := map[string]int{}
		for _, label := range labels {
			taken[n.short[label]]++
		}
		for _, label := range labels {
			if short := n.short[label]; short == "" || taken[short] > 1 {
				n.short[label] = again(label)
			}
		}
	}
}

// Of is the name for a label.
func (n *Names) Of(label string) string {
	if short, known := n.short[label]; known {
		return short
	}
	return label
}

// Has reports whether a text is one of the names.
func (n *Names) Has(name string) bool {
	for _, short := range n.short {
		if short == name {
			return true
		}
	}
	return false
}

// Title is what all labels share; "": nothing.
func (n *Names) Title() string { return n.title }

// Notes say what names leave out that Title does not say; of is what they are names of.
func (n *Names) Notes() []string {
	if len(n.notes) == 0 {
		return nil
	}
	return []string{"Left out of the labels: " + strings.Join(n.notes, "; ") + "."}
}

// said are the notes with the title.
func (n *Names) said(of string) []string {
	if n.title == "" {
		return n.Notes()
	}
	return append([]string{"All " + of + ": " + strings.TrimPrefix(n.title, "each with ") + "."}, n.Notes()...)
}

// eachOnce are the labels in the order in which they come first.
func eachOnce(labels []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, label := range labels {
		if !seen[label] {
			seen[label] = true
			out = append(out, label)
		}
	}
	return out
}

// join puts the words of a label together again without some settings, and without its own words
// where they are said elsewhere.
func join(label string, without []string, bare bool, exact bool) string {
	return spoken(slices.DeleteFunc(wordsOf(label), func(word string) bool {
		set := strings.Contains(word, "=")
		return set && slices.Contains(without, word) || !set && bare
	}), exact)
}

// spoken puts words together, numbers in settings with three digits or exact.
func spoken(words []string, exact bool) string {
	out := slices.Clone(words)
	for i, word := range out {
		key, value, set := strings.Cut(word, "=")
		if set && !exact {
			out[i] = key + "=" + roundIn(value)
		}
	}
	return strings.Join(out, " ")
}

// between are what numbers in a value are between.
const between = "=,()[]{}/*+ "

// roundIn shortens the fractions in a value. A whole number, such as a seed, stays as it is.
func roundIn(value string) string {
	var out strings.Builder
	from := 0
	piece := func(to int) {
		token := value[from:to]
		if v, err := strconv.ParseFloat(token, 64); err == nil && strings.ContainsAny(token, ".e") && len(text.Short(v)) < len(token) {
			token = text.Short(v)
		}
		out.WriteString(token)
	}
	for i, r := range value {
		if strings.ContainsRune(between, r) {
			piece(i)
			out.WriteRune(r)
			from = i + 1
		}
	}
	piece(len(value))
	return out.String()
}

// wordsOf are what blanks separate in a label, outside of brackets.
func wordsOf(label string) []string {
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
	return strings.Join(slices.DeleteFunc(wordsOf(label), func(word string) bool { return strings.Contains(word, "=") }), " ")
}

// settings are the words of a label that set something.
func settings(label string) []string {
	return slices.DeleteFunc(wordsOf(label), func(word string) bool { return !strings.Contains(word, "=") })
}
