package citation_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/runner/citation"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/methods"
	_ "github.com/gdbench/gdbench/methods/catalogue"
	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
	"github.com/gdbench/gdbench/results"
)

func TestParse(t *testing.T) {
	for source, want := range map[string]string{
		"Nesterov 2013, Math. Program. 140, 125–161":                                                    "Nesterov|2013|Gradient methods for minimizing composite functions|J:Math. Program.|140|125--161",
		"Kingma & Ba 2015, Adam: a method for stochastic optimization, ICLR, section 7.1":               "Kingma+Ba|2015|Adam: a method for stochastic optimization|V:ICLR",
		"S. Boyd and L. Vandenberghe, Convex Optimization, 2004, section 9.3.2":                         "Boyd, S.+Vandenberghe, L.|2004|Convex Optimization",
		"K. A. De Jong, An analysis of a class, thesis, University of Michigan, 1975 (F1)":              "De Jong, K. A.|1975|An analysis of a class|N:thesis; University of Michigan",
		"Duchi, Hazan & Singer 2011, Adaptive methods, JMLR 12:2121–2159":                               "Duchi+Hazan+Singer|2011|Adaptive methods|J:JMLR|12|2121--2159",
		"Beck & Teboulle 2009, A fast algorithm, SIAM J. Imaging Sci. 2(1):183–202":                     "Beck+Teboulle|2009|A fast algorithm|J:SIAM J. Imaging Sci.|2|1|183--202",
		"Goyal et al. 2017, Accurate, large minibatch SGD: ImageNet in 1 hour, arXiv:1706.02677":        "Goyal+…|2017|Accurate, large minibatch SGD: ImageNet in 1 hour|1706.02677",
		"B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Annals of Statistics 32 (2004) 4–49":      "Efron, B.+Hastie, T.+Johnstone, I.+Tibshirani, R.|2004|Least angle regression|J:Annals of Statistics|32|4--49",
		"Schmidt, Le Roux & Bach 2017, Minimizing finite sums, Math. Program. 162:83–112":               "Schmidt+Le Roux+Bach|2017|Minimizing finite sums|J:Math. Program.|162|83--112",
		"S. S. Du, C. Jin and A. Singh, Gradient descent can take time, NeurIPS 2017, arXiv:1705.10412": "Du, S. S.+Jin, C.+Singh, A.|2017|Gradient descent can take time|V:NeurIPS|1705.10412",
		"M. A. Styblinski and T.-S. Tang, Experiments in optimization, Neural Networks 3, 1990":         "Styblinski, M. A.+Tang, T.-S.|1990|Experiments in optimization|J:Neural Networks|3",
		"Gould, private communication in CUTEst":                                                        "Gould, private communication in CUTEst",
	} {
		works := citation.Parse(source, "")
		if len(works) != 1 {
			t.Errorf("%s: %d works", source, len(works))
			continue
		}
		w := works[0]
		if w.Others {
			w.Authors = append(w.Authors, "…")
		}
		var got []string
		for _, field := range [][2]string{{"", strings.Join(w.Authors, "+")}, {"", w.Year}, {"", w.Title}, {"J:", w.Journal}, {"", w.Volume}, {"", w.Number}, {"", w.Pages}, {"V:", w.Venue}, {"", w.ArXiv}, {"N:", w.Note}} {
			if field[1] != "" {
				got = append(got, field[0]+field[1])
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s:\n%s; expected\n%s", source, strings.Join(got, "|"), want)
		}
	}
}

// The DOI of a component belongs to one of several works.
func TestDOI(t *testing.T) {
	first := citation.Parse("Fletcher 1970, Comput. J. 13, 317–322; Nocedal & Wright 2006, §6.1", "10.1093/comjnl/13.3.317")
	second := citation.Parse("Nocedal 1980, Math. Comp. 35, 773–782; Liu & Nocedal 1989, Math. Program. 45, 503–528", "10.1007/BF01589116")
	if first[0].DOI == "" || first[1].DOI != "" || second[0].DOI != "" || second[1].DOI == "" {
		t.Errorf("%+v and %+v", first, second)
	}
}

func registries() []*param.Registry {
	return []*param.Registry{param.Of[methods.Method](), param.Of[methods.Direction](), param.Of[methods.StepRule](), param.Of[problems.Problem](), data.Registry}
}

// Of every source in the registries each year is that of a work, each work has an author or a title, and
// what is written is BibTeX: keys are unique, braces balanced, letters ASCII.
func TestEverySource(t *testing.T) {
	var b citation.Bibliography
	year := regexp.MustCompile(`\b(1[89]|20)\d\d\b`)
	sources := 0
	for _, registry := range registries() {
		for _, name := range registry.Names() {
			e, err := registry.Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			works := citation.Parse(e.Source, e.DOI)
			all := fmt.Sprint(works)
			for _, y := range year.FindAllString(e.Source, -1) {
				if !strings.Contains(all, y) {
					t.Errorf("%s: the year %s of %q is lost", name, y, e.Source)
				}
			}
			if e.DOI != "" && strings.Count(all, e.DOI) != 1 {
				t.Errorf("%s: doi %s: %s", name, e.DOI, all)
			}
			for _, w := range works {
				if w.Title == "" && (len(w.Authors) == 0 || w.Journal != "" || w.Venue != "") {
					t.Errorf("%s: %+v of %q", name, w, e.Source)
				}
				b.Add(w, registry.Kind+" "+name)
				sources++
			}
		}
	}
	var out strings.Builder
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, found := range regexp.MustCompile(`(?m)^@[a-z]+\{([^,]*),$`).FindAllStringSubmatch(out.String(), -1) {
		if slices.Contains(keys, found[1]) || !regexp.MustCompile(`^[a-z]+[0-9]*[a-z]?$`).MatchString(found[1]) {
			t.Errorf("key %q", found[1])
		}
		keys = append(keys, found[1])
	}
	if len(keys) < 100 || len(keys) > sources/2 {
		t.Errorf("%d entries of %d citations", len(keys), sources)
	}
	table, err := os.ReadFile("titles.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(table)), "\n") {
		if _, title, _ := strings.Cut(line, ": "); !strings.Contains(out.String(), "title = {{"+text.LaTeX(title)+"}}") {
			t.Errorf("no source lacks the title %q", title)
		}
	}
	depth := 0
	for _, line := range strings.Split(out.String(), "\n") {
		if strings.HasPrefix(line, "%") {
			continue
		}
		for _, r := range line {
			if r > 126 {
				t.Errorf("%q is not ASCII in %s", r, line)
			}
		}
		depth += strings.Count(line, "{") - strings.Count(line, "}")
		if strings.HasPrefix(line, "  ") && depth != 1 || line == "" && depth != 0 {
			t.Errorf("braces: %s", line)
		}
	}
}

// A work that very many have used has them all in its comment, on one line.
func TestLongComments(t *testing.T) {
	var b citation.Bibliography
	var names []string
	for i := range 1000 {
		names = append(names, fmt.Sprintf("problem %d", i))
		b.Add(citation.Work{DOI: "10.1/1"}, names[i])
	}
	b.Add(citation.Work{DOI: "10.1/1"}, "an\nother")
	var out strings.Builder
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	if line, _, _ := strings.Cut(out.String(), "\n"); line != "% "+strings.Join(names, ", ")+`, an\nother` {
		t.Errorf("%d bytes: %.200s", len(line), line)
	}
}

// What is used is found through all that a component is made of; each is cited once.
func TestUsed(t *testing.T) {
	var used citation.Used
	record := func(step string) *results.Record {
		return &results.Record{
			Problem: results.Component{Name: "logistic", Parameters: []results.Parameter{{Name: "data", Value: results.Component{Name: "iris"}}}},
			Method: results.Component{Name: "descent", Parameters: []results.Parameter{{Name: "direction", Value: results.Component{Name: "bfgs"}},
				{Name: "step", Value: results.Component{Name: step}}}},
		}
	}
	used.Add(record("wolfe"))
	used.Add(record("wolfe"))
	used.Add(&results.Record{Problem: results.Component{Name: "mine.net"}, Method: results.Component{Name: "adam"}})
	b, without := used.Bibliography()
	var out strings.Builder
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"% problem logistic\n@article{cox1958,", "% data set iris\n@misc{fisher1936,", "title = {{iris}}", "@article{fletcher1970,", "% direction bfgs\n@misc{nocedal2006,", "@article{wolfe1969,", "@inproceedings{kingma2015,", "% method descent\n@misc{boyd2004,"} {
		if strings.Count(out.String(), want) != 1 {
			t.Errorf("%q is there %d times in\n%s", want, strings.Count(out.String(), want), out.String())
		}
	}
	if fmt.Sprint(used.Unknown, without) != "[problem mine.net] []" {
		t.Errorf("unknown %v, without source %v", used.Unknown, without)
	}
}
