package adaptive

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/vec"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// CMAES is the evolution strategy with covariance matrix adaptation, the usual peer of gradient
// methods where there are no gradients (Hansen & Ostermeier 2001, doi:10.1162/106365601750190398).
// The strategy parameters are those of Hansen 2016, The CMA evolution strategy: a tutorial,
// doi:10.48550/arXiv.1604.00772, without negative weights. The covariance is kept as its Cholesky
// factor A, which takes n² operations a sample, and σ is adapted with A⁻¹ instead of C^(−1/2)
// (Krause, Arbonès & Igel 2016, NIPS 29).
//
// x is the best sample so far.
type CMAES struct {
	Sigma      float64 `param:"sigma" default:"0.3" range:"(0,)" doc:"initial standard deviation in each variable"`
	Population int     `param:"population" default:"0" range:"[0,100000]" doc:"samples in a generation, at least 2; 0: 4 + ⌊3 ln n⌋"`

	oracle       *oracle
	rng          *rand.Rand
	rates        rates
	weights      []float64
	sigma        float64
	mean, factor []float64   // m, and the rows of A
	normal, step [][]float64 // of each sample z and A·z
	values       []float64
	order        []int
	trial        []float64 // m + σ·A·z
	short, long  []float64 // evolution paths of σ and of C
	mix          []float64
	unseen       float64 // (1 − cs)^2g after g generations: what the path of σ lacks
}

// rates are the strategy parameters that depend on n and the weights only.
type rates struct{ selected, short, damping, long, one, rank, length float64 }

var (
	_ methods.Method  = (*CMAES)(nil)
	_ problems.Random = (*CMAES)(nil)
)

func init() {
	methods.Register("cma-es", methods.Info{
		Summary: "evolution strategy with covariance matrix adaptation: uses values only",
		Formula: "xᵢ = m + σ·A·zᵢ, zᵢ normal; m ← Σ wᵢ·xᵢ over the better half; AAᵀ and σ follow the steps of m and the better samples",
		Source:  "Hansen 2016, The CMA evolution strategy: a tutorial; with the factor of Krause, Arbonès & Igel 2016, NIPS 29",
		DOI:     "10.48550/arXiv.1604.00772",
		Family:  "evolution",
	}, func() methods.Method { return new(CMAES) })
}

// Random reports that repeats differ.
func (*CMAES) Random() bool { return true }

// Init evaluates nothing: the first samples are drawn around the start.
func (c *CMAES) Init(o *oracle, at *iterate) error {
	if o.Batched() {
		return &problems.Missing{What: "exact values: samples are ranked by them"}
	}
	n := len(at.X)
	if err := o.NeedDense(n); err != nil {
		return err
	}
	size := c.Population
	if size == 0 {
		size = 4 + int(3*elementary.Log(float64(n)))
	}
	size = max(size, 2)
	c.oracle, c.rng, c.sigma, c.unseen = o, o.Rand(), c.Sigma, 1
	c.setRates(n, size)
	c.mean, c.factor = slices.Clone(at.X), make([]float64, n*n)
	for i := range n {
		c.factor[i*n+i] = 1
	}
	c.normal, c.step = rows(size, n), rows(size, n)
	c.values, c.order = make([]float64, size), make([]int, size)
	c.trial, c.short, c.long, c.mix = make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	at.F, at.HasF = math.Inf(1), false
	return nil
}

func rows(m, n int) [][]float64 {
	out := make([][]float64, m)
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out
}

// setRates computes the weights and rates of the tutorial's table 1.
func (c *CMAES) setRates(n, size int) {
	c.weights = make([]float64, size/2)
	var sum, squares float64
	for i := range c.weights {
		c.weights[i] = elementary.Log(float64(size+1)/2) - elementary.Log(float64(i+1))
		sum += c.weights[i]
	}
	for i := range c.weights {
		c.weights[i] /= sum
		squares += float64(c.weights[i] * c.weights[i])
	}
	d, m := float64(n), 1/squares
	r := &c.rates
	r.selected = m
	r.short = (m + 2) / (d + m + 5)
	r.damping = 1 + float64(2*max(0, math.Sqrt((m-1)/(d+1))-1)) + r.short
	r.long = (4 + m/d) / (d + 4 + 2*m/d)
	r.one = 2 / (float64((d+1.3)*(d+1.3)) + m)
	r.rank = min(1-r.one, 2*(m-2+1/m)/(float64((d+2)*(d+2))+m))
	r.length = math.Sqrt(d) * (1 - 1/(4*d) + 1/(21*d*d)) // mean of ‖z‖
}

// Step is one generation.
func (c *CMAES) Step(at *iterate) error {
	if !(c.spread() > 1e-12*c.Sigma) {
		return methods.Stalled("all standard deviations are below 1e-12 of the first")
	}
	c.sample(at)
	slices.SortStableFunc(c.order, func(i, j int) int { return compare(c.values[i], c.values[j]) })
	r := &c.rates
	c.combine(c.normal)
	follow(c.short, r.short, r.selected, c.mix)
	c.unseen *= (1 - r.short) * (1 - r.short)
	length := vec.Norm(c.short) / r.length
	c.combine(c.step)
	vec.AddScaled(c.mean, c.mean, c.sigma, c.mix)
	kept := 1 - r.one - r.rank
	if length < (1.4+2/float64(len(c.mean)+1))*math.Sqrt(1-c.unseen) {
		follow(c.long, r.long, r.selected, c.mix)
	} else { // σ is far too small: C waits until it has grown
		vec.Scale(1-r.long, c.long)
		kept += float64(r.one * r.long * (2 - r.long))
	}
	vec.Scale(math.Sqrt(kept), c.factor)
	c.widen(r.one, c.long)
	for i, w := range c.weights {
		c.widen(float64(r.rank*w), c.step[c.order[i]])
	}
	c.sigma *= elementary.Exp(r.short / r.damping * (length - 1))
	return nil
}

// sample draws and evaluates a generation, and keeps the best sample in at.
func (c *CMAES) sample(at *iterate) {
	n := len(c.mean)
	at.Trials, at.Length, at.Slope = len(c.values), math.NaN(), math.NaN()
	for k, z := range c.normal {
		for i := range z {
			z[i] = random.Normal(c.rng)
		}
		for i := range n {
			c.step[k][i] = vec.Dot(c.factor[i*n:i*n+i+1], z[:i+1])
		}
		vec.AddScaled(c.trial, c.mean, c.sigma, c.step[k])
		c.values[k], c.order[k] = c.oracle.Value(c.trial), k
		if compare(c.values[k], at.F) < 0 || !at.HasF {
			copy(at.X, c.trial)
			at.F, at.HasF, at.HasGrad = c.values[k], true, false
		}
	}
}

// compare orders values; those that are no numbers come last.
func compare(a, b float64) int {
	switch {
	case a < b || !math.IsNaN(a) && math.IsNaN(b):
		return -1
	case b < a || !math.IsNaN(b) && math.IsNaN(a):
		return 1
	}
	return 0
}

// combine leaves in mix the weighted mean of the better half.
func (c *CMAES) combine(of [][]float64) {
	clear(c.mix)
	for i, w := range c.weights {
		vec.AddScaled(c.mix, c.mix, w, of[c.order[i]])
	}
}

// follow moves an evolution path: its steps have the variance of one sample.
func follow(path []float64, rate, selected float64, step []float64) {
	vec.Scale(1-rate, path)
	vec.AddScaled(path, path, math.Sqrt(rate*(2-rate)*selected), step)
}

// widen makes AAᵀ + weight·vvᵀ of AAᵀ (Golub & Van Loan 2013, Matrix computations, §6.5.4).
func (c *CMAES) widen(weight float64, v []float64) {
	n := len(v)
	copy(c.mix, v)
	vec.Scale(math.Sqrt(weight), c.mix)
	for k := range n {
		pivot := c.factor[k*n+k]
		root := elementary.Hypot(pivot, c.mix[k])
		cos, sin := root/pivot, c.mix[k]/pivot
		c.factor[k*n+k] = root
		for i := k + 1; i < n; i++ {
			low := (c.factor[i*n+k] + float64(sin*c.mix[i])) / cos
			c.factor[i*n+k] = low
			c.mix[i] = float64(cos*c.mix[i]) - float64(sin*low)
		}
	}
}

// spread is the largest standard deviation of a variable.
func (c *CMAES) spread() float64 {
	var most float64
	n := len(c.mean)
	for i := range n {
		most = max(most, vec.Norm(c.factor[i*n:i*n+i+1]))
	}
	return c.sigma * most
}

// Units are those of x, but for σ, which is a number. Values are only compared.
func (*CMAES) Units() methods.Units { return methods.Units{Value: 0, Variables: methods.Never} }
