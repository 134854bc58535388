package export

import (
	"strings"
	"time"

	"github.com/gdbench/gdbench/results"
)

// writeBenchopt writes the columns of benchopt's results, one row for each point of a curve, with
// method as solver and problem as data set. Source: Moreau et al. 2022, Benchopt: reproducible,
// efficient and collaborative optimization benchmarks, arXiv:2206.13424; benchopt 1.7.
func writeBenchopt(j *job) error {
	l, err := j.survey()
	if err != nil {
		return err
	}
	columns := j.benchoptColumns(l)
	s := newParquetSheet(j.Out, columns, map[string]string{"_meta_json": "{}"})
	var shared []value
	points := newCurve(l)
	err = j.each(allColumns, func(r *results.Record) error {
		if r.Status == results.Skipped || r.Start == nil || r.Final == nil {
			j.leave(r, "it did not run")
			return nil
		}
		shared = shared[:0]
		for _, c := range columns {
			if c.of != nil {
				shared = append(shared, c.of(r))
			}
		}
		j.outcome.Cells++
		return s.rows(shared, points.rows(r))
	})
	if err != nil {
		return err
	}
	return s.close()
}

// benchoptColumns are all columns in benchopt's order, of what gdbench does not know empty ones.
func (j *job) benchoptColumns(l *layout) []column {
	m := j.run.Manifest
	always := func(name string, v value, k kind) column {
		return column{name: name, kind: k, of: func(*results.Record) value { return v }}
	}
	empty := func(name string) column { return always(name, value{}, words) }
	out := []column{
		always("base_seed", value{}, whole),
		{name: "objective_name", kind: words, of: func(r *results.Record) value { return str(objective(r)) }},
		always("obj_description", str("f - f* where f* is known (gap), f elsewhere (value)"), words),
		{name: "solver_name", kind: words, of: func(r *results.Record) value { return str(r.Labels.Method) }},
		empty("solver_description"),
		{name: "dataset_name", kind: words, of: func(r *results.Record) value { return str(r.Labels.Problem) }},
		{name: "idx_rep", kind: whole, of: func(r *results.Record) value { return integer(r.Repeat) }},
		always("sampling_strategy", str("Iteration"), words), empty("file_objective"), empty("file_solver"),
	}
	out = append(out, renamed(l.cell, "method.", "p_solver_")...)
	out = append(out, empty("file_dataset"))
	out = append(out, renamed(l.cell, "problem.", "p_dataset_")...)
	out = append(out, column{name: "stop_val", kind: whole}, column{name: "time", kind: number}, column{name: "objective_value", kind: number})
	for _, c := range l.rowColumns() {
		if measured(c) {
			out = append(out, column{name: "objective_" + metric(c.name), kind: c.kind})
		}
	}
	out = append(out, empty("env-OMP_NUM_THREADS"), always("platform", str(m.Toolchain.OS), words), always("platform-architecture", str(m.Toolchain.Arch), words))
	for _, name := range []string{"platform-release", "platform-version"} {
		out = append(out, empty(name))
	}
	out = append(out, always("system-cpus", integer(m.Cores), whole), always("system-processor", str(m.Processor), words), always("system-ram (GB)", value{}, number))
	for _, name := range []string{"version-cuda", "version-numpy", "version-numpy-libs", "version-scipy"} {
		out = append(out, empty(name))
	}
	return append(out, always("benchmark-git-tag", str(m.Commit), words),
		always("run_date", str(m.Started.UTC().Format(time.DateTime)), words))
}

// objective is what benchopt's plots lower: the gap where it is known.
func objective(r *results.Record) string {
	if r.Minimum == nil {
		return "value"
	}
	return "gap"
}

// renamed are the columns with a prefix under another one.
func renamed(columns []column, prefix, to string) []column {
	var out []column
	for _, c := range columns {
		if name, ok := strings.CutPrefix(c.name, prefix); ok {
			out = append(out, column{name: to + name, kind: c.kind, of: c.of})
		}
	}
	return out
}

// measured reports the columns of the long table that are numbers at a point of a curve.
func measured(c column) bool {
	switch c.name {
	case "row", "iteration", "seconds", "target", "target_kind", "hit", "since":
		return false
	}
	return true
}

// metric names a column among benchopt's metrics, where "value" is the objective.
func metric(name string) string {
	if name == "value" {
		return "f"
	}
	return name
}

// curve makes the points of a record from rows of the long table.
type curve struct {
	*layout
	row  []value // room for one
	kept []int   // the columns that are measured
}

func newCurve(l *layout) *curve {
	columns := l.rowColumns()
	c := &curve{layout: l, row: make([]value, len(columns))}
	for i, column := range columns {
		if measured(column) {
			c.kept = append(c.kept, i)
		}
	}
	return c
}

// rows are the points of the trace, or start and end where there is none.
func (c *curve) rows(r *results.Record) [][]value {
	var out [][]value
	add := func(fill func(row []value)) {
		clear(c.row)
		fill(c.row)
		objective := c.row[rowGap]
		if r.Minimum == nil {
			objective = c.row[rowValue]
		}
		point := make([]value, 0, 3+len(c.kept))
		point = append(point, c.row[rowIteration], c.row[rowSeconds], objective)
		for _, i := range c.kept {
			point = append(point, c.row[i])
		}
		out = append(out, point)
	}
	if r.Trace != nil && r.Trace.Len() > 0 {
		for k := range r.Trace.Len() {
			add(func(row []value) { c.point(row, r.Trace, k) })
		}
		return out
	}
	add(func(row []value) {
		row[rowIteration], row[rowSeconds] = integer(0), float(0)
		row[rowValue], row[rowGap] = float(float64(r.Start.Value)), float(float64(r.Start.Gap))
		row[rowGradientNorm], row[rowDistance] = float(float64(r.Start.GradientNorm)), float(float64(r.Start.Distance))
	})
	add(func(row []value) { end(row, r) })
	return out
}
