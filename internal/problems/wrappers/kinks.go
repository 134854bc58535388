package wrappers

import (
	"maps"
	"math"
	"reflect"

	"github.com/gdbench/gdbench/problems"
)

func init() {
	problems.Register("kinks", problems.Info{
		Summary: "a problem with kinks along the axes through its minimizer, where f is not differentiable",
		Formula: "f(x) + w‖x − x*‖₁; at a kink the subgradient with the entry 0 of the second term",
		Source:  "A. S. Lewis and M. L. Overton, Nonsmooth optimization via quasi-Newton methods, Math. Program. 141, 2013",
		DOI:     "10.1007/s10107-012-0514-2",
		Family:  "wrapper",
	}, func() problems.Problem { return new(Kinks) })
}

// Kinks is g(x) = f(x) + w‖x − x*‖₁, which has the minimizer and the minimum of f. Methods get
// subgradients, and no proximal operator: it is the problem of those who do not know the
// structure. The Hessian is that of f, which g has wherever it has one.
type Kinks struct {
	around

	Weight float64 `param:"weight" default:"1" range:"[0,)" doc:"w, the jump of the slope at a kink is 2w; 0: the wrapped problem"`

	centre []float64
	facts  *problems.Facts
}

var (
	_ problems.Builder   = (*Kinks)(nil)
	_ problems.Forker    = (*Kinks)(nil)
	_ problems.Selective = (*Kinks)(nil)
)

// Build builds the wrapped problem.
func (k *Kinks) Build(env problems.Env) error {
	if err := k.around.Build(env); err != nil || k.Weight == 0 {
		return err
	}
	if k.composite != nil {
		return &problems.Missing{What: "a wrapped problem without a proximal operator: this one has kinks"}
	}
	var err error
	if k.centre, err = minimizer(k.Of); err != nil {
		return err
	}
	inside := problems.FactsOf(k.Of)
	k.facts = &problems.Facts{Starts: inside.Starts, Window: inside.Window, Citation: inside.Citation, Notes: inside.Notes}
	minimum := *inside.Minimum
	minimum.Points = [][]float64{k.centre}
	k.facts.Minimum = &minimum
	if c := inside.Convexity; c == problems.Convex || c == problems.StronglyConvex {
		k.facts.Convexity = c
		k.facts.Constants = maps.Clone(inside.Constants)
		maps.DeleteFunc(k.facts.Constants, func(name string, c problems.Constant) bool {
			return name != problems.ConvexityMu || c.Scope != problems.Global
		})
	}
	return nil
}

// Fork is around a fork.
func (k *Kinks) Fork() problems.Problem {
	fork := *k
	fork.valued = k.forked()
	return &fork
}

// Facts are those of the wrapped problem that kinks keep.
func (k *Kinks) Facts() *problems.Facts {
	if k.facts == nil {
		return k.around.Facts()
	}
	return k.facts
}

// Offers is all that the wrapped problem does, but for residuals, whose squares would lack the kinks.
func (k *Kinks) Offers(capability reflect.Type, inside bool) bool {
	return inside && (k.centre == nil || capability != reflect.TypeFor[problems.Residuals]())
}

// Quadratic reports whether g is one.
func (k *Kinks) Quadratic() bool { return k.centre == nil && k.around.Quadratic() }

// TwiceDifferentiable is false at the minimizer.
func (k *Kinks) TwiceDifferentiable() bool { return k.centre == nil && k.around.TwiceDifferentiable() }

// Evaluate returns g(x) and a subgradient.
func (k *Kinks) Evaluate(x, grad []float64) float64 { return k.add(k.Of.Evaluate(x, grad), x, grad) }

// EvaluateOn is the same on a batch.
func (k *Kinks) EvaluateOn(x, grad []float64, batch []int32) float64 {
	return k.add(k.sum.EvaluateOn(x, grad, batch), x, grad)
}

// add adds the kinks to f and its gradient.
func (k *Kinks) add(f float64, x, grad []float64) float64 {
	if k.centre == nil {
		return f
	}
	total := 0.0
	for i, t := range x {
		s := t - k.centre[i]
		total += math.Abs(s)
		if grad != nil && s != 0 {
			grad[i] += math.Copysign(k.Weight, s)
		}
	}
	return f + float64(k.Weight*total)
}
