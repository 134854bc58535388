package problems_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdbench/gdbench/problems"
	_ "github.com/gdbench/gdbench/problems/catalogue"
)

// Every problem made without settings has a finite value and gradient at its standard
// start, or says which parameter it needs.
func TestNewWithoutSettings(t *testing.T) {
	asked := 0
	for _, name := range problems.Names() {
		p, err := problems.New(name, nil)
		if err != nil {
			asked++
			if !strings.Contains(err.Error(), "needs the parameter") {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		x, grad := make([]float64, p.Dim()), make([]float64, p.Dim())
		if starts := problems.FactsOf(p).Starts; len(starts) > 0 {
			copy(x, starts[0].X)
		}
		f := p.Evaluate(x, grad)
		for _, g := range append(grad, f) {
			if math.IsNaN(g) || math.IsInf(g, 0) {
				t.Errorf("%s: f = %g, gradient %v", name, f, grad)
				break
			}
		}
	}
	if asked > len(problems.Names())/4 {
		t.Errorf("%d of %d problems need settings", asked, len(problems.Names()))
	}
}

func TestNewRefuses(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings map[string]any
		want     string
	}{
		{"rosenbrok", nil, `unknown problem "rosenbrok"; did you mean "rosenbrock"?`},
		{"quadratic", map[string]any{"dims": 3}, `problem quadratic has no parameter "dims"; did you mean "dim"?`},
		{"quadratic", map[string]any{"dim": -1}, `problem quadratic: dim: -1 is out of range`},
		{"logistic", map[string]any{"data": "nowhere.csv"}, `nowhere.csv`},
	} {
		if _, err := problems.New(c.name, c.settings); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

// Paths of data start from the folder of the environment.
func TestNewIn(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "line.csv"), []byte("x,y\n1,2\n2,4\n3,6\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	settings := map[string]any{"data": "line.csv", "standardize": false, "intercept": "none"}
	p, err := problems.NewIn(problems.Env{Dir: dir}, "least-squares", settings)
	if err != nil {
		t.Fatal(err)
	}
	if p.Dim() != 1 || math.Abs(p.Evaluate([]float64{2}, nil)) > 1e-12 {
		t.Errorf("dim %d, f(2) = %g", p.Dim(), p.Evaluate([]float64{2}, nil))
	}
	if _, err := problems.New("least-squares", settings); err == nil {
		t.Error("the file is found without its folder")
	}
}

// hollow is a problem without variables.
type hollow struct{}

func (hollow) Dim() int                           { return 0 }
func (hollow) Evaluate(x, grad []float64) float64 { return 0 }

func TestBuildRefusesNoVariables(t *testing.T) {
	if err := problems.Build(hollow{}, problems.Env{}); err == nil || !strings.Contains(err.Error(), "0 variables") {
		t.Errorf("got %v", err)
	}
}
