package compare

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/english"
	"github.com/gdbench/gdbench/internal/text"
	"github.com/gdbench/gdbench/results"
)

// Files compares two runs, each a run folder or a baseline file.
func Files(base, new string, o Options) (*Report, error) {
	var b, n *results.Baseline
	var errs [2]error
	var both sync.WaitGroup
	both.Go(func() { b, errs[0] = results.ReadBaseline(base) })
	both.Go(func() { n, errs[1] = results.ReadBaseline(new) })
	both.Wait()
	if err := cmp.Or(errs[0], errs[1]); err != nil {
		return nil, err
	}
	r, err := Compare(b, n, o)
	if err != nil {
		return nil, fmt.Errorf("%s and %s: %w", base, new, err)
	}
	r.Base.Path, r.New.Path = base, new
	return r, nil
}

// Compare says what changed from base to new. Its error wraps ErrIncomparable where the
// two have nothing in common that could be compared.
func Compare(base, new *results.Baseline, o Options) (*Report, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	if err := checkRuns(base, new, &o); err != nil {
		return nil, err
	}
	r := &Report{
		Schema: Schema, Base: sideOf(base), New: sideOf(new), Verdicts: map[Verdict]int{}, Warnings: []string{},
		Settings: Settings{
			Alpha: o.Alpha, Delta: o.Delta, Tolerance: tolerance, Metrics: o.Metrics, Target: o.Target,
			GateTime: o.Time, Sensitivity: o.Sensitivity, Drift: mayDrift(base, new), Elsewhere: base.Toolchain != new.Toolchain, asked: [2]map[string]string{base.Asked, new.Asked}, lossesOnly: o.lossesOnly, planned: o.planned,
		},
	}
	if err := r.prepare(base, new); err != nil {
		return nil, err
	}
	cells, renamed := pair(base, new)
	for _, w := range renamed {
		r.Warn("%s", w)
	}
	compared := r.judgeCells(cells)
	if len(compared) == 0 && !slices.ContainsFunc(r.Rows, func(row Row) bool { return row.Verdict == Incomparable }) {
		if base.Suite != new.Suite {
			return nil, fmt.Errorf("%w: BASE is of the suite %s and NEW of the suite %s, and they have no cell in common", ErrIncomparable, base.Suite, new.Suite)
		}
		return nil, fmt.Errorf("%w: the two have no cell in common", ErrIncomparable)
	}
	r.Cells = len(compared)
	r.cover(o.Accepted, o.Today)
	r.pool()
	r.Rollups = rollups(r.Rows, &r.Settings)
	r.decide()
	r.together()
	r.accept(o.Accepted, o.Today)
	r.finish()
	return r, nil
}

// mayDrift reports whether rounding may differ between two runs: one version of gdbench gives
// the same bits under every toolchain, different versions may not.
func mayDrift(base, new *results.Baseline) bool {
	return base.Toolchain != new.Toolchain && base.Version != new.Version
}

// drifts reports whether rounding may differ in a cell: in all of them, or where the method's
// arithmetic depends on the processor and the toolchain classes differ.
func (s *Settings) drifts(c *cell) bool {
	return s.Drift || s.Elsewhere && (c.base[0].Inexact != "" || c.new[0].Inexact != "")
}

func sideOf(b *results.Baseline) Side {
	return Side{Suite: b.Suite, Version: b.Version, Commit: b.Commit, Toolchain: b.Toolchain,
		Processor: b.Processor, Workers: b.Workers, Started: b.Started, Cells: len(b.Summaries)}
}

// prepare notes what holds for the runs as wholes.
func (r *Report) prepare(base, new *results.Baseline) error {
	s := &r.Settings
	r.readRules(base, new)
	if s.Drift {
		r.Warn("the versions of gdbench and the toolchain classes differ (%s and %s): exact counts may drift by rounding and count against NEW only beyond %s%%",
			describe(base.Toolchain), describe(new.Toolchain), text.Short(100*s.Delta))
	}
	for _, b := range []*results.Baseline{base, new} {
		if b.Inexact != "" {
			r.Warn("not exactly repeatable: %s", b.Inexact)
		}
	}
	r.noteFamilies(base, new)
	r.noteTargets(base.Targets, new.Targets)
	if reason := timesComparable(base, new); reason != "" && slices.Contains(s.Metrics, Seconds) {
		if s.GateTime {
			return fmt.Errorf("%w: %s", ErrIncomparable, reason)
		}
		r.Warn("%s", reason)
		s.Metrics = slices.DeleteFunc(slices.Clone(s.Metrics), func(m Metric) bool { return m == Seconds })
	}
	return nil
}

func describe(t results.Toolchain) string {
	text := t.OS + "/" + t.Arch
	if t.AMD64 != "" {
		text += "." + t.AMD64
	}
	if !t.FMA {
		text += " without FMA"
	}
	return text + " " + t.Go
}

// Warn adds what a reader must know besides the rows.
func (r *Report) Warn(format string, args ...any) {
	r.Warnings = append(r.Warnings, fmt.Sprintf(format, args...))
}

// judgeCells makes the rows of all cells and returns the cells that could be compared.
func (r *Report) judgeCells(cells []*cell) (compared []*cell) {
	for _, c := range cells {
		switch reason := c.unfit(&r.Settings); {
		case len(c.base) == 0:
			r.Rows = append(r.Rows, c.whole(New, "BASE has no such cell"))
		case len(c.new) == 0:
			r.Rows = append(r.Rows, c.whole(Missing, "NEW has no such cell"))
		case reason != "":
			r.Rows = append(r.Rows, c.whole(Incomparable, "%s", reason))
		default:
			compared = append(compared, c)
			if !c.deterministic() {
				r.Settings.cells++
			}
			if c.failing() {
				r.Settings.failing++
			}
		}
	}
	r.noteRepeats(compared)
	r.noteRefused(compared)
	r.Settings.most = mostSpent(compared)
	for _, c := range compared {
		r.Rows = append(r.Rows, c.judge(&r.Settings)...)
	}
	return compared
}

// noteRepeats says where the two have other repeats: a suite that asks for fewer shows less, and
// rows without a difference have no place for a note.
func (r *Report) noteRepeats(compared []*cell) {
	uneven := slices.DeleteFunc(slices.Clone(compared), func(c *cell) bool { return c.common == "" })
	if len(uneven) > 0 {
		label := uneven[0].label()
		r.Warn("in %s only the common repeats are compared, such as %s on %s: %s", english.Count(len(uneven), "cell"), label.Method, label.Problem, uneven[0].common)
	}
}

// unfit says why the two sides of a cell cannot be compared, "" where they can or where one
// is missing.
func (c *cell) unfit(s *Settings) string {
	if len(c.base) == 0 || len(c.new) == 0 {
		return ""
	}
	return cmp.Or(c.obstacle(s), c.chooseGoal(s.Target))
}

// readRules takes what the suites say about the gate: NEW's, and a warning where BASE's
// differ, for a change must not loosen unseen what it is measured by.
func (r *Report) readRules(base, new *results.Baseline) {
	s := &r.Settings
	b, n := cmp.Or(base.Gate, &results.Gate{}), cmp.Or(new.Gate, &results.Gate{})
	s.Delta = cmp.Or(s.Delta, float64(n.Delta), DefaultDelta)
	s.Sensitivity = cmp.Or(s.Sensitivity, float64(n.Sensitivity), DefaultSensitivity)
	s.Rules = append([]results.Rule{}, n.Rules...)
	if base.Gate != nil && !reflect.DeepEqual(b, n) || base.Gate == nil && base.Asked != nil && new.Gate != nil {
		r.Warn("the suites of BASE and NEW differ in what the gate tolerates; NEW's counts")
	}
}

// finish sorts the rows and says what happened.
func (r *Report) finish() {
	worstFirst := func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Verdict.rank(), b.Verdict.rank()), -cmp.Compare(weightOf(&a), weightOf(&b)),
			cmp.Compare(a.Method, b.Method), cmp.Compare(a.Problem, b.Problem),
			cmp.Compare(slices.Index(Metrics, a.Metric), slices.Index(Metrics, b.Metric)))
	}
	slices.SortStableFunc(r.Rows, worstFirst)
	slices.SortStableFunc(r.Rollups, worstFirst)
	slices.SortStableFunc(r.Levels, worstFirst)
	r.Rollups, r.Levels = append([]Row{}, r.Rollups...), append([]Row{}, r.Levels...)
	for i := range r.Rows {
		if row := &r.Rows[i]; row.Class != Timing || row.Gated {
			r.Verdicts[row.Verdict]++
		}
	}
	r.Finds, r.Headline = r.finds(), r.headline()
}

// weightOf orders rows of one verdict: gated before advisory, then by the size of the
// effect.
func weightOf(r *Row) float64 {
	size := 0.0
	switch {
	case r.Class == Success:
		size = math.Abs(float64(r.Effect))
	case r.Base == 0 || r.New == 0: // a count of one side only, which has no factor
	case !math.IsNaN(float64(r.Effect)):
		size = math.Abs(elementary.Log(float64(r.Effect)))
	}
	if r.Gated {
		size += 1e6
	}
	return size
}

// noteFamilies says which file does not name the families of problems. One that does is
// enough.
func (r *Report) noteFamilies(base, new *results.Baseline) {
	named := func(o results.Summary) bool { return o.Families != nil }
	neither := !slices.ContainsFunc(base.Summaries, named) && !slices.ContainsFunc(new.Summaries, named)
	for _, b := range []*results.Baseline{base, new} {
		if lacks := b.Lacks(); lacks != "" && (b == base || b.Path != base.Path) {
			r.Warn("%s", lacks)
		}
	}
	if neither {
		r.Warn("neither file names the families of problems (they are of schema 1): each problem counts as a family of its own")
	}
}
