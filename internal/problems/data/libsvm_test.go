package data

import (
	"io"
	"slices"
	"strings"
	"testing"
)

func TestLIBSVM(t *testing.T) {
	const text = "+1 1:0.5 3:-2 # a comment\n\n-1 2:1e1\t3:4\r\n# nothing\n0.5\n"
	s, err := load(t, write(t, "a.libsvm", text), "a.libsvm")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]float64{{0.5, 0, -2}, {0, 10, 4}, {0, 0, 0}}
	for i, row := range dense(s.X) {
		if !slices.Equal(row, want[i]) {
			t.Errorf("row %d = %v, want %v", i, row, want[i])
		}
	}
	if !slices.Equal(s.Y, []float64{1, -1, 0.5}) || !slices.Equal(s.Lines, []int{1, 3, 5}) {
		t.Errorf("labels %v in lines %v", s.Y, s.Lines)
	}
	for options, features := range map[string]int{"": 3, ", features: 7": 7} {
		s, err := load(t, write(t, "a.svm", text), "{name: libsvm, path: a.svm"+options+"}")
		if err != nil {
			t.Fatal(err)
		}
		if _, d := s.X.Dims(); d != features {
			t.Errorf("%d features, want %d", d, features)
		}
	}
	s, err = load(t, write(t, "a.svm", "1 0:7\n"), "{name: libsvm, path: a.svm, first: 0}")
	if err != nil || dense(s.X)[0][0] != 7 {
		t.Errorf("counted from 0: %v, %v", s, err)
	}
}

func TestLIBSVMErrors(t *testing.T) {
	for _, c := range []struct{ name, text, options, want string }{
		{"empty", "\n", "", "a.svm: no samples"},
		{"labels only", "1\n-1\n", "", "a.svm: no features"},
		{"label", "yes 1:2\n", "", `a.svm:1:1: the label "yes" is not a number`},
		{"no colon", "1 1:2\n1 2\n", "", `a.svm:2:3: found "2"; expected index:value`},
		{"index", "1 a:2\n", "", `a.svm:1:3: the index "a" is not a whole number`},
		{"index 0", "1 0:2\n", ", first: 1", "a.svm:1:3: the index 0 is out of range; expected 1 to 67108864"},
		{"index −1", "1 -1:2\n", "", "a.svm:1:3: the index -1 is out of range; expected 1 to 67108864"},
		{"several labels", "1,2 1:2\n", "", `a.svm:1:1: the sample has several labels ("1,2"); expected one`},
		{"a table", "1,2,3\n", "", "a.svm: the first lines are those of a table file; write {name: csv, path: a.svm}"},
		{"index too large", "1 1:2 5:1\n", ", features: 4", "a.svm:1:7: the index 5 is out of range; expected 1 to 4"},
		{"index far too large", "1 99999999999:2\n", "", "out of range"},
		{"order", "1 3:2 3:1\n", "", "a.svm:1:7: the index 3 does not rise; the one before is 3"},
		{"value", "1 3:x\n", "", `a.svm:1:5: the value "x" of feature 3 is not a number`},
		{"NaN", "1 3:nan\n", "", `a.svm:1:5: the value "nan" of feature 3 is not a number`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := load(t, write(t, "a.svm", c.text), "{name: libsvm, path: a.svm"+c.options+"}")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v\nwant one with %s", err, c.want)
			}
		})
	}
	_, err := (&sparseText{File: "endless"}).read(io.MultiReader(strings.NewReader("1 1:1\n1 1:"), endless{}))
	if err == nil || !strings.Contains(err.Error(), "endless:2:1: the line is longer than 16 MiB") {
		t.Errorf("error %v", err)
	}
}

func FuzzLIBSVM(f *testing.F) {
	for _, text := range []string{"1 1:2 3:4\n-1 2:1\n", "1 0:1", "# x\n\n+1 67108864:1e308", "1 1:1 1:1", ": :", "1 qid:3 1:2"} {
		f.Add(text, 1)
	}
	f.Fuzz(func(t *testing.T, text string, first int) {
		s, err := (&sparseText{File: "fuzz", First: []string{"", "0", "1"}[(first%3+3)%3]}).read(strings.NewReader(text))
		if err != nil {
			return
		}
		m, d := s.X.Dims()
		if m != len(s.Y) || m != len(s.Lines) || d == 0 {
			t.Fatalf("%d×%d with %d labels in %d lines", m, d, len(s.Y), len(s.Lines))
		}
		for i := range m {
			columns, values := s.X.Row(i)
			if len(columns) != len(values) {
				t.Fatalf("row %d: %d columns, %d values", i, len(columns), len(values))
			}
			before := int32(-1)
			for k, j := range columns {
				if j <= before || int(j) >= d || values[k]-values[k] != 0 {
					t.Errorf("row %d: entry %d is %g in column %d", i, k, values[k], j)
				}
				before = j
			}
		}
	})
}

// An index by mistake must not make vectors of gigabytes.
func TestManyFeatures(t *testing.T) {
	_, err := (&sparseText{File: "wide"}).read(strings.NewReader("1 1:0.5 50000000:1\n-1 2:1\n"))
	if want := "wide: 50000000 features: the limit on variables of a problem is 10000000"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}
