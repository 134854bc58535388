package losses

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gdbench/gdbench/internal/problems/data"
	"github.com/gdbench/gdbench/problems"
)

// loops is the gradient of the mean loss by loops over samples, layers, units and inputs alone.
func loops(p *MLP, w, grad []float64, batch []int32) float64 {
	clear(grad)
	var f float64
	for _, i := range batch {
		columns, values := p.train.x.Row(int(i))
		h := [][]float64{make([]float64, p.layers[0].in)}
		for k, v := range values {
			h[0][place(columns, k)] = v
		}
		for k, l := range p.layers {
			out := make([]float64, l.out)
			for o := range out {
				var sum float64
				for j, v := range h[k] {
					sum += float64(w[l.from+o*l.in+j] * v)
				}
				out[o] = sum + w[l.from+l.in*l.out+o]
				if k+1 < len(p.layers) {
					out[o] = p.unit.at(out[o])
				}
			}
			h = append(h, out)
		}
		delta := make([]float64, p.head.outputs())
		f += p.head.at(h[len(p.layers)], p.train.y[i], delta)
		for k := len(p.layers) - 1; k >= 0; k-- {
			l, before := p.layers[k], make([]float64, p.layers[k].in)
			for o, e := range delta {
				for j, v := range h[k] {
					grad[l.from+o*l.in+j] += float64(e * v)
					before[j] += float64(e * w[l.from+o*l.in+j])
				}
				grad[l.from+l.in*l.out+o] += e
			}
			for j, v := range h[k] {
				before[j] *= p.unit.slope(v)
			}
			delta = before
		}
	}
	share := 1 / float64(len(batch))
	for j := range grad {
		grad[j] *= share
	}
	return f / float64(len(batch))
}

// Passing blocks of samples gives the bits of one sample after another, for batches of every
// length and with repeated samples.
func TestBlocksAreLoops(t *testing.T) {
	set := func(samples, features, classes int) data.Set {
		rng := rand.New(rand.NewPCG(8, 9))
		values, y := make([]float64, samples*features), make([]float64, samples)
		for i := range values {
			values[i] = rng.NormFloat64()
		}
		for i := range y {
			y[i] = float64(i % classes)
		}
		return fixed{&data.Samples{Name: "fixed", X: data.NewDense(samples, features, values), Y: y}}
	}
	for _, c := range []struct {
		activation, loss           string
		features, classes, samples int
		widths                     []int
	}{
		{"tanh", "cross-entropy", 2, 2, 40, []int{6}},
		{"relu", "cross-entropy", 17, 3, 300, []int{33, 20}},
		{"sigmoid", "cross-entropy", 5, 10, 290, []int{40}},
		{"identity", "squared", 3, 4, 9, []int{1, 2, 3}},
	} {
		p := &MLP{Data: set(c.samples, c.features, c.classes), Widths: c.widths, Activation: c.activation, Loss: c.loss, Init: "he", Duplicates: 1}
		if err := p.Build(problems.Env{Seed: 3}); err != nil {
			t.Fatal(err)
		}
		rng := rand.New(rand.NewPCG(1, 1))
		w := make([]float64, p.Dim())
		for i := range w {
			w[i] = 0.3 * rng.NormFloat64()
		}
		got, want := make([]float64, p.Dim()), make([]float64, p.Dim())
		for _, size := range []int{1, 2, 7, 64, p.room, p.room + 1, c.samples} {
			batch := make([]int32, size)
			for i := range batch {
				batch[i] = int32(rng.IntN(c.samples))
			}
			f, naive := p.EvaluateOn(w, got, batch), loops(p, w, want, batch)
			if math.Float64bits(f) != math.Float64bits(naive) || !slices.Equal(got, want) {
				t.Errorf("%s %v, batch of %d: f = %v, by loops %v; gradients equal: %t", c.activation, c.widths, size, f, naive, slices.Equal(got, want))
			}
			if alone := p.EvaluateOn(w, nil, batch); alone != f {
				t.Errorf("%s %v, batch of %d: the value alone is %v, with the gradient %v", c.activation, c.widths, size, alone, f)
			}
		}
		if n := testing.AllocsPerRun(5, func() { p.Evaluate(w, got) }); n > 0 {
			t.Errorf("%s: %v allocations for a gradient", c.activation, n)
		}
	}
}

// fixed is a data set that is there already.
type fixed struct{ samples *data.Samples }

func (f fixed) Load(problems.Env) (*data.Samples, error) { return f.samples, nil }

// The same for softmax, where the features are dense and where they are sparse.
func TestSoftmaxBlocksAreLoops(t *testing.T) {
	const samples, features, classes = 300, 19, 5
	rng := rand.New(rand.NewPCG(4, 9))
	values, y := make([]float64, samples*features), make([]float64, samples)
	columns, starts, entries := []int32{}, []int{0}, []float64{}
	for i := range samples {
		for j := range features {
			if rng.IntN(4) == 0 {
				values[i*features+j] = rng.NormFloat64()
				columns, entries = append(columns, int32(j)), append(entries, values[i*features+j])
			}
		}
		starts = append(starts, len(entries))
		y[i] = float64(i % classes)
	}
	for name, x := range map[string]data.Matrix{
		"dense":  data.NewDense(samples, features, values),
		"sparse": data.NewSparse(samples, features, starts, columns, entries),
	} {
		p := &Softmax{Data: fixed{&data.Samples{Name: "fixed", X: x, Y: y}}, Design: Design{Intercept: "none", Duplicates: 1}}
		p.L2.Value = 0.1
		if err := p.Build(problems.Env{Seed: 3}); err != nil {
			t.Fatal(err)
		}
		w, got, want := make([]float64, p.Dim()), make([]float64, p.Dim()), make([]float64, p.Dim())
		for i := range w {
			w[i] = 0.3 * rng.NormFloat64()
		}
		z, s := make([]float64, classes), make([]float64, classes)
		for _, size := range []int{1, 3, 128, 129, samples} {
			batch := make([]int32, size)
			for i := range batch {
				batch[i] = int32(rng.IntN(samples))
			}
			clear(want)
			var naive float64
			for _, i := range batch {
				row := values[int(i)*features:][:features]
				for c := range z {
					z[c] = 0
					for j, v := range row {
						z[c] += float64(v * w[j*classes+c])
					}
				}
				naive += softmax(s, z) - z[int(y[i])]
				s[int(y[i])]--
				for j, v := range row {
					for c, e := range s {
						want[j*classes+c] += float64(v * e)
					}
				}
			}
			f := p.sum(p.train, w, got, batch)
			if math.Float64bits(f) != math.Float64bits(naive) || !slices.Equal(got, want) {
				t.Errorf("%s, batch of %d: f = %v, by loops %v; gradients equal: %t", name, size, f, naive, slices.Equal(got, want))
			}
		}
	}
}

// Initial weights have the stated moments; those of an orthogonal start have orthonormal rows or
// columns.
func TestInitialWeights(t *testing.T) {
	l := layer{0, 300, 200}
	for _, way := range initials {
		if way.draw == nil || way.slow {
			continue
		}
		x := make([]float64, l.to())
		way.drawInto(x, []layer{l}, rand.New(rand.NewPCG(2, 3)))
		var square, most float64
		for _, v := range l.weights(x) {
			square += v * v
			most = math.Max(most, math.Abs(v))
		}
		want := map[string]float64{"normal": 0.01, "glorot": 2.0 / 500, "he": 2.0 / 300}[way.name]
		if got := square / float64(300*200); math.Abs(got/want-1) > 0.02 {
			t.Errorf("%s: variance %v; expected %v", way.name, got, want)
		}
		if way.name == "glorot" && (most > math.Sqrt(6.0/500) || most < 0.99*math.Sqrt(6.0/500)) {
			t.Errorf("glorot: weights up to %v; expected √(6/500)", most)
		}
		if !slices.Equal(l.biases(x), make([]float64, l.out)) {
			t.Errorf("%s: biases are not 0", way.name)
		}
	}
	orthogonal := initials[len(initials)-1]
	for _, l := range []layer{{0, 7, 4}, {0, 4, 7}, {0, 5, 5}, {0, 1, 6}} {
		x := make([]float64, l.to())
		orthogonal.drawInto(x, []layer{l}, rand.New(rand.NewPCG(2, 3)))
		at := func(a, b int) float64 { // entry b of the a-th row, or column where those are fewer
			if l.out <= l.in {
				return x[a*l.in+b]
			}
			return x[b*l.in+a]
		}
		few, many := min(l.in, l.out), max(l.in, l.out)
		for a := range few {
			for b := range few {
				var product, want float64
				for k := range many {
					product += at(a, k) * at(b, k)
				}
				if a == b {
					want = 1
				}
				if math.Abs(product-want) > 1e-14 {
					t.Errorf("%d×%d: vectors %d and %d have the product %v", l.out, l.in, a, b, product)
				}
			}
		}
	}
}

// The slopes of a list are those of its entries, at the edges too, and so are outputs.
func TestActivationsOfLists(t *testing.T) {
	edges := []float64{0, math.Copysign(0, -1), 1, -1, 0.3, -0.3, math.SmallestNonzeroFloat64, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN()}
	for name, unit := range activations {
		outputs, slopes := slices.Clone(edges), make([]float64, len(edges))
		unit.outputs(outputs)
		for k := range slopes {
			slopes[k] = -3
		}
		unit.slopes(slopes, edges)
		for k, v := range edges {
			if got, want := outputs[k], unit.at(v); !identical(got, want) {
				t.Errorf("%s(%g) = %g in a list, %g alone", name, v, got, want)
			}
			if got, want := slopes[k], -3*unit.slope(v); !identical(got, want) {
				t.Errorf("the slope of %s at %g is %g in a list, %g alone", name, v, got, want)
			}
		}
	}
}

// identical reports whether two numbers have the same bits, or are both no numbers.
func identical(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}
