package compare

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
)

// Accepted is what a project has decided to live with: an entry of accepted.yaml.
//
//	accept:
//	  - {cell: sgd * on logistic, metric: evaluations, up_to: 1.15, until: 2027-03-31,
//	     reason: the new shuffling costs a little}
type Accepted struct {
	Cell   string  `param:"cell" doc:"the cell as tables write it, METHOD on PROBLEM, or its id; * matches any text"`
	Metric string  `param:"metric" doc:"name of the metric; cell for a missing or incomparable one"`
	UpTo   float64 `param:"up_to" default:"none" range:"(0,)" doc:"the most that is accepted: NEW/BASE of a cost, of success the share of the runs that end worse"`
	Until  string  `param:"until" default:"none" doc:"last day on which it is, as 2027-03-31"`
	Reason string  `param:"reason" doc:"why, for those who read the verdict"`
}

type acceptedFile struct {
	Accept []Accepted `param:"accept" doc:"verdicts that do not count"`
}

// ReadAccepted reads an accepted.yaml. Errors name file, line and column.
func ReadAccepted(path string) ([]Accepted, error) {
	file, err := limit.Open(path, "accepted verdicts")
	if err != nil {
		return nil, fmt.Errorf("accepted verdicts: %w", err)
	}
	defer file.Close()
	source := param.Source(path)
	root, err := param.Load(source, file)
	if err != nil {
		return nil, err
	}
	var read acceptedFile
	if err := source.DecodeStruct(root, &read); err != nil {
		return nil, err
	}
	known := []string{string(WholeCell)}
	for _, m := range Metrics {
		known = append(known, string(m))
	}
	for i, a := range read.Accept {
		if err := a.check(known); err != nil {
			return nil, fmt.Errorf("%s: entry %d (%s): %w", path, i+1, a.Cell, err)
		}
	}
	return read.Accept, nil
}

func (a *Accepted) check(known []string) error {
	if a.Reason == "" {
		return errors.New("the reason is empty; say why the verdict is accepted")
	}
	if a.Metric == string(WholeCell) {
		return a.checkUntil()
	}
	if _, err := ParseMetrics([]string{a.Metric}); err != nil {
		return fmt.Errorf("unknown metric %q%s", a.Metric, text.Suggest(a.Metric, known))
	}
	switch {
	case a.Metric == string(SuccessMetric) && !(a.UpTo > 0 && a.UpTo <= 1):
		return errors.New("up_to is missing or not a share; expected the share of the runs that may end worse, such as 0.2")
	case a.Metric != string(SuccessMetric) && !(a.UpTo > 1):
		return errors.New("up_to is missing or not above 1; expected the largest ratio NEW/BASE that is accepted, such as 1.15")
	}
	return a.checkUntil()
}

func (a *Accepted) checkUntil() error {
	if _, err := time.Parse(time.DateOnly, a.Until); a.Until != "" && err != nil {
		return fmt.Errorf("until: %q is no date; expected one such as 2027-03-31", a.Until)
	}
	return nil
}

// covers reports whether an entry is about a row.
func (a *Accepted) covers(r *Row) bool {
	return r.Gated && a.Metric == string(r.Metric) && (text.Matches(a.Cell, r.Cell()) || a.Cell == r.ID)
}

// cover marks the cells whose loss is accepted, as far as and as long as it is: they are left
// out of the methods and of the suite.
func (r *Report) cover(entries []Accepted, today time.Time) {
	for i := range r.Rows {
		for _, a := range entries {
			if row := &r.Rows[i]; a.covers(row) && a.exceeded(row, today) == "" {
				row.covered = true
			}
		}
	}
}

// accept takes the weight from verdicts that were accepted. An entry that matches no bad or
// incomparable verdict is stale, and a warning, as is one that has ended or that the loss
// exceeds.
func (r *Report) accept(entries []Accepted, today time.Time) {
	for _, a := range entries {
		named, used := false, false
		for _, rows := range [][]Row{r.Levels, r.Rows} {
			for i := range rows {
				row := &rows[i]
				if !a.covers(row) {
					continue
				}
				named = true
				if row.Verdict == Same {
					continue
				}
				used = true
				switch problem := a.exceeded(row, today); {
				case problem == "":
					row.Accepted = a.Reason
				case row.Verdict.Bad() || row.Verdict == Incomparable:
					r.Warn("%s, %s: %s, so that it counts again (%s)", row.Cell(), a.Metric, problem, a.Reason)
				}
			}
		}
		switch {
		case !named:
			r.Warn("an accepted verdict names no row of the comparison: %s, %s (%s)", a.Cell, a.Metric, a.Reason)
		case !used:
			r.Warn("an accepted verdict is not needed any more: %s, %s (%s)", a.Cell, a.Metric, a.Reason)
		}
	}
}

// exceeded says why an entry does not cover a row any more, "" where it does.
func (a *Accepted) exceeded(r *Row, today time.Time) string {
	size := float64(r.Effect)
	if r.Metric == SuccessMetric {
		size = math.Max(r.lost, -size)
	}
	switch {
	case a.Until != "" && today.Format(time.DateOnly) > a.Until:
		return "it was accepted until " + a.Until
	case r.Metric != WholeCell && size > a.UpTo:
		return fmt.Sprintf("it was accepted up to %s and is %s", text.Short(a.UpTo), text.Short(size))
	}
	return ""
}
