package plots

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/report/evidence"
	"github.com/gdbench/gdbench/internal/report/figure"
	"github.com/gdbench/gdbench/internal/report/search"
)

// Selection says which figures are made. The zero value is the usual ones without
// landscapes, for 12 problems.
type Selection struct {
	Rebuild  evidence.Rebuild // makes a problem again for level lines and 2/L; nil: without
	Problems int              // for which there are figures; 0: 12
	Show     *Axes            // of a further figure of convergence; nil: none
}

// Axes are the cost and the quantity of a figure of convergence.
type Axes struct {
	X evidence.Cost
	Y evidence.Quantity
}

// Columns are those of a trace that a large run must read for the axes. They have the names
// of quantities and costs; where a cost has none the usual ones are shown.
func (a *Axes) Columns() []string {
	if a == nil {
		return nil
	}
	return []string{a.X.Name, strings.ReplaceAll(a.Y.Name, " ", "_")}
}

// Of makes the figures of the evidence: those across problems first, then those of each
// problem up to the number that is selected. Complaints go to warn. Their curves have whole labels,
// which Name shortens.
func Of(e *evidence.Evidence, o Selection, warn func(string, ...any)) []*figure.Figure {
	most := o.Problems
	if most == 0 {
		most = 12
	}
	if len(e.Problems) > most {
		warn("figures are drawn for the first %d of %d problems; the tables have all of them", most, len(e.Problems))
	}
	var out []*figure.Figure
	if f, ok := newField(e); ok {
		for _, plot := range List {
			if plot.across != nil {
				out = append(out, plot.across(f)...)
			}
		}
	}
	for _, p := range e.Problems[:min(most, len(e.Problems))] {
		s := newSubject(p, o, warn)
		for _, plot := range List {
			if plot.on != nil {
				out = append(out, plot.on(s)...)
			}
		}
	}
	out = unique(present(out))
	for _, f := range out {
		f.Detail = f.Detail || slices.Contains(details, f.Role)
		f.Looks = e.Looks
		if f.Strip != nil {
			f.Strip.Looks = e.Looks
		}
	}
	return out
}

// field is what figures across problems show.
type field struct {
	contest *evidence.Contest // over all targets
	finest  *evidence.Contest // for the goal
	cost    evidence.Cost
	goal    evidence.Goal
	search  *search.Search // nil: nothing was tuned
	ranked  bool           // there is a goal, and more than one instance
}

// newField is not ok where there is nothing to compare.
func newField(e *evidence.Evidence) (*field, bool) {
	f := &field{contest: e.NewContest(), cost: e.Work(), search: e.Search()}
	var ok bool
	f.finest, f.goal, ok = e.Finest()
	f.ranked = ok && len(f.finest.Instances) > 1
	return f, len(f.contest.Methods) > 1 && len(f.contest.Goals) > 0
}

// subject is what figures of one problem show.
type subject struct {
	problem   *evidence.Problem
	landscape *evidence.Landscape // nil: not made again
	limit     float64             // 2/L; NaN: unknown
	asked     *Axes
}

func newSubject(p *evidence.Problem, o Selection, warn func(string, ...any)) *subject {
	s := &subject{problem: p, asked: o.Show}
	var failed error
	if o.Rebuild != nil {
		l, err := o.Rebuild(p.Example)
		switch {
		case err != nil:
			failed = err
		case l == nil || l.Evaluate == nil:
			failed = errors.New("its landscape has no function")
		default:
			s.landscape = guarded(l)
		}
	}
	s.limit = p.Stability(s.landscape)
	if lacks := s.lacks(); failed != nil && lacks != "" {
		warn("%s: no %s: %v", p.Label, lacks, failed)
	}
	return s
}

// guarded is a landscape whose function has no value where it panics: far from the iterates,
// where a method never asked, that is no reason to lose a report.
func guarded(l *evidence.Landscape) *evidence.Landscape {
	safe := *l
	safe.Evaluate = func(x, gradient []float64) (f float64) {
		defer func() {
			if recover() != nil {
				f = math.NaN()
				for i := range gradient {
					gradient[i] = f
				}
			}
		}()
		return l.Evaluate(x, gradient)
	}
	return &safe
}

// lacks is what figures do without where the problem could not be made again. Level lines
// have a problem in two variables only, the curve of f one in a single variable.
func (s *subject) lacks() string {
	var out []string
	switch s.problem.Dim {
	case 0, 2: // 0: unknown
		out = append(out, "level lines")
	case 1:
		out = append(out, "curve of f")
	}
	if !evidence.Finite(s.limit) && !s.problem.SaysLimits() {
		out = append(out, "2/L")
	}
	return strings.Join(out, " and no ")
}

// present leaves out the figures that there is nothing for.
func present(figures []*figure.Figure) []*figure.Figure {
	return slices.DeleteFunc(figures, func(f *figure.Figure) bool { return f == nil || f.Empty() })
}

// convergences are the figures of convergence: the usual ones, and the one that was asked
// for.
func convergences(p *evidence.Problem, asked *Axes) []*figure.Figure {
	figures := []*figure.Figure{Convergence(p, evidence.Iterations, evidence.Gap), Convergence(p, evidence.Evaluations, evidence.Gap)}
	if p.Samples > 0 {
		figures[1] = Convergence(p, evidence.Epochs, evidence.Gap)
	}
	if f := Convergence(p, evidence.Iterations, evidence.GradientNorm); f.Strip != nil { // a theorem speaks of it
		f.Detail = true
		figures = append(figures, f)
	}
	if p.SecondOrder() { // passes price a Hessian, too
		figures[1].Detail = true
		figures = append(figures, Convergence(p, evidence.Passes, evidence.Gap))
	}
	if asked == nil {
		return figures
	}
	f := Convergence(p, asked.X, asked.Y)
	if k := slices.IndexFunc(figures, func(usual *figure.Figure) bool { return usual.Name == f.Name }); k >= 0 {
		figures[k].Detail = false
		return figures
	}
	return append(figures, f)
}

// unique gives figures whose names coincide numbers. The names are those of files, and some file systems
// take a and A for one.
func unique(figures []*figure.Figure) []*figure.Figure {
	file := strings.ToLower
	named, taken := map[string]bool{}, map[string]bool{}
	for _, f := range figures {
		taken[file(f.Name)] = true
	}
	for _, f := range figures {
		stem := f.Name
		for n := 2; named[file(f.Name)] || f.Name != stem && taken[file(f.Name)]; n++ {
			f.Name = fmt.Sprintf("%s-%d", stem, n)
		}
		named[file(f.Name)] = true
	}
	return figures
}

// FileName joins words into a name that every file system takes.
func FileName(words ...string) string {
	keep := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '=':
			return r
		}
		return '-'
	}
	name := strings.Trim(strings.Map(keep, strings.Join(words, "-")), ".-")
	for strings.Contains(name, "--") {
		name = strings.ReplaceAll(name, "--", "-")
	}
	if len(name) > 100 {
		name = name[:100]
	}
	return name
}
