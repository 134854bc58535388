package losses

import (
	"fmt"
	"maps"
	"math"

	"github.com/gdbench/gdbench/internal/limit"
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// Lasso is the composite f(w) + h(w) = (1/2m)‖Xw − y‖² + (l2/2)‖w‖² + l1‖w‖₁ (Tibshirani
// 1996; with l2 > 0 the elastic net). Neither norm covers a free intercept.
type Lasso struct {
	Data data.Set     `param:"data" default:"diabetes" doc:"a data set with numbers for labels"`
	L1   param.Length `param:"l1" default:"0.1" range:"[0,)" doc:"weight of ‖w‖₁; it may depend on lambda_max, above which w* = 0, and on the numbers n of training samples and d of features: 0.1*lambda_max"`
	Design
	linear
}

var (
	_ problems.Builder   = (*Lasso)(nil)
	_ problems.Composite = (*Lasso)(nil)
	_ problems.Forker    = (*Lasso)(nil)
)

func init() {
	problems.Register("lasso", problems.Info{
		Summary: "linear regression with few features; the elastic net with l2",
		Formula: "f(w) + h(w) = (1/2m)‖Xw − y‖² + (l2/2)‖w‖² + l1‖w‖₁",
		Source:  "R. Tibshirani 1996, Journal of the Royal Statistical Society B 58, 267–288",
		DOI:     "10.1111/j.2517-6161.1996.tb02080.x",
		Family:  "linear model",
	}, func() problems.Problem { return new(Lasso) })
}

// Build loads the data and solves for the minimum.
func (p *Lasso) Build(env problems.Env) error {
	if err := p.layOut(env, &p.Design, p.Data, squared{}, numbers); err != nil {
		return err
	}
	constants := maps.Clone(p.sizes)
	constants["lambda_max"] = p.lambdaMax()
	if err := resolve(&p.L1, "l1", constants); err != nil {
		return err
	}
	if p.L1.Value == 0 {
		solve(&p.linear, p.facts)
		return nil
	}
	if err := limit.Matrix(p.Dim(), p.Dim()); err != nil {
		p.facts.Notes = append(p.facts.Notes, fmt.Sprintf("f* is unknown: computing it takes %v", err))
		return nil
	}
	minimum := p.solve()
	if sum := minimum.Value + minimum.Accuracy; math.IsNaN(sum) || math.IsInf(sum, 0) {
		p.facts.Notes = append(p.facts.Notes, "f* is unknown: the features are too large to compute it")
		return nil
	}
	p.facts.Minimum = minimum
	return nil
}

// lambdaMax is the least l1 for which w* = 0: the largest |∂f/∂wⱼ| of the smooth part at w = 0,
// with a free intercept at its best, the mean of the labels (Hastie, Tibshirani & Wainwright
// 2015, Statistical Learning with Sparsity, section 2.4).
func (p *Lasso) lambdaMax() float64 {
	w, g := make([]float64, p.Dim()), make([]float64, p.Dim())
	if p.penalized < len(w) {
		for k, y := range p.train.y {
			w[p.penalized] += (y - w[p.penalized]) / float64(k+1)
		}
	}
	p.Evaluate(w, g)
	largest := 0.0
	for _, v := range g[:p.penalized] {
		largest = max(largest, math.Abs(v))
	}
	return largest
}

// Fork is the same loss with its own scratch.
func (p *Lasso) Fork() problems.Problem {
	fork := *p
	fork.scratch()
	return &fork
}

// Rest is h(w) = l1‖w‖₁.
func (p *Lasso) Rest(w []float64) float64 {
	var sum float64
	for _, v := range w[:p.penalized] {
		sum += math.Abs(v)
	}
	return float64(p.L1.Value * sum)
}

// Prox shrinks each coordinate towards 0 by t·l1.
func (p *Lasso) Prox(dst, w []float64, t float64) {
	by := t * p.L1.Value
	for j, v := range w[:p.penalized] {
		dst[j] = shrink(v, by)
	}
	copy(dst[p.penalized:], w[p.penalized:])
}

// shrink is the soft threshold: v moved towards 0 by at most by.
func shrink(v, by float64) float64 {
	return math.Copysign(math.Max(0, math.Abs(v)-by), v)
}
