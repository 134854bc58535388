package theory

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/problems"
)

// known is what theorems ask about a setting.
type known struct {
	Setting
	method part

	l, mu     float64 // global; NaN where unknown, mu 0 where f is convex at least
	convex    bool
	quadratic bool
	composite bool
	sum       problems.FiniteSum // nil where the problem is none
	noise     problems.Noise
	exact     bool // neither batches nor noise
}

func study(s Setting) *known {
	k := &known{Setting: s, method: part(s.Method)}
	k.l, k.mu = k.global(problems.SmoothnessL), k.global(problems.ConvexityMu)
	k.convex = s.Facts.Convexity == problems.Convex || s.Facts.Convexity == problems.StronglyConvex
	if math.IsNaN(k.mu) && k.convex {
		k.mu = 0
	}
	if q, ok := problems.As[problems.Quadratic](s.Problem); ok {
		k.quadratic = q.Quadratic()
	}
	_, k.composite = problems.As[problems.Composite](s.Problem)
	k.sum, _ = problems.As[problems.FiniteSum](s.Problem)
	k.noise = problems.NoiseOf(s.Problem)
	k.exact = s.Batch == 0 && k.noise == problems.Noise{}
	return k
}

// global is a constant of global scope, NaN where it is unknown or zero.
func (k *known) global(name string) float64 {
	v, err := k.Facts.Global(name)
	if err != nil {
		return math.NaN()
	}
	return v
}

// matrix is that of a quadratic, nil in more than 50 variables, where its eigenvalues
// cost more than a check is worth.
func (k *known) matrix() *mat.SymDense {
	const most = 50
	n := k.Problem.Dim()
	p, ok := problems.As[problems.HessianProduct](k.Problem)
	if !ok || !k.quadratic || n > most {
		return nil
	}
	a := mat.NewSymDense(n, nil)
	origin, e, column := make([]float64, n), make([]float64, n), make([]float64, n)
	for j := range n {
		e[j] = 1
		p.HessianProduct(origin, e, column)
		e[j] = 0
		for i := range j + 1 {
			a.SetSym(i, j, column[i])
		}
	}
	return a
}

// spectrum is the eigenvalues of the matrix, nil where there is none.
func (k *known) spectrum() []float64 {
	a := k.matrix()
	if a == nil {
		return nil
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(a, false) {
		return nil
	}
	return eigen.Values(nil)
}

// strong reports strong convexity with known constants.
func (k *known) strong() bool { return k.convex && k.mu > 0 && k.l >= k.mu }

func (k *known) kappa() float64 { return k.l / k.mu }

// smooth reports an objective without a non-smooth part, exact gradients, and a known L.
func (k *known) smooth() bool { return k.exact && !k.composite && k.l > 0 }

// part is a component with its parameters.
type part param.Described

func (p part) value(name string) any {
	for _, q := range p.Parameters {
		if q.Name == name {
			return q.Value
		}
	}
	return nil
}

// number is a numeric parameter, NaN where there is none of this name.
func (p part) number(name string) float64 {
	switch v := p.value(name).(type) {
	case float64:
		return v
	case int64:
		return float64(v)
	case int:
		return float64(v)
	}
	return math.NaN()
}

func (p part) word(name string) string {
	w, _ := p.value(name).(string)
	return w
}

func (p part) yes(name string) bool {
	b, _ := p.value(name).(bool)
	return b
}

func (p part) list(name string) []any {
	l, _ := p.value(name).([]any)
	return l
}

// inner is a component parameter; its name is "" where there is none.
func (p part) inner(name string) part {
	d, _ := p.value(name).(param.Described)
	return part(d)
}

// descent is a method of the form x + t·Δx, whichever name it was written by.
func (k *known) descent() (direction, step part) {
	m := k.method
	switch m.Name {
	case "descent":
		return m.inner("direction"), m.inner("step")
	case "steepest", "bfgs", "lbfgs", "conjugate-gradient", "newton-cg", "gauss-newton", "levenberg-marquardt":
		return m, m.inner("step")
	case "polyak", "barzilai-borwein":
		return part{Name: "gradient"}, m
	case "stochastic-polyak":
		known := param.Parameter{Name: "minimum", Value: "known"}
		return part{Name: "gradient"}, part{Name: "polyak", Parameters: append([]param.Parameter{known}, m.Parameters...)}
	case "stochastic-line-search":
		return part{Name: "gradient"}, part{Name: "backtracking", Parameters: m.Parameters}
	case "fixed-step":
		return part{Name: "gradient"}, fixed(m.number("lr"))
	case "newton":
		return part{Name: "newton", Parameters: m.Parameters}, fixed(1)
	case "damped-newton":
		return part{Name: "newton", Parameters: m.Parameters}, part{Name: "backtracking", Parameters: m.Parameters}
	case "sgd":
		if m.number("momentum") == 0 && m.zeroOrAbsent("weight_decay") {
			return part{Name: "gradient"}, fixed(m.number("lr"))
		}
	case "heavy-ball":
		if m.number("momentum") == 0 {
			return part{Name: "gradient"}, fixed(m.number("lr"))
		}
	}
	return part{}, part{}
}

func (p part) zeroOrAbsent(name string) bool {
	v := p.number(name)
	return v == 0 || math.IsNaN(v)
}

func fixed(t float64) part {
	return part{Name: "fixed", Parameters: []param.Parameter{{Name: "t", Value: t}}}
}

// alongGradient reports whether the direction is −∇f, by either of its names.
func alongGradient(d part) bool {
	return d.Name == "gradient" || d.Name == "steepest" && d.word("norm") == "l2" && !d.yes("normalized")
}

// gradientStep is the constant γ of x − γ∇f(x), NaN for any other method.
func (k *known) gradientStep() float64 {
	if d, t := k.descent(); alongGradient(d) && t.Name == "fixed" {
		return t.number("t")
	}
	return math.NaN()
}
