package data

import (
	"slices"
	"strings"
	"testing"
)

func readTable(t *testing.T, text, label, header string) (*Samples, error) {
	c := plainCSV(t)
	c.Label = label
	if header != "" {
		c.Header = header
	}
	return newTable(c, "a.csv").read(strings.NewReader(text))
}

// What may be meant in two ways is refused, with both readings and what to write.
func TestAmbiguousColumns(t *testing.T) {
	const named = "a,b,1\n5,6,7\n8,9,10\n" // which only header: yes reads as names
	for _, c := range []struct {
		name, text, label string
		labels            []float64
		err               string
	}{
		{"a number and a name", named, "1", nil, `a.csv:1:5: label: 1 may be column 1, which is named "a", or column 3, which is named "1"; write label: number:1 or label: name:1`},
		{"the number", named, "number:1", []float64{5, 8}, ""},
		{"the name", named, "name:1", []float64{7, 10}, ""},
		{"a number alone", named, "2", []float64{6, 9}, ""},
		{"a column that is named by its number", "1,2,3\n5,6,7\n", "2", []float64{6}, ""},
		{"two of one name", "y,a,y\n5,6,7\n", "y", nil, `a.csv:1:5: columns 1, 3 are all named "y"; write label: number:1 for the first of them`},
		{"two labels", "label,a,label\n5,6,7\n", "", nil, `a.csv:1:9: columns 1, 3 are all named "label"; write label: number:1 for the first of them`},
		{"one of the two", "label,a,label\n5,6,7\n", "number:3", []float64{7}, ""},
		{"from the end", named, "-1", nil, `no column "-1"; columns count from 1, and 3 is the last`},
		{"from the end, without header", "1,2\n3,4\n", "-1", nil, `no column "-1"; the file has no header, so expected a number from 1 to 2, which is the last`},
	} {
		header := ""
		if strings.Contains(c.text, "1\n") || strings.HasPrefix(c.text, "1,2,3") {
			header = "yes"
		}
		s, err := readTable(t, c.text, c.label, header)
		switch {
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
			t.Errorf("%s: got %v\nexpected %s", c.name, err, c.err)
		case c.err == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.err == "" && !slices.Equal(s.Y, c.labels):
			t.Errorf("%s: labels %v; expected %v", c.name, s.Y, c.labels)
		}
	}
}

// What was assumed, and what looks like something else, is noted.
func TestNotesOfATable(t *testing.T) {
	for _, c := range []struct {
		name, text, label, header string
		want                      []string
	}{
		{"named", "a,b,c\n5,6,7\n", "b", "", []string{`a.csv: 1 sample, 2 features; the label is column 2 ("b")`}},
		{"by its name", "label,b,c\n5,6,7\n", "", "", []string{`the label is column 1 ("label") (found by its name)`}},
		{"the last", "5,6,7\n5,6,8\n", "", "", []string{"a.csv: 2 samples, 2 features; the label is column 3 (found as the last one)"}},
		{"a doubt", "Label,a,b\n5,6,7\n", "", "", []string{`the label is column 3 ("b") (found as the last one; should it be "Label", write label: Label)`}},
		{"a header of numbers", "0,1,2\n5,6,7\n", "", "", []string{"", "the first row (0, 1, 2) looks like a header of numbers and was read as a sample; header: yes reads it as names"}},
		{"a header of numbers that is one", "0,1,2\n5,6,7\n", "", "yes", []string{""}},
		{"a sample of numbers", "0,1,2\n5,6,7\n", "", "no", []string{""}},
		{"numbered rows", "Id,a,y\n1,5,7\n2,6,7\n3,7,6\n4,0,7\n", "y", "", []string{"", `column 1 ("Id") counts the rows, from 1 to 4, and is a feature; if it is none, leave it out with drop: [Id]`}},
		{"rows numbered from 0", "5,0,7\n6,1,7\n7,2,6\n0,3,7\n", "3", "", []string{"", "column 2 counts the rows, from 0 to 3"}},
		{"rows numbered with a gap", "Id,a,y\n1,5,7\n2,6,7\n4,7,6\n5,0,7\n", "y", "", []string{""}},
		{"too few rows to be sure", "Id,a,y\n1,5,7\n2,6,7\n3,6,7\n", "y", "", []string{""}},
		{"the label counts", "a,y\n5,1\n6,2\n7,3\n0,4\n", "y", "", []string{""}},
		{"a nameless column", ",a,y\n7,5,7\n8,6,7\n", "y", "", []string{"", "column 1 has no name and is a feature"}},
		{"features of one name", "a,a,y\n7,5,7\n8,6,7\n", "y", "", []string{"", `columns 1, 2 are all named "a"`}},
	} {
		s, err := readTable(t, c.text, c.label, c.header)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if len(s.Notes) != len(c.want) {
			t.Errorf("%s: notes %q; expected %d", c.name, s.Notes, len(c.want))
			continue
		}
		for i, want := range c.want {
			if !strings.Contains(s.Notes[i], want) {
				t.Errorf("%s: note %q; expected %q", c.name, s.Notes[i], want)
			}
		}
	}
}

func TestNotesOfASparseText(t *testing.T) {
	for _, c := range []struct {
		text, first, note string
		notes             int
	}{
		{"1 1:5 2:6\n0 2:7\n", "auto", "a.svm: 2 samples, 2 features, indices from 1", 1},
		{"1 1:5 2:6\n0 2:7\n", "0", "a.svm: 2 samples, 3 features, indices from 0", 2},
		{"1 1:5 2:6\n0 0:7\n", "auto", "a.svm: 2 samples, 3 features, indices from 0 (found from the index 0)", 1},
		{"1 0:5 2:6\n0 2:7\n", "0", "a.svm: 2 samples, 3 features, indices from 0", 1},
		{"1 qid:1 2:6\n0 qid:2 1:7\n", "auto", "a.svm: 2 samples, 2 features, indices from 1; the groups (qid) are left out", 1},
	} {
		s, err := (&sparseText{File: "a.svm", First: c.first}).read(strings.NewReader(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Notes) != c.notes || s.Notes[0] != c.note {
			t.Errorf("%q: notes %q; expected %d, the first %q", c.text, s.Notes, c.notes, c.note)
		}
	}
}
