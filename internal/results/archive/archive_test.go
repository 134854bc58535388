package archive

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/results"
)

// files are those of an archive by their paths.
type files map[string]string

const (
	newHeader = "% f evaluations | g evaluations | best noise-free fitness - Fopt (1.000000000000e+01) + sum g_i+ | measured fitness | best measured fitness or single-digit g-values | x1 | x2...\n"
	oldHeader = "% function evaluation | noise-free fitness - Fopt (1.000000000000e+01) | best noise-free fitness - Fopt | measured fitness | best measured fitness | x1 | x2...\n"
)

// recent has two runs in data format bbob-new2: the first reached 1e-9, the second was cut at
// evaluation 500, which only its .tdat says.
func recent() files {
	return files{
		"RS/bbobexp_f1.info": "suite = 'bbob', funcId = 1, DIM = 2, Precision = 1.000e-08, algId = 'RS, the \"best\"', coco_version = '2.8.2', logger = 'bbob', data_format = 'bbob-new2'\n" +
			"%\ndata_f1/bbobexp_f1_DIM2.dat, 1:40|1.0e-09, 2:500|2.0e-01",
		"RS/data_f1/bbobexp_f1_DIM2.dat": newHeader +
			"1 0 +9.000000000e+01 +1.000000000e+02 +1.000000000e+02 +1.0000e+00 -2.0000e+00\n" +
			"7 0 +5.000000000e-01 +1.050000000e+01 +1.050000000e+01 +1.0000e+00 -2.0000e+00\n" +
			"40 0 +1.000000000e-09 +1.000000000e+01 +1.000000000e+01 +1.0000e+00 -2.0000e+00\n" +
			newHeader +
			"1\t0\t+3.000000000e+21\t+3.000000000e+21\t+3.000000000e+21\t+1.0000e+00\t-2.0000e+00\r\n" +
			"9 0 +2.000000000e-01 +1.020000000e+01 +1.020000000e+01 +1.0000e+00 -2.0000e+00\n",
		"RS/data_f1/bbobexp_f1_DIM2.tdat": newHeader + "1 0 +9.0e+01\n40 0 +1.0e-09\n" + newHeader + "1 0 3e21\n500 0 +2.0e-01\n",
	}
}

// old has a run as of 2009: no suite, double quotes, backslashes, and gaps in columns 2 and 3.
func old() files {
	return files{
		"OLD/f8.info": "funcId = 8, DIM = 5, Precision = 1.000e-08, algId = \"NEWUOA\"\n% a comment\n" +
			`data_f8\bbobexp_f8_DIM5.dat, 3:25|-9.9e-09` + "\n\n",
		"OLD/data_f8/bbobexp_f8_DIM5.dat": oldHeader +
			"1 +4.000000000e+02 +4.000000000e+02 +4.100000000e+02 +4.100000000e+02 1 2 3 4 5\n" +
			"12 +7.000000000e+00 +3.000000000e+00 +1.700000000e+01 +1.300000000e+01 1 2 3 4 5\n" +
			"25 +1.000000000e-10 +1.000000000e-10 +1.000000000e+01 +1.000000000e+01 1 2 3 4 5\n" +
			"25 +1.000000000e-10 +1.000000000e-10 +1.000000000e+01 +1.000000000e+01 1 2 3 4 5\n",
	}
}

// folder writes an archive.
func (f files) folder(t testing.TB) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "exdata")
	for name, text := range f {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// tgz writes headers, with the text of those that are files.
func tgz(t testing.TB, f files, headers ...tar.Header) string {
	t.Helper()
	var b bytes.Buffer
	zipped := gzip.NewWriter(&b)
	w := tar.NewWriter(zipped)
	for name, text := range f {
		headers = append(headers, tar.Header{Name: name, Size: int64(len(text)), Typeflag: tar.TypeReg, Mode: 0o644})
	}
	for _, h := range headers {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[h.Name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), zipped.Close()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.tgz")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// ten is a suite whose minima are 10, without instances beyond 100.
func ten(function, dim, instance int) (*Problem, error) {
	if instance > 100 {
		return nil, errors.New("instance beyond 100")
	}
	return &Problem{Label: fmt.Sprintf("f%d n=%d i=%d", function, dim, instance), Family: Suite, Minimum: 10}, nil
}

func imported(name string) (records []*results.Record, outcome Outcome, err error) {
	outcome, err = Import(name, Options{Problem: ten, Put: func(r *results.Record) error {
		records = append(records, r)
		return nil
	}})
	return records, outcome, err
}

// hit is the cost of a target; 0: missed.
func hit(t *testing.T, r *results.Record, target float64) int64 {
	t.Helper()
	for i := range r.Targets {
		if v := &r.Targets[i]; float64(v.Target) == target && v.Kind == results.AbsoluteTarget {
			return v.Evaluations
		}
	}
	t.Fatalf("no target %g", target)
	return 0
}

func TestNewFormat(t *testing.T) {
	for _, name := range []string{recent().folder(t), tgz(t, recent())} {
		records, outcome, err := imported(name)
		if err != nil || len(records) != 2 || outcome.Cells != 2 || len(outcome.Left)+len(outcome.Notes) > 0 {
			t.Fatalf("%d records, %+v, %v", len(records), outcome, err)
		}
		a, b := records[0], records[1]
		if a.Labels.Method != `RS, the "best" (archived)` || a.Labels.Problem != "f1 n=2 i=1" || b.Labels.Problem != "f1 n=2 i=2" || a.ID == b.ID {
			t.Errorf("labels %v %v", a.Labels, b.Labels)
		}
		if a.Status != results.Converged || b.Status != results.Budget || a.Deterministic || a.Counts.Evaluations != 40 || b.Counts.Evaluations != 500 {
			t.Errorf("%s after %d, %s after %d evaluations", a.Status, a.Counts.Evaluations, b.Status, b.Counts.Evaluations)
		}
		if !slices.Equal(a.Trace.Evaluations, []int64{1, 7, 40}) || !slices.Equal(a.Trace.Gap, results.Series{90, 0.5, 1e-9}) || a.Trace.Value[1] != 10.5 {
			t.Errorf("curve %v %v", a.Trace.Evaluations, a.Trace.Gap)
		}
		if !slices.Equal(b.Trace.Evaluations, []int64{1, 9, 500}) || !math.IsNaN(b.Trace.Gap[0]) || b.Trace.Gap[2] != 0.2 || b.Best.Iteration != 9 {
			t.Errorf("curve of the second %v %v", b.Trace.Evaluations, b.Trace.Gap)
		}
		for _, c := range []struct {
			r      *results.Record
			target float64
			cost   int64
		}{{a, 100, 1}, {a, 63.095734448, 7}, {a, 0.63095734448, 7}, {a, 0.398107170553, 40}, {a, 1e-8, 40}, {b, 100, 9}, {b, 0.251188643151, 9}, {b, 0.158489319246, 0}, {b, 1e-8, 0}} {
			if got := hit(t, c.r, c.target); got != c.cost {
				t.Errorf("%s: gap %g after %d evaluations; expected %d", c.r.Labels.Problem, c.target, got, c.cost)
			}
		}
	}
}

func TestOldFormat(t *testing.T) {
	records, _, err := imported(old().folder(t))
	if err != nil || len(records) != 1 {
		t.Fatal(len(records), err)
	}
	r := records[0]
	if r.Labels.Method != "NEWUOA (archived)" || *r.Benchmark != (results.Benchmark{Suite: "bbob", Function: 8, Instance: 3}) || r.Variables != 5 {
		t.Errorf("%v, %+v in %d variables", r.Labels, r.Benchmark, r.Variables)
	}
	if !slices.Equal(r.Trace.Evaluations, []int64{1, 12, 25}) || !slices.Equal(r.Trace.Gap, results.Series{400, 3, 1e-10}) {
		t.Errorf("curve %v %v", r.Trace.Evaluations, r.Trace.Gap)
	}
}

// Further runs on an instance are repeats.
func TestRepeats(t *testing.T) {
	f := recent()
	f["RS/bbobexp_f1.info"] = strings.Replace(f["RS/bbobexp_f1.info"], "2:500", "1:500", 1)
	records, _, err := imported(f.folder(t))
	if err != nil || records[0].Repeat != 0 || records[1].Repeat != 1 || records[0].ID == records[1].ID || records[0].Labels != records[1].Labels {
		t.Errorf("%v", err)
	}
}

// What is no problem of the suite is left out and named; where nothing remains, that is an error.
func TestLeftOut(t *testing.T) {
	f := recent()
	f["RS/bbobexp_f1.info"] = strings.Replace(f["RS/bbobexp_f1.info"], "2:500", "101:500", 1)
	f["noisy/f101.info"] = "funcId = 101, DIM = 2, algId = 'x'\n%\nnowhere.dat, 1:5|1.0e+00\n"
	records, outcome, err := imported(f.folder(t))
	if err != nil || len(records) != 1 || len(outcome.Left) != 2 || !strings.Contains(outcome.Left[0].Reason, "instance beyond 100") || !strings.Contains(outcome.Left[1].Reason, `"bbob-noisy"`) {
		t.Errorf("%d records, left %+v, %v", len(records), outcome.Left, err)
	}
	if _, _, err := imported(files{"f101.info": f["noisy/f101.info"]}.folder(t)); !errors.Is(err, ErrNothing) {
		t.Errorf("nothing remains: %v", err)
	}
}

// A log of another f* is named; the note stays away where it agrees (TestNewFormat).
func TestOtherMinimum(t *testing.T) {
	f := old()
	f["OLD/data_f8/bbobexp_f8_DIM5.dat"] = strings.Replace(f["OLD/data_f8/bbobexp_f8_DIM5.dat"], "(1.000000000000e+01)", "(7.0)", 1)
	_, outcome, err := imported(f.folder(t))
	if err != nil || len(outcome.Notes) != 1 || !strings.Contains(outcome.Notes[0], "f* = 7, but function 8, instance 3 has f* = 10") {
		t.Errorf("notes %q, %v", outcome.Notes, err)
	}
}

// Bad input is named with its place, what is there, and what to do.
func TestBadInput(t *testing.T) {
	const info, dat, tdat = "RS/bbobexp_f1.info", "RS/data_f1/bbobexp_f1_DIM2.dat", "RS/data_f1/bbobexp_f1_DIM2.tdat"
	for _, c := range []struct {
		name, file, from, to string // "": the whole file
		want                 []string
	}{
		{"cut within a line", dat, "40 0 +1.000000000e-09 +1.000000000e+01 +1.000000000e+01 +1.0000e+00 -2.0000e+00", "40 0 +1.0", []string{".dat:4: 3 columns", "cut"}},
		{"too few columns", dat, "1 0 +9.000000000e+01 +1.000000000e+02 +1.000000000e+02 +1.0000e+00 -2.0000e+00", "1 0", []string{".dat:2: 2 columns", "cut"}},
		{"cut between lines", tdat, "500 0 +2.0e-01\n", "", []string{".dat:5: the run ends at evaluation 9", "info:3 says 500", "cut"}},
		{"a run is missing", dat, newHeader + "1\t", "", []string{"info:3: 2 runs are named", "has 1"}},
		{"run without points", tdat, "1 0 3e21\n500 0 +2.0e-01\n", "", []string{".tdat:4: no point follows"}},
		{"no header", dat, newHeader + "1 0", "1 0", []string{".dat:1: expected a line that begins with %"}},
		{"missing log", dat, "", "", []string{"info:3: the log RS/data_f1/bbobexp_f1_DIM2.dat is not in the archive"}},
		{"inf", dat, "7 0 +5.000000000e-01", "7 0 inf", []string{`.dat:3: best gap "inf"`, "3e21"}},
		{"nan", dat, "7 0 +5.000000000e-01", "7 0 nan", []string{`.dat:3: best gap "nan"`, "2e21"}},
		{"huge gap", dat, "7 0 +5.000000000e-01", "7 0 1e999", []string{`.dat:3: best gap "1e999"`}},
		{"huge evaluations", dat, "40 0", "1e300 0", []string{`.dat:4: "1e300" evaluations; expected a whole number from 1 to 2^53`}},
		{"nan evaluations", dat, "40 0", "nan 0", []string{`.dat:4: "nan" evaluations`}},
		{"huge entry", info, "1:40", "1:99999999999999999999999", []string{"info:3: run", "2^53"}},
		{"huge instance", info, "1:40", "99999999999999999999999:40", []string{"info:3: run", "INSTANCE"}},
		{"back", dat, "40 0", "6 0", []string{".dat:4: evaluation 6 follows 7"}},
		{"rises", dat, "7 0 +5.000000000e-01", "7 0 +5.0e+02", []string{".dat:3: the best gap rises from 90 to 500"}},
		{"beginning is missing", dat, "1 0 +9.0", "3 0 +9.0", []string{".dat:2: the run begins at evaluation 3"}},
		{"constraints", dat, "7 0", "7 2", []string{`.dat:3: "2" evaluations of constraints`}},
		{"mixed dimensions in a log", dat, " +1.0000e+00 -2.0000e+00\n7", " +1.0000e+00 -2.0000e+00 3.0\n7", []string{".dat:2: 3 variables", "info:1 says DIM = 2"}},
		{"mixed dimensions in an index", info, "DIM = 2", "DIM = 3", []string{"info:3: the log data_f1/bbobexp_f1_DIM2.dat is of dimension 2", "info:1 says DIM = 3"}},
		{"path leaves", info, "data_f1/", "../../data_f1/", []string{"info:3: the path", "leaves the folder"}},
		{"absolute path", info, "data_f1/", "/etc/", []string{"info:3: the path", "leaves the folder"}},
		{"backslashes leave", info, "data_f1/", `..\..\`, []string{"info:3: the path", "leaves the folder"}},
		{"no comment", info, "%\n", "", []string{"info:2: expected a comment"}},
		{"cut index", info, "\ndata_f1/bbobexp_f1_DIM2.dat, 1:40|1.0e-09, 2:500|2.0e-01", "", []string{"info:2: the file ends within an entry"}},
		{"no runs", info, ", 1:40|1.0e-09, 2:500|2.0e-01", "", []string{"info:3: no run follows"}},
		{"no function", info, "funcId = 1, ", "", []string{"info:1: missing funcId"}},
		{"function", info, "funcId = 1,", "funcId = one,", []string{"info:1: funcId = one"}},
		{"precision", info, "Precision = 1.000e-08", "Precision = nan", []string{"info:1: Precision = nan"}},
		{"format", info, "bbob-new2", "bbob-new9", []string{"info:1: data_format = 'bbob-new9'", "expected bbob"}},
		{"no settings", info, "suite = 'bbob',", "hello", []string{"info:1: expected settings"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := recent()
			switch {
			case c.from == "":
				delete(f, c.file)
			case !strings.Contains(f[c.file], c.from):
				t.Fatalf("%q is not in %s", c.from, c.file)
			case c.name == "a run is missing":
				f[c.file] = f[c.file][:strings.Index(f[c.file], c.from)]
			default:
				f[c.file] = strings.Replace(f[c.file], c.from, c.to, 1)
			}
			_, _, err := imported(f.folder(t))
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v\nexpected %q in it", err, want)
				}
			}
		})
	}
	twice := recent()
	twice["RS/bbobexp_f1.info"] += "\n" + twice["RS/bbobexp_f1.info"]
	if _, _, err := imported(twice.folder(t)); err == nil || !strings.Contains(err.Error(), "info:6: the log RS/data_f1/bbobexp_f1_DIM2.dat is named a second time") {
		t.Errorf("named twice: %v", err)
	}
	if _, _, err := imported(files{"readme.txt": "hello"}.folder(t)); err == nil || !strings.Contains(err.Error(), "no file .info") {
		t.Errorf("no index: %v", err)
	}
	if _, _, err := imported(filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "no archive") {
		t.Errorf("no folder: %v", err)
	}
}

// A .tgz whose paths or links leave its folder is refused, and so is what is cut or no .tgz.
func TestBadArchives(t *testing.T) {
	for name, h := range map[string]tar.Header{
		"leaves the folder": {Name: "../evil.info", Typeflag: tar.TypeReg},
		`"/evil.info"`:      {Name: "/evil.info", Typeflag: tar.TypeReg},
		"is a link to":      {Name: "RS/a.dat", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink},
		`link to "../x"`:    {Name: "RS/b.dat", Linkname: "../x", Typeflag: tar.TypeLink},
	} {
		if _, _, err := imported(tgz(t, recent(), h)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v; expected %q in it", err, name)
		}
	}
	path := tgz(t, recent())
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole[:len(whole)/2], 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := imported(path); err == nil || !strings.Contains(err.Error(), "cut") {
		t.Errorf("half an archive: %v", err)
	}
	if err := os.WriteFile(path, []byte("suite = 'bbob'"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := imported(path); err == nil || !strings.Contains(err.Error(), "neither a folder nor a .tgz") {
		t.Errorf("a text: %v", err)
	}
}

// A link in a folder that leads out of it is not followed.
func TestLinksOutOfAFolder(t *testing.T) {
	f := recent()
	const dat = "RS/data_f1/bbobexp_f1_DIM2.dat"
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte(f[dat]), 0o644); err != nil {
		t.Fatal(err)
	}
	delete(f, dat)
	root := f.folder(t)
	if err := os.Symlink(outside, filepath.Join(root, filepath.FromSlash(dat))); err != nil {
		t.Skip(err)
	}
	if records, _, err := imported(root); err == nil || len(records) > 0 {
		t.Error("the link was followed")
	}
}

// No index and no log, however damaged, ends in a panic or in a gap that is no number.
func FuzzImport(f *testing.F) {
	for _, a := range []files{recent(), old()} {
		for name, text := range a {
			if strings.HasSuffix(name, ".info") {
				f.Add(text, a[filepath.Dir(name)+"/data_f1/bbobexp_f1_DIM2.dat"])
			}
		}
	}
	f.Fuzz(func(t *testing.T, info, dat string) {
		records, _, err := imported(files{"RS/a.info": info, "RS/data_f1/bbobexp_f1_DIM2.dat": dat}.folder(t))
		if err != nil {
			return
		}
		for _, r := range records {
			if _, err := r.AppendLine(nil); err != nil || r.Counts.Evaluations < 1 || math.IsInf(float64(r.Final.Gap), 0) {
				t.Errorf("record %+v, %v", r, err)
			}
		}
	})
}
