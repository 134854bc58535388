package app

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/gdbench/gdbench/internal/report/history"
	"github.com/gdbench/gdbench/internal/report/verdict"
	"github.com/gdbench/gdbench/results"
)

// window is what `gate --against-last k` compares with: the last stored baseline of the suite,
// which shows a step, and the k-th last, which shows a drift of small losses. Those between lose
// less than the k-th last where all lose, and would take their share of α; their median would see
// half of the drift.
type window struct {
	last, oldest string   // files; oldest is "" where there is none
	names        []string // what they are called
	folder       string   // of copies, removed by close
	k            int
}

// againstLast finds the window of the baselines that an argument names, for a run.
func againstLast(stored, run string, k int) (*window, error) {
	if k < 1 {
		return nil, usage("gate: --against-last %d; expected a number of baselines from 1", k)
	}
	n, err := results.ReadBaseline(run)
	if err != nil {
		return nil, err
	}
	all, _, _, err := storedRuns(stored)
	if err != nil {
		return nil, usage("gate: --against-last: %w", err)
	}
	runs := ofSuite(all, n.Suite)
	if len(runs) == 0 {
		return nil, usage("gate: --against-last: %s has no baseline of the suite %s; write one with `gdbench baseline %s --out FILE`", stored, n.Suite, run)
	}
	w := &window{k: k}
	last := runs[len(runs)-1]
	if w.last, err = w.file(last); err != nil {
		w.close()
		return nil, err
	}
	for _, r := range runs[max(0, len(runs)-k) : len(runs)-1] {
		if within(r.Baseline, last.Baseline) {
			w.oldest, err = w.file(r)
			break
		}
	}
	if err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// within reports whether the last baseline has every cell of an older one, under the same conditions: a
// comment or another number in the suite must not end the watch for small losses.
func within(older, last *results.Baseline) bool {
	type cell struct {
		labels results.Labels
		repeat int
	}
	conditions := map[cell]string{}
	for i := range last.Summaries {
		o := &last.Summaries[i]
		conditions[cell{o.Labels, o.Repeat}] = o.Conditions
	}
	return !slices.ContainsFunc(older.Summaries, func(o results.Summary) bool { return conditions[cell{o.Labels, o.Repeat}] != o.Conditions })
}

// file is that of a baseline: a copy where it is a version that only git has.
func (w *window) file(r history.Run) (string, error) {
	w.names = append(w.names, r.Path)
	if _, err := os.Stat(r.Path); err == nil {
		return r.Path, nil
	}
	if w.folder == "" {
		var err error
		if w.folder, err = os.MkdirTemp("", "gdbench-baselines"); err != nil {
			return "", err
		}
	}
	path := filepath.Join(w.folder, r.Name+".jsonl")
	b := *r.Baseline
	b.Baseline = results.BaselineSchema
	return path, b.Write(path)
}

// name puts the names of the baselines in place of their copies, and says what was not compared.
func (w *window) name(s *verdict.Summary) {
	for i, name := range w.names[:min(len(w.names), len(s.Comparisons))] {
		s.Comparisons[i].Base.Path = name
	}
	switch {
	case w.k == 1:
		s.Comparisons[0].Warn("--against-last 1 compares with the last baseline alone: small losses that add up cannot be seen")
	case w.oldest == "":
		s.Comparisons[0].Warn("there is no older baseline of these cells: small losses that add up cannot be seen yet")
	}
}

func (w *window) close() {
	if w.folder != "" {
		os.RemoveAll(w.folder)
	}
}
