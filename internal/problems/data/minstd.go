package data

import (
	"fmt"
	"math"

	"github.com/gdbench/gdbench/internal/elementary"
	"github.com/gdbench/gdbench/internal/random"
	"github.com/gdbench/gdbench/internal/simd"
	"github.com/gdbench/gdbench/problems"
)

// Minstd is a small regression or classification made by the minimal standard generator,
// which is ten lines in any language: the same numbers everywhere, whatever the seed of
// the suite. Drawn in order: the features A (row-major), the weights w, the noise e.
type Minstd struct {
	Samples  int       `param:"samples" default:"30" range:"[1,100000]" doc:"number m of samples"`
	Features int       `param:"features" default:"4" range:"[1,1000]" doc:"number d of features"`
	Seed     int       `param:"seed" default:"3" range:"[1,2147483646]" doc:"first state of the generator"`
	Labels   string    `param:"labels" default:"linear" oneof:"linear outliers signs noisy-signs counts thirds squares normal" doc:"linear: Aw + 0.3e; outliers: the same, +8 for each seventh; signs: of Aw; noisy-signs: of Aw + 0.7e; counts: ⌊exp(0.3Aw)⌋; thirds: i mod 3; squares: (Aw)²; normal: drawn straight after A"`
	Weights  []float64 `param:"weights" default:"none" doc:"the weights w, instead of random ones"`
}

func init() {
	Register("minstd", problems.Info{
		Summary: "a small synthetic data set, the same in any language",
		Source:  "S. K. Park & K. W. Miller 1988, Communications of the ACM 31, 1192–1201; multiplier 48271 of 1993",
		DOI:     "10.1145/63039.63042",
	}, func() Set { return new(Minstd) })
}

// Validate refuses weights that do not fit the features.
func (d *Minstd) Validate() error {
	if d.Weights != nil && len(d.Weights) != d.Features {
		return fmt.Errorf("%d weights for %d features", len(d.Weights), d.Features)
	}
	return nil
}

// Load makes the samples.
func (d *Minstd) Load(problems.Env) (*Samples, error) {
	draw := random.MinStd(d.Seed)
	a := NewDense(d.Samples, d.Features, draw.Normals(d.Samples*d.Features))
	s := &Samples{Name: "minstd", X: a}
	if d.Labels == "normal" {
		s.Y = draw.Normals(d.Samples)
		return s, nil
	}
	w := d.Weights
	if w == nil {
		w = draw.Normals(d.Features)
	}
	e := draw.Normals(d.Samples)
	s.Y = make([]float64, d.Samples)
	for i := range s.Y {
		s.Y[i] = d.label(i, simd.Dot(a.row(i), w), e[i])
	}
	if d.Labels == "squares" {
		s.Truth = w
	}
	return s, nil
}

// label is the label of sample i, with z = aᵢᵀw.
func (d *Minstd) label(i int, z, e float64) float64 {
	switch d.Labels {
	case "outliers":
		if i%7 == 0 {
			z += 8
		}
		return z + float64(0.3*e)
	case "signs":
		return math.Copysign(1, z)
	case "noisy-signs":
		return math.Copysign(1, z+float64(0.7*e))
	case "counts":
		return math.Floor(elementary.Exp(0.3 * z))
	case "thirds":
		return float64(i % 3)
	case "squares":
		return z * z
	}
	return z + float64(0.3*e)
}
