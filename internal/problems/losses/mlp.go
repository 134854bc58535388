package losses

import (
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/problems"
)

// MLP is a network of fully connected layers, f(w) = (1/m) Σ ℓ(z(xᵢ), yᵢ) + (l2/2)‖w‖²
// with h₀ = x, h_k = σ(W_k h_{k−1} + b_k) and z = W_L h_{L−1} + b_L. The variables are
// W₁ (by rows), b₁, W₂, b₂, …, all of them penalized.
type MLP struct {
	Data        data.Set     `param:"data" default:"{name: two-moons, samples: 100, noise: 0.1}" doc:"a data set"`
	Widths      []int        `param:"widths" default:"[6]" range:"[1,100000]" doc:"units of each hidden layer"`
	Activation  string       `param:"activation" default:"tanh" oneof:"tanh relu sigmoid identity" doc:"σ, of the hidden layers"`
	Loss        string       `param:"loss" default:"cross-entropy" oneof:"cross-entropy squared" doc:"ℓ: cross-entropy of classes, or half the squared error of numbers"`
	Init        string       `param:"init" default:"glorot" oneof:"zero normal glorot he orthogonal" doc:"initial weights, the start named standard; all but zero are drawn for each repeat, and the others remain as named starts"`
	L2          param.Length `param:"l2" default:"0" range:"[0,)" doc:"weight of the regularizer (l2/2)‖w‖²; it may depend on the numbers n of training samples and d of features: 1/n"`
	Standardize bool         `param:"standardize" default:"true" doc:"scale features to mean 0 and population standard deviation 1"`
	Split       float64      `param:"split" default:"0" range:"[0,1)" doc:"fraction of the samples held out for validation"`
	Division    int          `param:"division" default:"0" range:"[0,)" later:"true" doc:"index of the random division into training and held-out samples; a list of numbers makes a grid of divisions"`
	Duplicates  int          `param:"duplicates" default:"1" range:"[1,10000]" doc:"number of copies of the training samples"`

	model
	regularizer
	network
	head  head
	facts *problems.Facts
	grad  []float64 // scratch of the diagnostics
}

var (
	_ problems.Builder        = (*MLP)(nil)
	_ problems.FiniteSum      = (*MLP)(nil)
	_ problems.Hessian        = (*MLP)(nil)
	_ problems.HessianProduct = (*MLP)(nil)
	_ problems.Forker         = (*MLP)(nil)
	_ problems.Diagnostics    = (*MLP)(nil)
	_ problems.Shapes         = (*MLP)(nil)
	_ problems.Drawn          = (*MLP)(nil)
)

var mlpInfo = problems.Info{
	Summary: "a network of fully connected layers",
	Formula: "f(w) = (1/m) Σ ℓ(W_L h_{L−1}(xᵢ) + b_L, yᵢ) + (l2/2)‖w‖², h_k = σ(W_k h_{k−1} + b_k)",
	Source:  "D. E. Rumelhart, G. E. Hinton & R. J. Williams 1986, Nature 323, 533–536",
	DOI:     "10.1038/323533a0",
	Version: 1, // 0.1 had one start for all repeats, and other last digits
	Family:  "network",
}

func init() {
	problems.Register("mlp", mlpInfo, func() problems.Problem { return new(MLP) })
}

// Build loads the data and draws the starts.
func (p *MLP) Build(env problems.Env) error {
	design := Design{Intercept: "none", L2: p.L2, Standardize: p.Standardize, Split: p.Split, Division: p.Division, Duplicates: p.Duplicates}
	m, err := design.prepare(env, p.Data, p.targets)
	if err != nil {
		return err
	}
	p.model, p.L2 = *m, design.L2
	sizes := append(append([]int{columns(m.train.x)}, p.Widths...), p.head.outputs())
	if err := env.Admit(parameters(sizes)); err != nil {
		return err
	}
	p.layOut(sizes, activations[p.Activation])
	p.regularizer = design.regularizer(p.Dim(), 0)
	p.scratch()
	p.facts = &problems.Facts{Convexity: problems.Nonconvex, Notes: m.notes, Starts: p.starts(env)}
	return nil
}

// DividedBy is the parameter that numbers the divisions, and the number; "" where nothing is held out.
func (p *MLP) DividedBy() (parameter string, number int) { return dividedBy(p.Split, p.Division) }

// targets reads the labels, and with them chooses the head of the network: one output for
// numbers or two classes, K for more.
func (p *MLP) targets(s *data.Samples) ([]float64, error) {
	if p.Loss == "squared" {
		p.head = marginHead{squared{}}
		return numbers(s)
	}
	var count int
	y, err := classes(&count)(s)
	if err != nil || count > 2 {
		p.head = newSoftmaxHead(count)
		return y, err
	}
	p.head = marginHead{logistic{}}
	return signs("")(s)
}

func (p *MLP) scratch() {
	p.network.scratch()
	p.head = p.head.fork()
	p.grad = make([]float64, p.Dim())
}

// Fork is the same problem with its own scratch.
func (p *MLP) Fork() problems.Problem {
	fork := *p
	fork.scratch()
	return &fork
}

// Samples is the number m of training samples.
func (p *MLP) Samples() int { return p.train.count() }

// Facts are the starts.
func (p *MLP) Facts() *problems.Facts { return p.facts }

// Evaluate is the loss over all samples.
func (p *MLP) Evaluate(w, grad []float64) float64 { return p.EvaluateOn(w, grad, p.train.rows) }

// EvaluateOn is the mean over the batch plus the regularizer: a block of samples forwards, then
// backwards.
func (p *MLP) EvaluateOn(w, grad []float64, batch []int32) float64 {
	clear(grad)
	p.load(w, grad != nil)
	var f float64
	for rows := range slices.Chunk(batch, p.room) {
		z := p.forward(w, p.train.x, rows)
		f = p.losses(f, z, p.train.y, rows)
		if grad != nil {
			p.backward(grad, len(rows))
		}
	}
	if grad != nil {
		vec.Scale(1/float64(len(batch)), grad)
	}
	return f/float64(len(batch)) + p.regularizer.value(w, grad)
}

// losses adds those of a block of samples to f, and writes their slopes by z.
func (p *MLP) losses(f float64, z, y []float64, rows []int32) float64 {
	k, slopes := p.head.outputs(), p.outputDelta()
	for s, i := range rows {
		f += p.head.at(z[s*k:][:k], y[i], slopes[s*k:][:k])
	}
	return f
}

// HessianProduct differentiates the gradient along v (B. A. Pearlmutter 1994, Neural
// Computation 6, 147–160).
func (p *MLP) HessianProduct(w, v, hv []float64) {
	clear(hv)
	p.load(w, true)
	p.loadAlong(v)
	k := p.head.outputs()
	for rows := range slices.Chunk(p.train.rows, p.room) {
		z := p.forward(w, p.train.x, rows)
		dz := p.forwardAlong(v, len(rows))
		p.losses(0, z, p.train.y, rows)
		for s, i := range rows {
			p.head.along(z[s*k:][:k], p.train.y[i], dz[s*k:][:k], p.outputDeltaAlong()[s*k:][:k])
		}
		p.backwardAlong(hv, len(rows))
	}
	vec.Scale(1/float64(p.train.count()), hv)
	p.addMultiple(v, hv)
}

// Hessian is the products with the unit vectors.
func (p *MLP) Hessian(w []float64, h *mat.SymDense) { hessianByProducts(p, w, h) }

// DiagnosticNames are accuracies and validation loss, then the gradient norm of each
// layer.
func (p *MLP) DiagnosticNames() []string {
	return append(p.names(p.Loss != "squared"), layerNames(len(p.layers))...)
}

// Diagnostics evaluates them; the gradient is that of the whole objective.
func (p *MLP) Diagnostics(w, into []float64) {
	n := p.watch(p, p.Loss != "squared", w, into)
	p.Evaluate(w, p.grad)
	for k, l := range p.layers {
		into[n+k] = vec.Norm(p.grad[l.from:l.to()])
	}
}

func (p *MLP) meanLoss(s samples, w []float64) float64 {
	p.load(w, false)
	var f float64
	for rows := range slices.Chunk(s.rows, p.room) {
		f = p.losses(f, p.forward(w, s.x, rows), s.y, rows)
	}
	return f / float64(s.count())
}

func (p *MLP) right(s samples, w []float64) (count int) {
	p.load(w, false)
	k := p.head.outputs()
	for rows := range slices.Chunk(s.rows, p.room) {
		z := p.forward(w, s.x, rows)
		for r, i := range rows {
			if p.head.right(z[r*k:][:k], s.y[i]) {
				count++
			}
		}
	}
	return count
}
