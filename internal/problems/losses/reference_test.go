package losses_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/problems"
)

// entry is one entry of testdata/ml.json: values by another implementation, whose
// gradients and Hessians come from automatic differentiation.
type entry struct {
	ID         string    `json:"id"`
	Start      []float64 `json:"x0"`
	Convex     bool      `json:"convex"`
	Smoothness struct {
		L     *float64 `json:"L"`
		Mu    *float64 `json:"mu"`
		Lower *float64 `json:"lower_curvature"`
	} `json:"smoothness"`
	Golden struct {
		F           float64   `json:"f_x0"`
		Composite   float64   `json:"F_x0"`
		Lambda      float64   `json:"lambda"`
		Gradient    []float64 `json:"grad_x0"`
		Eigenvalues []float64 `json:"hess_eigs_x0"`
	} `json:"golden"`
	Minimum    *float64    `json:"f_star"`
	Minimizers [][]float64 `json:"minimizers"`
	Critical   []struct {
		X    []float64 `json:"x"`
		F    float64   `json:"f"`
		Kind string    `json:"kind"`
	} `json:"critical_points"`
}

func readReferences(t *testing.T) map[string]entry {
	t.Helper()
	text, err := os.ReadFile("testdata/ml.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Problems []entry `json:"problems"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	byID := map[string]entry{}
	for _, r := range file.Problems {
		byID[strings.ReplaceAll(r.ID, "_", "-")] = r
	}
	return byID
}

const plain = ", standardize: false, intercept: none}"

// asReference has the entries of the reference that need more than their name, in the
// suite language.
var asReference = map[string]string{
	"ridge":        "{name: ridge, data: minstd, l2: 0.05" + plain,
	"poisson":      "{name: poisson" + plain,
	"student-t":    "{name: student-t" + plain,
	"tukey":        "{name: tukey" + plain,
	"lasso":        "{name: lasso, data: {name: minstd, samples: 12, features: 20, seed: 21, labels: normal}, l1: 0.07942496853114163" + plain,
	"sigmoid-loss": "{name: sigmoid-loss, data: {name: minstd, labels: noisy-signs}, l2: 0.05" + plain,
}

// Values and gradients at the start, constants and minima are those of the reference.
func TestReference(t *testing.T) {
	references := readReferences(t)
	if len(references) != 17 {
		t.Fatalf("%d losses in the table, want 17", len(references))
	}
	for _, id := range sortedKeys(references) {
		t.Run(id, func(t *testing.T) {
			text, ok := asReference[id]
			if !ok {
				text = "{name: " + id + "}"
			}
			r := inOurConventions(id, references[id])
			p := build(t, text)
			facts := problems.FactsOf(p)
			checkStart(t, p, r)
			if (facts.Convexity == problems.Nonconvex) == r.Convex {
				t.Errorf("convexity %s, reference: convex %v", facts.Convexity, r.Convex)
			}
			checkConstant(t, facts, problems.SmoothnessL, r.Smoothness.L)
			checkConstant(t, facts, problems.ConvexityMu, r.Smoothness.Mu)
			checkConstant(t, facts, problems.SmallestCurve, r.Smoothness.Lower)
			if facts.Minimum == nil {
				if r.Convex && len(r.Minimizers) > 0 {
					t.Errorf("no minimum; notes %q", facts.Notes)
				}
				return
			}
			checkMinimum(t, facts.Minimum, r)
		})
	}
}

// inOurConventions turns sums into means and weights K×d into d×K.
func inOurConventions(id string, r entry) entry {
	switch id {
	case "softmax-l2":
		for _, v := range append(r.Minimizers, r.Start, r.Golden.Gradient) {
			const classes, features = 3, 4
			theirs := slices.Clone(v)
			for c := range classes {
				for j := range features {
					v[j*classes+c] = theirs[c*features+j]
				}
			}
		}
	case "lasso":
		const samples = 12
		r.Golden.F = r.Golden.Composite / samples
		*r.Minimum /= samples
		*r.Smoothness.L /= samples
	}
	return r
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func checkStart(t *testing.T, p problems.Problem, r entry) {
	t.Helper()
	if p.Dim() != len(r.Start) {
		t.Fatalf("%d variables, want %d", p.Dim(), len(r.Start))
	}
	g := make([]float64, p.Dim())
	within(t, "f(x0)", p.Evaluate(r.Start, g), r.Golden.F, 1e-11)
	for j, want := range r.Golden.Gradient {
		if !(math.Abs(g[j]-want) <= 1e-12) {
			t.Errorf("gradient[%d] = %.17g, want %.17g", j, g[j], want)
		}
	}
	if hessian, ok := p.(problems.Hessian); ok && r.Golden.Eigenvalues != nil {
		h := mat.NewSymDense(p.Dim(), nil)
		hessian.Hessian(r.Start, h)
		var eigen mat.EigenSym
		if !eigen.Factorize(h, false) {
			t.Fatal("no eigenvalues")
		}
		for j, v := range eigen.Values(nil) {
			within(t, "eigenvalue of the Hessian", v, r.Golden.Eigenvalues[j], 1e-11)
		}
	}
	if strings.HasPrefix(r.ID, "mlp") {
		return // ours begin at one of the usual random starts
	}
	if start := problems.FactsOf(p).Starts[0].X; !slices.EqualFunc(start, r.Start, func(a, b float64) bool { return math.Abs(a-b) < 1e-15 }) {
		t.Errorf("standard start %v, want %v", start, r.Start)
	}
}

func checkConstant(t *testing.T, facts *problems.Facts, name string, want *float64) {
	t.Helper()
	got, known := facts.Constants[name]
	switch {
	case want == nil || *want == 0:
		if known {
			t.Logf("%s = %g, not in the reference", name, got.Value)
		}
	case !known:
		t.Errorf("%s unknown, want %g", name, *want)
	default:
		within(t, name, got.Value, *want, 1e-12)
	}
}

func checkMinimum(t *testing.T, m *problems.Minimum, r entry) {
	t.Helper()
	if off := math.Abs(m.Value - *r.Minimum); off > 1e-14+m.Accuracy {
		t.Errorf("f* = %.17g ± %g, want %.17g", m.Value, m.Accuracy, *r.Minimum)
	}
	for _, x := range m.Points {
		nearest := math.Inf(1)
		for _, y := range r.Minimizers {
			off := 0.0
			for j := range y {
				off = math.Max(off, math.Abs(x[j]-y[j]))
			}
			nearest = math.Min(nearest, off)
		}
		if nearest > 1e-11 {
			t.Errorf("minimizer %v is %g from those of the reference", x, nearest)
		}
	}
}
