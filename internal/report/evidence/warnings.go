package evidence

// inspect looks for what a reader must know before believing the numbers.
func (e *Evidence) inspect() {
	for i, run := range e.Runs {
		if how, advice := run.Unfinished(); how != "" {
			e.warn("%s %s: %d of %d cells are finished; %s", run.Manifest.Suite, how, e.Read[i], run.Manifest.Cells, advice)
		}
		if run.Manifest.Inexact != "" {
			e.warn("%s: %s", run.Manifest.Suite, run.Manifest.Inexact)
		}
		for _, w := range run.Manifest.Warnings {
			e.Warnings = append(e.Warnings, Warning(w))
		}
	}
	e.inspectEnds()
	e.inspectRepeats()
	e.inspectRates()
	e.refuted()
	for _, p := range e.Problems {
		if p.BestSeen {
			e.warn("%s: f* is unknown; gaps are above the best value that any run has seen, so the winner's gap is zero by construction", p.Label)
		}
	}
}

// inspectEnds tells of runs that leave little to compare.
func (e *Evidence) inspectEnds() {
	ran, failed, aimed := 0, 0, false
	for _, p := range e.Problems {
		aimed = aimed || len(p.goals) > 0
		for _, entry := range p.Entries {
			for _, c := range entry.Ran() {
				ran++
				if c.Failed() {
					failed++
				}
			}
		}
	}
	switch {
	case e.Cells > 0 && ran == 0:
		e.warn("every cell was skipped: the methods need what the problems lack; the messages are in the table of runs")
	case ran > 0 && failed == ran:
		e.warn("every run diverged or failed: try smaller learning rates")
	case ran > 0 && !aimed:
		e.warn("no run had a target: what it costs to get somewhere is not told; ask for it with `targets`")
	}
}

func (e *Evidence) inspectRepeats() {
	fewest := 0
	for _, p := range e.Problems {
		for _, entry := range p.Entries {
			ran := entry.Ran()
			if len(ran) == 0 || ran[0].Deterministic {
				continue
			}
			if fewest == 0 || len(ran) < fewest {
				fewest = len(ran)
			}
		}
	}
	switch {
	case fewest == 1:
		e.warn("one repeat of what is random: another seed may tell another story; 10 or more are worth their time")
	case fewest > 0 && fewest < 5:
		e.warn("%d repeats of what is random: quartiles of so few say little; 10 or more are worth their time", fewest)
	}
}

func (e *Evidence) inspectRates() {
	var edge []string
	for _, p := range e.Problems {
		for _, entries := range p.RateGrids(3) {
			if note := EdgeOfGrid(entries, p.Best(entries, EveryRun), "least work to the targets"); note != "" {
				edge = append(edge, p.Label+", "+note)
			}
		}
	}
	const most = 3
	for i, note := range edge {
		if i == most {
			e.warn("%d further methods have their best learning rate at the edge of the grid", len(edge)-most)
			break
		}
		e.warn("%s", note)
	}
}
