package losses_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/reference"
	"github.com/gdbench/gdbench/problems"
)

func TestDataErrors(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"one-class.csv": "1,2,0\n3,4,0\n",
		"measured.csv":  "1,0.5\n2,0.25\n3,0.125\n",
		"three.csv":     "1,2,1\n3,4,2\n5,6,4\n",
		"huge.csv":      "1,-1e300,1\n1,1e300,2\n",
		"counts.csv":    "a,label\n1,2\n2,0.5\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for text, want := range map[string]string{
		"{name: logistic, data: DIR/one-class.csv}":              "has only one class (0); this loss needs at least two",
		"{name: logistic, data: DIR/three.csv}":                  "has 3 classes (1, 2, 4); this loss takes two: choose one with positive: 1",
		"{name: logistic, data: DIR/three.csv, positive: 3}":     `has no class "3"`,
		"{name: huber, data: DIR/huge.csv}":                      "feature 2 is too large to be standardized",
		"{name: poisson, data: DIR/counts.csv}":                  "counts.csv:3:1: the label 0.5 is not a count",
		"{name: softmax, data: DIR/counts.csv}":                  "counts.csv:3:1: the label 0.5 is not a class",
		"{name: softmax, data: DIR/one-class.csv}":               "has only one class (0)",
		"{name: matrix-factorization, rank: 3}":                  "rank 3 of a 3×2 matrix; expected at most 2",
		"{name: matrix-factorization, matrix: [[1, 2], [3]]}":    "row 2 of the matrix has 1 entries; the first row has 2",
		"{name: mlp, widths: [0]}":                               "widths: 0 is out of range",
		"{name: logistic, data: diabetes}":                       "this loss expects classes, not measurements",
		"{name: logistic, data: DIR/absent.csv}":                 "absent.csv: no such file",
		"{name: least-squares, data: DIR/three.csv, split: 0.1}": "leaves one part empty",
		"{name: logistic, data: brest-cancer}":                   `did you mean "breast-cancer"?`,
		"{name: least-squares, data: iris, l2: -1}":              "l2: -1 is out of range; expected a number ≥ 0",
		"{name: least-squares, data: iris, intercept: fre}":      `did you mean "free"?`,
		"{name: least-squares, data: iris, split: 1}":            "split: 1 is out of range",
		"{name: least-squares, data: iris, duplicates: 0}":       "duplicates: 0 is out of range",
	} {
		if _, err := tryBuild(strings.ReplaceAll(text, "DIR", dir)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", text, err, want)
		}
	}
}

// Features beyond the range of their squares: no panic, nothing that never ends, and no
// fact that is not a number.
func TestHugeFeatures(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.csv")
	if err := os.WriteFile(path, []byte("1,-1e300,0\n1,1e300,1\n2,3,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"least-squares", "logistic", "softmax", "lasso", "poisson", "huber", "squared-hinge", "student-t", "phase-retrieval", "mlp", "matrix-factorization"} {
		standardize := ", standardize: false"
		if name == "phase-retrieval" || name == "matrix-factorization" {
			standardize = ""
		}
		p, err := tryBuild("{name: " + name + ", data: " + path + standardize + "}")
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		facts := problems.FactsOf(p)
		for constant, c := range facts.Constants {
			if math.IsNaN(c.Value) || math.IsInf(c.Value, 0) {
				t.Errorf("%s: %s = %g", name, constant, c.Value)
			}
		}
		if m := facts.Minimum; m != nil && (math.IsNaN(m.Value+m.Accuracy) || math.IsInf(m.Value+m.Accuracy, 0)) {
			t.Errorf("%s: f* = %g ± %g", name, m.Value, m.Accuracy)
		}
	}
}

// The three constant pixels of digits become zero, are reported, and never a NaN.
func TestConstantFeatures(t *testing.T) {
	p := build(t, "{name: least-squares, data: digits}")
	facts := problems.FactsOf(p)
	notes := strings.Join(facts.Notes, "\n")
	if !strings.Contains(notes, "3 features of data set digits are constant (pixel_0_0, pixel_4_0, pixel_4_7); they are zero after standardization") {
		t.Errorf("no note on constant pixels in %q", facts.Notes)
	}
	g := make([]float64, p.Dim())
	p.Evaluate(somewhere(p.Dim(), 1), g)
	if g[0] != 0 || slices.ContainsFunc(g, math.IsNaN) {
		t.Errorf("gradient %v", g)
	}
	if facts.Convexity != problems.Convex || facts.Minimum == nil || facts.Minimum.Points != nil {
		t.Errorf("convexity %s, minimum %v; with constant columns and no regularizer minimizers are not unique", facts.Convexity, facts.Minimum)
	}
}

// Two copies of one feature leave a direction without curvature: no mu, but the constant
// of Polyak and Łojasiewicz. For rows (1, 1) and (−1, −1), XᵀX/m has eigenvalues 2 and 0.
func TestPolyakLojasiewicz(t *testing.T) {
	path := filepath.Join(t.TempDir(), "twice.csv")
	if err := os.WriteFile(path, []byte("1,1,3\n-1,-1,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	facts := problems.FactsOf(build(t, "{name: least-squares, intercept: none, data: "+path+"}"))
	if _, strong := facts.Constants[problems.ConvexityMu]; strong || facts.Convexity != problems.Convex {
		t.Errorf("%s, constants %v", facts.Convexity, facts.Constants)
	}
	within(t, "PL", facts.Constants[problems.PLConstant].Value, 2, 1e-14)
	within(t, "L", facts.Constants[problems.SmoothnessL].Value, 2, 1e-14)
	within(t, "f*", facts.Minimum.Value, 2, 1e-14) // ((1 − 3)² + (−1 − 1)²)/4
}

// Repeating the data changes the cost of a full look, and nothing else.
func TestDuplicates(t *testing.T) {
	one := build(t, "{name: logistic, data: breast-cancer, l2: 0.01}")
	three := build(t, "{name: logistic, data: breast-cancer, l2: 0.01, duplicates: 3}")
	if n := three.(problems.FiniteSum).Samples(); n != 3*569 {
		t.Errorf("%d samples", n)
	}
	x := somewhere(one.Dim(), 2)
	g, h := make([]float64, one.Dim()), make([]float64, one.Dim())
	within(t, "f", three.Evaluate(x, h), one.Evaluate(x, g), 1e-13)
	for j := range g {
		within(t, "gradient", h[j], g[j], 1e-13)
	}
	within(t, "f*", problems.FactsOf(three).Minimum.Value, problems.FactsOf(one).Minimum.Value, 1e-13)
	within(t, "L", problems.FactsOf(three).Constants["L"].Value, problems.FactsOf(one).Constants["L"].Value, 1e-13)
}

// A free intercept fits the mean of the targets whatever the regularizer; a penalized one
// falls short by 1/(1 + l2); without one the model has no such weight.
func TestIntercept(t *testing.T) {
	const mean = 67243.0 / 442
	last := func(text string) float64 {
		x := problems.FactsOf(build(t, text)).Minimum.Points[0]
		return x[len(x)-1]
	}
	within(t, "free intercept", last("{name: ridge, data: diabetes, l2: 5, intercept: free}"), mean, 1e-13)
	within(t, "penalized intercept", last("{name: ridge, data: diabetes, l2: 5}"), mean/6, 1e-13)
	if n := build(t, "{name: ridge, data: diabetes, intercept: none}").Dim(); n != 10 {
		t.Errorf("%d weights without an intercept", n)
	}
}

// Standardized by hand: mean 0 and population deviation 1.
func TestStandardize(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.csv"), []byte("1,10,1\n3,10,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	value := func(options string) float64 {
		p := build(t, "{name: least-squares, data: "+dir+"/a.csv"+options+"}")
		return p.Evaluate([]float64{1, 1, 1}, nil)
	}
	// rows (−1, 0, 1) and (1, 0, 1): margins 0 and 2
	within(t, "standardized", value(""), (1.0*1+0*0)/4, 1e-15)
	// rows (1, 10, 1) and (3, 10, 1): margins 12 and 14
	within(t, "raw", value(", standardize: false"), (11.0*11+12*12)/4, 1e-15)
}

func TestPositive(t *testing.T) {
	larger := build(t, "{name: logistic, data: breast-cancer}")
	smaller := build(t, "{name: logistic, data: breast-cancer, positive: 0}")
	x, back := somewhere(larger.Dim(), 4), somewhere(larger.Dim(), 4)
	for i := range back {
		back[i] = -x[i]
	}
	within(t, "f with the classes exchanged", smaller.Evaluate(back, nil), larger.Evaluate(x, nil), 1e-14)
	// benign is +1: with the intercept alone the slope is (malignant − benign)/2m
	g := make([]float64, larger.Dim())
	larger.Evaluate(make([]float64, larger.Dim()), g)
	within(t, "slope of the intercept", g[30], (212.0-357)/(2*569), 1e-14)
}

// A part is held out: the same one for each method, another for another seed, and the
// statistics are those of the training part.
func TestSplit(t *testing.T) {
	p := build(t, "{name: logistic, data: breast-cancer, l2: 0.01, split: 0.2}")
	if m := p.(problems.FiniteSum).Samples(); m != 569-114 {
		t.Errorf("%d training samples", m)
	}
	watch := p.(problems.Diagnostics)
	want := []string{"accuracy", "validation loss", "validation accuracy"}
	if names := watch.DiagnosticNames(); !slices.Equal(names, want) {
		t.Fatalf("diagnostics %q", names)
	}
	at := func(p problems.Problem, x []float64) []float64 {
		into := make([]float64, 3)
		p.(problems.Diagnostics).Diagnostics(x, into)
		return into
	}
	zero := at(p, make([]float64, p.Dim()))
	within(t, "validation loss at 0", zero[1], math.Ln2, 1e-14)
	best := problems.FactsOf(p).Minimum.Points[0]
	if d := at(p, best); d[0] < 0.97 || d[2] < 0.9 || d[1] > 0.2 {
		t.Errorf("at the minimum: %v", d)
	}
	again := build(t, "{name: logistic, data: breast-cancer, l2: 0.01, split: 0.2}")
	if !slices.Equal(at(again, best), at(p, best)) {
		t.Error("another part is held out the second time")
	}
}

// In iris a hyperplane separates setosa from the others, and in wine the three kinds: without a
// regularizer no weights are best.
func TestSeparable(t *testing.T) {
	for _, text := range []string{"{name: logistic, data: iris, positive: 0}", "{name: softmax, data: wine}"} {
		facts := problems.FactsOf(build(t, text))
		if facts.Minimum != nil || !strings.Contains(strings.Join(facts.Notes, " "), "f* is unknown: the minimum is not attained: the classes are separable") {
			t.Errorf("%s: minimum %v, notes %q", text, facts.Minimum, facts.Notes)
		}
	}
	for text, want := range map[string]float64{"{name: logistic, data: iris, positive: 0}": math.Ln2 / 150, "{name: logistic, data: iris, positive: 0, l2: 1}": 0,
		"{name: softmax, data: wine}": math.Ln2 / 178, "{name: softmax, data: wine, l2: 1}": 0, "{name: least-squares, data: diabetes}": 0} {
		if got := build(t, text).(reference.Unattained).UnattainedBelow(); math.Abs(got-want) > 1e-15 {
			t.Errorf("%s recognizes separation below %g; expected %g", text, got, want)
		}
	}
}

// Versicolor cannot be separated, so the minimum exists without a regularizer.
func TestInseparable(t *testing.T) {
	p := build(t, "{name: logistic, data: iris, positive: 1}")
	facts := problems.FactsOf(p)
	if facts.Minimum == nil || facts.Convexity != problems.Convex {
		t.Fatalf("minimum %v, convexity %s, notes %q", facts.Minimum, facts.Convexity, facts.Notes)
	}
	g := make([]float64, p.Dim())
	p.Evaluate(facts.Minimum.Points[0], g)
	if norm := math.Sqrt(dot(g, g)); norm > 1e-14 {
		t.Errorf("‖g‖ = %g at the stated minimizer", norm)
	}
}
