package export

import (
	"bytes"
	"encoding/csv"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/gdbench/gdbench/results"
)

// table is a table that was read back: rows of texts, "" for null.
type table struct {
	columns []string
	types   map[string]string
	rows    []map[string]string
}

func readCSV(t *testing.T, content string) table {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := table{columns: lines[0]}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		out.rows = append(out.rows, row)
	}
	return out
}

func readParquet(t *testing.T, content string) table {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader([]byte(content)), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	out := table{types: map[string]string{}}
	for _, field := range f.Schema().Fields() {
		out.columns = append(out.columns, field.Name())
		out.types[field.Name()] = field.Type().String()
		if !field.Optional() {
			t.Errorf("the column %s cannot be null", field.Name())
		}
	}
	reader := parquet.NewReader(f)
	for {
		rows := make([]parquet.Row, 1)
		n, _ := reader.ReadRows(rows)
		if n == 0 {
			return out
		}
		row := map[string]string{}
		for i, v := range rows[0] {
			row[out.columns[i]] = ""
			if !v.IsNull() {
				row[out.columns[i]] = v.String()
			}
		}
		out.rows = append(out.rows, row)
	}
}

// want checks the entries of a row that are named.
func (tb table) want(t *testing.T, k int, want map[string]string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		got, ok := tb.rows[k][name]
		if !ok {
			t.Errorf("there is no column %s", name)
		} else if got != want[name] {
			t.Errorf("row %d: %s is %q; expected %q", k, name, got, want[name])
		}
	}
}

// mixed are records with parameters of several types.
func mixed() []*results.Record {
	a, b := bfgsOnBBOB(0), bfgsOnBBOB(1)
	a.Trace.Diagnostics = map[string]results.Series{"loss": {1, nan, 2}}
	a.Method.Parameters = []results.Parameter{{Name: "lr", Value: int64(1)}, {Name: "batch", Value: "full"}, {Name: "betas", Value: []any{0.9, int64(1)}},
		{Name: "step", Value: results.Component{Name: "fixed", Parameters: []results.Parameter{{Name: "t", Value: 0.25}}}}, {Name: "on", Value: true}, {Name: "none"}}
	b.Method.Parameters = []results.Parameter{{Name: "lr", Value: 0.5}, {Name: "batch", Value: int64(32)}, {Name: "step", Value: "auto"}}
	b.Labels.Method, b.Status, b.Message = "other, \"quoted\"", results.Skipped, ""
	b.Start, b.Final, b.Best, b.Trace, b.Targets, b.Minimum = nil, nil, nil, nil, nil, nil
	return []*results.Record{a, b}
}

// The long table has a row for each point, target and end, with one type a column, and nulls where
// nothing was measured: a target that was missed has no cost, and one that could not be measured
// is neither hit nor missed.
func TestLongTable(t *testing.T) {
	for format, read := range map[string]func(*testing.T, string) table{"csv": readCSV, "parquet": readParquet} {
		t.Run(format, func(t *testing.T) {
			content, outcome := exported(t, format, Options{}, mixed()...)
			tb := read(t, content)
			if len(tb.rows) != 8 || outcome.Cells != 2 { // 3 points, 3 targets and an end, then an end
				t.Fatalf("%d rows of %d cells", len(tb.rows), outcome.Cells)
			}
			tb.want(t, 0, map[string]string{"row": "trace", "suite": "by hand", "problem": "f8", "method": "BFGS 1/L", "repeat": "0", "deterministic": "false",
				"status": "budget", "variables": "2", "minimum": "10", "start_gap": "200", "best_iteration": "2", "iteration": "0", "value": "210",
				"evaluations": "1", "hit": "", "target": "", "prox": "0", "diagnostics.loss": "1", "seconds": "", "dataset_samples": "",
				"problem.name": "bbob", "problem.function": "8", "method.lr": "1", "method.batch": "full", "method.betas": "[0.9,1]",
				"method.step.name": "fixed", "method.step.t": "0.25", "method.step": "", "method.on": "true", "method.none": ""})
			tb.want(t, 1, map[string]string{"iteration": "1", "gap": "5", "gradient_norm": "1", "trials": "1", "diagnostics.loss": ""})
			tb.want(t, 2, map[string]string{"gradient_norm": "", "gap": "0.02", "gradients": "9", "diagnostics.loss": "2"})
			tb.want(t, 3, map[string]string{"row": "target", "target": "0.1", "target_kind": "absolute", "hit": "true", "iteration": "2", "evaluations": "8"})
			tb.want(t, 4, map[string]string{"row": "target", "target": "0.001", "hit": "false", "iteration": "", "evaluations": "", "gradients": "", "gap": ""})
			tb.want(t, 5, map[string]string{"row": "target", "target": "1e-30", "hit": "", "evaluations": ""})
			tb.want(t, 6, map[string]string{"row": "end", "iteration": "3", "gap": "0.02", "evaluations": "12", "seconds": "0.5", "message": "the end"})
			tb.want(t, 7, map[string]string{"row": "end", "status": "skipped", "message": "", "iteration": "", "gap": "", "evaluations": "", "minimum": "",
				"method": "other, \"quoted\"", "method.lr": "0.5", "method.batch": "32", "method.step": "auto", "method.step.t": "", "method.on": ""})
			if format != "parquet" {
				return
			}
			for name, kind := range map[string]string{"repeat": "INT(64,true)", "deterministic": "BOOLEAN", "gap": "DOUBLE", "method.lr": "DOUBLE",
				"method.batch": "STRING", "problem.function": "INT(64,true)", "hit": "BOOLEAN", "method.on": "BOOLEAN", "method.none": "STRING"} {
				if tb.types[name] != kind {
					t.Errorf("%s is of type %s; expected %s", name, tb.types[name], kind)
				}
			}
			if first := tb.columns[:4]; !slices.Equal(first, []string{"suite", "id", "problem", "method"}) {
				t.Errorf("the table begins with %q", first)
			}
		})
	}
}

// Both tables have the same columns in the same order.
func TestSameColumns(t *testing.T) {
	one, _ := exported(t, "csv", Options{}, mixed()...)
	two, _ := exported(t, "parquet", Options{}, mixed()...)
	if a, b := readCSV(t, one).columns, readParquet(t, two).columns; !slices.Equal(a, b) {
		t.Errorf("csv has %q, parquet %q", a, b)
	}
}

// More rows than a row group has are all there.
func TestRowGroups(t *testing.T) {
	r := bfgsOnBBOB(0)
	for k := len(r.Trace.Iteration); k < groupRows; k++ {
		r.Trace.Iteration = append(r.Trace.Iteration, int64(k))
	}
	content, _ := exported(t, "parquet", Options{}, r, r)
	f, err := parquet.OpenFile(strings.NewReader(content), int64(len(content)))
	if err != nil || f.NumRows() != 2*(groupRows+4) || len(f.RowGroups()) < 2 {
		t.Fatalf("%d rows in %d groups, %v; expected %d", f.NumRows(), len(f.RowGroups()), err, 2*(groupRows+4))
	}
}

// benchopt's table has its columns in its order, a row for each point of a curve, the gap as
// objective where f* is known and the value elsewhere.
func TestBenchopt(t *testing.T) {
	unknown, bare := bfgsOnBBOB(0), bfgsOnBBOB(2)
	unknown.Minimum = nil
	bare.Trace = nil
	content, outcome := exported(t, "benchopt", Options{}, append(mixed(), unknown, bare)...)
	tb := readParquet(t, content)
	if outcome.Cells != 3 || len(tb.rows) != 3+3+2 || len(outcome.Left) != 1 {
		t.Fatalf("%d rows of %d cells, left out %+v", len(tb.rows), outcome.Cells, outcome.Left)
	}
	tb.want(t, 1, map[string]string{"solver_name": "BFGS 1/L", "dataset_name": "f8", "objective_name": "gap", "idx_rep": "0", "sampling_strategy": "Iteration",
		"p_solver_lr": "1", "p_dataset_function": "8", "stop_val": "1", "objective_value": "5", "objective_f": "15", "objective_evaluations": "4", "time": "", "platform": "linux",
		"system-cpus": "2", "benchmark-git-tag": "abc", "version-cuda": ""})
	tb.want(t, 4, map[string]string{"objective_name": "value", "objective_value": "15", "stop_val": "1"})
	tb.want(t, 6, map[string]string{"stop_val": "0", "objective_value": "200", "time": "0"})
	tb.want(t, 7, map[string]string{"stop_val": "3", "objective_value": "0.02", "time": "0.5", "idx_rep": "2"})
	last := -1
	for _, name := range []string{"base_seed", "objective_name", "obj_description", "solver_name", "dataset_name", "idx_rep", "sampling_strategy", "file_objective",
		"file_solver", "p_solver_name", "file_dataset", "p_dataset_name", "stop_val", "time", "objective_value", "env-OMP_NUM_THREADS", "platform",
		"platform-architecture", "system-cpus", "version-numpy", "benchmark-git-tag", "run_date"} {
		at := slices.Index(tb.columns, name)
		if at <= last {
			t.Errorf("%s is column %d, after %d", name, at, last)
		}
		last = at
	}
	f, _ := parquet.OpenFile(strings.NewReader(content), int64(len(content)))
	if meta, ok := f.Lookup("_meta_json"); !ok || meta != "{}" {
		t.Errorf("_meta_json is %q", meta)
	}
}
