// Package bbob holds the 24 noiseless functions of the workshop on black-box optimization
// benchmarking, with the values of COCO and exact gradients through every transformation.
//
// A function is a raw function behind a chain of transformations,
//
//	f(x) = h(raw(z)) + penalty(x) + f*, z = stageₘ(… stage₁(x)),
//
// and its gradient is the chain rule from the last stage to the first. An instance draws
// x*, f* and the rotations from a seed (random.go).
//
// Sources: Hansen, Finck, Ros & Auger 2009, Real-parameter black-box optimization
// benchmarking 2009: noiseless functions definitions, INRIA RR-6829; Hansen et al. 2021,
// COCO: a platform for comparing continuous optimizers in a black-box setting,
// doi:10.1080/10556788.2020.1808977.
package bbob

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/problems"
)

// BBOB is one of the functions f1–f24 in an instance.
type BBOB struct {
	Function int `param:"function" default:"1" range:"[1,24]" doc:"number of the function, f1 to f24"`
	N        int `param:"dim" default:"2" range:"[2,44]" doc:"number n of variables"`
	Instance int `param:"instance" default:"1" range:"[1,10000]" doc:"seed of the optimum, f* and the rotations"`

	function *function
	scratch  *scratch
}

// function is what an instance has drawn; it is shared by all forks.
type function struct {
	stages  []stage
	raw     raw
	outer   outer   // nil: none
	proper  bool    // not finite where a variable is not, so that the value shows it
	penalty float64 // weight of what lies outside of [−5, 5]ⁿ
	minimum float64
	at      []float64 // x*
	kind
}

// raw is the function at the end of the chain, with its gradient into g unless that is nil.
// Room is scratch of 2n numbers.
type raw interface {
	evaluate(z, g, room []float64) float64
}

// outer is applied to the raw value, with its derivative.
type outer func(f float64) (value, slope float64)

// scratch is the memory of one evaluation.
type scratch struct {
	z, slope [][]float64 // after each stage
	turned   []float64   // a gradient
	room     []float64   // of the raw function
}

var (
	_ problems.Builder     = (*BBOB)(nil)
	_ problems.Describer   = (*BBOB)(nil)
	_ problems.Forker      = (*BBOB)(nil)
	_ problems.Approximate = (*BBOB)(nil)
	_ problems.Smoothness  = (*BBOB)(nil)
	_ problems.Benchmark   = (*BBOB)(nil)
)

func init() {
	problems.Register("bbob", problems.Info{
		Summary: "one of the 24 noiseless BBOB functions, with exact gradients",
		Formula: "f(x) = h(raw(z)) + penalty(x) + f*, z a chain of transformations of x",
		Source:  "Hansen, Finck, Ros & Auger 2009, INRIA RR-6829; Hansen et al. 2021, Optim. Methods Softw. 36, 114–144",
		DOI:     "10.1080/10556788.2020.1808977",
		Family:  "bbob",
	}, func() problems.Problem { return new(BBOB) })
}

// Dim is the number n of variables.
func (b *BBOB) Dim() int { return b.N }

// Build draws the instance.
func (b *BBOB) Build(problems.Env) error {
	if b.Function < 1 || b.Function > len(definitions) {
		return fmt.Errorf("function %d; expected 1 to %d", b.Function, len(definitions))
	}
	if b.N < 2 {
		return fmt.Errorf("%d variables; expected at least 2", b.N)
	}
	b.function = draw(b.Function, b.N, b.Instance)
	b.scratch = newScratch(b.N, len(b.function.stages))
	return nil
}

// draw makes the function of an instance.
func draw(number, n, instance int) *function {
	definition := definitions[number-1]
	i := instanceOf{n: n, seed: int64(definition.seed) + 10000*int64(instance)}
	if definition.seed == 0 {
		i.seed = int64(number) + 10000*int64(instance)
	}
	f := definition.make(i)
	f.minimum, f.kind = minimumValue(i.seed), definition.kind
	return f
}

func newScratch(n, stages int) *scratch {
	s := &scratch{turned: make([]float64, n), room: make([]float64, 2*n)}
	for range stages {
		s.z, s.slope = append(s.z, make([]float64, n)), append(s.slope, make([]float64, n))
	}
	return s
}

// Fork shares the instance and has its own scratch.
func (b *BBOB) Fork() problems.Problem {
	fork := *b
	fork.scratch = newScratch(b.N, len(b.function.stages))
	return &fork
}

// Evaluate returns f(x), with its gradient. A variable that is not a number gives NaN, and
// one that is infinite gives +Inf.
func (b *BBOB) Evaluate(x, grad []float64) float64 {
	proper := b.function.proper
	if !proper {
		if v, ok := notFinite(x); ok {
			return without(grad, v)
		}
	}
	value := b.evaluate(x, grad)
	if proper && !(math.Abs(value) <= math.MaxFloat64) {
		if v, ok := notFinite(x); ok {
			return without(grad, v)
		}
	}
	return value
}

// without is a value beside which there is no gradient.
func without(grad []float64, value float64) float64 {
	for i := range grad {
		grad[i] = math.NaN()
	}
	return value
}

func (b *BBOB) evaluate(x, grad []float64) float64 {
	f, s := b.function, b.scratch
	z := x
	for i, stage := range f.stages {
		stage.forward(s.z[i], z, s.slope[i])
		z = s.z[i]
	}
	if grad == nil {
		value := f.raw.evaluate(z, nil, s.room)
		if f.outer != nil {
			value, _ = f.outer(value)
		}
		return value + penalty(f.penalty, x, nil) + f.minimum
	}
	value := f.raw.evaluate(z, grad, s.room)
	if f.outer != nil {
		var slope float64
		value, slope = f.outer(value)
		for i := range grad {
			grad[i] *= slope
		}
	}
	for i := len(f.stages) - 1; i >= 0; i-- {
		f.stages[i].backward(grad, s.slope[i], s.turned)
	}
	return value + penalty(f.penalty, x, grad) + f.minimum
}

// notFinite is the value of a point that is not finite.
func notFinite(x []float64) (value float64, ok bool) {
	const one = 1 << 52 // in the exponent, which has only ones in what is not finite: the sum overflows
	var bits uint64
	for _, v := range x {
		bits |= math.Float64bits(v)&(0x7ff*one) + one
	}
	if bits>>63 == 0 {
		return 0, false
	}
	for _, v := range x {
		if math.IsNaN(v) {
			return v, true
		}
	}
	return math.Inf(1), true
}

// Approximate reports a gradient that does not follow the function's course: it is zero
// almost everywhere (f7), or that of the finest of 32 scales (f23).
func (b *BBOB) Approximate() bool { return b.function != nil && b.function.quality == almostNowhere }

// TwiceDifferentiable reports second derivatives everywhere.
func (b *BBOB) TwiceDifferentiable() bool { return b.function != nil && b.function.smooth }

// Benchmark is the place in COCO's suite of noiseless functions.
func (b *BBOB) Benchmark() problems.Place {
	return problems.Place{Suite: "bbob", Function: b.Function, Instance: b.Instance}
}

// Facts are the minimum and, of the functions that have them, convexity and constants.
func (b *BBOB) Facts() *problems.Facts {
	f := b.function
	facts := &problems.Facts{
		Convexity: f.convexity,
		Minimum:   &problems.Minimum{Value: f.minimum, Source: problems.Analytic, Points: [][]float64{f.at}},
		Starts:    []problems.Start{{Name: "standard", X: make([]float64, b.N), Source: "the centre of the box [−5, 5]ⁿ"}},
		Notes:     []string{fmt.Sprintf("f%d, %s: gradient %s; %s", b.Function, f.name, f.quality, f.differentiable)},
	}
	if b.Function == 1 {
		two := problems.Constant{Value: 2, Scope: problems.Global, Source: "closed form"}
		facts.Constants = map[string]problems.Constant{problems.SmoothnessL: two, problems.ConvexityMu: two}
	}
	if b.N == 2 {
		facts.Window = &problems.Window{X: [2]float64{-5, 5}, Y: [2]float64{-5, 5}}
	}
	return facts
}
