package archive

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/counts"
)

func readText(t *testing.T, name, text string) (*Iterates, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return ReadIterates(path, 2)
}

// Each form has the same two iterates.
func TestReadIterates(t *testing.T) {
	for name, text := range map[string]string{
		"a header":            "x0,x1,f,gradients\n-1.5,2e-3,4.25,1\n.5,+3,0.1,2\n",
		"a byte order mark":   "\ufeffx_0;x_1;f;gradients\r\n-1.5;2e-3;4.25;1\r\n\r\n.5;+3;0.1;2\r\n",
		"numpy.savetxt":       "# x0 x1 f gradients\n-1.500000e+00 2.0e-03 4.25 1\n.5 3 0.1 2.0\n",
		"columns in disarray": "gradients,f,\"x[0]\",\"x[1]\"\n1,4.25,-1.5,0.002\n2,0.1,.5,3\n",
		"JSON lines":          `{"x": [-1.5, 2e-3], "f": 4.25, "gradients": 1}` + "\n" + `{"gradients": 2, "f": 0.1, "x": [0.5, 3]}`,
		"numbered":            "iteration,x0,x1,f,gradients\n1,-1.5,2e-3,4.25,1\n2,.5,3,0.1,2\n",
	} {
		t.Run(name, func(t *testing.T) {
			f, err := readText(t, "f", text)
			if err != nil {
				t.Fatal(err)
			}
			a, b := f.List[0], f.List[1]
			if len(f.List) != 2 || !slices.Equal(a.X, []float64{-1.5, 2e-3}) || !slices.Equal(b.X, []float64{0.5, 3}) ||
				a.Claim.Value != 4.25 || b.Claim.Value != 0.1 || a.Counts.Gradients != 1 || b.Counts.Gradients != 2 ||
				!f.Has[counts.Gradients] || f.Has[counts.Values] || len(f.Notes) != 0 {
				t.Errorf("%+v", f)
			}
		})
	}
	f, err := readText(t, "f", "1 2\n3 4")
	if err != nil || len(f.Notes) != 1 || !strings.Contains(f.Notes[0], "f:2: no newline follows the last line") || f.Counted() {
		t.Errorf("%v, %+v", err, f)
	}
	if f, err := readText(t, "f", "[1, 2]\n[3, 4]"); err != nil || len(f.List) != 2 || len(f.Notes) != 0 {
		t.Errorf("%v, %+v", err, f)
	}
}

func TestBadIterates(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "f:1: the file has no iterate; expected a line with the 2 numbers"},
		{"a header alone", "x0,x1\n", "f:1: the file has no iterate"},
		{"a column too many", "1 2 3\n", "f:1: 3 columns; the problem has 2 variables"},
		{"a dimension too many", "x0,x1,x2\n1,2,3\n", "f:1: the header has 3 variables (x0, x1, …); the problem has 2"},
		{"a dimension too few", "{\"x\": [1]}\n", "f:1: x has 1 number; the problem has 2 variables"},
		{"a later line", "[1, 2]\n[1, 2, 3]\n", "f:2: x has 3 numbers"},
		{"nan", "x0,x1\n1,2\n1,nan\n", "f:3: x1: found nan; expected a finite number"},
		{"inf", "1 2\n-inf 3\n", "f:2: x0: found -inf"},
		{"NaN of Python", "{\"x\": [1, NaN]}\n", "f:1: found NaN; expected a finite number"},
		{"null", "{\"x\": [1, null]}\n", "f:1: x1: found null"},
		{"infinite f", "x0,x1,f\n1,2,inf\n", "f:2: f: found inf"},
		{"too large", "1 2\n1e999 2\n", "f:2: x0: 1e999 is out of the range"},
		{"a word", "x0,x1\n1,two\n", "f:2: x1: found \"two\"; expected a number"},
		{"hexadecimal", "x0,x1\n1,0x1p4\n", "f:2: x1: found \"0x1p4\""},
		{"a cut line", "x0,x1,f\n1,2,3\n4,5\n", "f:3: 2 columns, where the header has 3; the line is cut"},
		{"cut JSON", "{\"x\": [1, 2]}\n{\"x\": [1,", "f:2: no JSON"},
		{"no x", "{\"f\": 2}\n", "f:1: the line has no key \"x\""},
		{"x is no list", "{\"x\": 2}\n", "f:1: x: expected a list of 2 numbers, found 2"},
		{"an unknown key", "{\"x\": [1, 2], \"gradient\": 2}\n", "f:1: unknown name \"gradient\"; did you mean \"gradients\"?"},
		{"an unknown column", "x0,x1,lr\n1,2,3\n", "f:1: column 3: unknown name \"lr\""},
		{"a column twice", "x0,x1,f,f\n1,2,3,4\n", "f:1: column 4: duplicate column \"f\""},
		{"variables out of order", "x1,x0\n1,2\n", "f:1: column 2 is x0, after number 1"},
		{"half a gradient", "x0,x1,gradients\n1,2,0.5\n", "f:2: gradients: found \"0.5\"; expected a whole number"},
		{"a count that falls", "x0,x1,gradients\n1,2,5\n1,2,4\n", "f:3: gradients: 4 follows 5; expected the total"},
		{"a count in some lines", "{\"x\": [1, 2], \"values\": 1}\n{\"x\": [1, 2]}\n", "f:2: values: some lines have it"},
		{"a gap in the iterations", "iteration,x0,x1\n0,1,2\n10,1,2\n", "f:3: iteration 10 follows iteration 0"},
		{"a late beginning", "iteration,x0,x1\n5,1,2\n", "f:2: the first iteration is 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := readText(t, "f", c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, %+v; expected %q", err, f, c.want)
			}
		})
	}
	if _, err := ReadIterates(filepath.Join(t.TempDir(), "none"), 2); err == nil {
		t.Error("a file that is not there")
	}
}

// A value is refuted beyond the digits that it is written with, and not within them.
func TestRefuted(t *testing.T) {
	square := func(x []float64) float64 { return x[0]*x[0] + x[1]*x[1] }
	for claim, want := range map[string]string{
		"1.2e-9": "f:2: claimed 1.2e-9, is 5", "5": "", "5.0000000001": "", "5.000001": "f:2: claimed 5.000001, is 5",
		"4.9": "f:2: claimed 4.9, is 5", "4.6": "f:2: claimed 4.6, is 5", "5e0": "",
	} {
		f, err := readText(t, "f", "x0,x1,f\n1,2,"+claim+"\n")
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(f.Refuted(square, 0), "")
		if want == "" && got != "" || !strings.HasSuffix(got, want) {
			t.Errorf("%s: %q; expected %q", claim, got, want)
		}
	}
}

// The start is found as far as its digits go, and not where they are too few to tell.
func TestBeginsAt(t *testing.T) {
	for text, want := range map[string]bool{"0.333333 2\n": true, "0.3333 2\n": true, "0.3 2\n": false, "0.33334 2\n": false, "0.333333 2.1\n": false} {
		f, err := readText(t, "f", text)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.BeginsAt([]float64{1.0 / 3, 2}); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzReadIterates(f *testing.F) {
	f.Add("x0,x1,f\n1,2,3\n")
	f.Add("{\"x\": [1, 2], \"f\": 3}\n")
	f.Add("# x0 x1\n1e5 .2\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := readText(t, "f", text)
		if (err == nil) != (got != nil && len(got.List) > 0) {
			t.Errorf("%v, %v", got, err)
		}
	})
}
