package losses

import (
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/problems/reference"
	"github.com/gdbench/gdbench/internal/simd"
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

	z, s, dz    []float64 // scratch: one entry a class
	tops, picks []float64 // scratch of a block, a number a sample: the largest output, and that of its class
	block       block
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
	if err := env.Admit(int64(columns(m.train.x)) * int64(p.classes)); err != nil {
		return err
	}
	p.regularizer = p.Design.regularizer(p.Dim(), p.classes)
	p.scratch()
	// Böhning's bound: diag(p) − ppᵀ ≤ ½I.
	p.facts = factsOf(m, p.Dim(), p.Design.regularizer(columns(m.train.x), 1), 0, 0.5)
	solve(p, p.facts)
	return nil
}

func (p *Softmax) scratch() {
	p.z, p.s, p.dz = make([]float64, p.classes), make([]float64, p.classes), make([]float64, p.classes)
	p.block = newBlock(columns(p.train.x), p.classes)
	p.tops, p.picks = make([]float64, p.block.room), make([]float64, p.block.room)
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

// EvaluateOn is the mean over the batch plus the regularizer, by blocks of samples.
func (p *Softmax) EvaluateOn(w, grad []float64, batch []int32) float64 {
	f := p.sum(p.train, w, grad, batch)
	if grad != nil {
		vec.Scale(1/float64(len(batch)), grad)
	}
	return f/float64(len(batch)) + p.regularizer.value(w, grad)
}

// sum adds up the losses of some samples, with the gradient in grad unless that is nil.
func (p *Softmax) sum(of samples, w, grad []float64, list []int32) (f float64) {
	p.block.begin(of.x, w, grad)
	for rows := range slices.Chunk(list, p.block.room) {
		f = p.losses(f, p.block.outputs(of.x, w, rows), of.y, rows, grad != nil)
		if grad != nil {
			p.block.spread(grad, of.x, rows)
		}
	}
	p.block.end(grad)
	return f
}

// losses adds those of a block of samples to f, and replaces their outputs by the slopes where asked to.
func (p *Softmax) losses(f float64, outputs, y []float64, rows []int32, slopes bool) float64 {
	for k, i := range rows {
		z := outputs[k*p.classes:][:p.classes]
		p.picks[k] = z[int(y[i])]
		p.tops[k] = lower(z)
	}
	simd.Exponentials(outputs)
	for k, i := range rows {
		e := outputs[k*p.classes:][:p.classes]
		sum := total(e)
		f += p.tops[k] + elementary.Log(sum) - p.picks[k]
		if slopes {
			divide(e, sum)
			e[int(y[i])]--
		}
	}
	return f
}

// softmax writes exp(z)/Σexp(z) into s and returns log Σ exp(z), both safe against
// overflow.
func softmax(s, z []float64) float64 {
	copy(s, z)
	top := lower(s)
	simd.Exponentials(s)
	sum := total(s)
	divide(s, sum)
	return top + elementary.Log(sum)
}

// lower subtracts the largest entry from all, and returns it.
func lower(z []float64) (top float64) {
	top = z[0]
	for _, v := range z {
		top = max(top, v)
	}
	for c := range z {
		z[c] -= top
	}
	return top
}

func total(z []float64) (sum float64) {
	for _, v := range z {
		sum += v
	}
	return sum
}

func divide(z []float64, by float64) {
	for c := range z {
		z[c] /= by
	}
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
		logits(p.z, w, columns, values)
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
		logits(p.z, w, columns, values)
		softmax(p.s, p.z)
		logits(p.dz, v, columns, values)
		softmaxAlong(p.dz, p.s, p.dz)
		spread(hv, p.dz, columns, values)
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
	return p.sum(s, w, nil, s.rows) / float64(s.count())
}

func (p *Softmax) right(s samples, w []float64) (count int) {
	p.block.begin(s.x, w, nil)
	for rows := range slices.Chunk(s.rows, p.block.room) {
		z := p.block.outputs(s.x, w, rows)
		for k, i := range rows {
			if largest(z[k*p.classes:][:p.classes]) == int(s.y[i]) {
				count++
			}
		}
	}
	return count
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
