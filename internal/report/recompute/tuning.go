package recompute

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// plan is how methods were tuned, as the manifest has it.
type plan struct {
	Trials, Studies int
	Scope, Cost     string
	After           []int
	Targets         []float64
	Methods         []struct{ Method string }
	Problems        []tunedOn
}

type tunedOn struct {
	Problem  string
	HeldOut  bool `json:"held_out"`
	InSample bool `json:"in_sample"`
}

// tunedRun is what tuning rests on of a line of runs.jsonl.
type tunedRun struct {
	record
	Method, Problem json.RawMessage
	Iterations      float64
	Counts          map[string]float64
	Start           *struct{ Value float64 }
	Minimum         *struct{ Value float64 }
	Targets         []map[string]any
	Tuned           *struct {
		Method, Problem     string
		Study, Trial, After int
		Budget              float64
	}
}

// pair is a method on a problem with all its instances.
type pair struct{ problem, method string }

// tunedData are the runs by what they are for.
type tunedData struct {
	checker
	plan
	trials map[pair]map[[2]int]*tunedRun // by study and trial
	finals map[pair]map[int][]*tunedRun  // by number of trials; 0: as written
	pairs  []pair
}

// CheckTuning recomputes, from the run in a folder, which trial each study chooses after so many trials by
// the rule of docs/suites.md, that what ran next has its settings, whether trials met the very runs that are reported,
// and the rows of the tables tuned, tuning-cost and tuned-settings. It returns what is not so.
func CheckTuning(folder string, tables map[string][][]string) []string {
	d, err := readTuned(folder)
	if err != nil {
		return []string{err.Error()}
	}
	if d.Trials == 0 {
		return []string{"nothing was tuned"}
	}
	for _, p := range d.pairs {
		for _, after := range d.After {
			for _, r := range d.finals[p][after] {
				d.chosen(p, r)
			}
		}
	}
	for _, p := range d.Problems {
		d.inSample(&p)
	}
	for name, check := range map[string]func(*shownTable, []string){"tuned": d.work, "tuning-cost": d.searchCost, "tuned-settings": d.setting} {
		rows := tables[name]
		if len(rows) == 0 {
			d.complain("there is no table %s", name)
			continue
		}
		t := &shownTable{checker: &d.checker, name: name, head: rows[0]}
		for _, row := range rows[1:] {
			check(t, row)
		}
	}
	return d.complaints
}

func readTuned(folder string) (*tunedData, error) {
	d := &tunedData{trials: map[pair]map[[2]int]*tunedRun{}, finals: map[pair]map[int][]*tunedRun{}}
	text, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &struct{ Tuning *plan }{&d.plan}); err != nil {
		return nil, err
	}
	if text, err = os.ReadFile(filepath.Join(folder, "runs.jsonl")); err != nil {
		return nil, err
	}
	for _, line := range bytes.Split(text, []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		r := &tunedRun{}
		if err := json.Unmarshal(line, r); err != nil {
			return nil, err
		}
		if r.Tuned != nil {
			d.add(r)
		}
	}
	return d, nil
}

func (d *tunedData) add(r *tunedRun) {
	t, p := r.Tuned, pair{r.Tuned.Problem, r.Tuned.Method}
	if d.finals[p] == nil {
		d.pairs = append(d.pairs, p)
		d.finals[p], d.trials[p] = map[int][]*tunedRun{}, map[[2]int]*tunedRun{}
	}
	if t.Trial > 0 && t.After == 0 {
		d.trials[p][[2]int{t.Study, t.Trial}] = r
		return
	}
	d.finals[p][t.After] = append(d.finals[p][t.After], r)
}

// priced is what some counts cost.
func (d *tunedData) priced(r *tunedRun, iterations float64, of func(string) float64) float64 {
	switch d.Cost {
	case "iterations":
		return iterations
	case "passes":
		return r.passes(counts{of("evaluations"), of("hessians"), of("hessian_products"), of("samples")}, float64(r.Variables))
	}
	return of(d.Cost)
}

// budget is what a missed target costs: what the run may spend, or what it spent if that is more.
func (d *tunedData) budget(r *tunedRun) float64 {
	return math.Max(r.Tuned.Budget, d.spent(r))
}

func (d *tunedData) spent(r *tunedRun) float64 {
	return d.priced(r, r.Iterations, func(name string) float64 { return r.Counts[name] })
}

// works are the costs of the targets of the score: infinite where one was missed, NaN where none can be measured.
func (d *tunedData) works(r *tunedRun) []float64 {
	out := make([]float64, len(d.plan.Targets))
	for i, target := range d.plan.Targets {
		out[i] = math.Inf(1)
		for _, t := range r.Targets {
			kind, _ := t["kind"].(string)
			message, _ := t["message"].(string)
			number := func(name string) float64 { x, _ := t[name].(float64); return x }
			switch {
			case number("target") != target || kind != "":
			case t["iteration"] != nil:
				out[i] = math.Min(d.priced(r, number("iteration"), number), d.budget(r))
			case message != "" || r.Minimum == nil:
				out[i] = math.NaN()
			}
		}
	}
	return out
}

// logWork is the mean logarithm of the costs.
func (d *tunedData) logWork(r *tunedRun) float64 {
	var logs []float64
	for _, w := range d.works(r) {
		if !math.IsNaN(w) {
			logs = append(logs, logarithm(math.Max(math.Min(w, d.budget(r)), 1e-3)))
		}
	}
	return mean(logs)
}

// solved reports whether the finest target that can be measured was met.
func (d *tunedData) solved(r *tunedRun) bool {
	for _, w := range slices.Backward(d.works(r)) {
		if !math.IsNaN(w) {
			return !math.IsInf(w, 1)
		}
	}
	return false
}

// left is the gap at the end, which decides between trials of one score.
func (r *tunedRun) left() float64 {
	v := r.Final.Gap
	if r.Minimum == nil {
		v = r.Final.Value
	}
	if v == nil || slices.Contains([]string{"diverged", "failed", "skipped"}, r.Status) {
		return math.Inf(1)
	}
	return *v
}

// sources are the problems by whose trials the settings for a problem are chosen.
func (d *tunedData) sources(p pair) []pair {
	var out []pair
	for _, q := range d.pairs {
		own := q == p
		if q.method == p.method && len(d.trials[q]) > 0 && (d.Scope == "suite" || d.Scope == "problem" && own || d.Scope == "leave-one-out" && !own) {
			out = append(out, q)
		}
	}
	return out
}

// chosen checks that a run has the settings of the trial with the least score among the first of its study, the
// least gap where scores are alike, and the first where these are.
func (d *tunedData) chosen(p pair, r *tunedRun) {
	t := r.Tuned
	at := fmt.Sprintf("%s on %s after %d trials, study %d", p.method, p.problem, t.After, t.Study)
	from := d.sources(p)
	if len(from) == 0 {
		d.complain("%s: there are no trials", at)
		return
	}
	score := func(k int) (work, rank float64) {
		var logs []float64
		for _, q := range from {
			trial := d.trials[q][[2]int{t.Study, k}]
			if trial == nil {
				d.complain("%s: trial %d on %s is missing", at, k, q.problem)
				return math.Inf(1), 0
			}
			if w := d.logWork(trial); !math.IsNaN(w) {
				logs = append(logs, w)
			}
			for j := 1; j <= t.After; j++ {
				if other := d.trials[q][[2]int{t.Study, j}]; other != nil && j != k {
					rank += [3]float64{0, 0.5, 1}[1+compare(trial.left(), other.left())]
				}
			}
		}
		return mean(logs), rank
	}
	work, rank := score(t.Trial)
	for k := 1; k <= t.After; k++ {
		w, other := score(k)
		alike := math.Abs(w-work) <= 1e-12 || math.IsNaN(w) && math.IsNaN(work)
		if w < work-1e-12 || math.IsNaN(work) && !math.IsNaN(w) || alike && (other < rank || other == rank && k < t.Trial) {
			d.complain("%s: trial %d was chosen; trial %d is better: %v and %v", at, t.Trial, k, work, w)
		}
	}
	if trial := d.trials[from[0]][[2]int{t.Study, t.Trial}]; trial != nil && !bytes.Equal(trial.Method, r.Method) {
		d.complain("%s: the settings are %s; those of trial %d are %s", at, r.Method, t.Trial, trial.Method)
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// inSample checks the mark of a problem: a trial on the same problem, from the same start as a run as written in which
// nothing is random, is that very run but for its settings.
func (d *tunedData) inSample(p *tunedOn) {
	same, tried := false, false
	for _, q := range d.pairs {
		for _, trial := range d.trials[q] {
			for _, r := range d.finals[q][0] {
				if q.problem == p.Problem && trial.Start != nil && r.Start != nil {
					tried = true
					same = same || r.Deterministic && trial.Start.Value == r.Start.Value && bytes.Equal(trial.Problem, r.Problem)
				}
			}
		}
	}
	same = same && d.Scope != "leave-one-out" && !p.HeldOut // settings for it are chosen elsewhere
	if tried && same != p.InSample {
		d.complain("%s is marked in-sample: %v; recomputed %v", p.Problem, p.InSample, same)
	}
}

// studies are the mean logarithms of the work after so many trials, by study.
func (d *tunedData) studies(p pair, after int) []float64 {
	runs := d.finals[p][after]
	if len(runs) == 0 && len(d.finals[p][d.Trials]) == 0 {
		runs = d.finals[p][0]
	}
	var out []float64
	for study := 0; study <= d.Studies; study++ {
		var logs []float64
		for _, r := range runs {
			if w := d.logWork(r); r.Tuned.Study == study && r.Status != "skipped" && !math.IsNaN(w) {
				logs = append(logs, w)
			}
		}
		if len(logs) > 0 {
			out = append(out, mean(logs))
		}
	}
	return out
}

// work: the geometric means, whose bands contain them, and the runs that were solved.
func (d *tunedData) work(t *shownTable, row []string) {
	p := pair{t.value(row, "problem"), t.value(row, "method")}
	for _, after := range append([]int{0}, d.After...) {
		column := "as written"
		if after > 0 {
			column = fmt.Sprintf("after %d trials", after)
		}
		if after == 1 {
			column = "after 1 trial"
		}
		want := exponential(mean(d.studies(p, after)))
		if slices.Contains(t.head, column) {
			t.number(row, column, want)
			continue
		}
		t.number(row, column+" estimate", want)
		low, high := t.value(row, column+" low"), t.value(row, column+" high")
		if banded := low != ""; banded != (d.Studies >= 20 && len(d.studies(p, after)) >= 20) {
			t.complain("tuned: %q: the band after %d trials is there: %v", row, after, banded)
		} else if banded && !(parsed(low) <= want*(1+1e-9) && want <= parsed(high)*(1+1e-9)) {
			t.complain("tuned: %q: %v is outside of its band", row, want)
		}
	}
	for after, column := range map[int]string{0: "solved as written", d.Trials: "solved after all trials"} {
		part, of := 0, 0
		for _, r := range d.finals[p][after] {
			if r.Status != "skipped" {
				of++
				if d.solved(r) {
					part++
				}
			}
		}
		t.number(row, column, float64(part))
		t.number(row, column+" of", float64(of))
	}
}

func parsed(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

// searchCost: what a search costs, and how many trials it takes until one is solved.
func (d *tunedData) searchCost(t *shownTable, row []string) {
	p := pair{t.value(row, "problem"), t.value(row, "method")}
	var first, sums []float64
	for study := 1; study <= d.Studies; study++ {
		at, sum := math.Inf(1), 0.0
		for k := d.Trials; k >= 1; k-- {
			if r := d.trials[p][[2]int{study, k}]; r != nil {
				sum += d.spent(r)
				if d.solved(r) {
					at = float64(k)
				}
			}
		}
		first, sums = append(first, at), append(sums, sum)
	}
	before, after := exponential(mean(d.studies(p, 0))), exponential(mean(d.studies(p, d.Trials)))
	t.number(row, "trials to the first success", middle(first))
	t.number(row, "search", middle(sums))
	t.number(row, "run as written", before)
	t.number(row, "run after tuning", after)
	t.number(row, "search and run", middle(sums)+after)
	pays := math.Inf(1)
	if after < before*(1-1e-9) { // less is rounding
		pays = math.Ceil(middle(sums) / (before - after))
	}
	t.number(row, "runs until it pays", pays)
}

// setting: the median over the studies of a number that all of them draw.
func (d *tunedData) setting(t *shownTable, row []string) {
	p, shown := pair{t.value(row, "problem"), t.value(row, "method")}, t.value(row, "chosen median")
	if shown == "" || strings.Contains(t.value(row, "space"), "when") {
		return
	}
	seen, values := map[int]bool{}, []float64{}
	for _, r := range d.finals[p][d.Trials] {
		if !seen[r.Tuned.Study] {
			seen[r.Tuned.Study] = true
			values = append(values, numberAt(r.Method, strings.Split(t.value(row, "parameter"), ".")))
		}
	}
	t.number(row, "chosen median", middle(values))
	t.number(row, "at the edge of", float64(len(values)))
}

// numberAt is a number within a component.
func numberAt(text json.RawMessage, path []string) float64 {
	for _, key := range path {
		var inner map[string]json.RawMessage
		var list []json.RawMessage
		switch i, err := strconv.Atoi(key); {
		case json.Unmarshal(text, &inner) == nil:
			text = inner[key]
		case err == nil && json.Unmarshal(text, &list) == nil && i < len(list):
			text = list[i]
		default:
			return math.NaN()
		}
	}
	return parsed(string(text))
}
