package export

import (
	"encoding/json"
	"fmt"

	"github.com/gdbench/gdbench/internal/english"
)

// series is a number that a tracker follows over commits: smaller is better.
type series struct {
	unit             string
	value, low, high float64
	extra            string
}

// missedUnit is the unit of the number of repeats that missed a target.
const missedUnit = "missed"

// series are what is followed of a benchmark: how many repeats missed the target and, where none
// did, the median cost in each count that was asked for.
func (b *benchmark) series() []series {
	runs := len(b.hits) + b.missed
	missed := float64(b.missed)
	out := []series{{missedUnit, missed, missed, missed, fmt.Sprintf("of %s", english.Count(runs, "run"))}}
	for _, c := range b.used() {
		values := make([]float64, len(b.hits))
		for i := range b.hits {
			values[i] = float64(*b.hits[i].At(c))
		}
		low, median, high := quartiles(values)
		out = append(out, series{c.String(), median, low, high, "median of " + english.Count(runs, "run")})
	}
	return out
}

// name is the identity of a benchmark in a tracker.
func (b *benchmark) name() string {
	return fmt.Sprintf("%s on %s, %s", b.method, b.problem, b.goal.words())
}

// writeGitHub writes the array of customSmallerIsBetter, a tool of github-action-benchmark 1.22. A
// null would be read as 0, the best of all, so a cost that is not known is left out.
func writeGitHub(j *job) error {
	type entry struct {
		Name  string  `json:"name"`
		Unit  string  `json:"unit"`
		Value float64 `json:"value"`
		Range string  `json:"range,omitempty"`
		Extra string  `json:"extra,omitempty"`
	}
	all, err := j.benchmarks()
	if err != nil {
		return err
	}
	entries := []entry{}
	for _, b := range all {
		for _, s := range b.series() {
			e := entry{Name: b.name() + ": " + s.unit, Unit: s.unit, Value: s.value, Extra: s.extra}
			if s.high > s.low {
				e.Range = fmt.Sprintf("%g to %g", s.low, s.high)
			}
			entries = append(entries, e)
		}
	}
	return writeJSON(j, entries)
}

// bencherName is how many characters the name of a benchmark may have in Bencher.
const bencherName = 1024

// writeBencher writes Bencher Metric Format: by benchmark and measure a value, with the quartiles
// as its bounds.
func writeBencher(j *job) error {
	type metric struct {
		Value float64  `json:"value"`
		Lower *float64 `json:"lower_value,omitempty"`
		Upper *float64 `json:"upper_value,omitempty"`
	}
	all, err := j.benchmarks()
	if err != nil {
		return err
	}
	out := map[string]map[string]metric{}
	for _, b := range all {
		name := b.name()
		if n := len([]rune(name)); n > bencherName {
			j.note("%q is left out: it has %d characters, Bencher takes %d; give the method or problem a shorter label", string([]rune(name)[:40])+"…", n, bencherName)
			continue
		}
		measures := map[string]metric{}
		for _, s := range b.series() {
			m := metric{Value: s.value}
			if s.high > s.low {
				m.Lower, m.Upper = &s.low, &s.high
			}
			measures[s.unit] = m
		}
		out[name] = measures
	}
	return writeJSON(j, out)
}

func writeJSON(j *job, v any) error {
	content, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	_, err = j.Out.Write(append(content, '\n'))
	return err
}
