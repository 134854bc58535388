package losses

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mat"

	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/internal/random"
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
	Init        string       `param:"init" default:"glorot" oneof:"zero normal glorot he" doc:"the start named standard; the others remain as named starts"`
	L2          param.Length `param:"l2" default:"0" range:"[0,)" doc:"weight of the regularizer (l2/2)‖w‖²; it may depend on the numbers n of training samples and d of features: 1/n"`
	Standardize bool         `param:"standardize" default:"true" doc:"scale features to mean 0 and population standard deviation 1"`
	Split       float64      `param:"split" default:"0" range:"[0,1)" doc:"fraction of the samples held out for validation"`
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
)

var mlpInfo = problems.Info{
	Summary: "a network of fully connected layers",
	Formula: "f(w) = (1/m) Σ ℓ(W_L h_{L−1}(xᵢ) + b_L, yᵢ) + (l2/2)‖w‖², h_k = σ(W_k h_{k−1} + b_k)",
	Source:  "D. E. Rumelhart, G. E. Hinton & R. J. Williams 1986, Nature 323, 533–536",
	DOI:     "10.1038/323533a0",
	Family:  "network",
}

func init() {
	problems.Register("mlp", mlpInfo, func() problems.Problem { return new(MLP) })
}

// Build loads the data and draws the starts.
func (p *MLP) Build(env problems.Env) error {
	design := Design{Intercept: "none", L2: p.L2, Standardize: p.Standardize, Split: p.Split, Duplicates: p.Duplicates}
	m, err := design.prepare(env, p.Data, p.targets)
	if err != nil {
		return err
	}
	p.model, p.L2 = *m, design.L2
	p.layOut(append(append([]int{columns(m.train.x)}, p.Widths...), p.head.outputs()), activations[p.Activation])
	p.regularizer = design.regularizer(p.Dim(), 0)
	p.scratch()
	p.facts = &problems.Facts{Convexity: problems.Nonconvex, Notes: m.notes, Starts: p.starts(env, p.Init)}
	return nil
}

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

// EvaluateOn is the mean over the batch plus the regularizer: each sample forwards, then
// backwards.
func (p *MLP) EvaluateOn(w, grad []float64, batch []int32) float64 {
	clear(grad)
	var f float64
	for _, i := range batch {
		z := p.forward(w, p.train.x, int(i))
		f += p.head.at(z, p.train.y[i], p.outputDelta())
		if grad != nil {
			p.backward(w, grad)
		}
	}
	if grad != nil {
		vec.Scale(1/float64(len(batch)), grad)
	}
	return f/float64(len(batch)) + p.regularizer.value(w, grad)
}

// HessianProduct differentiates the gradient along v (B. A. Pearlmutter 1994, Neural
// Computation 6, 147–160).
func (p *MLP) HessianProduct(w, v, hv []float64) {
	clear(hv)
	for i, y := range p.train.y {
		z := p.forward(w, p.train.x, i)
		dz := p.forwardAlong(w, v)
		p.head.at(z, y, p.outputDelta())
		p.head.along(z, y, dz, p.outputDeltaAlong())
		p.backwardAlong(w, v, hv)
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
	var f float64
	for i, y := range s.y {
		f += p.head.at(p.forward(w, s.x, i), y, p.outputDelta())
	}
	return f / float64(s.count())
}

func (p *MLP) right(s samples, w []float64, i int) bool {
	return p.head.right(p.forward(w, s.x, i), s.y[i])
}

// starts are the four ways to begin, the chosen one first and named standard too. Random
// weights depend on the suite's seed and the layers.
func (p *MLP) starts(env problems.Env, chosen string) []problems.Start {
	starts := []problems.Start{{Name: "standard"}}
	for _, name := range []string{"zero", "normal", "glorot", "he"} {
		rng := rand.New(random.NewSource(env.Seed, "init", name, p.layers))
		x := make([]float64, p.Dim())
		for _, l := range p.layers {
			for j := range x[l.from : l.from+l.in*l.out] {
				var v float64
				switch name {
				case "normal":
					v = 0.1 * random.Normal(rng)
				case "glorot":
					v = math.Sqrt(6/float64(l.in+l.out)) * (float64(2*float64(rng.Float64())) - 1)
				case "he":
					v = math.Sqrt(2/float64(l.in)) * random.Normal(rng)
				}
				x[l.from+j] = v
			}
		}
		start := problems.Start{Name: name, X: x, Source: initSources[name]}
		starts = append(starts, start)
		if name == chosen {
			starts[0].X, starts[0].Source = x, start.Source
		}
	}
	return starts
}

var initSources = map[string]string{
	"zero":   "the origin, where all units of a layer stay alike",
	"normal": "weights of standard deviation 0.1, biases 0",
	"glorot": "X. Glorot & Y. Bengio 2010, Proceedings of Machine Learning Research 9, 249–256: uniform in ±√(6/(in + out)), biases 0",
	"he":     "K. He, X. Zhang, S. Ren & J. Sun 2015, ICCV, 10.1109/ICCV.2015.123: deviation √(2/in), biases 0",
}
