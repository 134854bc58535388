package adaptive

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"testing"

	"github.com/gdbench/gdbench/internal/methods/methodtest"
	"github.com/gdbench/gdbench/problems"
)

// sheets is Σ cᵢ(xᵢ − tᵢ)²/2 over a 3×2 matrix, a 2×4 matrix and two biases.
type sheets struct{}

func (sheets) Dim() int { return 16 }

func (sheets) Evaluate(x, g []float64) float64 {
	f := 0.0
	for i, v := range x {
		c, d := float64(1+i%5), v-math.Sin(float64(i))
		f += c * d * d / 2
		if g != nil {
			g[i] = c * d
		}
	}
	return f
}

func (sheets) Shapes() []problems.Block {
	return []problems.Block{
		{Name: "W1", Kind: problems.MatrixBlock, Rows: 3, Columns: 2},
		{Name: "W2", Kind: problems.MatrixBlock, Rows: 2, Columns: 4, Offset: 6},
		{Name: "b", Kind: problems.BiasBlock, Rows: 2, Columns: 1, Offset: 14},
	}
}

func TestMuonTrajectories(t *testing.T) {
	text, err := os.ReadFile("testdata/muon.json")
	if err != nil {
		t.Fatal(err)
	}
	var reference map[string][][]float64
	if err := json.Unmarshal(text, &reference); err != nil {
		t.Fatal(err)
	}
	for method, path := range reference {
		run := methodtest.Begin(t, method, sheets{}, path[0])
		for k, want := range path[1:] {
			run.Next(t)
			for i, v := range want {
				if math.Abs(run.At.X[i]-v) > 1e-11 {
					t.Fatalf("%s: after %d steps x = %v; expected %v", method, k+1, run.At.X, want)
				}
			}
		}
		if got := run.Oracle.Counts().Gradients; got != int64(len(path)-1) {
			t.Errorf("%s: %d gradients", method, got)
		}
	}
}

// A vector has no singular values: the method does not run on one.
func TestMuonNeedsMatrices(t *testing.T) {
	_, err := methodtest.Start(t, "muon", methodtest.Diagonal(1, 2), []float64{1, 1}, problems.OracleOptions{})
	var missing *problems.Missing
	if !errors.As(err, &missing) {
		t.Errorf("on a vector the error is %v; expected what is missing", err)
	}
}

// A step of lr changes no vector by more than about lr, whatever the gradient's size, and exactly by
// that with exact matrices.
func TestMuonStepsHaveOneLength(t *testing.T) {
	x := make([]float64, 16)
	run := methodtest.Begin(t, "{name: muon, orthogonalize: exact, lr: 0.1}", sheets{}, x)
	run.Next(t)
	var sum float64
	for _, v := range run.At.X[6:14] {
		sum += v * v
	}
	if math.Abs(math.Sqrt(sum)-0.1*math.Sqrt2) > 1e-12 { // two singular values of 0.1
		t.Errorf("the Frobenius norm of the step is %g", math.Sqrt(sum))
	}
}

func TestMuonDoesNotAllocate(t *testing.T) {
	run := methodtest.Begin(t, "muon", sheets{}, make([]float64, 16))
	run.Path(t, 2)
	if n := testing.AllocsPerRun(10, func() { run.Next(t) }); n != 0 {
		t.Errorf("a step allocates %g times", n)
	}
}

func TestMuonRefusesCompanions(t *testing.T) {
	for text, good := range map[string]bool{"adamw": true, "{name: signum, lr: 0.1}": true, "nadam": true, "cma-es": false, "sophia": false, "muon": false} {
		if _, err := methodtest.Read("{name: muon, others: "+text+"}", sheets{}); (err == nil) != good {
			t.Errorf("others: %s: %v", text, err)
		}
	}
}
