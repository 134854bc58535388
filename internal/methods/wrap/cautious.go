package wrap

import (
	"github.com/gdbench/gdbench/methods"
)

// Cautious takes of each step only the coordinates that go downhill (Liang, Chen, Liu & Liu
// 2024, arXiv:2411.16085, algorithm 1), and lengthens them:
//
//	Δxᵢ ← Δxᵢ·n/(m + 1) where Δxᵢgᵢ < 0, and 0 elsewhere; m coordinates are left.
type Cautious struct {
	run *Run
}

var _ Mover = (*Cautious)(nil)

func init() {
	register("cautious", methods.Info{
		Summary: "only those coordinates of a step that go downhill, lengthened",
		Formula: "Δxᵢ ← Δxᵢ·n/(m + 1) where Δxᵢgᵢ < 0, otherwise 0; m = |{i: Δxᵢgᵢ < 0}|",
		Source:  "Liang, Chen, Liu & Liu 2024, Cautious optimizers: improving training with one line of code, algorithm 1",
		DOI:     "10.48550/arXiv.2411.16085",
	}, func() Wrapper { return new(Cautious) })
}

// Begin looks at the run.
func (c *Cautious) Begin(r *Run, _ []float64) error {
	c.run = r
	return nil
}

// Move masks the step.
func (c *Cautious) Move(x []float64) bool {
	left := 0
	for i, before := range c.run.Before {
		if float64((x[i]-before)*c.run.Grad[i]) < 0 {
			left++
		}
	}
	scale := float64(len(x)) / float64(left+1)
	for i, before := range c.run.Before {
		step := x[i] - before
		if !(float64(step*c.run.Grad[i]) < 0) {
			x[i] = before
			continue
		}
		x[i] = before + float64(scale*step)
	}
	return true
}
