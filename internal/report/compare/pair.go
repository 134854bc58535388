package compare

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// cell is one cell of the grid in both runs, entry i of each side being the same repeat.
type cell struct {
	base, new []*results.Summary
	goal      goal
	refused   string   // why the two cannot be paired
	notes     []string // what differs though they are compared
	common    string   // how many repeats are left where the two sides had others; "": they had the same
}

// label names the cell as NEW does, or as BASE where NEW has not got it.
func (c *cell) label() results.Labels {
	return c.first().Labels
}

func (c *cell) first() *results.Summary {
	if len(c.new) > 0 {
		return c.new[0]
	}
	return c.base[0]
}

// runs are those of both sides, BASE's first.
func (c *cell) runs() []*results.Summary { return slices.Concat(c.base, c.new) }

func (c *cell) deterministic() bool { return c.base[0].Deterministic && c.new[0].Deterministic }

// row begins the verdict on one metric of the cell.
func (c *cell) row(m Metric, class Class) Row {
	o := c.first()
	nan := results.Number(math.NaN())
	return Row{
		Problem: o.Labels.Problem, Method: o.Labels.Method, ID: o.ID, Metric: m, Class: class, Verdict: Same,
		Base: nan, New: nan, Effect: nan, P: nan, Delta: nan, pBetter: math.NaN(), Note: strings.Join(c.notes, "; "),
		component: o.Method, cluster: c.cluster(),
	}
}

// whole is the one row of a cell that cannot be judged metric by metric.
func (c *cell) whole(v Verdict, format string, args ...any) Row {
	r := c.row(WholeCell, None)
	r.Verdict, r.Note = v, fmt.Sprintf(format, args...)
	r.N = max(len(c.base), len(c.new))
	r.Gated = v == Missing || v == Incomparable
	return r
}

// cluster is what problems share whose results are no independent evidence: the family
// that the files of either side name, or the name of the problem where neither does.
func (c *cell) cluster() string {
	for _, side := range [][]*results.Summary{c.new, c.base} {
		if len(side) > 0 && side[0].Families != nil {
			return side[0].Families.Problem
		}
	}
	return c.first().Problem
}

// side is the cells of one run, each with its repeats, in the order of the baseline.
type side struct {
	cells    [][]*results.Summary
	settings []string // text of the resolved settings of each; empty where the file has none
	taken    []bool
}

func sideCells(b *results.Baseline) *side {
	s := &side{cells: group(b)}
	s.taken = make([]bool, len(s.cells))
	for _, c := range s.cells {
		s.settings = append(s.settings, settingsText(c[0]))
	}
	return s
}

// group collects the repeats of each cell, in the order of the baseline.
func group(b *results.Baseline) [][]*results.Summary {
	var groups [][]*results.Summary
	for i := range b.Summaries {
		o := &b.Summaries[i]
		last := len(groups) - 1
		if last < 0 || groups[last][0].Labels != o.Labels {
			groups = append(groups, nil)
			last++
		}
		groups[last] = append(groups[last], o)
	}
	return groups
}

// settingsText is one text for equal settings of problem and method.
func settingsText(o *results.Summary) string {
	if o.MethodSettings.Name == "" {
		return ""
	}
	text, err := json.Marshal([]results.Component{o.ProblemSettings, o.MethodSettings})
	if err != nil {
		return "" // not written by gdbench
	}
	return string(text)
}

// pair matches the cells of both sides by their settings, defaults included: an id leaves
// defaults out, so that after a change of one it may name what was another cell. Cells with
// other settings but one id are the same text in the suite, and those with one label are named so
// by it: they are compared too, with a note of what differs. Cells of one side only have nothing
// on the other.
//
// It returns in words which texts mean other settings than in BASE.
func pair(base, new *results.Baseline) (cells []*cell, renamed []string) {
	b, n := sideCells(base), sideCells(new)
	partner := make([]int, len(n.cells))
	for i := range partner {
		partner[i] = -1
	}
	match := func(key func(s *side, i int) string) {
		at := b.unique(key)
		of := n.unique(key)
		for k, i := range of {
			if j, ok := at[k]; ok && k != "" {
				partner[i], n.taken[i], b.taken[j] = j, true, true
			}
		}
	}
	id := func(s *side, i int) string { return s.cells[i][0].ID }
	match(func(s *side, i int) string { return s.settings[i] + id(s, i) })
	match(func(s *side, i int) string { return s.settings[i] })
	match(id)
	match(labelled)
	for i, g := range n.cells {
		c := &cell{new: g}
		if j := partner[i]; j >= 0 {
			c.base = b.cells[j]
			c.compareSettings(b)
		}
		cells = append(cells, c)
	}
	renamed = otherMeanings(b, cells)
	for j, g := range b.cells {
		if !b.taken[j] {
			cells = append(cells, &cell{base: g})
		}
	}
	return cells, renamed
}

// labelled is the name that a suite gives a cell of one method and problem whose settings are
// known: after a change of a number in the suite it is still that cell.
func labelled(s *side, i int) string {
	o := s.cells[i][0]
	if s.settings[i] == "" {
		return ""
	}
	return strings.Join([]string{o.Labels.Problem, o.Labels.Method, o.Problem, o.Method}, "\x00")
}

// otherMeanings says which ids of BASE have other settings in NEW, and are paired with other
// cells for that reason.
func otherMeanings(base *side, cells []*cell) []string {
	at := map[string]*results.Summary{}
	for _, g := range base.cells {
		at[g[0].ID] = g[0]
	}
	var out []string
	for _, c := range cells {
		if len(c.new) == 0 || len(c.base) == 0 || c.base[0].ID == c.new[0].ID {
			continue
		}
		if c.base[0].Labels != c.new[0].Labels {
			c.notes = append(c.notes, fmt.Sprintf("in BASE these settings have the label %s on %s", c.base[0].Labels.Method, c.base[0].Labels.Problem))
		}
		b, n := at[c.new[0].ID], c.new[0]
		if b == nil {
			continue
		}
		for _, d := range slices.Concat(differences("", &b.ProblemSettings, &n.ProblemSettings), differences("", &b.MethodSettings, &n.MethodSettings)) {
			said := fmt.Sprintf("%s has changed under one text, such as that of %s: cells are paired by their settings", d, n.Labels.Method)
			if !slices.ContainsFunc(out, func(s string) bool { return strings.HasPrefix(s, d.String()) }) {
				out = append(out, said)
			}
		}
	}
	return out
}

// unique finds the cells of which a key is the only one among those that have no partner yet.
func (s *side) unique(key func(s *side, i int) string) map[string]int {
	at := map[string]int{}
	for i := range s.cells {
		if s.taken[i] {
			continue
		}
		k := key(s, i)
		if _, twice := at[k]; twice {
			at[k] = -1
			continue
		}
		at[k] = i
	}
	for k, i := range at {
		if i < 0 {
			delete(at, k)
		}
	}
	return at
}

// compareSettings notes what differs between the settings of a cell's sides, and refuses
// them where NEW has a value that another cell of BASE has: then the two are different cells
// that share a text.
func (c *cell) compareSettings(base *side) {
	b, n := c.base[0], c.new[0]
	if b.MethodSettings.Name == "" || n.MethodSettings.Name == "" {
		return
	}
	for _, d := range differences("", &b.MethodSettings, &n.MethodSettings) {
		why := ", under one text: a default or the number behind an expression has changed"
		if b.ID != n.ID {
			why = ", under one label"
		}
		c.notes = append(c.notes, d.String()+why)
		for _, other := range base.cells {
			o := other[0]
			if o.Labels.Problem == b.Labels.Problem && o.Method == b.Method && o.Labels != b.Labels && reflect.DeepEqual(o.MethodSettings.Get(d.path), d.new) {
				c.refused = fmt.Sprintf("%s, which is the value of %s in BASE: the cells are not the same", d, o.Labels.Method)
			}
		}
	}
}

// difference is a parameter that differs between two settings.
type difference struct {
	path      string
	base, new any
}

func (d difference) String() string {
	return d.path + " " + valueText(d.base) + " → " + valueText(d.new)
}

// differences are the parameters that differ, nested ones by their path.
func differences(path string, base, new *results.Component) []difference {
	var out []difference
	if base.Name != new.Name {
		return []difference{{strings.TrimSuffix(path, "."), *base, *new}}
	}
	seen := map[string]bool{}
	for _, side := range []*results.Component{base, new} {
		for _, p := range side.Parameters {
			if seen[p.Name] {
				continue
			}
			seen[p.Name] = true
			b, n := base.Get(p.Name), new.Get(p.Name)
			inner, isComponent := b.(results.Component)
			other, alsoComponent := n.(results.Component)
			switch {
			case isComponent && alsoComponent:
				out = append(out, differences(path+p.Name+".", &inner, &other)...)
			case !reflect.DeepEqual(b, n):
				out = append(out, difference{path + p.Name, b, n})
			}
		}
	}
	return out
}

// valueText writes the value of a parameter.
func valueText(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case float64:
		return text.Exact(v)
	case results.Component:
		return v.Name
	}
	return fmt.Sprint(v)
}

// align leaves the repeats that both sides have.
func (c *cell) align() {
	if slices.EqualFunc(c.base, c.new, func(x, y *results.Summary) bool { return x.Repeat == y.Repeat }) {
		return
	}
	at := map[int]*results.Summary{}
	for _, o := range c.base {
		at[o.Repeat] = o
	}
	var base, new []*results.Summary
	for _, o := range c.new {
		if b := at[o.Repeat]; b != nil {
			base, new = append(base, b), append(new, o)
		}
	}
	c.common = fmt.Sprintf("%d common repeats of %d in BASE and %d in NEW", len(new), len(c.base), len(c.new))
	c.notes = append(c.notes, c.common)
	if len(new) > 0 {
		c.base, c.new = base, new
	} else {
		c.refused = "BASE and NEW have no repeat in common"
	}
}
