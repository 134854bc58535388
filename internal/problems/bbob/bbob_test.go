package bbob

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/gdbench/gdbench/problems"
)

func build(t testing.TB, function, n, instance int) *BBOB {
	b := &BBOB{Function: function, N: n, Instance: instance}
	if err := b.Build(problems.Env{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// Values are those of COCO.
func TestValues(t *testing.T) {
	text, err := os.ReadFile("testdata/bbob.json")
	if err != nil {
		t.Fatal(err)
	}
	var reference struct {
		Problems []struct {
			Function, Instance, Dim int
			Fopt                    float64 `json:"fopt"`
			Zero                    float64 `json:"f_zero"`
			Ramp                    float64 `json:"f_ramp"`
		}
	}
	if err := json.Unmarshal(text, &reference); err != nil {
		t.Fatal(err)
	}
	if len(reference.Problems) != 24 {
		t.Fatalf("%d references; expected 24", len(reference.Problems))
	}
	for _, r := range reference.Problems {
		t.Run(fmt.Sprint("f", r.Function), func(t *testing.T) {
			b := build(t, r.Function, r.Dim, r.Instance)
			zero, ramp := make([]float64, r.Dim), make([]float64, r.Dim)
			for i := range ramp {
				ramp[i] = 0.5 * float64(i+1) / float64(r.Dim)
			}
			for _, c := range []struct {
				what      string
				got, want float64
			}{{"f*", b.Facts().Minimum.Value, r.Fopt}, {"f(0)", b.Evaluate(zero, nil), r.Zero}, {"f(ramp)", b.Evaluate(ramp, nil), r.Ramp}} {
				if !(math.Abs(c.got-c.want) <= 1e-12*math.Abs(c.want)) {
					t.Errorf("%s = %.17g; COCO has %.17g (relative %.2g)", c.what, c.got, c.want, (c.got-c.want)/c.want)
				}
			}
		})
	}
}

var dimensions = []int{2, 3, 5, 10, 20, 40, 44}

// each runs a test for every function, several dimensions and instances.
func each(t *testing.T, test func(t *testing.T, b *BBOB)) {
	for function := range definitions {
		for _, n := range dimensions {
			for _, instance := range []int{1, 2, 5, 101} {
				t.Run(fmt.Sprintf("f%d/%d/%d", function+1, n, instance), func(t *testing.T) {
					test(t, build(t, function+1, n, instance))
				})
			}
		}
	}
}

// f(x*) = f*, and nothing in the box or just beside x* is lower.
func TestMinimum(t *testing.T) {
	each(t, func(t *testing.T, b *BBOB) {
		m := b.Facts().Minimum
		at := b.Evaluate(m.Points[0], nil)
		scale := math.Max(1, math.Abs(m.Value))
		tolerance := 1e-11 * scale
		if b.Function == 20 {
			tolerance = 1e-6 // x* is published with eleven digits
		}
		if b.Function == 7 || b.Function == 24 {
			tolerance = 1e-9 * scale
		}
		if math.Abs(at-m.Value) > tolerance {
			t.Errorf("f(x*) = %.17g; f* = %.17g", at, m.Value)
		}
		rng := rand.New(rand.NewPCG(uint64(b.Function), uint64(b.N)))
		x := make([]float64, b.N)
		for k := range 200 {
			for i := range x {
				x[i] = 10*rng.Float64() - 5
				if k%2 == 0 {
					x[i] = m.Points[0][i] + 1e-3*rng.NormFloat64()
				}
			}
			if f := b.Evaluate(x, nil); f < m.Value-tolerance {
				t.Errorf("f(%v) = %.17g lies below f* = %.17g", x, f, m.Value)
			}
		}
	})
}

// Gradients are those of the values: central differences in the whole box and beyond it.
func TestGradients(t *testing.T) {
	each(t, func(t *testing.T, b *BBOB) {
		if b.Function == 23 {
			return // its pieces are 2⁻³³ wide: see TestRuggedGradient
		}
		rng := rand.New(rand.NewPCG(uint64(b.Function), uint64(b.Instance)))
		x, g, compared := make([]float64, b.N), make([]float64, b.N), 0
		for range 6 {
			for i := range x {
				x[i] = 12*rng.Float64() - 6
			}
			f := b.Evaluate(x, g)
			if alone := b.Evaluate(x, nil); alone != f {
				t.Fatalf("f = %v alone and %v with its gradient", alone, f)
			}
			i := rng.IntN(b.N)
			slope, uncertain := difference(b, x, i)
			if math.IsNaN(slope) {
				continue
			}
			compared++
			if math.Abs(g[i]-slope) > uncertain+1e-6*math.Abs(slope) {
				t.Errorf("∂f/∂x%d = %.12g; differences say %.12g ± %.2g (f = %g)", i, g[i], slope, uncertain, f)
			}
		}
		if compared == 0 {
			t.Error("nothing was compared")
		}
	})
}

// difference is ∂f/∂xᵢ by central differences with its uncertainty; NaN where two widths
// disagree, as at a kink.
func difference(b *BBOB, x []float64, i int) (slope, uncertain float64) {
	width := 1e-5
	switch b.Function {
	case 16:
		width = 5e-8 // waves of length 3⁻¹¹, seen through rounding of 10⁶ times their argument's
	case 19:
		width = 1e-8 // short waves
	}
	at := func(h float64) float64 {
		y := append([]float64(nil), x...)
		y[i] += h
		return b.Evaluate(y, nil)
	}
	central := func(h float64) float64 { return (at(h) - at(-h)) / (2 * h) }
	wide, narrow := central(width), central(width/2)
	slope = (4*narrow - wide) / 3
	rounding := 64 * 0x1p-52 * (math.Abs(at(0)) + math.Abs(b.function.minimum)) / width
	uncertain = 10*math.Abs(wide-narrow) + rounding
	if math.Abs(wide-narrow) > 1e-3*math.Max(math.Abs(wide), math.Abs(narrow))+rounding {
		return math.NaN(), 0
	}
	return slope, uncertain
}

// Katsuura's raw function is linear in each variable, but for the product, on pieces of
// width 2⁻³³. Differences are taken within one; its chain is that of f13.
func TestRuggedGradient(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 1))
	const width = 0x1p-36
	for range 200 {
		z, g := make([]float64, 3), make([]float64, 3)
		for i := range z {
			z[i] = (math.Floor(rng.Float64()*0x1p33) + 0.5) * 0x1p-33
		}
		rugged{}.evaluate(z, g, nil)
		for i := range z {
			at := func(h float64) float64 {
				y := append([]float64(nil), z...)
				y[i] += h
				return rugged{}.evaluate(y, nil, nil)
			}
			f := math.Abs(at(0)) + 1
			if slope := (at(width) - at(-width)) / (2 * width); math.Abs(slope-g[i]) > 1e-3*math.Abs(slope)+256*0x1p-52*f/width {
				t.Errorf("∂f/∂z%d = %.9g; differences say %.9g", i, g[i], slope)
			}
		}
	}
}

// Forks share nothing that an evaluation writes.
func TestForks(t *testing.T) {
	for function := range definitions {
		b := build(t, function+1, 5, 3)
		fork := b.Fork()
		done := make(chan bool)
		for _, p := range []problems.Problem{b, fork} {
			go func() {
				x, g := make([]float64, 5), make([]float64, 5)
				want := 0.0
				same := true
				for k := range 200 {
					f := p.Evaluate(x, g)
					if k == 0 {
						want = f
					}
					same = same && f == want
				}
				done <- same
			}()
		}
		if first, second := <-done, <-done; !first || !second {
			t.Errorf("f%d: evaluations beside each other disagree", function+1)
		}
	}
}

func TestNotFinite(t *testing.T) {
	for function := range definitions {
		b := build(t, function+1, 3, 1)
		g := make([]float64, 3)
		if f := b.Evaluate([]float64{0, math.Inf(-1), 0}, g); !math.IsInf(f, 1) || !math.IsNaN(g[0]) {
			t.Errorf("f%d of an infinite variable is %v; expected +Inf", function+1, f)
		}
		if f := b.Evaluate([]float64{math.Inf(1), math.NaN(), 0}, nil); !math.IsNaN(f) {
			t.Errorf("f%d of NaN is %v; expected NaN", function+1, f)
		}
	}
}

func BenchmarkEvaluate(b *testing.B) {
	for _, function := range []int{1, 8, 10, 15, 21} {
		for _, gradient := range []bool{false, true} {
			b.Run(fmt.Sprintf("f%d/gradient=%v", function, gradient), func(b *testing.B) {
				p := build(b, function, 20, 1)
				x := make([]float64, 20)
				var g []float64
				if gradient {
					g = make([]float64, 20)
				}
				b.ReportAllocs()
				for b.Loop() {
					p.Evaluate(x, g)
				}
			})
		}
	}
}
