package export

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/counts"
	"github.com/gdbench/gdbench/results"
)

var nan = math.NaN()

const cocoHeader = "% f evaluations | g evaluations | best noise-free fitness - Fopt (1.000000000000e+01) + sum g_i+ | measured fitness | best measured fitness or single-digit g-values | x1 | x2...\n"

// COCO's logs byte for byte, worked out by hand from its documented format. The trace has 5 after
// 4 evaluations; the target tells of 0.1 after 8.
func TestCOCO(t *testing.T) {
	files, outcome := logged(t, "coco", Options{}, bfgsOnBBOB(0))
	want := map[string]string{
		"BFGS_1_L/bbobexp_f8.info": "suite = 'bbob', funcId = 8, DIM = 2, Precision = 1.000e-08, algId = 'BFGS_1_L', coco_version = '2.8.2', logger = 'bbob', data_format = 'bbob-new2'\n" +
			"% gdbench 1.0; a gradient counts as 1 evaluation\n" +
			"data_f8/bbobexp_f8_DIM2.dat, 3:12|2.0e-02\n",
		"BFGS_1_L/data_f8/bbobexp_f8_DIM2.dat": cocoHeader +
			"1 0 +2.000000000e+02 +2.100000000e+02 +2.100000000e+02\n" +
			"4 0 +5.000000000e+00 +1.500000000e+01 +1.500000000e+01\n" +
			"8 0 +1.000000000e-01 +1.010000000e+01 +1.010000000e+01\n" +
			"9 0 +2.000000000e-02 +1.002000000e+01 +1.002000000e+01\n" +
			"12 0 +2.000000000e-02 +1.002000000e+01 +1.002000000e+01\n",
		"BFGS_1_L/data_f8/bbobexp_f8_DIM2.tdat": cocoHeader +
			"1 0 +2.000000000e+02 +2.100000000e+02 +2.100000000e+02\n" +
			"2 0 +2.000000000e+02 +2.100000000e+02 +2.100000000e+02\n" +
			"3 0 +2.000000000e+02 +2.100000000e+02 +2.100000000e+02\n" +
			"4 0 +5.000000000e+00 +1.500000000e+01 +1.500000000e+01\n" +
			"5 0 +5.000000000e+00 +1.500000000e+01 +1.500000000e+01\n" +
			"6 0 +5.000000000e+00 +1.500000000e+01 +1.500000000e+01\n" +
			"7 0 +5.000000000e+00 +1.500000000e+01 +1.500000000e+01\n" +
			"8 0 +1.000000000e-01 +1.010000000e+01 +1.010000000e+01\n" +
			"10 0 +2.000000000e-02 +1.002000000e+01 +1.002000000e+01\n" +
			"11 0 +2.000000000e-02 +1.002000000e+01 +1.002000000e+01\n" +
			"12 0 +2.000000000e-02 +1.002000000e+01 +1.002000000e+01\n",
	}
	if len(files) != len(want) || outcome.Cells != 1 {
		t.Errorf("%d files of %d cells", len(files), outcome.Cells)
	}
	for name, text := range want {
		if files[name] != text {
			t.Errorf("%s:\n%s\nexpected:\n%s", name, files[name], text)
		}
	}
	if len(outcome.Notes) != 1 || !strings.Contains(outcome.Notes[0], `"BFGS 1/L" is BFGS_1_L`) {
		t.Errorf("notes %q; expected one about the label", outcome.Notes)
	}
}

// Further runs of a function are further blocks and entries, in the same order. A gradient at D
// evaluations is a folder of its own: 12 values and 12 gradients in two variables are 36.
func TestCOCORepeatsAndPrices(t *testing.T) {
	other := bfgsOnBBOB(1)
	other.Benchmark.Instance = 7
	files, _ := logged(t, "coco", Options{Prices: counts.Prices}, bfgsOnBBOB(0), other)
	for name, want := range map[string]string{
		"BFGS_1_L/bbobexp_f8.info":            "data_f8/bbobexp_f8_DIM2.dat, 3:12|2.0e-02, 7:12|2.0e-02\n",
		"BFGS_1_L_gradient_D/bbobexp_f8.info": "data_f8/bbobexp_f8_DIM2.dat, 3:36|2.0e-02, 7:36|2.0e-02\n",
	} {
		if !strings.HasSuffix(files[name], want) {
			t.Errorf("%s ends in\n%s; expected\n%s", name, files[name], want)
		}
	}
	if n := strings.Count(files["BFGS_1_L/data_f8/bbobexp_f8_DIM2.tdat"], "%"); n != 2 {
		t.Errorf("%d blocks of 2 runs", n)
	}
	if dat := files["BFGS_1_L_gradient_D/data_f8/bbobexp_f8_DIM2.dat"]; !strings.Contains(dat, "\n24 0 +1.000000000e-01") || !strings.Contains(dat, "\n27 0 +2.000000000e-02") {
		t.Errorf("with gradients at D:\n%s", dat)
	}
}

// Gradients that were made of values cost these and no more.
func TestPriceOfDifferences(t *testing.T) {
	r := bfgsOnBBOB(0)
	r.Benchmark.Differences = true
	if got := course(r, counts.Dimension); got[len(got)-1].cost != 12 {
		t.Errorf("the run costs %d; expected its 12 values", got[len(got)-1].cost)
	}
}

// What is known at one evaluation is the start: progress that a method makes with its first
// gradient costs a second evaluation.
func TestCourseBeginsAtTheStart(t *testing.T) {
	r := bfgsOnBBOB(0)
	r.Counts = results.Counts{Gradients: 1, Evaluations: 1}
	r.Trace.Iteration, r.Trace.Gap = []int64{0, 1}, results.Series{200, 0.02}
	r.Trace.Evaluations = []int64{0, 1}
	r.Targets = nil
	if got, want := course(r, counts.OneEvaluation), []point{{1, 200, 200}, {2, 0.02, 0.02}}; !slices.Equal(got, want) {
		t.Errorf("%v; expected %v", got, want)
	}
	r.Best.Gap, r.Trace.Gap = 200, results.Series{200, nan} // nothing came of it
	if got, want := course(r, counts.OneEvaluation), []point{{1, 200, 200}}; !slices.Equal(got, want) {
		t.Errorf("%v; expected %v", got, want)
	}
}

// A run that met no number has COCO's number for none, and not a good one.
func TestCOCOWithoutNumbers(t *testing.T) {
	r := bfgsOnBBOB(0)
	r.Status, r.Trace, r.Targets = results.Diverged, nil, nil
	r.Start.Gap, r.Best = results.Number(nan), nil
	files, outcome := logged(t, "coco", Options{}, r)
	if dat := files["BFGS_1_L/data_f8/bbobexp_f8_DIM2.dat"]; dat != cocoHeader+"1 0 +2.000000000e+21 +2.000000000e+21 +2.000000000e+21\n12 0 +2.000000000e+21 +2.000000000e+21 +2.000000000e+21\n" {
		t.Errorf("found\n%s", dat)
	}
	if !slices.ContainsFunc(outcome.Notes, func(n string) bool { return strings.HasPrefix(n, "some cells have no trace") }) {
		t.Errorf("notes %q; expected one about the trace", outcome.Notes)
	}
}

// What COCO cannot hold is left out and named; where nothing remains, that is an error.
func TestLeftOut(t *testing.T) {
	no, dim, skipped, unknown, unbegun := bfgsOnBBOB(0), bfgsOnBBOB(0), bfgsOnBBOB(0), bfgsOnBBOB(0), bfgsOnBBOB(0)
	no.Benchmark = nil
	dim.Variables = 7
	skipped.Status, skipped.Start = results.Skipped, nil
	unknown.Minimum = nil
	unbegun.Status, unbegun.Start = results.Failed, nil
	_, outcome := logged(t, "coco", Options{}, no, no, dim, skipped, unknown, unbegun, bfgsOnBBOB(0))
	var got []string
	for _, l := range outcome.Left {
		got = append(got, strings.Split(l.Reason, " (")[0])
	}
	want := []string{"its problem is not one of COCO's suite bbob, the problems {name: bbob, function: 1 to 24}",
		"it has 7 variables; the suite bbob has 2, 3, 5, 10, 20 and 40", "it was skipped",
		"f* is unknown, and the format has gaps f - f*", "it failed before its start"}
	if !slices.Equal(got, want) || outcome.Left[0].Cells != 2 || outcome.Left[0].Example != "BFGS 1/L on f8" || outcome.Cells != 1 {
		t.Errorf("left out %+v", outcome.Left)
	}
	for _, format := range []string{"coco", "ioh"} {
		f, _ := Named(format)
		if _, err := Write(written(t, skipped), f, Options{Folder: t.TempDir()}); !errors.Is(err, ErrNothing) {
			t.Errorf("%s of nothing: %v", format, err)
		}
	}
}

// IOHprofiler's logs, worked out by hand from its documented format.
func TestIOH(t *testing.T) {
	own := bfgsOnBBOB(0)
	own.Benchmark, own.Labels.Problem = nil, "my problem"
	tiny := bfgsOnBBOB(1)
	tiny.Best.Gap = 3e-11
	files, outcome := logged(t, "ioh", Options{}, bfgsOnBBOB(0), tiny, own)
	if outcome.Cells != 3 {
		t.Errorf("%d cells", outcome.Cells)
	}
	dat := "evaluations raw_y\n1 200.0000000000\n4 5.0000000000\n8 0.1000000000\n9 0.0200000000\n12 "
	if got, want := files["BFGS_1_L/data_f8_Rosenbrock/IOHprofiler_f8_DIM2.dat"], dat+"0.0200000000\n"+dat+"3.0000000000e-11\n"; got != want {
		t.Errorf("found\n%s\nexpected\n%s", got, want)
	}
	type run struct {
		Instance, Evals int
		Best            struct {
			Evals int
			Y     float64
		}
	}
	var index struct {
		Version, Suite string
		FunctionID     int    `json:"function_id"`
		FunctionName   string `json:"function_name"`
		Maximization   *bool
		Algorithm      map[string]string
		Attributes     []string
		Scenarios      []struct {
			Dimension int
			Path      string
			Runs      []run
		}
	}
	if err := json.Unmarshal([]byte(files["BFGS_1_L/IOHprofiler_f8_Rosenbrock.json"]), &index); err != nil {
		t.Fatal(err)
	}
	if index.Version != "0.3.23" || index.Suite != "BBOB" || index.FunctionID != 8 || index.FunctionName != "Rosenbrock" || index.Maximization == nil ||
		*index.Maximization || index.Algorithm["name"] != "BFGS 1/L" || !slices.Equal(index.Attributes, []string{"evaluations", "raw_y"}) || len(index.Scenarios) != 1 {
		t.Fatalf("index %+v", index)
	}
	s := index.Scenarios[0]
	if s.Dimension != 2 || s.Path != "data_f8_Rosenbrock/IOHprofiler_f8_DIM2.dat" || len(s.Runs) != 2 || s.Runs[0].Instance != 3 || s.Runs[0].Evals != 12 ||
		s.Runs[0].Best.Evals != 9 || s.Runs[0].Best.Y != 0.02 || s.Runs[1].Best.Evals != 12 || s.Runs[1].Best.Y != 3e-11 {
		t.Errorf("scenario %+v", s)
	}
	if mine := files["BFGS_1_L/IOHprofiler_f1_my_problem.json"]; !strings.Contains(mine, `"suite": "gdbench"`) || !strings.Contains(mine, `"instance": 1`) {
		t.Errorf("of a problem in no suite:\n%s", mine)
	}
}

// Labels become names of folders, each its own.
func TestFolders(t *testing.T) {
	var f folders
	for _, c := range [][2]string{{"GD lr=1/L", "GD_lr=1_L"}, {"GD lr=1:L", "GD_lr=1_L_2"}, {"gd LR=1_l", "gd_LR=1_l_3"}, {"GD lr=1/L", "GD_lr=1_L"},
		{"..", "_"}, {"", "__2"}, {"../../etc", "_.._etc"}, {"it's, 'x'", "it_s___x_"}, {strings.Repeat("a", 200), strings.Repeat("a", 100)}} {
		if got := f.of(c[0]); got != c[1] {
			t.Errorf("%q is %q; expected %q", c[0], got, c[1])
		}
	}
}

// Many files are written in turns, with few of them open.
func TestAppending(t *testing.T) {
	var a appending
	folder := t.TempDir()
	for range 3 {
		for k := range 2 * mostOpen {
			out, err := a.to(folder + "/" + strings.Repeat("x", k+1))
			if err != nil {
				t.Fatal(err)
			}
			out.WriteString("line\n")
			if len(a.open) > mostOpen {
				t.Fatalf("%d files are open", len(a.open))
			}
		}
	}
	if err := a.close(); err != nil {
		t.Fatal(err)
	}
	for _, k := range []int{0, 2*mostOpen - 1} {
		if text := read(t, folder+"/"+strings.Repeat("x", k+1)); text != "line\nline\nline\n" {
			t.Errorf("file %d: %q", k, text)
		}
	}
}

// A run that made no iteration has all of its curve at the start: nothing is missing.
func TestNoTraceIsSaidOfRunsThatMoved(t *testing.T) {
	still := bfgsOnBBOB(0)
	still.Iterations, still.Trace = 0, &results.Trace{Iteration: []int64{0}, Gap: results.Series{200}, Value: results.Series{210},
		TraceCounts: results.TraceCounts{Values: []int64{1}, Gradients: []int64{1}, Evaluations: []int64{1}}}
	if _, outcome := logged(t, "coco", Options{}, still); len(outcome.Notes) != 1 || strings.Contains(outcome.Notes[0], "no trace") {
		t.Errorf("%q; expected only the note on names", outcome.Notes)
	}
}

// A problem of no suite with the number and the label of a BBOB function has a log of its own.
func TestIOHKeepsProblemsApart(t *testing.T) {
	first, own := bfgsOnBBOB(0), bfgsOnBBOB(1)
	first.Benchmark.Function = 1
	own.Benchmark, own.Labels.Problem = nil, "Sphere"
	files, _ := logged(t, "ioh", Options{}, first, own)
	indices := 0
	for path, text := range files {
		if strings.HasSuffix(path, ".json") {
			indices++
			if strings.Contains(text, `"suite": "BBOB"`) == strings.Contains(text, `"suite": "gdbench"`) || strings.Count(text, `"instance"`) != 1 {
				t.Errorf("%s:\n%s", path, text)
			}
		}
	}
	if indices != 2 {
		t.Errorf("%d indices", indices)
	}
}
