package functions

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/reference"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
	"gonum.org/v1/gonum/mat"
)

func init() {
	problems.Register("logsumexp-smooth", problems.Info{
		Summary: "smoothed maximum of affine functions: convex, smooth, with a curvature that vanishes far away",
		Formula: "ρ·log Σᵢ exp((aᵢᵀx − bᵢ)/ρ), 20 functions in 5 variables from a fixed random stream",
		Source:  "B. O'Donoghue and E. Candès, Adaptive restart for accelerated gradient schemes, Found. Comput. Math. 15, 2015",
		DOI:     "10.1007/s10208-013-9150-3",
	}, func() problems.Problem { return new(LogSumExp) })
}

const expRows, expColumns = 20, 5

// LogSumExp is f(x) = ρ·log Σᵢ exp((aᵢᵀx − bᵢ)/ρ): max(aᵢᵀx − bᵢ) up to ρ·log 20.
type LogSumExp struct {
	Rho float64 `param:"rho" default:"1" range:"[0.01,)" doc:"smoothing ρ: L grows like 1/ρ"`

	a, b  []float64 // 20×5 row by row, 20
	known problems.Facts
}

var (
	_ problems.Builder        = (*LogSumExp)(nil)
	_ problems.Describer      = (*LogSumExp)(nil)
	_ problems.Hessian        = (*LogSumExp)(nil)
	_ problems.HessianProduct = (*LogSumExp)(nil)
)

// Build draws the data and solves for the minimum.
func (p *LogSumExp) Build(problems.Env) error {
	stream := random.MinStd(11)
	p.a, p.b = stream.Normals(expRows*expColumns), stream.Normals(expRows)
	var largest float64
	for i := range expRows {
		largest = max(largest, vec.Dot(p.row(i), p.row(i)))
	}
	p.known = convexFacts(0, largest/p.Rho, "closed form: max ‖aᵢ‖²/ρ")
	minimum, err := reference.Solve(p)
	if err != nil {
		return fmt.Errorf("logsumexp-smooth with rho = %g: %w", p.Rho, err)
	}
	p.known.Minimum = minimum
	p.known.Starts = standard("", fill(expColumns, 1)...)
	return nil
}

// Facts hold L from the data.
func (p *LogSumExp) Facts() *problems.Facts { return &p.known }

// Dim is 5.
func (*LogSumExp) Dim() int { return expColumns }

func (p *LogSumExp) row(i int) []float64 { return p.a[i*expColumns : (i+1)*expColumns] }

// weights are exp(zᵢ/ρ) over their sum, zᵢ = aᵢᵀx − bᵢ, beside f(x).
func (p *LogSumExp) weights(x []float64) (w [expRows]float64, f float64) {
	top := math.Inf(-1)
	for i := range w {
		w[i] = (vec.Dot(p.row(i), x) - p.b[i]) / p.Rho
		top = max(top, w[i])
	}
	var sum float64
	for i, z := range w {
		w[i] = elementary.Exp(z - top)
		sum += w[i]
	}
	for i := range w {
		w[i] /= sum
	}
	return w, p.Rho * (top + elementary.Log(sum))
}

// Evaluate returns f(x) and Σ wᵢaᵢ.
func (p *LogSumExp) Evaluate(x, grad []float64) float64 {
	w, f := p.weights(x)
	if grad != nil {
		clear(grad)
		for i := range w {
			vec.AddScaled(grad, grad, w[i], p.row(i))
		}
	}
	return f
}

// Hessian is (Σ wᵢaᵢaᵢᵀ − ∇f∇fᵀ)/ρ.
func (p *LogSumExp) Hessian(x []float64, h *mat.SymDense) {
	w, _ := p.weights(x)
	var grad [expColumns]float64
	h.Zero()
	for i := range w {
		vec.AddScaled(grad[:], grad[:], w[i], p.row(i))
		addOuter(h, w[i]/p.Rho, p.row(i))
	}
	addOuter(h, -1/p.Rho, grad[:])
}

// HessianProduct costs as much as a gradient.
func (p *LogSumExp) HessianProduct(x, v, hv []float64) {
	w, _ := p.weights(x)
	var along [expRows]float64
	var mean float64
	for i := range w {
		along[i] = vec.Dot(p.row(i), v)
		mean += float64(w[i] * along[i])
	}
	clear(hv)
	for i := range w {
		vec.AddScaled(hv, hv, w[i]*(along[i]-mean)/p.Rho, p.row(i))
	}
}
