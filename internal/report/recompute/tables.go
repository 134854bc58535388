package recompute

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// CheckTables recomputes the tables across problems from the run in a folder: comparison, settings,
// ranking, standings and paired, each as the rows of its CSV file with the head, if it has rows. It
// returns what is not so.
func CheckTables(folder string, tables map[string][][]string) []string {
	d, err := read(folder)
	if err != nil {
		return []string{err.Error()}
	}
	c := &checker{data: d}
	of := d.contests()
	for _, name := range []string{"comparison", "settings", "ranking", "standings", "paired"} {
		rows := tables[name]
		if len(rows) == 0 {
			continue
		}
		if of == nil {
			c.complain("%s: no method reaches a goal", name)
			continue
		}
		t := &shownTable{checker: c, contest: of, name: name, head: rows[0]}
		check := map[string]func([]string){"comparison": t.comparison, "settings": t.settings, "ranking": t.ranking, "standings": t.standing, "paired": t.pair}[name]
		for _, row := range rows[1:] {
			check(row)
		}
	}
	return c.complaints
}

// shownTable is a table of a report beside what its rows should be.
type shownTable struct {
	*checker
	*contest
	name string
	head []string
}

// value is the cell of a column.
func (t *shownTable) value(row []string, column string) string {
	if i := slices.Index(t.head, column); i >= 0 {
		return row[i]
	}
	t.complain("%s has no column %q", t.name, column)
	return ""
}

// number complains of a number that is another one, but for rounding.
func (t *shownTable) number(row []string, column string, want float64) {
	shown := t.value(row, column)
	x := math.NaN()
	switch shown {
	case "":
	case "inf":
		x = math.Inf(1)
	default:
		x, _ = strconv.ParseFloat(shown, 64)
	}
	if x != want && !(math.IsNaN(x) && math.IsNaN(want)) && (math.IsInf(want, 0) || !(math.Abs(x-want) <= 1e-9*math.Abs(want))) {
		t.complain("%s: %q: %s is %s, recomputed %v", t.name, strings.Join(row, " | "), column, shown, want)
	}
}

// on is the match of a problem as it is called.
func (t *shownTable) on(row []string) *match {
	for _, m := range t.of {
		if names(t.value(row, "problem"), m.problem.label, t.allProblems()) {
			return m
		}
	}
	t.complain("%s: no problem is called %q", t.name, t.value(row, "problem"))
	return nil
}

// comparison: the medians, and the least of all methods marked. Where another is marked, it is not
// significantly dearer.
func (t *shownTable) comparison(row []string) {
	on := t.on(row)
	if on == nil {
		return
	}
	least, _ := on.least(t.methods)
	best := slices.IndexFunc(t.methods, func(m string) bool { return on.median(m) == least })
	worse := on.worse(t.methods, best)
	shown := map[string]bool{}
	for i, column := range t.head {
		m, ok := strings.CutSuffix(column, " median")
		if !ok {
			continue
		}
		shown[m] = true
		t.number(row, column, on.median(m))
		marked := row[i+3] == "true"
		if want := on.median(m) == least || worse != nil && !math.IsInf(on.median(m), 1) && !math.IsNaN(on.median(m)) && !worse[m]; marked != want {
			t.complain("comparison: %q: %s is marked %v; expected %v", row[0], m, marked, want)
		}
	}
	for _, m := range t.methods {
		if on.median(m) == least && !shown[m] {
			t.complain("comparison: %q: %s, which is the cheapest, is not shown", row[0], m)
		}
	}
}

// worse are the methods that are significantly dearer than the best one; nil: they cannot be tested.
func (on *match) worse(methods []string, best int) map[string]bool {
	p, pairs, out := make([]float64, len(methods)), []int{}, map[string]bool{}
	for i, m := range methods {
		p[i] = math.NaN()
		if i == best || on.chosen[m] == nil || on.chosen[methods[best]] == nil {
			continue
		}
		if logs, _ := on.pairs(m, methods[best]); len(logs) > 0 {
			p[i], pairs = signedRank(logs), append(pairs, len(logs))
		}
	}
	if len(pairs) == 0 || slices.ContainsFunc(pairs, func(n int) bool { return !enough(n, len(pairs)) }) {
		return nil
	}
	for i, adjusted := range holm(p) {
		out[methods[i]] = adjusted <= 0.05
	}
	return out
}

func (t *shownTable) settings(row []string) {
	if on := t.on(row); on != nil && on.chosen[row[1]] != nil && on.chosen[row[1]].label != row[2] {
		t.complain("settings: %q: the setting is %s", strings.Join(row, " | "), on.chosen[row[1]].label)
	}
}

// score is what a ranking has of a method.
type score struct {
	problems, fastest, missed int
	ratios, clean, ranks      []float64
}

// scores are those of a method over the problems on which one arrives and another competes.
func (t *shownTable) score(method string) score {
	var s score
	for _, on := range t.of {
		least, known := on.least(t.methods)
		own := on.median(method)
		if math.IsInf(least, 1) || known < 2 || math.IsNaN(own) {
			continue
		}
		most, rank := 0.0, 1.0
		for _, m := range t.methods {
			most = math.Max(most, on.spent[m])
			if v := on.median(m); m != method && v < own {
				rank++
			} else if m != method && v == own {
				rank += 0.5
			}
		}
		s.problems++
		if own == least {
			s.fastest++
		}
		if math.IsInf(own, 1) {
			s.missed++
			own = float64(10 * most)
		} else {
			s.clean = append(s.clean, (own+1)/(least+1))
		}
		s.ratios, s.ranks = append(s.ratios, (own+1)/(least+1)), append(s.ranks, rank)
	}
	return s
}

func (t *shownTable) ranking(row []string) {
	s := t.score(row[0])
	if t.few[row[0]] {
		t.complain("ranking: %s ran on fewer than half of the problems", row[0])
	}
	t.number(row, "problems", float64(s.problems))
	t.number(row, "fastest", float64(s.fastest))
	t.number(row, "missed", float64(s.missed))
	t.number(row, "ratio to the virtual best", geometric(s.ratios))
	t.number(row, "ratio without misses", geometric(s.clean))
	t.number(row, "mean rank", mean(s.ranks))
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

func geometric(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += logarithm(x)
	}
	return exponential(sum / float64(len(v)))
}

// baseline is the method of the reference: the first with a setting of it.
func (t *shownTable) baseline() string {
	name := ""
	for _, m := range t.methods {
		for _, on := range t.of {
			s := on.chosen[m]
			switch {
			case s == nil || name != "":
			case t.Reference != nil && slices.Contains(t.Reference.Methods, s.label), t.Reference == nil && m == t.methods[0]:
				name = m
			}
		}
	}
	return name
}

// duel is a method beside the baseline on a problem.
type duel struct {
	on             *match
	logs           []float64
	exact          bool // one pair, in which nothing is random
	missed         int
	p, adjusted    float64
	ratio          float64 // NaN: none can be said
	verdict, count string
}

// duels are those of a method on all problems that both ran on.
func (t *shownTable) duels(method string) []duel {
	var out []duel
	base, tests := t.baseline(), 0
	for _, on := range t.of {
		if on.chosen[method] == nil || on.chosen[base] == nil {
			continue
		}
		logs, missed := on.pairs(method, base)
		if len(logs) == 0 {
			continue
		}
		exact := on.exact[method] && on.exact[base]
		if !exact && missed < len(logs) {
			tests++
		}
		out = append(out, duel{on: on, logs: logs, exact: exact, missed: missed})
	}
	var p []float64
	for i := range out {
		d := &out[i]
		d.p = math.NaN()
		if n := len(d.logs); !d.exact && d.missed < n && enough(n, tests) {
			d.p = signedRank(d.logs)
		}
		p = append(p, d.p)
	}
	for i, adjusted := range holm(p) {
		out[i].adjusted = adjusted
		out[i].judge(tests)
	}
	return out
}

// judge says how the method did, and under what that is counted.
func (d *duel) judge(tests int) {
	centre := shift(d.logs)
	d.ratio = exponential(centre)
	if math.IsInf(centre, 0) || math.IsNaN(centre) || d.missed == len(d.logs) {
		d.ratio = math.NaN()
	}
	above := 0.0 // of the ranks, those of pairs in which it is dearer
	for _, l := range d.logs {
		for _, other := range d.logs {
			if math.Abs(other) <= math.Abs(l) && l != 0 {
				above += math.Copysign(1, l)
			}
		}
	}
	side := "cheaper"
	if above > 0 {
		side = "dearer"
	}
	switch n := len(d.logs); {
	case d.missed == n:
		d.verdict, d.count = "both missed the target", "untested"
	case d.exact && d.logs[0] == 0:
		d.verdict, d.count = "the same cost", "tied"
	case d.exact && math.IsInf(d.logs[0], -1):
		d.verdict, d.count = "cheaper: the baseline missed the target", "won"
	case d.exact && math.IsInf(d.logs[0], 1):
		d.verdict, d.count = "dearer: it missed the target", "lost"
	case d.exact, d.adjusted <= 0.05:
		d.verdict, d.count = side, map[string]string{"cheaper": "won", "dearer": "lost"}[side]
	case !enough(n, tests):
		d.verdict, d.count = "too few pairs", "untested"
	default:
		d.verdict, d.count = "no significant difference", "tied"
	}
}

func (t *shownTable) standing(row []string) {
	t.number(row, "rank", mean(t.score(row[0]).ranks))
	count := map[string]int{}
	if row[0] != t.baseline() {
		for _, d := range t.duels(row[0]) {
			count[d.count]++
		}
	}
	for _, column := range []string{"won", "tied", "lost", "untested"} {
		t.number(row, column, float64(count[column]))
	}
}

func (t *shownTable) pair(row []string) {
	on := t.on(row)
	for _, d := range t.duels(t.value(row, "method")) {
		if d.on != on {
			continue
		}
		t.number(row, "pairs", float64(len(d.logs)))
		t.number(row, "ratio estimate", d.ratio)
		t.number(row, "p", d.p)
		t.number(row, "adjusted p", d.adjusted)
		if shown := t.value(row, "verdict"); shown != d.verdict {
			t.complain("paired: %q: the verdict is %s", strings.Join(row, " | "), d.verdict)
		}
		return
	}
	t.complain("paired: %s", fmt.Sprintf("%q: no such pairs", strings.Join(row, " | ")))
}
