package losses

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/problems/reference"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// Softmax is multinomial logistic regression over K classes,
// f(W) = (1/m) Σ (log Σₖ exp(xᵢᵀWₖ) − xᵢᵀW_yᵢ) + (l2/2)‖W‖², with the weights W (d×K)
// row by row.
type Softmax struct {
	Data data.Set `param:"data" default:"iris" doc:"a data set with classes for labels"`
	Design
	model
	regularizer
	classes int
	facts   *problems.Facts

	z, s, dz []float64 // scratch: one entry a class
}

var (
	_ problems.Builder        = (*Softmax)(nil)
	_ problems.FiniteSum      = (*Softmax)(nil)
	_ problems.Hessian        = (*Softmax)(nil)
	_ problems.HessianProduct = (*Softmax)(nil)
	_ problems.Forker         = (*Softmax)(nil)
	_ problems.Diagnostics    = (*Softmax)(nil)
	_ problems.Shapes         = (*Softmax)(nil)
	_ reference.Unattained    = (*Softmax)(nil)
)

var softmaxInfo = problems.Info{
	Summary: "logistic regression with several classes",
	Formula: "f(W) = (1/m) Σ (log Σₖ exp(xᵢᵀWₖ) − xᵢᵀW_yᵢ) + (l2/2)‖W‖², W d×K by rows",
	Source:  "D. Böhning 1992, Annals of the Institute of Statistical Mathematics 44, 197–200",
	DOI:     "10.1007/BF00048682",
	Family:  "linear model",
}

func init() {
	problems.Register("softmax", softmaxInfo, func() problems.Problem { return new(Softmax) })
}

// Build loads the data and solves for f*.
func (p *Softmax) Build(env problems.Env) error {
	m, err := p.prepare(env, p.Data, classes(&p.classes))
	if err != nil {
		return err
	}
	p.model = *m
	p.regularizer = p.Design.regularizer(p.Dim(), p.classes)
	p.scratch()
	// Böhning's bound: diag(p) − ppᵀ ≤ ½I.
	p.facts = factsOf(m, p.Dim(), p.Design.regularizer(columns(m.train.x), 1), 0, 0.5)
	solve(p, p.facts)
	return nil
}

func (p *Softmax) scratch() {
	p.z, p.s, p.dz = make([]float64, p.classes), make([]float64, p.classes), make([]float64, p.classes)
}

// Fork is the same loss with its own scratch.
func (p *Softmax) Fork() problems.Problem {
	fork := *p
	fork.scratch()
	return &fork
}

// UnattainedBelow is ln 2/m without a regularizer: see separating.
func (p *Softmax) UnattainedBelow() float64 { return separating(p.Samples(), p.weight) }

// Dim is d·K.
func (p *Softmax) Dim() int { return columns(p.train.x) * p.classes }

// Shapes are the weights of the features, d×K, and those of the intercept if there is one.
func (p *Softmax) Shapes() []problems.Block {
	d := columns(p.train.x)
	if p.Intercept == "none" {
		return []problems.Block{{Name: "W", Kind: problems.MatrixBlock, Rows: d, Columns: p.classes}}
	}
	return []problems.Block{
		{Name: "W", Kind: problems.MatrixBlock, Rows: d - 1, Columns: p.classes},
		{Name: "b", Kind: problems.BiasBlock, Rows: 1, Columns: p.classes, Offset: (d - 1) * p.classes},
	}
}

// Samples is the number m of training samples.
func (p *Softmax) Samples() int { return p.train.count() }

// Facts are computed from the data when the problem is built.
func (p *Softmax) Facts() *problems.Facts { return p.facts }

// Evaluate is the loss over all samples.
func (p *Softmax) Evaluate(w, grad []float64) float64 { return p.EvaluateOn(w, grad, p.train.rows) }

// EvaluateOn is the mean over the batch plus the regularizer.
func (p *Softmax) EvaluateOn(w, grad []float64, batch []int32) float64 {
	clear(grad)
	var f float64
	for _, i := range batch {
		columns, values := p.train.x.Row(int(i))
		y := int(p.train.y[i])
		p.logits(p.z, w, columns, values)
		f += softmax(p.s, p.z) - p.z[y]
		if grad != nil {
			p.s[y]--
			p.spread(grad, p.s, columns, values)
		}
	}
	if grad != nil {
		vec.Scale(1/float64(len(batch)), grad)
	}
	return f/float64(len(batch)) + p.regularizer.value(w, grad)
}

// logits writes xᵀW into z.
func (p *Softmax) logits(z, w []float64, columns []int32, values []float64) {
	clear(z)
	for k, v := range values {
		row := w[place(columns, k)*p.classes:][:len(z)]
		for c, wc := range row {
			z[c] += float64(v * wc)
		}
	}
}

// spread adds x·sᵀ to g.
func (p *Softmax) spread(g, s []float64, columns []int32, values []float64) {
	for k, v := range values {
		row := g[place(columns, k)*p.classes:][:len(s)]
		for c, sc := range s {
			row[c] += float64(v * sc)
		}
	}
}

// softmax writes exp(z)/Σexp(z) into s and returns log Σ exp(z), both safe against
// overflow.
func softmax(s, z []float64) float64 {
	top := z[0]
	for _, v := range z {
		top = math.Max(top, v)
	}
	var sum float64
	for c, v := range z {
		s[c] = elementary.Exp(v - top)
		sum += s[c]
	}
	for c := range s {
		s[c] /= sum
	}
	return top + elementary.Log(sum)
}

// softmaxAlong writes the derivative of the probabilities p along dz, (diag(p) − ppᵀ)dz,
// into dp, which may be dz.
func softmaxAlong(dp, p, dz []float64) {
	mean := vec.Dot(p, dz)
	for c, pc := range p {
		dp[c] = float64(pc * (dz[c] - mean))
	}
}

// Hessian is (1/m) Σ xᵢxᵢᵀ ⊗ (diag(p) − ppᵀ) + l2·I, p the probabilities of sample i.
func (p *Softmax) Hessian(w []float64, h *mat.SymDense) {
	h.Zero()
	raw := h.RawSymmetric()
	share := 1 / float64(p.train.count())
	for i := range p.train.y {
		columns, values := p.train.x.Row(i)
		p.logits(p.z, w, columns, values)
		softmax(p.s, p.z)
		for a, va := range values {
			ja := place(columns, a) * p.classes
			for c, pc := range p.s {
				row := raw.Data[(ja+c)*raw.Stride:]
				scale := share * va * pc
				for b := a; b < len(values); b++ {
					jb := place(columns, b) * p.classes
					v := float64(scale * values[b])
					target := row[jb : jb+p.classes]
					for e, pe := range p.s {
						target[e] -= float64(v * pe)
					}
					target[c] += v
				}
			}
		}
	}
	p.addIdentity(h)
}

// HessianProduct is ∇²f(W)·V without the matrix.
func (p *Softmax) HessianProduct(w, v, hv []float64) {
	clear(hv)
	for i := range p.train.y {
		columns, values := p.train.x.Row(i)
		p.logits(p.z, w, columns, values)
		softmax(p.s, p.z)
		p.logits(p.dz, v, columns, values)
		softmaxAlong(p.dz, p.s, p.dz)
		p.spread(hv, p.dz, columns, values)
	}
	vec.Scale(1/float64(p.train.count()), hv)
	p.addMultiple(v, hv)
}

// DiagnosticNames are the numbers besides the loss.
func (p *Softmax) DiagnosticNames() []string { return p.names(true) }

// Diagnostics are fractions of samples classified correctly, and the mean loss of the samples held
// out, without the regularizer.
func (p *Softmax) Diagnostics(w, into []float64) { p.watch(p, true, w, into) }

func (p *Softmax) meanLoss(s samples, w []float64) float64 {
	var f float64
	for i, y := range s.y {
		columns, values := s.x.Row(i)
		p.logits(p.z, w, columns, values)
		f += softmax(p.s, p.z) - p.z[int(y)]
	}
	return f / float64(s.count())
}

func (p *Softmax) right(s samples, w []float64, i int) bool {
	columns, values := s.x.Row(i)
	p.logits(p.z, w, columns, values)
	return largest(p.z) == int(s.y[i])
}

// largest is the index of the first largest entry.
func largest(z []float64) int {
	best := 0
	for c, v := range z {
		if v > z[best] {
			best = c
		}
	}
	return best
}
