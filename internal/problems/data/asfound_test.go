package data

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// sixteen is a text in UTF-16, low byte first, with a mark.
func sixteen(text string, mark bool) string {
	var b []byte
	if mark {
		b = []byte{0xff, 0xfe}
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return string(b)
}

// found is a file as people have it. It holds the samples (1.5, 2 | 0), (3, 4 | 1), (5.5, 6 | 1)
// unless x says otherwise, and is read, or refused with a line that reads it.
type found struct {
	name, file, text string
	refused          []string // parts of the message, none where it is read
	note             string   // part of the first note
	x                [][]float64
	y                []float64
	classes          []string
}

var asFound = []found{
	{name: "LIBSVM without an extension", file: "a9a", text: "-1 1:1.5 2:2\n+1 1:3 2:4\n+1 1:5.5 2:6\n", note: "in LIBSVM format (found from the first lines)", y: []float64{-1, 1, 1}},
	{name: "LIBSVM in a .txt, with groups, a mark and comments", file: "rank.txt", text: "\ufeff# from a site\n0 qid:1 1:1.5 2:2 # first\n1 qid:1 1:3 2:4\n1 qid:2 1:5.5 2:6\n", note: "the groups (qid) are left out"},
	{name: "LIBSVM that counts from 0, two points in its name", file: "housing.scale.t", text: "0 0:1.5 1:2\n1 0:3 1:4\n1 0:5.5 1:6\n", note: "indices from 0 (found from the index 0)"},
	{name: "semicolons and a quoted header", file: "wine.csv", text: "\"fixed acidity\";\"pH; at 20\";\"quality\"\n1.5;2;0\n3;4;1\n5.5;6;1\n", note: "separator: semicolon"},
	{name: "semicolons and decimal commas", file: "de.csv", text: "a;b;label\n1,5;2;0\n3;4;1\n5,5;6;1\n", note: "separator: semicolon, decimal: comma"},
	{name: "tabs and decimal commas", file: "de.tsv", text: "a\tb\tlabel\n1,5\t2\t0\n3\t4\t1\n5,5\t6\t1\n", note: "separator: tab, decimal: comma"},
	{name: "tabs", file: "a.tsv", text: "a\tb\tlabel\n1.5\t2\t0\n3\t4\t1\n5.5\t6\t1\n", note: "separator: tab"},
	{name: "runs of blanks, no header", file: "housing.data", text: "  1.5   2     0\n  3.0   4.00  1\n  5.5   6     1\n", note: "separator: space"},
	{name: "blanks, tabs and decimal commas", file: "b.txt", text: "1,5  2 \t0\n3,0 4\t1\n5,5 6 1\n", note: "separator: space, decimal: comma"},
	{name: "pipes", file: "p.txt", text: "a|b|y\n1.5|2|0\n3|4|1\n5.5|6|1\n", note: "separator: pipe"},
	{name: "sep=;", file: "excel.csv", text: "\ufeffsep=;\r\na;b;y\r\n1.5;2;0\r\n3;4;1\r\n5.5;6;1\r\n", note: "separator: semicolon"},
	{name: "UTF-16 from Excel", file: "u.txt", text: sixteen("größe\tb\ty\r\n1,5\t2\t0\r\n3\t4\t1\r\n5,5\t6\t1\r\n", true), note: "encoding UTF-16"},
	{name: "UTF-16 without a mark", file: "v.csv", text: sixteen("a,b,y\n1.5,2,0\n3,4,1\n5.5,6,1\n", false), note: "encoding UTF-16"},
	{name: "Latin-1 names", file: "latin.csv", text: "gr\xf6\xdfe,b,klasse\n1.5,2,m\xe4nnlich\n3,4,weiblich\n5.5,6,weiblich\n", note: "encoding Windows-1252 (Latin-1); labels are names of classes", classes: []string{"männlich", "weiblich"}},
	{name: "numpy.savetxt with a header", file: "np.txt", text: "# a b label\n1.500000000000000000e+00 2.0e+00 0.0e+00\n3.0e+00 4.0e+00 1.0e+00\n5.5e+00 6.0e+00 1.0e+00\n", note: "names in the comment above the first sample"},
	{name: "comments above and between", file: "c.csv", text: "% made on Monday, by me\n# see \"the docs\n1.5,2,0\n# a gap\n3,4,1\n5.5,6,1\n"},
	{name: "a header that begins with #", file: "poke.csv", text: "#,speed,strong\n1.5,2,0\n3,4,1\n5.5,6,1\n", note: `the label is column 3 ("strong")`},
	{name: "True and False of pandas", file: "pd.csv", text: "a,b,label\n1.5,2,False\n3,4,True\n5.5,6,True\n", note: "labels True and False are 1 and 0"},
	{name: "a feature that is True or False", file: "tf.csv", text: "a,b,label\n1.5,True,0\n3,False,1\n5.5,TRUE,1\n", note: "True and False of b are 1 and 0", x: [][]float64{{1.5, 1}, {3, 0}, {5.5, 1}}},
	{name: "a separator at the end of each line", file: "end.csv", text: "a,b,y,\n1.5,2,0,\n3,4,1,\n5.5,6,1,\n", note: `the label is column 3 ("y") (found as the last one); column 4, which has no values, is left out`},
	{name: "names of classes at the end, no header", file: "iris.data", text: "1.5,2,Iris-setosa\n3,4,Iris-virginica\n5.5,6,Iris-virginica\n\n", note: "names of classes (labels: names)", classes: []string{"Iris-setosa", "Iris-virginica"}},
	{name: "as R writes it", file: "r.txt", text: "\"a\" \"b\" \"y\"\n\"1\" 1.5 2 0\n\"2\" 3 4 1\n\"3\" 5.5 6 1\n", note: "the header, which has no name for the first column", x: [][]float64{{1, 1.5, 2}, {2, 3, 4}, {3, 5.5, 6}}},
	{
		name: "names, categories and missing values", file: "titanic.csv",
		text: "label,name,sex,age,deck\n" +
			"0,\"Braund, Mr. Owen\",male,22,\n1,\"Cumings, Mrs. John\",female,38,C\n1,\"Heikkinen, Miss\",female,26,\n1,\"Futrelle, Mrs.\",female,35,\n0,\"Allen, Mr.\",male,,\n",
		refused: []string{
			`4 things keep the file from being read as numbers:`,
			`line 2: column 2 ("name") has 5 different texts, such as "Braund, Mr. Owen"; drop leaves the column out`,
			`line 2: column 3 ("sex") has 2 different texts, such as "male"; categories makes each a feature`,
			`line 6: column 4 ("age") lacks 1 of 5 values ("" in line 6)`,
			"line 2: column 5 (\"deck\") lacks 4 of 5 values; drop leaves it out",
			"\nthe label is taken to be column 1 (\"label\"), found by its name; label: NAME names another\n",
			"\nwrite {name: csv, path: titanic.csv, drop: [name, deck], categories: [sex], missing: drop-rows}",
		},
	},
	{
		name: "lines above the table", file: "station.csv", text: "Station 7\nmeasured in 2020\na,b,y\n1.5,2,0\n3,4,1\n5.5,6,1\n2,2,2\n",
		refused: []string{"2 lines above the table: line 1 has 1 column, the others have 3; write {name: csv, path: station.csv, skip: 2}"},
		x:       [][]float64{{1.5, 2}, {3, 4}, {5.5, 6}, {2, 2}}, y: []float64{0, 1, 1, 2},
	},
	{
		name: "thousands, or a decimal comma", file: "th.csv", text: "a;b;y\n1,500;2;0\n3,000;4;1\n5,500;6;1\n",
		refused: []string{"may be a little more than 5 or a number of thousands; decimal: comma reads it as the first; write {name: csv, path: th.csv, decimal: comma}"},
	},
	{
		name: "a header with years", file: "y.csv", text: "name,2019,y\n1.5,2,0\n3,4,1\n5.5,6,1\n",
		refused: []string{`the first row ("name, 2019, y") may be a header or a sample`, "write {name: csv, path: y.csv, header: yes}"},
	},
	{
		name: "question marks for missing values", file: "auto.data", text: "1.5 2 0\n3 4 1\n? 7 1\n5.5 6 1\n",
		refused: []string{`auto.data:3:1: column 1 lacks 1 of 4 values ("?" in line 3)`, "write {name: csv, path: auto.data, missing: drop-rows}"},
	},
	{
		name: "ARFF", file: "w.arff", text: "% a comment\n@relation w\n@attribute a numeric\n@attribute b numeric\n@attribute y {0,1}\n@data\n1.5,2,0\n3,4,1\n5.5,6,1\n",
		refused: []string{"ARFF", `write {name: csv, path: w.arff, header: no, comment: "%@"}`},
	},
}

var pasted = regexp.MustCompile(`write (\{name: .*\})$`)

func TestFilesAsPeopleHaveThem(t *testing.T) {
	for _, c := range asFound {
		t.Run(c.name, func(t *testing.T) {
			dir := write(t, c.file, c.text)
			s, err := load(t, dir, "./"+c.file)
			if len(c.refused) > 0 {
				s = readAsAdvised(t, c, dir, err)
			} else if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(s.Notes[0], c.note) {
				t.Errorf("note %q; expected %q", s.Notes[0], c.note)
			}
			if len(c.refused) > 0 && c.name[0] == 'n' {
				return // see TestCategoriesAndMissing
			}
			x, y := c.x, c.y
			if x == nil {
				x = [][]float64{{1.5, 2}, {3, 4}, {5.5, 6}}
			}
			if y == nil {
				y = []float64{0, 1, 1}
			}
			if !slices.EqualFunc(dense(s.X), x, slices.Equal) || !slices.Equal(s.Y, y) || !slices.Equal(s.Classes, c.classes) {
				t.Errorf("read %v, %v, classes %q; expected %v, %v, %q", dense(s.X), s.Y, s.Classes, x, y, c.classes)
			}
		})
	}
}

// readAsAdvised checks the message, and reads the file by the line that it ends with.
func readAsAdvised(t *testing.T, c found, dir string, err error) *Samples {
	t.Helper()
	if err == nil {
		t.Fatal("the file is read; expected an error")
	}
	for _, part := range c.refused {
		if !strings.Contains(strings.ReplaceAll(err.Error(), "path: ./", "path: "), part) {
			t.Errorf("error %v\nexpected %q in it", err, part)
		}
	}
	m := pasted.FindStringSubmatch(err.Error())
	if m == nil {
		t.Fatalf("no line to paste in %v", err)
	}
	s, err := load(t, dir, m[1])
	if err != nil {
		t.Fatalf("the line %s: %v", m[1], err)
	}
	return s
}

// A line that would leave no feature is not advised, nor one that would leave no row.
func TestAdviceLeavesSomething(t *testing.T) {
	_, err := load(t, write(t, "a.csv", "a,b,y\n$1,5%,0\n$2,6%,1\n"), "a.csv")
	if err == nil || strings.Contains(err.Error(), "write {") || !strings.Contains(err.Error(), "2 things") {
		t.Errorf("no feature: %v", err)
	}
	dir := write(t, "b.csv", "a,b,c,y\n1,,2,0\n,3,4,1\n5,6,,1\n")
	_, err = load(t, dir, "b.csv")
	if err == nil || !strings.HasSuffix(err.Error(), "write {name: csv, path: b.csv, missing: mean}") {
		t.Fatalf("no row: %v", err)
	}
	if s, err := load(t, dir, "{name: csv, path: b.csv, missing: mean}"); err != nil || len(s.Y) != 3 {
		t.Errorf("%v, %v", s, err)
	}
}

// Keys do what they say, and the note says that they did.
func TestCategoriesAndMissing(t *testing.T) {
	const text = "id,sex,age,flag,y\n1,m,20,True,0\n2,f,,False,1\n3,f,40,,1\n4,m,30,True,0\n5,m,60,True,\n"
	for _, c := range []struct {
		keys, note string
		x          [][]float64
		features   string
		y          []float64
	}{
		{"drop: [id], categories: [sex], missing: drop-rows", "; left out: id; 3 rows with missing values left out (missing: drop-rows); sex has 2 categories; True and False of flag are 1 and 0",
			[][]float64{{0, 1, 20, 1}, {0, 1, 30, 1}}, "sex=f sex=m age flag", []float64{0, 0}},
		{"drop: [1], categories: [2], missing: mean", "1 row without a label left out; sex has 2 categories; 1 missing value of age filled in with the mean, 30; 1 missing value of flag filled in with the mean, 0.666",
			[][]float64{{0, 1, 20, 1}, {1, 0, 30, 0}, {1, 0, 40, 2. / 3}, {0, 1, 30, 1}}, "sex=f sex=m age flag", []float64{0, 1, 1, 0}},
		{"use: [age, flag], missing: median", "left out: id, sex",
			[][]float64{{20, 1}, {30, 0}, {40, 1}, {30, 1}}, "age flag", []float64{0, 1, 1, 0}},
		{"use: [id, age], missing: drop-columns", "1 column with missing values left out (missing: drop-columns): age",
			[][]float64{{1}, {2}, {3}, {4}}, "id", []float64{0, 1, 1, 0}},
		{"label: age, use: [id], missing: drop-rows", "1 row with missing values left out", [][]float64{{1}, {3}, {4}, {5}}, "id", []float64{20, 40, 30, 60}},
		{"label: id, categories: [age, sex], drop: [flag, y], missing: mean", "age has 4 categories, and none of them in 1 sample",
			[][]float64{{0, 1, 1, 0, 0, 0}, {1, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 1, 0}, {0, 1, 0, 1, 0, 0}, {0, 1, 0, 0, 0, 1}}, "", []float64{1, 2, 3, 4, 5}},
	} {
		s, err := load(t, write(t, "a.csv", text), "{name: csv, path: a.csv, "+c.keys+"}")
		if err != nil {
			t.Errorf("%s: %v", c.keys, err)
			continue
		}
		if c.features != "" && strings.Join(s.Features, " ") != c.features || !slices.Equal(s.Y, c.y) || !strings.Contains(s.Notes[0], c.note) {
			t.Errorf("%s: features %q, labels %v, note %q", c.keys, s.Features, s.Y, s.Notes[0])
		}
		if !slices.EqualFunc(dense(s.X), c.x, func(a, b []float64) bool {
			return slices.EqualFunc(a, b, func(v, w float64) bool { return math.Abs(v-w) < 1e-15 })
		}) {
			t.Errorf("%s: %v; expected %v", c.keys, dense(s.X), c.x)
		}
	}
}

// A table of numbers without faults is read without a word about its form.
func TestPlainTableSaysNothingOfItsForm(t *testing.T) {
	s, err := load(t, write(t, "a.csv", "a,b,label\n1,2,0\n3,4,1\n"), "a.csv")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Notes) != 1 || strings.Contains(s.Notes[0], "first lines") || strings.Contains(s.Notes[0], "left out") {
		t.Errorf("notes %q", s.Notes)
	}
}

func TestFilesThatAreNoText(t *testing.T) {
	for text, want := range map[string]string{
		"PK\x03\x04rest":            "Excel workbook",
		"\x1f\x8b\x08":              "compressed with gzip",
		"<!DOCTYPE html><html>":     "web page",
		"{\"a\": [1, 2]}":           "JSON",
		"\x00\x00\x08\x03\x00\x00":  "write {name: idx, path: …, labels: …}",
		"\x93NUMPY\x01\x00v\x00{":   "NumPy array",
		"ab\x00\x00\x01":            "not text",
		"PAR1 and no more":          "is the Parquet file complete?",
		"version https://git-lfs.g": "Git LFS",
	} {
		if _, err := load(t, write(t, "a.dat", text), "a.dat"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; expected %q", text, err, want)
		}
	}
	dir := t.TempDir()
	if err := os.Symlink(os.DevNull, filepath.Join(dir, "null")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if _, err := load(t, dir, "./null"); err == nil || !strings.Contains(err.Error(), "is a pipe or a device") {
		t.Errorf("a device: %v", err)
	}
}
