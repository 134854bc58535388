package wrap

import (
	"github.com/gdbench/gdbench/methods"
)

// Lookahead goes back part of the way after every so many steps (Zhang, Lucas, Hinton & Ba
// 2019, arXiv:1907.08610, with the defaults of its authors):
//
//	φ ← φ + α(x − φ), x ← φ after each k steps; φ = x₀ at first.
//
// Velocities and moments of the method stay. Between two such steps the iterate shows x.
type Lookahead struct {
	K     int     `param:"k" default:"5" range:"[1,)" doc:"steps between two returns"`
	Alpha float64 `param:"alpha" default:"0.5" range:"(0,1]" doc:"α: share of the way that is kept"`

	slow  []float64
	steps int
}

var _ Mover = (*Lookahead)(nil)

func init() {
	register("lookahead", methods.Info{
		Summary: "k steps forward, part of the way back",
		Formula: "φ ← φ + α(x − φ), x ← φ after each k steps",
		Source:  "Zhang, Lucas, Hinton & Ba 2019, Lookahead optimizer: k steps forward, 1 step back, NeurIPS",
		DOI:     "10.48550/arXiv.1907.08610",
	}, func() Wrapper { return new(Lookahead) })
}

// Begin puts φ to the start.
func (l *Lookahead) Begin(_ *Run, x []float64) error {
	l.slow, l.steps = append([]float64(nil), x...), 0
	return nil
}

// Move returns every k-th time.
func (l *Lookahead) Move(x []float64) bool {
	if l.steps++; l.steps%l.K != 0 {
		return false
	}
	for i, fast := range x {
		l.slow[i] += float64(l.Alpha * (fast - l.slow[i]))
		x[i] = l.slow[i]
	}
	return true
}
