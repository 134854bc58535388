package compare

import (
	"fmt"
	"os"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/text"
)

// Accepted is what a project has decided to live with: an entry of accepted.yaml.
//
//	accept:
//	  - {cell: sgd lr=0.1 on logistic, metric: evaluations, reason: the new shuffling costs a little}
type Accepted struct {
	Cell   string `param:"cell" doc:"the cell as tables write it, METHOD on PROBLEM, or its id"`
	Metric string `param:"metric" doc:"name of the metric; cell for a missing or incomparable one"`
	Reason string `param:"reason" doc:"why, for those who read the verdict"`
}

type acceptedFile struct {
	Accept []Accepted `param:"accept" doc:"verdicts that do not count"`
}

// ReadAccepted reads an accepted.yaml. Errors name file, line and column.
func ReadAccepted(path string) ([]Accepted, error) {
	file, err := os.Open(path)
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
		if a.Reason == "" {
			return nil, fmt.Errorf("%s: entry %d (%s): the reason is empty; say why the verdict is accepted", path, i+1, a.Cell)
		}
		if _, err := ParseMetrics([]string{a.Metric}); err != nil && a.Metric != string(WholeCell) {
			return nil, fmt.Errorf("%s: entry %d (%s): unknown metric %q%s", path, i+1, a.Cell, a.Metric, text.Suggest(a.Metric, known))
		}
	}
	return read.Accept, nil
}

// Accept takes the weight from verdicts that were accepted. An entry that matches no bad
// or incomparable verdict is stale, and a warning.
func (r *Report) Accept(entries []Accepted) {
	for _, a := range entries {
		used := false
		for _, rows := range [][]Row{r.Rows, r.Rollups} {
			for i := range rows {
				row := &rows[i]
				if (a.Cell == row.Cell() || a.Cell == row.ID) && a.Metric == string(row.Metric) && row.Verdict != Same {
					row.Accepted, used = a.Reason, true
				}
			}
		}
		if !used {
			r.Warn("an accepted verdict is not needed any more, or names no cell: %s, %s (%s)", a.Cell, a.Metric, a.Reason)
		}
	}
	r.Headline = r.headline()
}
