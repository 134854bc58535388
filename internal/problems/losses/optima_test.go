package losses_test

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// build makes a problem from its text in the suite language.
func build(t testing.TB, text string) problems.Problem {
	t.Helper()
	p, err := tryBuild(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

func tryBuild(text string) (problems.Problem, error) {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		return nil, err
	}
	spec, err := param.Of[problems.Problem]().Only("test", document.Content[0], nil)
	if err != nil {
		return nil, err
	}
	component, err := spec.New()
	if err != nil {
		return nil, err
	}
	p := component.(problems.Problem)
	return p, p.(problems.Builder).Build(problems.Env{Dir: "testdata", Seed: 1, Name: spec.Text()})
}

// optimum is one entry of testdata/optima.json, which was made with another
// implementation in extended precision.
type optimum struct {
	Start     float64   `json:"f_at_zero"`
	Value     float64   `json:"f_star"`
	Vector    []float64 `json:"w_star"`
	Matrix    []float64 `json:"W_star"`
	Accuracy  float64   `json:"accuracy"`
	L         float64   `json:"L_upper_XtX_over_4n_plus_reg"`
	Spectrum  []float64 `json:"eig_min_max"`
	Curvature []float64 `json:"hess_eig_min_max_at_star"`
}

func readOptimum(t *testing.T, path string) optimum {
	t.Helper()
	text, err := os.ReadFile("testdata/optima.json")
	if err != nil {
		t.Fatal(err)
	}
	raw := json.RawMessage(text)
	for _, key := range strings.Split(path, "/") {
		var entries map[string]json.RawMessage
		if err := json.Unmarshal(raw, &entries); err != nil {
			t.Fatal(err)
		}
		raw = entries[key]
	}
	var o optimum
	if err := json.Unmarshal(raw, &o); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return o
}

func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g (off by %.2g relative)", what, got, want, math.Abs(got-want)/math.Abs(want))
	}
}

func TestOptima(t *testing.T) {
	for _, c := range []struct{ text, reference string }{
		{"{name: ridge, data: diabetes, l2: 0.01}", "ridge_diabetes/standardized_ones_all_penalized_1e-2"},
		{"{name: logistic, data: breast-cancer, l2: 0.01}", "logistic_breast_cancer/all_penalized"},
		{"{name: softmax, data: iris, l2: 0.001}", "softmax/iris_standardized_ones_all_penalized"},
	} {
		t.Run(c.reference, func(t *testing.T) {
			want := readOptimum(t, c.reference)
			p := build(t, c.text)
			facts := problems.FactsOf(p)
			near(t, "f(0)", p.Evaluate(make([]float64, p.Dim()), nil), want.Start, 1e-13)
			if facts.Minimum == nil {
				t.Fatalf("no minimum; notes: %v", facts.Notes)
			}
			near(t, "f*", facts.Minimum.Value, want.Value, 1e-12)
			if off := math.Abs(facts.Minimum.Value - want.Value); off > facts.Minimum.Accuracy || facts.Minimum.Accuracy > 1e-11*want.Start {
				t.Errorf("accuracy %g, off by %g", facts.Minimum.Accuracy, off)
			}
			if facts.Minimum.Source != problems.Solved || len(facts.Minimum.Points) != 1 {
				t.Fatalf("source %q, %d points", facts.Minimum.Source, len(facts.Minimum.Points))
			}
			w := append(want.Vector, want.Matrix...)
			for j, v := range facts.Minimum.Points[0] {
				if math.Abs(v-w[j]) > 1e-12*math.Max(1, math.Abs(w[j])) {
					t.Errorf("w*[%d] = %.17g, want %.17g", j, v, w[j])
				}
			}
			if want.L != 0 {
				near(t, "L", facts.Constants[problems.SmoothnessL].Value, want.L, 1e-12)
				near(t, "mu", facts.Constants[problems.ConvexityMu].Value, 0.01, 1e-9)
			}
			if want.Spectrum != nil {
				near(t, "L", facts.Constants[problems.SmoothnessL].Value, want.Spectrum[1], 1e-12)
				near(t, "mu", facts.Constants[problems.ConvexityMu].Value, want.Spectrum[0], 1e-12)
			}
			if want.Accuracy != 0 {
				watch := p.(problems.Diagnostics)
				if names := watch.DiagnosticNames(); len(names) != 1 || names[0] != "accuracy" {
					t.Fatalf("diagnostics %q", names)
				}
				var accuracy [1]float64
				watch.Diagnostics(facts.Minimum.Points[0], accuracy[:])
				near(t, "accuracy", accuracy[0], want.Accuracy, 1e-15)
			}
		})
	}
}
