package losses

import (
	"math"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// Lasso is the composite f(w) + h(w) = (1/2m)‖Xw − y‖² + (l2/2)‖w‖² + l1‖w‖₁ (Tibshirani
// 1996; with l2 > 0 the elastic net). Neither norm covers a free intercept.
type Lasso struct {
	Data data.Set `param:"data" default:"diabetes" doc:"a data set with numbers for labels"`
	L1   float64  `param:"l1" default:"0.1" range:"[0,)" doc:"weight of ‖w‖₁"`
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
	if p.L1 == 0 {
		solve(&p.linear, p.facts)
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
	return float64(p.L1 * sum)
}

// Prox shrinks each coordinate towards 0 by t·l1.
func (p *Lasso) Prox(dst, w []float64, t float64) {
	by := t * p.L1
	for j, v := range w[:p.penalized] {
		dst[j] = shrink(v, by)
	}
	copy(dst[p.penalized:], w[p.penalized:])
}

// shrink is the soft threshold: v moved towards 0 by at most by.
func shrink(v, by float64) float64 {
	return math.Copysign(math.Max(0, math.Abs(v)-by), v)
}
