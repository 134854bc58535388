// Package recompute checks what a report concludes against the records, without any code of
// gdbench: the reader of the records, the prices, the medians and the choice of a method are its
// own. What it recomputes it takes from docs/report.md, docs/results.md and docs/glossary.md.
package recompute

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
)

// record is what conclusions rest on of a line of runs.jsonl.
type record struct {
	Labels       struct{ Problem, Method string }
	Method       struct{ Batch any }
	LearningRate *struct {
		Parameter string
		Value     float64
	} `json:"learning_rate"`
	Variables      int
	DatasetSamples float64 `json:"dataset_samples"`
	Deterministic  bool
	Repeat         int
	Status         string
	Counts         counts
	Final          struct{ Gap, Value *float64 }
	Targets        []target
	Theorems       []theorem
}

type theorem struct {
	Name, Outcome   string
	InExpectation   bool `json:"in_expectation"`
	Condition       bool // on how steps are made
	Bound, Measured []*float64
	Floor           []*float64 // what rounding may be
}

type counts struct {
	Evaluations     float64
	Hessians        float64
	HessianProducts float64 `json:"hessian_products"`
	Samples         float64
}

type target struct {
	counts
	Target    float64
	Kind      string
	AtLeast   bool `json:"at_least"`
	Iteration *float64
	Since     *float64 // the check before
	Message   string
}

// goal is what a target is, whoever is to reach it.
type goal struct {
	kind  string
	value float64
	least bool
}

func (t *target) goal() goal { return goal{t.Kind, t.Target, t.AtLeast} }

// setting is the runs of a method with all its parameters on a problem.
type setting struct {
	label  string
	grid   string // the label but learning rate
	method string // and batch size
	rate   float64
	runs   []*record
}

type problem struct {
	label    string
	settings []*setting
	grids    map[string][]*setting // those that differ in learning rate or batch size alone
}

type data struct {
	Suite     string
	Inexact   string    // why results need not repeat
	Reference *struct { // absent: the method that ran first
		Name    string
		Methods []string // labels of its settings
	}
	problems []*problem
	records  []*record
	settings map[string]string
	goals    []goal
}

func read(folder string) (*data, error) {
	d := &data{settings: map[string]string{}}
	text, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, d); err != nil {
		return nil, err
	}
	file, err := os.Open(filepath.Join(folder, "runs.jsonl"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewReaderSize(file, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return d, nil // a line without its end is no record
		}
		r := &record{}
		if err := json.Unmarshal(line, r); err != nil {
			return nil, err
		}
		d.add(r)
	}
}

func (d *data) add(r *record) {
	d.records = append(d.records, r)
	i := slices.IndexFunc(d.problems, func(p *problem) bool { return p.label == r.Labels.Problem })
	if i < 0 {
		i = len(d.problems)
		d.problems = append(d.problems, &problem{label: r.Labels.Problem, grids: map[string][]*setting{}})
	}
	p := d.problems[i]
	j := slices.IndexFunc(p.settings, func(s *setting) bool { return s.label == r.Labels.Method })
	if j < 0 {
		j = len(p.settings)
		s := newSetting(r)
		p.settings = append(p.settings, s)
		p.grids[s.method] = append(p.grids[s.method], s)
		if d.settings[s.label] == "" || r.Status != "skipped" { // which does not say what its rate is
			d.settings[s.label] = s.method
		}
	}
	p.settings[j].runs = append(p.settings[j].runs, r)
	for _, t := range r.Targets {
		if !slices.Contains(d.goals, t.goal()) {
			d.goals = append(d.goals, t.goal())
		}
	}
}

// inner is a parameter in parentheses, the only one: step=fixed(t=1/L).
var inner = regexp.MustCompile(`\(([^=()]+)=[^(),]*\)`)

// named is whether a parameter of that path may go by that name.
func named(path, name string) bool {
	return path != "" && (path == name || strings.HasSuffix(path, "."+name))
}

func newSetting(r *record) *setting {
	s := &setting{label: r.Labels.Method}
	rate := ""
	if r.LearningRate != nil {
		s.rate, rate = r.LearningRate.Value, r.LearningRate.Parameter
	}
	var words []string
	for _, word := range strings.Fields(s.label) {
		if name, _, ok := strings.Cut(word, "="); !ok || !named(rate, name) {
			words = append(words, inner.ReplaceAllStringFunc(word, func(part string) string {
				if named(rate, inner.FindStringSubmatch(part)[1]) {
					return ""
				}
				return part
			}))
		}
	}
	s.grid = strings.Join(words, " ")
	batch := fmt.Sprintf("batch=%v", r.Method.Batch)
	s.method = strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == batch }), " ")
	return s
}

// passes are the price of counts, with so many passes for a Hessian: of a sum what evaluations read
// of its data, elsewhere the evaluations. The samples that a record counts include those that
// Hessians and their products read, which have prices of their own.
func (r *record) passes(c counts, hessian float64) float64 {
	work := c.Evaluations
	if r.DatasetSamples > 0 {
		work = c.Samples/r.DatasetSamples - c.Hessians - c.HessianProducts
	}
	return work + 2*c.HessianProducts + hessian*c.Hessians
}

// cost is what a run spent until the goal; infinite where it did not reach it.
// measurable is false where the records say that it is unknown whether the target was reached.
func (r *record) cost(g goal, cheap bool) (cost float64, measurable bool) {
	price := float64(r.Variables)
	if cheap {
		price = 1
	}
	for _, t := range r.Targets {
		switch {
		case t.goal() != g:
		case t.Iteration != nil:
			return r.passes(t.counts, price), true
		default:
			return math.Inf(1), t.Message == ""
		}
	}
	return math.Inf(1), true
}

func (s *setting) skipped() bool {
	return !slices.ContainsFunc(s.runs, func(r *record) bool { return r.Status != "skipped" })
}

// median of the costs of all runs of a setting.
func (s *setting) median(g goal, cheap bool) float64 {
	var costs []float64
	for _, r := range s.runs {
		if r.Status != "skipped" {
			c, _ := r.cost(g, cheap)
			costs = append(costs, c)
		}
	}
	return middle(costs)
}

// middle is the median; of an even number the middle of two, infinite where one of them is.
func middle(values []float64) float64 {
	sort.Float64s(values)
	n := len(values)
	if n == 0 {
		return math.NaN()
	}
	return (values[(n-1)/2] + values[n/2]) / 2
}

// arrives is the part of the runs of a setting that reach a goal, of those that could tell.
func (s *setting) arrives(g goal) float64 {
	reached, of := 0., 0.
	for _, r := range s.runs {
		c, measurable := r.cost(g, false)
		if r.Status == "skipped" || !measurable {
			continue
		}
		of++
		if !math.IsInf(c, 1) {
			reached++
		}
	}
	return reached / of
}

func (p *problem) measurable(g goal) bool {
	for _, s := range p.settings {
		for _, r := range s.runs {
			for _, t := range r.Targets {
				if t.goal() == g && t.Message == "" {
					return true
				}
			}
		}
	}
	return false
}

func (d *data) methodNames() map[string]bool {
	all := map[string]bool{}
	for _, method := range d.settings {
		all[method] = true
	}
	return all
}
