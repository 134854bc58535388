// Package citation makes BibTeX of the sources that the registries name for methods, problems and
// data sets. The parts are found by how such texts are written: "Nesterov 2013, Math. Program. 140,
// 125–161", or "S. Boyd and L. Vandenberghe, Convex Optimization, 2004, section 9.3", several with
// semicolons. Where the text names a journal only, the title is that of a table; else what is not in
// the text is not in the entry.
package citation

import (
	_ "embed" // titles.txt
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Work is one cited work. Empty fields are not in its source.
type Work struct {
	Authors []string // "Surname, Initials", or a surname alone
	Others  bool     // et al.
	Group   string   // instead of authors
	Year    string
	Title   string

	Journal, Volume, Number, Pages string
	Venue                          string // of a conference
	ArXiv, DOI                     string
	Note                           string // what is none of these: a publisher, a licence
}

var (
	year    = regexp.MustCompile(`\b(1[89]|20)\d\d\b`)
	arxiv   = regexp.MustCompile(`^arXiv:(\S+)$`)
	part    = regexp.MustCompile(`^(§|sections? |algorithms? |theorem |equation |problems? |lecture |chapter |proposition |fact |table |as in |with )`)
	pages   = regexp.MustCompile(`^[\d]+[–-][\d]+$`)
	inVol   = regexp.MustCompile(`^(.+?) (\d+)(?:\((\d+(?:[–-]\d+)?)\))?(?::(\d+(?:[–-]\d+)?))?$`)
	venue   = regexp.MustCompile(`^(?:AISTATS|COLT|ICLR|ICML|ICNN|NIPS|NeurIPS|WACV)(?: \d{1,3}| workshop)?$|Proceedings|Conference|Advances in [Nn]eural`)
	initial = regexp.MustCompile(`^(?:[\p{Lu}][a-z]?\.[- ]?)+$`)
	word    = regexp.MustCompile(`^\p{Lu}[\p{L}'’.-]*$`)
	between = regexp.MustCompile(`, | & | and |^and `) // names
	bracket = regexp.MustCompile(`\s+\([^)]*\)$`)
	report  = regexp.MustCompile(`^(INRIA|TR) `)
	dated   = regexp.MustCompile(`^(.+?) (\d+) \((?:1[89]|20)\d\d\) ([\d]+[–-][\d]+)$`) // "Annals of Statistics 32 (2004) 407–499"
)

// Parse finds the works in the source of a component. The DOI is that of the first of them, unless
// the table later names another.
func Parse(source, doi string) []Work {
	var works []Work
	for _, text := range strings.Split(strings.ReplaceAll(source, ", after ", "; "), "; ") {
		if w, ok := parse(strings.TrimSpace(text)); ok {
			if w.Title == "" {
				w.Title = titleOf(&w)
			}
			works = append(works, w)
		} else if len(works) > 0 && text != "" {
			works[len(works)-1].Note = join(works[len(works)-1].Note, text)
		} else if text != "" {
			works = append(works, Work{Title: text})
		}
	}
	if doi != "" && len(works) > 0 {
		works[belongs(doi, works)].DOI = doi
	}
	return works
}

func join(a, b string) string { return strings.TrimPrefix(a+"; "+b, "; ") }

// later are the DOIs of works that their sources do not name first, by the first author. All
// others belong to the first work.
var later = map[string]string{
	"10.1007/978-1-4419-8853-9":     "Nesterov 2004",
	"10.48550/arXiv.1308.0850":      "Graves 2013",
	"10.1080/10556788.2020.1808977": "Hansen 2021",
	"10.1017/CBO9780511804441":      "Boyd 2004",
	"10.1007/BF01589116":            "Liu 1989",
	"10.2140/pjm.1966.16.1":         "Armijo 1966",
	"10.1007/BF01934364":            "Dowell 1971",
	"10.1007/s10589-010-9329-3":     "Gao 2012",
	"10.1007/s10589-014-9687-3":     "Gould 2015",
}

// belongs is the place of the work that has the DOI.
func belongs(doi string, works []Work) int {
	return max(0, slices.IndexFunc(works, func(w Work) bool { return later[doi] == w.first()+" "+w.Year }))
}

// titles are those of works that sources name by their journal alone, by first author and year.
//
//go:embed titles.txt
var titles string

// titleOf is the title of a work in the table, "" where it is not there.
func titleOf(w *Work) string {
	_, after, found := strings.Cut("\n"+titles, "\n"+w.first()+" "+w.Year+": ")
	if !found {
		return ""
	}
	title, _, _ := strings.Cut(after, "\n")
	return title
}

// first is the surname of the first author.
func (w *Work) first() string {
	if len(w.Authors) == 0 {
		return ""
	}
	surname, _, _ := strings.Cut(w.Authors[0], ",")
	return surname
}

// parse reads one citation; ok is false for what has neither authors nor year.
func parse(text string) (w Work, ok bool) {
	if _, after, is := strings.Cut(text, ": "); is && startsLower(text) { // "centered: Graves 2013"
		text = after
	}
	at := year.FindStringIndex(text)
	if at == nil {
		return w, false
	}
	w.Year = text[at[0]:at[1]]
	before := strings.TrimSpace(text[:at[0]])
	if before != "" && !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, "(") && w.name(before) {
		w.place(split(strings.TrimPrefix(text[at[1]:], ",")))
		return w, true
	}
	segments := split(text)
	named := 0
	for named < len(segments)-1 && w.name(segments[named]) {
		named++
	}
	rest := slices.DeleteFunc(slices.Clone(segments[named:]), func(s string) bool { return s == w.Year })
	for i, s := range rest {
		rest[i] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(s, " "+w.Year), "("+w.Year+")"))
	}
	w.place(rest)
	return w, named > 0
}

func startsLower(s string) bool { return s != "" && unicode.IsLower([]rune(s)[0]) }

// split is a text at its commas.
func split(text string) []string {
	var out []string
	for _, s := range strings.Split(text, ", ") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// name adds authors if a text is names of people, separated by commas, & or and.
func (w *Work) name(text string) bool {
	text, others := strings.CutSuffix(strings.TrimSuffix(text, ","), " et al.")
	var found []string
	for _, s := range between.Split(text, -1) {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		author, ok := person(s)
		if !ok {
			return false
		}
		found = append(found, author)
	}
	w.Authors, w.Others = append(w.Authors, found...), w.Others || others
	return len(found) > 0
}

// particles begin surnames.
var particles = []string{"de", "De", "Du", "van", "Van", "der", "Le", "von"}

// person is a name as BibTeX takes it: the surname, and after a comma the initials.
func person(s string) (author string, ok bool) {
	fields := strings.Fields(s)
	var initials, surname []string
	for i, f := range fields {
		switch {
		case initial.MatchString(f) && len(surname) == 0 && i < len(fields)-1:
			initials = append(initials, f)
		case word.MatchString(f), slices.Contains(particles, f):
			surname = append(surname, f)
		default:
			return "", false
		}
	}
	last := len(surname) - 1
	if last < 0 || last > 1 || last == 1 && !slices.Contains(particles, surname[0]) {
		return "", false
	}
	if len(initials) == 0 {
		return strings.Join(surname, " "), true
	}
	return strings.Join(surname, " ") + ", " + strings.Join(initials, " "), true
}

// place sorts what follows authors and year into the fields.
func (w *Work) place(segments []string) {
	for i := 0; i < len(segments); i++ {
		s := bracket.ReplaceAllString(segments[i], "")
		id := arxiv.FindStringSubmatch(s)
		volume := inVol.FindStringSubmatch(s)
		next := ""
		if i+1 < len(segments) {
			next = segments[i+1]
		}
		switch {
		case s == "" || s == w.Year || part.MatchString(segments[i]):
		case dated.MatchString(s):
			found := dated.FindStringSubmatch(s)
			w.Journal, w.Volume, w.Pages = found[1], found[2], dashes(found[3])
		case id != nil:
			w.ArXiv = id[1]
		case pages.MatchString(s):
			w.Pages = dashes(s)
		case volume != nil && w.Journal == "" && w.Venue == "" && (volume[3] != "" || volume[4] != "" || pages.MatchString(next) || strings.Contains(s, ".") || w.Title != "" && !venue.MatchString(s)):
			w.Journal, w.Volume, w.Number = volume[1], volume[2], volume[3]
			w.Pages = dashes(volume[4])
		case venue.MatchString(s) && w.Venue == "":
			w.Venue = s
		case w.Title == "" && w.Journal == "" && w.Venue == "" && !report.MatchString(s):
			w.Title = s
			if word.MatchString(s) && startsLower(next) { // "Accurate, large minibatch SGD"
				w.Title, i = s+", "+next, i+1
			}
		default:
			w.Note = join(w.Note, s)
		}
	}
}

func dashes(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "–", "-"), "-", "--") }

// Gdbench is the work of which the runs are.
func Gdbench(version string) Work {
	return Work{Group: "The gdbench authors", Title: "gdbench: a benchmark suite for gradient descent and its variants", Note: "version " + version + ", https://github.com/gdbench/gdbench"}
}
