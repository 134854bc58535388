package data

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// load reads a set from its text in the suite language, paths relative to dir.
func load(t testing.TB, dir, text string) (*Samples, error) {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	spec, err := Registry.Only("test", document.Content[0], nil)
	if err != nil {
		return nil, err
	}
	set, err := spec.New()
	if err != nil {
		return nil, err
	}
	return set.(Set).Load(problems.Env{Dir: dir, Seed: 1, Name: "test"})
}

// plainCSV has the defaults.
func plainCSV(t testing.TB) *CSV {
	t.Helper()
	c := new(CSV)
	if err := param.SetDefaults(c); err != nil {
		t.Fatal(err)
	}
	c.Path = "a.csv"
	return c
}

func write(t testing.TB, name, text string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// dense is the matrix written out.
func dense(x Matrix) [][]float64 {
	m, d := x.Dims()
	out := make([][]float64, m)
	for i := range out {
		out[i] = make([]float64, d)
		columns, values := x.Row(i)
		for k, v := range values {
			if columns == nil {
				out[i][k] = v
			} else {
				out[i][columns[k]] = v
			}
		}
	}
	return out
}

func TestEmbedded(t *testing.T) {
	for _, c := range []struct {
		name              string
		samples, features int
		firstRow          []float64 // its first values
		labels            []float64 // how many of each label 0, 1, …; nil: a regression
		sum               float64   // of the labels
	}{
		{"iris", 150, 4, []float64{5.1, 3.5, 1.4, 0.2}, []float64{50, 50, 50}, 150},
		{"wine", 178, 13, []float64{14.23, 1.71}, []float64{59, 71, 48}, 167},
		{"breast-cancer", 569, 30, []float64{17.99, 10.38}, []float64{212, 357}, 357},
		{"digits", 1797, 64, []float64{0, 0, 5, 13, 9}, []float64{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, 8070},
		{"diabetes", 442, 10, []float64{59, 2, 32.1}, nil, 67243},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := load(t, "", c.name)
			if err != nil {
				t.Fatal(err)
			}
			if m, d := s.X.Dims(); m != c.samples || d != c.features || len(s.Y) != m || len(s.Features) != d {
				t.Errorf("%d×%d with %d labels and %d names, want %d×%d", m, d, len(s.Y), len(s.Features), c.samples, c.features)
			}
			if _, row := s.X.Row(0); !slices.Equal(row[:len(c.firstRow)], c.firstRow) {
				t.Errorf("first row %v, want %v", row, c.firstRow)
			}
			counts := make([]float64, len(c.labels))
			var sum float64
			for _, y := range s.Y {
				if sum += y; counts != nil && c.labels != nil {
					counts[int(y)]++
				}
			}
			if c.labels != nil && !slices.Equal(counts, c.labels) || sum != c.sum {
				t.Errorf("labels %v with sum %g, want %v with %g", counts, sum, c.labels, c.sum)
			}
		})
	}
}

func TestCSV(t *testing.T) {
	for _, c := range []struct{ name, text, options string }{
		{"header", "a,b,label\n1,2,0\n3,4,1\n", ""},
		{"label in front", "label,a,b\n0,1,2\n1,3,4\n", ""},
		{"no header", "1,2,0\n3,4,1\n", ""},
		{"label by name", "a,target,b\n1,0,2\n3,1,4\n", ", label: target"},
		{"label by number", "0,1,2\n1,3,4\n", ", label: 1"},
		{"spaces, blank lines and no final newline", "a, b, label\n\n1, 2, 0\n3 , 4, 1", ""},
		{"carriage returns", "a,b,label\r\n1,2,0\r\n3,4,1\r\n", ""},
		{"byte order mark", "\ufeff1,2,0\n3,4,1\n", ""},
		{"semicolons", "1;2;0\n3;4;1\n", ", separator: semicolon"},
		{"tabs", "1\t2\t0\n3\t4\t1\n", ", separator: tab"},
		{"exponents", "1e0,2E+0,0.0\n30e-1,4.,1\n", ""},
		{"numeric header", "7,8,9\n1,2,0\n3,4,1\n", ", header: yes"},
		{"class names", "a,b,label\n1,2,ill\n3,4,well\n", ", labels: names"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := load(t, write(t, "a.csv", c.text), "{name: csv, path: a.csv"+c.options+"}")
			if err != nil {
				t.Fatal(err)
			}
			x := dense(s.X)
			if len(x) != 2 || !slices.Equal(x[0], []float64{1, 2}) || !slices.Equal(x[1], []float64{3, 4}) || !slices.Equal(s.Y, []float64{0, 1}) {
				t.Errorf("read %v, %v", x, s.Y)
			}
		})
	}
}

func TestCSVErrors(t *testing.T) {
	for _, c := range []struct{ name, text, options, want string }{
		{"empty", "", "", "a.csv: no samples"},
		{"header only", "a,b,label\n", "", "a.csv: no samples"},
		{"one column", "1\n2\n", "", "a.csv:1:1: one column only"},
		{"ragged, short", "a,b,label\n1,2,0\n3,4\n", "", "a.csv:3:3: 2 columns; the first row has 3"},
		{"ragged, long", "1,2,0\n3,4,1,5\n", "", "a.csv:2:7: 4 columns; the first row has 3"},
		{"not numeric", "a,b,label\n1,2,0\n3,four,1\n", "", `a.csv:3:3: column 2 ("b") has numbers, and 1 of 2 values is no number, such as "four"; mend the file, or drop leaves the column out; write {name: csv, path: a.csv, drop: [b]}`},
		{"NaN", "1,2,0\n3,NaN,1\n", "", `a.csv:2:3: column 2 lacks 1 of 2 values ("NaN" in line 2); missing: drop-rows leaves out its row, missing: mean or median fills in, drop leaves out the column; write {name: csv, path: a.csv, missing: drop-rows}`},
		{"infinite", "1,2,0\n3,-inf,1\n", "", `a.csv:2:3: column 2 has numbers, and 1 of 2 values is no number, such as "-inf"`},
		{"too large", "1,2,0\n3,1e999,1\n", "", `a.csv:2:3: column 2 has numbers, and 1 of 2 values is no number, such as "1e999"`},
		{"missing", "a,b,label\n1,,0\n", "", `a.csv:2:3: column 2 ("b") has no values; drop leaves it out; write {name: csv, path: a.csv, drop: [b]}`},
		{"question mark", "a,b,label\n1,2,?\n3,4,5\n", "", `a.csv:2:5: column 3 ("label") lacks 1 of 2 values ("?" in line 2); missing: drop-rows leaves out its row; write {name: csv, path: a.csv, missing: drop-rows}`},
		{"a class name among numbers", "a,b,label\n1,2,ill\n3,4,1\n", "", `a.csv:2:5: column 3 ("label") is the label, and 1 of 2 values is no number, such as "ill"; labels: names reads names of classes; write {name: csv, path: a.csv, labels: names}`},
		{"class names for numbers", "a,b,label\n1,2,ill\n3,4,well\n", ", labels: numbers", `labels: names reads names of classes`},
		{"quote", "1,\"2,0\n", "", `a.csv:1:3: a quote that begins here does not end`},
		{"unknown label", "a,b,label\n1,2,0\n", ", label: lebel", `no column "lebel"; did you mean "label"?`},
		{"label out of range", "1,2,0\n", ", label: 4", `no column "4"; the file has no header, so expected a number from 1 to 3`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := load(t, write(t, "a.csv", c.text), "{name: csv, path: a.csv"+c.options+"}")
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v\nwant one with %s", err, c.want)
			}
		})
	}
}

func TestFileErrors(t *testing.T) {
	dir := write(t, "plain.csv.gz", "1,2,0\n")
	for path, want := range map[string]string{
		"absent.csv":       "absent.csv: no such file",
		"./":               "is a directory",
		"plain.csv.gz":     "is the file complete, and compressed with gzip?",
		"../nowhere/a.csv": "no such file",
	} {
		if _, err := load(t, dir, path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", path, err, want)
		}
	}
}

// An endless line must end in an error long before memory is full.
func TestLineLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine, and slow under the race detector")
	}
	_, err := newTable(plainCSV(t), "endless.csv").read(io.MultiReader(strings.NewReader("a,label\n1,"), endless{}))
	var placed *param.Error
	if !errors.As(err, &placed) || placed.Position.Line != 2 || !strings.Contains(placed.Message, "longer than 16 MiB") {
		t.Errorf("error %v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '1'
	}
	return len(p), nil
}

func TestShorthand(t *testing.T) {
	dir := write(t, "a.csv", "1,2,0\n3,4,1\n")
	var compressed strings.Builder
	z := gzip.NewWriter(&compressed)
	io.WriteString(z, "1,2,0\n3,4,1\n5,6,0\n")
	z.Close()
	if err := os.WriteFile(filepath.Join(dir, "b.csv.gz"), []byte(compressed.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"a.csv": 2, "./a.csv": 2, filepath.Join(dir, "a.csv"): 2, "b.csv.gz": 3} {
		s, err := load(t, dir, text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if m, _ := s.X.Dims(); m != want {
			t.Errorf("%s: %d samples, want %d", text, m, want)
		}
	}
}

// A name that is not known may be that of a file, and the message says how to write it.
func TestUnknownName(t *testing.T) {
	_, err := load(t, "", "a9a")
	if err == nil || !strings.Contains(err.Error(), `unknown data set "a9a"; known are `) || !strings.HasSuffix(err.Error(), "; a file of that name is written ./a9a") {
		t.Errorf("error %v", err)
	}
}

// One reading serves all, and a file that changed is read again.
func TestLoadOnce(t *testing.T) {
	dir := write(t, "a.csv", "1,2,0\n3,4,1\n")
	var group sync.WaitGroup
	all := make([]*Samples, 8)
	for i := range all {
		group.Go(func() { all[i], _ = load(t, dir, "a.csv") })
	}
	group.Wait()
	for _, s := range all {
		if s == nil || s != all[0] {
			t.Fatalf("loaded %p and %p", s, all[0])
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "a.csv"), []byte("1,2,0\n3,4,1\n5,6,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := load(t, dir, "a.csv"); err != nil || len(s.Y) != 3 {
		t.Errorf("after the file changed: %v, %v", s, err)
	}
}

func BenchmarkLoadDigits(b *testing.B) {
	for b.Loop() {
		loadDigits(b)
	}
}

// loadDigits reads past the cache.
func loadDigits(t testing.TB) {
	f, err := files.Open("embedded/digits.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := readCompressed("digits", f, newTable(plainCSV(t), "digits")); err != nil {
		t.Fatal(err)
	}
}

func FuzzCSV(f *testing.F) {
	for _, text := range []string{"a,b,label\n1,2,0\n", "1,2,0\n3,4", "\ufeff1;2\n", "\"a\nb\",c\n1,2\n", "label\n", "1,nan\n", ",,\n1,1,1\n"} {
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, names bool) {
		c := plainCSV(t)
		if names {
			c.Labels, c.Missing, c.Separator = "names", "drop-rows", "comma"
		}
		s, err := newTable(c, "fuzz").read(strings.NewReader(text))
		if err != nil {
			return
		}
		m, d := s.X.Dims()
		if m == 0 || d == 0 || len(s.Y) != m || len(s.Lines) != m || s.Features != nil && len(s.Features) != d {
			t.Errorf("%d×%d, %d labels, %d lines, %d names", m, d, len(s.Y), len(s.Lines), len(s.Features))
		}
		for _, row := range dense(s.X) {
			for _, v := range row {
				if v-v != 0 {
					t.Errorf("a value %g", v)
				}
			}
		}
	})
}
