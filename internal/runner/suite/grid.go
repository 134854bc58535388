package suite

import (
	"iter"
	"strconv"
	"sync"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/results"
)

// Cell is one run of the grid.
type Cell struct {
	Index         int // position in the grid
	Problem       *Problem
	Method        *Method
	Repeat        int
	Deterministic bool // nothing in it is random

	Place *Place // in the tuning of the method; nil: it runs as the suite writes it
}

// Pairs goes over the problems with the methods that run on them, problem by problem.
func (s *Suite) Pairs() iter.Seq2[*Problem, *Method] {
	return func(yield func(*Problem, *Method) bool) {
		for _, p := range s.Problems {
			out := s.left(p)
			for _, m := range s.Methods {
				if out[m.at] || len(m.Keys.On) > 0 && !intersects(m.Keys.On, p.called) {
					continue
				}
				if !yield(p, m) {
					return
				}
			}
		}
	}
}

// left marks the methods that are left out on a problem by `exclude` and Only.
func (s *Suite) left(p *Problem) []bool {
	out := make([]bool, len(s.Methods))
	if len(s.only) > 0 {
		for m := range out {
			out[m] = true
		}
		for _, m := range s.only.methods(p, len(out)) {
			out[m] = false
		}
	}
	for _, excluded := range s.exclude {
		for _, m := range excluded.methods(p, len(out)) {
			out[m] = true
		}
	}
	return out
}

// repeats is how often a pair runs: a copy is not a repeat.
func (s *Suite) repeats(p *Problem, m *Method) int {
	if p.random || m.random {
		return s.Repeats
	}
	return 1
}

// Cells enumerates the trials and then the grid: problem by problem, method by method, repeat
// by repeat. Those with settings that trials choose come after the method as it is written.
func (s *Suite) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		index := 0
		put := func(c Cell) bool {
			c.Index = index
			index++
			return yield(c)
		}
		for c := range s.trials() {
			if !put(c) {
				return
			}
		}
		for p, m := range s.Pairs() {
			deterministic := !p.random && !m.random
			for repeat := range s.repeats(p, m) {
				if !put(Cell{Problem: p, Method: m, Repeat: repeat, Deterministic: deterministic}) {
					return
				}
			}
			for c := range s.finals(p, m) {
				if !put(c) {
					return
				}
			}
		}
	}
}

// Count is the number of cells.
func (s *Suite) Count() int {
	total := 0
	if t := s.tuner; t != nil {
		for _, groups := range t.tried {
			total += len(groups) * t.Studies * t.Trials
		}
	}
	for p, m := range s.Pairs() {
		total += s.repeats(p, m)
		if t := s.tuner; t != nil {
			total += s.finalRepeats(p, m) * len(t.After) * t.Studies
		}
	}
	return total
}

// ID identifies what is run, as written: problem, method and repeat.
func (c *Cell) ID() string {
	switch {
	case c.IsTrial():
		return hash(c.Problem.Text, c.Place.Base.Text, "trial", c.Method.Text, strconv.Itoa(c.Place.Study), strconv.Itoa(c.Place.Trial))
	case c.IsFinal():
		return hash(c.Problem.Text, c.Place.Base.Text, "tuned", strconv.Itoa(c.Place.After), strconv.Itoa(c.Place.Study), strconv.Itoa(c.Repeat))
	}
	return hash(c.Problem.Text, c.Method.Text, strconv.Itoa(c.Repeat))
}

// Labels are the names of problem and method for people.
func (c *Cell) Labels() results.Labels {
	if c.IsFinal() {
		return results.Labels{Problem: c.Problem.Label, Method: c.tunedLabel()}
	}
	return results.Labels{Problem: c.Problem.Label, Method: c.Method.Label}
}

// Written holds the expressions of the cell as the suite writes them.
func (c *Cell) Written() results.Written {
	return results.Written{Problem: expressions(c.Problem.Spec), Method: expressions(c.Method.Spec)}
}

func expressions(spec *param.Spec) map[string]string {
	var out map[string]string
	for _, p := range spec.Expressions() {
		if out == nil {
			out = map[string]string{}
		}
		out[p.Name] = p.Value.(string)
	}
	return out
}

// Definition identifies everything that decides the record: the conditions, the method with
// all its parameters and its version, and what is looked at. Two cells of one definition
// have, within a toolchain class, the same record but for times and labels.
//
// The conditions identify what every method meets in the cell: the problem with all its
// parameters, its version and its data, start, seed, repeat, budget and stop. Results under
// different conditions cannot be compared; a method may change and still be.
func (s *Suite) Definition(c *Cell) (definition, conditions string) {
	problem, method := c.Problem.whole(), c.Method.whole()
	origins := problem.origins + method.origins
	if c.IsFinal() {
		method = c.Place.Base.whole()
	}
	_, repeat := c.Stream()
	met := []string{problem.component + c.Problem.Data, problem.extra, strconv.FormatUint(s.Seed, 10), strconv.Itoa(repeat), s.budget, s.stop}
	if c.IsTrial() {
		met = append(met, "trial")
	}
	conditions = hash(met...)
	parts := []string{conditions, method.component, method.extra, s.watched}
	if origins != "" {
		parts = append(parts, origins)
	}
	if c.IsFinal() {
		parts = append(parts, s.choice(c))
	}
	return hash(parts...), conditions
}

// Asked is what the suite asks of every run, as far as definitions depend on it.
func (s *Suite) Asked() map[string]string {
	return map[string]string{"seed": strconv.FormatUint(s.Seed, 10), "budget": s.budget, "stop": s.stop}
}

// full is what definitions say of an entry, found once, for every cell is asked for it. A grid that is only
// listed needs none.
type full struct {
	once sync.Once
	*texts
}

// texts say what an entry is.
type texts struct {
	component string // with every default
	extra     string // its decisive keys
	origins   string // see Spec.Origins
}

func (f *full) of(spec *param.Spec, keys any, decisive func() []string) *texts {
	f.once.Do(func() {
		f.texts = &texts{component: spec.FullText(), origins: spec.Origins()}
		for _, name := range decisive() {
			f.extra += name + ": " + spec.ExtraText(keys, name) + "\n"
		}
	})
	return f.texts
}

func (p *Problem) whole() *texts { return p.full.of(p.Spec, &ProblemKeys{}, p.Decisive) }

func (m *Method) whole() *texts { return m.full.of(m.Spec, &MethodKeys{}, m.Decisive) }
