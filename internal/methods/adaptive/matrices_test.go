//go:build !playground

package adaptive

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	_ "github.com/gdbench/gdbench/internal/methods/direction"
	"github.com/gdbench/gdbench/internal/methods/methodtest"
	_ "github.com/gdbench/gdbench/internal/methods/step"
	"github.com/gdbench/gdbench/internal/methods/traits"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
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

// leaves is Σ cᵢdᵢ²/2 + (Σ dᵢ sin 2i)²/2, d = x − t, over a 3×2 matrix, a 3×4 matrix and two biases.
type leaves struct{}

func (leaves) Dim() int { return 20 }

func (leaves) Evaluate(x, g []float64) float64 {
	f := (sheets{}).Evaluate(x, g)
	var s float64
	for i, v := range x {
		s += math.Sin(float64(2*i)) * (v - math.Sin(float64(i)))
	}
	for i := range g {
		g[i] += math.Sin(float64(2*i)) * s
	}
	return f + s*s/2
}

func (leaves) Shapes() []problems.Block {
	return []problems.Block{
		{Name: "W1", Kind: problems.MatrixBlock, Rows: 3, Columns: 2},
		{Name: "W2", Kind: problems.MatrixBlock, Rows: 3, Columns: 4, Offset: 6},
		{Name: "b", Kind: problems.BiasBlock, Rows: 2, Columns: 1, Offset: 18},
	}
}

func TestMuonTrajectories(t *testing.T) { followAll(t, "testdata/muon.json", sheets{}) }

func TestMatrixTrajectories(t *testing.T) { followAll(t, "testdata/matrices.json", leaves{}) }

// followAll compares with trajectories of another implementation, by the text of the method.
func followAll(t *testing.T, file string, p problems.Problem) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var reference map[string][][]float64
	if err := json.Unmarshal(text, &reference); err != nil {
		t.Fatal(err)
	}
	for method, path := range reference {
		run := methodtest.Begin(t, method, p, path[0])
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

// forMatrices are the methods that need matrices.
var forMatrices = []string{"muon", "shampoo", "soap"}

// A vector has neither singular values nor two sides: the methods do not run on one.
func TestMatricesAreNeeded(t *testing.T) {
	for _, method := range forMatrices {
		_, err := methodtest.Start(t, method, methodtest.Diagonal(1, 2), []float64{1, 1}, problems.OracleOptions{})
		var missing *problems.Missing
		if !errors.As(err, &missing) {
			t.Errorf("%s on a vector gives the error %v; expected what is missing", method, err)
		}
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

// wide is the function over a 2×2 matrix and a 2×3 matrix.
type wide struct{ sheets }

func (wide) Dim() int { return 10 }

func (wide) Shapes() []problems.Block {
	return []problems.Block{
		{Name: "W1", Kind: problems.MatrixBlock, Rows: 2, Columns: 2},
		{Name: "W2", Kind: problems.MatrixBlock, Rows: 2, Columns: 3, Offset: 4},
	}
}

// Without momentum Muon is steepest descent in the spectral norm, normalized, with a fixed step,
// where no matrix has more rows than columns.
func TestMuonIsSteepestDescent(t *testing.T) {
	x0 := []float64{1, 2, -1, 3, 0, 1, 4, -2, 2, 0.5}
	muon := methodtest.Begin(t, "{name: muon, orthogonalize: exact, momentum: 0, lr: 0.125}", wide{}, x0).Path(t, 20)
	steepest := methodtest.Begin(t, "{name: descent, direction: {name: steepest, norm: spectral, normalized: true}, step: 0.125}", wide{}, x0).Path(t, 20)
	for k, x := range muon {
		for i, v := range x {
			if math.Abs(v-steepest[k][i]) > 1e-13 {
				t.Fatalf("after %d steps muon is at %v, steepest descent at %v", k, x, steepest[k])
			}
		}
	}
}

// Products of matrices by blocks leave the steps of Newton and Schulz the bits of plain loops.
func TestNewtonSchulzIsLoops(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, size := range [][2]int{{2, 2}, {5, 9}, {9, 5}, {64, 64}, {70, 33}} {
		b := problems.Block{Rows: size[0], Columns: size[1]}
		got := make([]float64, b.Size())
		for i := range got {
			got[i] = rng.NormFloat64()
		}
		want := schulz(got, b)
		var o orthogonal
		o.reserve(b)
		o.newtonSchulz(got)
		if !vec.SameBits(got, want) {
			t.Errorf("%d×%d: not the bits of loops", b.Rows, b.Columns)
		}
	}
}

// schulz is five steps X ← aX + (bXXᵀ + c(XXᵀ)²)X from W/‖W‖, the fewer of its rows and columns as rows.
func schulz(w []float64, b problems.Block) []float64 {
	n, k, row, column := b.Rows, b.Columns, b.Columns, 1
	if n > k {
		n, k, row, column = k, n, 1, b.Columns
	}
	x, norm := make([]float64, n*k), 0.0
	for i := range x {
		x[i] = w[i/k*row+i%k*column]
		norm += float64(x[i] * x[i])
	}
	norm = 1 / (math.Sqrt(norm) + 1e-7)
	for i := range x {
		x[i] *= norm
	}
	for range 5 {
		turned := make([]float64, n*k)
		for i := range x {
			turned[i%k*n+i/k] = x[i]
		}
		a := loops(x, turned, n, k, n)
		polynomial := loops(a, a, n, n, n)
		for i, v := range polynomial {
			polynomial[i] = float64(-4.7750*a[i]) + float64(2.0315*v)
		}
		for i, v := range loops(polynomial, x, n, n, k) {
			x[i] = float64(3.4445*x[i]) + v
		}
	}
	out := make([]float64, n*k)
	for i, v := range x {
		out[i/k*row+i%k*column] = v
	}
	return out
}

// loops is A·B, A with n rows and m columns, B with k columns.
func loops(a, b []float64, n, m, k int) []float64 {
	c := make([]float64, n*k)
	for i := range n {
		for l := range m {
			for j := range k {
				c[i*k+j] += float64(a[i*m+l] * b[l*k+j])
			}
		}
	}
	return c
}

func TestMatricesAreNotAllocated(t *testing.T) {
	for _, method := range append(forMatrices, "{name: descent, direction: {name: steepest, norm: spectral}, step: 0.1}", "{name: muon, orthogonalize: exact}", "{name: shampoo, momentum: 0.9}", "{name: soap, precondition_frequency: 1}") {
		run := methodtest.Begin(t, method, sheets{}, make([]float64, 16))
		kept, known := traits.Memory(run.Method, run.At)
		if n := testing.AllocsPerRun(20, func() { run.Next(t) }); n != 0 {
			t.Errorf("%s: a step allocates %g times", method, n)
		}
		if after, _ := traits.Memory(run.Method, run.At); !known || after > kept {
			t.Errorf("%s keeps %d numbers after Init, and %d after some steps", method, kept, after)
		}
	}
}

func TestCompanions(t *testing.T) {
	for text, good := range map[string]bool{"adamw": true, "{name: signum, lr: 0.1}": true, "nadam": true, "cma-es": false, "sophia": false, "muon": false, "soap": false} {
		for _, method := range forMatrices {
			if _, err := methodtest.Read("{name: "+method+", others: "+text+"}", sheets{}); (err == nil) != good {
				t.Errorf("%s with others: %s: %v", method, text, err)
			}
		}
	}
}

// A gradient that is no number leaves no number, so that the divergence is seen.
func TestMatricesShowBrokenGradients(t *testing.T) {
	for _, method := range forMatrices {
		run := methodtest.Begin(t, method, sheets{}, make([]float64, 16))
		run.Next(t)
		x, g := make([]float64, 16), make([]float64, 16)
		g[7] = math.NaN()
		for range 2 {
			run.Method.(methods.Update).Update(x, g)
		}
		if !math.IsNaN(x[6]) {
			t.Errorf("%s goes on from a gradient that is no number: %v", method, x)
		}
	}
}
