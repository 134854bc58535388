package app_test

import (
	"math"
	"os"
	"strconv"

	"github.com/gdbench/gdbench/methods"
)

// sluggish is a method with a constant in its code, which the environment can change: what
// a commit does to a method, so that a script can see the gate find it.
type sluggish struct {
	LR methods.Length `param:"lr" default:"0.1" doc:"learning rate"`

	methods.FirstOrder
	memory []float64
	keep   float64
}

// registerSluggish makes it known to the program that scripts call, and to no catalogue.
func registerSluggish() {
	methods.Register("sluggish", methods.Info{Summary: "for tests"}, func() methods.Method { return new(sluggish) })
}

func (s *sluggish) Init(o *methods.Oracle, at *methods.Iterate) error {
	s.memory, s.keep = make([]float64, len(at.X)), 0.9
	if text := os.Getenv("SLUGGISH_KEEP"); text != "" {
		keep, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		s.keep = keep
	}
	return s.Begin(o, at)
}

func (s *sluggish) Step(at *methods.Iterate) error { return s.Advance(at, s) }

func (s *sluggish) Update(x, g []float64) float64 {
	for i, v := range g {
		s.memory[i] = float64(s.keep*s.memory[i]) + v
		x[i] -= float64(s.LR.Value * s.memory[i])
	}
	return math.NaN()
}
