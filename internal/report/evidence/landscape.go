package evidence

import (
	"math"
	"slices"

	"github.com/gdbench/gdbench/results"
)

// Landscape is what a record does not hold of a problem: its values between the iterates,
// and the points that are known. It is plain data with one function, so that a report
// needs no registry of problems to draw it.
type Landscape struct {
	Dim int // number of variables n

	// Evaluate is f(x) for x of length n. A gradient that is not nil, of length n, is
	// overwritten with ∇f(x).
	Evaluate func(x, gradient []float64) float64

	L          float64         // global Lipschitz constant of the gradient; 0: unknown
	Start      []float64       // standard start; nil: the origin
	Window     *Window         // what a picture shows; nil: unknown
	Minimizers [][]float64     // known global minimizers
	Critical   []CriticalPoint // further known critical points
}

// Rebuild makes the landscape of a problem again from its record.
type Rebuild func(*results.Record) (*Landscape, error)

// Window is a part of the line or plane worth looking at.
type Window struct {
	X, Y [2]float64 // from, to; Y is zero in one variable
}

// CriticalPoint is a point with ∇f = 0 and its kind, in the words of the run files.
type CriticalPoint struct {
	Kind string
	X    []float64
}

// Kinds of critical points, as run files call them.
const (
	GlobalMinimum = "global minimum"
	LocalMinimum  = "local minimum"
	Saddle        = "saddle"
	Maximum       = "maximum"
	Degenerate    = "degenerate"
)

// limit is 2/L, the learning rate above which gradient descent diverges on a quadratic of
// that curvature; NaN where L is unknown.
func (l *Landscape) limit() float64 {
	if l == nil || l.L == 0 {
		return math.NaN()
	}
	return 2 / l.L
}

// OfKind are the known points of a kind, each once.
func (l *Landscape) OfKind(kind string) [][]float64 {
	var points [][]float64
	if kind == GlobalMinimum {
		points = append(points, l.Minimizers...)
	}
	for _, c := range l.Critical {
		if c.Kind == kind && !slices.ContainsFunc(points, func(x []float64) bool { return slices.Equal(x, c.X) }) {
			points = append(points, c.X)
		}
	}
	return points
}

// SaysLimits reports records that say the stability limit of a method where it is known.
func (p *Problem) SaysLimits() bool { return p.Example != nil && p.Example.Families != nil }

// Stability is 2/L: as a record says it, so that the same files give the same figures
// whichever problems are registered. Of records of schema 1 it comes from the facts, or from
// an entry whose rate was written as 1/L. It is NaN where L is unknown.
func (p *Problem) Stability(l *Landscape) float64 {
	for _, entry := range p.Entries {
		if Finite(entry.Limit) {
			return entry.Limit
		}
	}
	if limit := l.limit(); Finite(limit) && !p.SaysLimits() {
		return limit
	}
	for _, entry := range p.Entries {
		if entry.Written == "1/L" {
			return 2 * entry.Rate
		}
	}
	return math.NaN()
}
